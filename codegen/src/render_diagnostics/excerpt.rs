//! The marked line of a diagnostic, cut to a width that can be read.

use std::ops::Range;

use super::lines::Lines;
use crate::inert::escape;
use crate::source::Source;

/// Maximum width of a shown line. A document may be one line of megabytes.
const WIDTH: usize = 160;

/// Number of characters shown before the mark in a cut line.
const BEFORE: usize = 40;

/// A marked line.
pub(super) struct Marked<'a> {
    pub(super) file: &'a str,
    pub(super) line: usize,
    pub(super) column: usize,
    /// The marked line, or the part of it around the mark.
    pub(super) excerpt: String,
    /// The mark within the excerpt.
    pub(super) mark: Range<usize>,
}

pub(super) fn marked<'a>(source: &'a Source, lines: &Lines<'_>, bytes: Range<usize>) -> Marked<'a> {
    let start = bytes.start.min(source.bytes.len());
    let (number, line) = lines.line(start);
    let column = lines.count(line.start..start);
    let length = lines.count(line.clone());
    let size = lines
        .count(start..bytes.end.min(line.end).max(start))
        .max(1);
    // Show the whole line, or the part of a long line around the mark.
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

/// Returns the shown part of a line, with `…` where it is cut, and the range of the mark in bytes.
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
            // A tab is shown as one space.
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
