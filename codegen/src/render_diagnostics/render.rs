//! Draws diagnostics as text, as rustc draws its diagnostics.

use std::collections::BTreeMap;

use annotate_snippets::{AnnotationKind, Group, Level as Title, Origin, Renderer, Snippet};

use super::excerpt::Marked;
use super::texts::Texts;
use crate::diagnostic::{Cost, Diagnostic, Place};
use crate::inert::{Inert, visible};
use crate::source::Source;

/// The style of rendered diagnostics.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Style {
    /// Whether ANSI colours are used.
    pub color: bool,
}

/// Number of diagnostics of one kind that are drawn each on their own. If there are more, the first
/// is drawn, and lists places of the others.
const DRAWN: usize = 3;

/// Number of places of further diagnostics that the first of a kind lists.
const LISTED: usize = 5;

/// Renders diagnostics, sorted by input and place. Many of one kind are rendered as one.
pub fn render(diagnostics: &[Diagnostic], sources: &[&Source], style: Style) -> Inert {
    let renderer = if style.color {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let texts = Texts::new(sources);
    let placed = texts.ordered(diagnostics);
    let mut of_kind: BTreeMap<_, Vec<&Diagnostic>> = BTreeMap::new();
    for diagnostic in &placed {
        of_kind
            .entry(kind(diagnostic))
            .or_default()
            .push(diagnostic);
    }
    let mut text = String::new();
    for diagnostic in placed {
        let alike = of_kind
            .get(&kind(diagnostic))
            .map_or(&[][..], Vec::as_slice);
        let is_first = alike
            .first()
            .is_some_and(|first| std::ptr::eq(*first, diagnostic));
        let repeats = match alike {
            [_, more @ ..] if more.len() >= DRAWN => more,
            _ => &[],
        };
        if is_first || repeats.is_empty() {
            let mark = texts.mark(&diagnostic.place);
            let more = more_of_kind(repeats, &texts);
            text.push_str(&render_one(diagnostic, mark.as_ref(), &more, &renderer));
            text.push_str("\n\n");
        }
    }
    Inert::from_visible(text)
}

/// What diagnostics have in common that are rendered as one.
fn kind(diagnostic: &Diagnostic) -> (&'static str, Option<Cost>) {
    let cost = diagnostic.tolerance.as_ref();
    (diagnostic.kind.id, cost.map(|tolerance| tolerance.cost))
}

/// Returns the first places of further diagnostics of a kind, and how many there are.
fn more_of_kind(more: &[&Diagnostic], texts: &Texts<'_>) -> Option<String> {
    if more.is_empty() {
        return None;
    }
    let lines = more.iter().take(LISTED).map(|diagnostic| {
        let place = texts.mark(&diagnostic.place).map(|mark| {
            let file = visible(mark.file);
            format!("{file}:{}:{}: ", mark.line, mark.column)
        });
        format!(
            "{}{}",
            place.unwrap_or_default(),
            visible(&diagnostic.message)
        )
    });
    let mut lines: Vec<String> = lines.collect();
    if more.len() > LISTED {
        lines.push(format!("and {} more", more.len() - LISTED));
    }
    Some(format!(
        "{} more like it:\n{}",
        more.len(),
        lines.join("\n")
    ))
}

/// Renders one diagnostic. Texts are made inert first, because the renderer passes most characters.
fn render_one(
    diagnostic: &Diagnostic,
    marked: Option<&Marked<'_>>,
    more: &Option<String>,
    renderer: &Renderer,
) -> String {
    let level = if diagnostic.is_error() {
        Title::ERROR
    } else {
        Title::WARNING
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
    if let Some(tolerance) = &diagnostic.tolerance {
        let cost = format!("{}: {}", tolerance.cost.name(), tolerance.reading);
        group = group.element(Title::NOTE.message(visible(&cost)));
    }
    let help = diagnostic.help.as_deref().unwrap_or(diagnostic.kind.help);
    group = group.element(Title::HELP.message(visible(help)));
    if let Some(more) = more {
        group = group.element(Title::NOTE.message(more.as_str()));
    }
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
