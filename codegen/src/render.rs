//! Findings as text, drawn as rustc draws its diagnostics.

use std::collections::BTreeMap;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level as Title, Origin, Renderer, Snippet};
use serde::Serialize;

use crate::finding::{Finding, Level, Place};
use crate::inert::{Inert, escape, visible};
use crate::position::Positions;
use crate::source::{Input, Source};

/// How findings are drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Style {
    /// Whether ANSI colours are used.
    pub color: bool,
}

/// Where a finding is, for people and for editors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// The input as it is shown.
    pub file: String,
    /// Counted from 1; 0 where the finding is about the file as a whole.
    pub line: usize,
    /// In characters, counted from 1; 0 where the finding is about the file as a whole.
    pub column: usize,
}

/// A line longer than this is shown in part: documents may be one line of megabytes.
const WIDTH: usize = 160;

/// So much is shown before the mark in a line that is cut.
const BEFORE: usize = 40;

/// So many findings are drawn; a document that has more has mostly the same one.
const DRAWN: usize = 100;

/// Draws findings, those of one input by their place in it.
pub fn render(findings: &[Finding], sources: &[&Source], style: Style) -> Inert {
    let renderer = match style.color {
        true => Renderer::styled(),
        false => Renderer::plain(),
    };
    let texts = Texts::new(sources);
    let placed = ordered(findings, &texts);
    let drawn = placed.iter().take(DRAWN);
    let mut text: String = drawn
        .map(|finding| draw(finding, texts.mark(&finding.place).as_ref(), &renderer) + "\n\n")
        .collect();
    if placed.len() > DRAWN {
        text.push_str(&format!("and {} more\n\n", placed.len() - DRAWN));
    }
    Inert::drawn(text)
}

/// Findings by their place, each once.
fn ordered<'f>(findings: &'f [Finding], texts: &Texts<'_>) -> Vec<&'f Finding> {
    let mut placed: Vec<(Option<(Input, usize)>, &Finding)> = findings
        .iter()
        .map(|finding| {
            let range = texts.range(&finding.place);
            (range.map(|(input, bytes)| (input, bytes.start)), finding)
        })
        .collect();
    placed.sort_by_key(|(place, finding)| (*place, finding.kind.id));
    placed.dedup_by(|(_, one), (_, other)| one == other);
    placed.into_iter().map(|(_, finding)| finding).collect()
}

/// A finding for programs: everything that a person is shown, in parts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Record {
    /// The kind's stable id.
    pub id: &'static str,
    /// `error` or `warning`.
    pub level: &'static str,
    /// The input as it is shown.
    pub file: String,
    /// Counted from 1; 0 where the finding is about the file as a whole.
    pub line: usize,
    /// In characters, counted from 1; 0 where the finding is about the file as a whole.
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

/// Findings for programs, those of one input by their place in it.
pub fn records(findings: &[Finding], sources: &[&Source]) -> Vec<Record> {
    let texts = Texts::new(sources);
    let record = |finding: &Finding| {
        let mark = texts.mark(&finding.place);
        let level = match finding.kind.level {
            Level::Error => "error",
            Level::Warning => "warning",
        };
        Record {
            id: finding.kind.id,
            level,
            file: mark
                .as_ref()
                .map_or_else(String::new, |it| it.file.to_owned()),
            line: mark.as_ref().map_or(0, |it| it.line),
            column: mark.as_ref().map_or(0, |it| it.column),
            pointer: match &finding.place {
                Place::Node(_, pointer) => Some(pointer.to_string()),
                Place::Bytes(..) | Place::Whole(_) => None,
            },
            message: finding.message.clone(),
            why: finding.kind.why,
            help: finding
                .help
                .clone()
                .unwrap_or_else(|| finding.kind.help.to_owned()),
        }
    };
    let placed = ordered(findings, &texts);
    placed.into_iter().map(record).collect()
}

