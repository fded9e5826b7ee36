//! Diagnostics as text, drawn as rustc draws its diagnostics.

mod lines;

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level as Title, Origin, Renderer, Snippet};
use serde::Serialize;

use lines::Lines;

use crate::diagnostic::{Diagnostic, Level, Place};
use crate::inert::{Inert, escape, visible};
use crate::source::{Input, Source};
use crate::span::Positions;

/// How diagnostics are drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Style {
    /// Whether ANSI colours are used.
    pub color: bool,
}

/// Where a diagnostic is, for people and for editors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// The input as it is shown.
    pub file: String,
    /// Counted from 1; 0 where the diagnostic is about the file as a whole.
    pub line: usize,
    /// In characters, counted from 1; 0 where the diagnostic is about the file as a whole.
    pub column: usize,
}

/// A line longer than this is shown in part: documents may be one line of megabytes.
const WIDTH: usize = 160;

/// So much is shown before the mark in a line that is cut.
const BEFORE: usize = 40;

/// So many diagnostics are drawn; a document that has more has mostly the same one.
const DRAWN: usize = 100;

/// Draws diagnostics, those of one input by their place in it.
pub fn render(diagnostics: &[Diagnostic], sources: &[&Source], style: Style) -> Inert {
    let renderer = if style.color {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let texts = Texts::new(sources);
    let placed = ordered(diagnostics, &texts);
    let drawn = placed.iter().take(DRAWN);
    let mut text: String = drawn
        .map(|diagnostic| {
            draw(
                diagnostic,
                texts.mark(&diagnostic.place).as_ref(),
                &renderer,
            ) + "\n\n"
        })
        .collect();
    if placed.len() > DRAWN {
        text.push_str(&format!("and {} more\n\n", placed.len() - DRAWN));
    }
    Inert::drawn(text)
}

/// Diagnostics by their place, each once.
fn ordered<'f>(diagnostics: &'f [Diagnostic], texts: &Texts<'_>) -> Vec<&'f Diagnostic> {
    let mut placed: Vec<(Option<(Input, usize)>, &Diagnostic)> = diagnostics
        .iter()
        .map(|diagnostic| {
            let range = texts.range(&diagnostic.place);
            (range.map(|(input, bytes)| (input, bytes.start)), diagnostic)
        })
        .collect();
    placed.sort_by_key(|(place, diagnostic)| (*place, diagnostic.kind.id));
    placed.dedup_by(|(_, one), (_, other)| one == other);
    placed
        .into_iter()
        .map(|(_, diagnostic)| diagnostic)
        .collect()
}

/// A diagnostic for programs: everything that a person is shown, in parts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Record {
    /// The kind's stable id.
    pub id: &'static str,
    /// `error` or `warning`.
    pub level: &'static str,
    /// The input as it is shown.
    pub file: String,
    /// Counted from 1; 0 where the diagnostic is about the file as a whole.
    pub line: usize,
    /// In characters, counted from 1; 0 where the diagnostic is about the file as a whole.
    pub column: usize,
    /// The JSON pointer (RFC 6901) of the node, where there is a tree.
    pub pointer: Option<String>,
    /// What is wrong here.
    pub message: String,
    /// Why it is a problem.
    pub why: &'static str,
    /// What to do about it.
    pub help: String,
}

/// Diagnostics for programs, those of one input by their place in it.
pub fn records(diagnostics: &[Diagnostic], sources: &[&Source]) -> Vec<Record> {
    let texts = Texts::new(sources);
    let record = |diagnostic: &Diagnostic| {
        let mark = texts.mark(&diagnostic.place);
        let level = match diagnostic.kind.level {
            Level::Error => "error",
            Level::Warning => "warning",
        };
        Record {
            id: diagnostic.kind.id,
            level,
            file: mark
                .as_ref()
                .map_or_else(String::new, |it| it.file.to_owned()),
            line: mark.as_ref().map_or(0, |it| it.line),
            column: mark.as_ref().map_or(0, |it| it.column),
            pointer: match &diagnostic.place {
                Place::Node(_, pointer) => Some(pointer.to_string()),
                Place::Bytes(..) | Place::Whole(_) => None,
            },
            message: diagnostic.message.clone(),
            why: diagnostic.kind.why,
            help: diagnostic
                .help
                .clone()
                .unwrap_or_else(|| diagnostic.kind.help.to_owned()),
        }
    };
    let placed = ordered(diagnostics, &texts);
    placed.into_iter().map(record).collect()
}

/// Where a diagnostic is.
pub fn locate(diagnostic: &Diagnostic, sources: &[&Source]) -> Option<Location> {
    let found = locations(std::slice::from_ref(&diagnostic.place), sources);
    found.into_iter().next().flatten()
}

/// Where each place is.
pub fn locations(places: &[Place], sources: &[&Source]) -> Vec<Option<Location>> {
    let texts = Texts::new(sources);
    let location = |place: &Place| {
        let marked = texts.mark(place)?;
        Some(Location {
            file: marked.file.to_owned(),
            line: marked.line,
            column: marked.column,
        })
    };
    places.iter().map(location).collect()
}

