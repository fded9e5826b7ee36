//! Draws diagnostics as text, as rustc draws its diagnostics.

use annotate_snippets::{AnnotationKind, Group, Level as Title, Origin, Renderer, Snippet};

use super::excerpt::Marked;
use super::texts::Texts;
use crate::diagnostic::{Diagnostic, Level, Place};
use crate::inert::{Inert, visible};
use crate::source::Source;

/// The style of rendered diagnostics.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Style {
    /// Whether ANSI colours are used.
    pub color: bool,
}

/// Maximum number of rendered diagnostics. A document with more mostly repeats the same one.
const MAX_RENDERED: usize = 100;

/// Renders diagnostics, sorted by input and place.
pub fn render(diagnostics: &[Diagnostic], sources: &[&Source], style: Style) -> Inert {
    let renderer = if style.color {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let texts = Texts::new(sources);
    let placed = texts.ordered(diagnostics);
    let rendered = placed.iter().take(MAX_RENDERED);
    let mut text: String = rendered
        .map(|diagnostic| {
            render_one(
                diagnostic,
                texts.mark(&diagnostic.place).as_ref(),
                &renderer,
            ) + "\n\n"
        })
        .collect();
    if placed.len() > MAX_RENDERED {
        text.push_str(&format!("and {} more\n\n", placed.len() - MAX_RENDERED));
    }
    Inert::from_visible(text)
}

/// Renders one diagnostic. Texts are made inert first, because the renderer passes most characters.
fn render_one(diagnostic: &Diagnostic, marked: Option<&Marked<'_>>, renderer: &Renderer) -> String {
    let level = match diagnostic.kind.level {
        Level::Error => Title::ERROR,
        Level::Warning => Title::WARNING,
    };
    let title = level.primary_title(visible(&diagnostic.message));
    let mut group = Group::with_title(title.id(diagnostic.kind.id));
    let file = marked
        .map(|marked| visible(marked.file))
        .unwrap_or_default();
    if let Some(marked) = marked {
        group = match marked.line {
            0 => group.element(Origin::path(file.as_str())),
            line => {
                let snippet = Snippet::source(marked.excerpt.as_str()).line_start(line);
                let span = AnnotationKind::Primary.span(marked.mark.clone());
                group.element(snippet.path(file.as_str()).annotation(span))
            }
        };
    }
    if let Place::Node(_, pointer) = &diagnostic.place {
        let place = match pointer.tokens() {
            [] => "at the root".to_owned(),
            _ => format!("at {pointer}"),
        };
        group = group.element(Title::NOTE.message(visible(&place)));
    }
    group = group.element(Title::NOTE.message(diagnostic.kind.why));
    let help = diagnostic.help.as_deref().unwrap_or(diagnostic.kind.help);
    group = group.element(Title::HELP.message(visible(help)));
    let text = renderer.render(&[group]);
    match marked {
        Some(marked) if marked.line > 0 => with_column(&text, &file, marked),
        _ => text,
    }
}

/// Corrects the column in rendered text. If a line is cut or contains escapes, the renderer counts
/// other columns than editors. The position is below the message, which may contain the same text.
fn with_column(text: &str, file: &str, marked: &Marked<'_>) -> String {
    let before = marked.excerpt.get(..marked.mark.start).unwrap_or_default();
    let (line, column) = (marked.line, marked.column);
    let counted = format!("{file}:{line}:{}", before.chars().count() + 1);
    let (title, rest) = text.split_once('\n').unwrap_or((text, ""));
    let rest = rest.replacen(&counted, &format!("{file}:{line}:{column}"), 1);
    format!("{title}\n{rest}")
}