/// Where a finding is.
pub fn locate(finding: &Finding, sources: &[&Source]) -> Option<Location> {
    let found = locations(std::slice::from_ref(&finding.place), sources);
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

/// The inputs with their positions, which are only worked out when a finding needs them.
struct Texts<'a> {
    sources: BTreeMap<Input, (&'a Source, std::cell::OnceCell<Positions>)>,
}

/// A finding's mark in its text.
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
        let by_input = |source: &&'a Source| (source.input, (*source, std::cell::OnceCell::new()));
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
                let (source, positions) = self.sources.get(input)?;
                let positions = positions.get_or_init(|| Positions::of(source));
                Some((*input, positions.find(pointer)?.mark()))
            }
        }
    }

    fn mark(&self, place: &Place) -> Option<Marked<'a>> {
        let (Place::Whole(input) | Place::Bytes(input, _) | Place::Node(input, _)) = place;
        match self.range(place) {
            None => self.whole(*input),
            Some((_, bytes)) => Some(marked(self.sources.get(input)?.0, bytes)),
        }
    }

    fn whole(&self, input: Input) -> Option<Marked<'a>> {
        let (source, _) = self.sources.get(&input)?;
        let file = source.name.as_str();
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

fn marked(source: &Source, bytes: Range<usize>) -> Marked<'_> {
    let all = source.bytes.as_slice();
    let start = bytes.start.min(all.len());
    let before = all.get(..start).unwrap_or_default();
    let line_start = before
        .iter()
        .rposition(|byte| *byte == b'\n')
        .map_or(mark_of_order(before), |at| at + 1);
    let rest = all.get(line_start..).unwrap_or_default();
    let length = rest
        .iter()
        .position(|byte| *byte == b'\n')
        .unwrap_or(rest.len());
    let line = rest.get(..length).unwrap_or_default();
    let text = String::from_utf8_lossy(line);
    let text = text.trim_end_matches('\r');
    let head = line.get(..start - line_start).unwrap_or_default();
    let column = String::from_utf8_lossy(head).chars().count();
    let marked_bytes = line.get(start - line_start..).unwrap_or_default();
    let size = bytes
        .end
        .saturating_sub(bytes.start)
        .min(marked_bytes.len());
    let size = String::from_utf8_lossy(marked_bytes.get(..size).unwrap_or_default())
        .chars()
        .count();
    let (excerpt, mark) = excerpt(text, column, size.max(1));
    Marked {
        file: &source.name,
        line: before.iter().filter(|byte| **byte == b'\n').count() + 1,
        column: column + 1,
        excerpt,
        mark,
    }
}

/// The length of a byte order mark, which editors neither show nor count.
fn mark_of_order(text: &[u8]) -> usize {
    match text.starts_with(b"\xef\xbb\xbf") {
        true => 3,
        false => 0,
    }
}

/// The line, or what is around the mark of a long one; the mark in bytes.
fn excerpt(line: &str, column: usize, size: usize) -> (String, Range<usize>) {
    let characters: Vec<char> = line.chars().collect();
    let (from, to) = match characters.len() > WIDTH {
        true => (
            column.saturating_sub(BEFORE),
            (column + WIDTH - BEFORE).min(characters.len()),
        ),
        false => (0, characters.len()),
    };
    let shown: String = characters
        .get(from..to)
        .unwrap_or_default()
        .iter()
        .collect();
    let mut text = String::new();
    if from > 0 {
        text.push('…');
    }
    let mut mark = text.len()..text.len();
    for (index, (at, c)) in shown.char_indices().enumerate() {
        if index == column - from {
            mark = text.len()..text.len();
        }
        match escape(&shown, at, c) {
            // An indentation; the mark is counted in what is shown.
            _ if c == '\t' => text.push(' '),
            Some(escape) => text.push_str(&escape),
            None => text.push(c),
        }
        if (column - from..column - from + size).contains(&index) {
            mark.end = text.len();
        }
    }
    if column - from >= shown.chars().count() {
        mark = text.len()..text.len();
    }
    if to < characters.len() {
        text.push('…');
    }
    (text, mark)
}

/// Draws a finding. What is drawn is made visible first: the renderer lets most of it through.
fn draw(finding: &Finding, marked: Option<&Marked<'_>>, renderer: &Renderer) -> String {
    let level = match finding.kind.level {
        Level::Error => Title::ERROR,
        Level::Warning => Title::WARNING,
    };
    let title = level.primary_title(visible(&finding.message));
    let mut group = Group::with_title(title.id(finding.kind.id));
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
    if let Place::Node(_, pointer) = &finding.place {
        let place = match pointer.tokens() {
            [] => "at the root".to_owned(),
            _ => format!("at {pointer}"),
        };
        group = group.element(Title::NOTE.message(visible(&place)));
    }
    group = group.element(Title::NOTE.message(finding.kind.why));
    let help = finding.help.as_deref().unwrap_or(finding.kind.help);
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