/// The inputs with their positions, which are only worked out when a diagnostic needs them.
struct Texts<'a> {
    sources: BTreeMap<Input, Text<'a>>,
}

struct Text<'a> {
    source: &'a Source,
    positions: OnceCell<Positions>,
    lines: OnceCell<Lines<'a>>,
}

/// A diagnostic's mark in its text.
struct Marked<'a> {
    file: &'a str,
    line: usize,
    column: usize,
    /// The marked line, or the part of it around the mark.
    excerpt: String,
    /// The mark within the excerpt.
    mark: Range<usize>,
}

impl<'a> Texts<'a> {
    fn new(sources: &[&'a Source]) -> Self {
        let text = |source: &'a Source| Text {
            source,
            positions: OnceCell::new(),
            lines: OnceCell::new(),
        };
        let by_input = |source: &&'a Source| (source.input, text(source));
        Self {
            sources: sources.iter().map(by_input).collect(),
        }
    }

    /// The marked bytes; `None` for a file as a whole.
    fn range(&self, place: &Place) -> Option<(Input, Range<usize>)> {
        match place {
            Place::Whole(_) => None,
            Place::Bytes(input, bytes) => Some((*input, bytes.clone())),
            Place::Node(input, pointer) => {
                let text = self.sources.get(input)?;
                let positions = text.positions.get_or_init(|| Positions::of(text.source));
                Some((*input, positions.find(pointer)?.mark()))
            }
        }
    }

    fn mark(&self, place: &Place) -> Option<Marked<'a>> {
        let (Place::Whole(input) | Place::Bytes(input, _) | Place::Node(input, _)) = place;
        match self.range(place) {
            None => self.whole(*input),
            Some((_, bytes)) => {
                let text = self.sources.get(input)?;
                let lines = text.lines.get_or_init(|| Lines::of(&text.source.bytes));
                Some(marked(text.source, lines, bytes))
            }
        }
    }

    fn whole(&self, input: Input) -> Option<Marked<'a>> {
        let file = self.sources.get(&input)?.source.name.as_str();
        let (excerpt, mark) = (String::new(), 0..0);
        Some(Marked {
            file,
            line: 0,
            column: 0,
            excerpt,
            mark,
        })
    }
}

fn marked<'a>(source: &'a Source, lines: &Lines<'_>, bytes: Range<usize>) -> Marked<'a> {
    let start = bytes.start.min(source.bytes.len());
    let (number, line) = lines.line(start);
    let column = lines.count(line.start..start);
    let length = lines.count(line.clone());
    let size = lines
        .count(start..bytes.end.min(line.end).max(start))
        .max(1);
    // The line, or what is around the mark of a long one.
    let (from, to) = if length > WIDTH {
        (
            column.saturating_sub(BEFORE),
            (column + WIDTH - BEFORE).min(length),
        )
    } else {
        (0, length)
    };
    let shown = lines.text(start, column - from, to.saturating_sub(from));
    let (excerpt, mark) = excerpt(&shown, (from > 0, to < length), column - from, size);
    Marked {
        file: &source.name,
        line: number,
        column: column + 1,
        excerpt,
        mark,
    }
}

/// A part of a line as it is shown, cut at its beginning and end or not, and the mark in it, in
/// bytes.
fn excerpt(
    shown: &str,
    (cut_before, cut_after): (bool, bool),
    column: usize,
    size: usize,
) -> (String, Range<usize>) {
    let mut text = String::new();
    if cut_before {
        text.push('…');
    }
    let mut mark = None;
    for (index, (at, c)) in shown.char_indices().enumerate() {
        let before = text.len();
        match escape(shown, at, c) {
            // An indentation; the mark is counted in what is shown.
            _ if c == '\t' => text.push(' '),
            Some(escape) => text.push_str(&escape),
            None => text.push(c),
        }
        if (column..column + size).contains(&index) {
            mark.get_or_insert(before..before).end = text.len();
        }
    }
    let mark = mark.unwrap_or(text.len()..text.len());
    if cut_after {
        text.push('…');
    }
    (text, mark)
}

/// Draws a diagnostic. What is drawn is made visible first: the renderer lets most of it through.
fn draw(diagnostic: &Diagnostic, marked: Option<&Marked<'_>>, renderer: &Renderer) -> String {
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
        Some(marked) if marked.line > 0 => placed(&text, &file, marked),
        _ => text,
    }
}

/// Where a line is cut, or shown longer than it is, the renderer counts other columns than editors.
/// The place stands below the message, which may have the same text in it.
fn placed(text: &str, file: &str, marked: &Marked<'_>) -> String {
    let before = marked.excerpt.get(..marked.mark.start).unwrap_or_default();
    let (line, column) = (marked.line, marked.column);
    let counted = format!("{file}:{line}:{}", before.chars().count() + 1);
    let (title, drawn) = text.split_once('\n').unwrap_or((text, ""));
    let drawn = drawn.replacen(&counted, &format!("{file}:{line}:{column}"), 1);
    format!("{title}\n{drawn}")
}
