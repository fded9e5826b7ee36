//! The documentation of an item or file of the generated crate.
//!
//! Descriptions come from others and are CommonMark for a web page. In a doc comment a code block is
//! a test that is compiled and run, `[x]` is a link to an item, `<x>` is live HTML, and a bare URL is
//! a warning. So a text of the document is parsed as rustdoc parses it and written again with inert
//! elements only: text, lists, tables, code marked as text, and links into the web.
//!
//! Doc attributes are made from a [`Doc`] only. It consists of [`Words`] and of the document's
//! [prose](Doc::prose).

use syn::parse_quote;

use super::words::{Words, cut, note_of_cut};
use super::{blocks, characters};

/// The documentation of an item or a file.
#[derive(Clone, Debug, Default)]
pub(crate) struct Doc {
    pub(super) lines: Vec<String>,
}

impl Doc {
    /// Creates documentation of one paragraph.
    pub(crate) fn of(words: Words) -> Self {
        Self::default().paragraph(words)
    }

    /// Creates documentation from a CommonMark text of the document.
    pub(crate) fn of_prose(text: &str) -> Self {
        Self::default().prose(text)
    }

    /// Adds a paragraph, unless it is empty.
    pub(crate) fn paragraph(self, words: Words) -> Self {
        let line = words.text.trim().to_owned();
        self.block(vec![characters::at_start_of_line(line)])
    }

    /// Adds a CommonMark text of the document.
    pub(crate) fn prose(self, text: &str) -> Self {
        let (text, left_out) = cut(text);
        let doc = self.block(blocks::blocks(text));
        match left_out {
            0 => doc,
            _ => doc.paragraph(note_of_cut(left_out)),
        }
    }

    /// Adds our own paragraphs.
    pub(crate) fn ours(self, text: &'static str) -> Self {
        self.block(text.trim().lines().map(str::to_owned).collect())
    }

    /// Adds a table with our own head.
    pub(crate) fn table<const N: usize>(
        self,
        head: [&'static str; N],
        rows: impl IntoIterator<Item = [Words; N]>,
    ) -> Self {
        let cell = |words| Words::in_cell().say(words);
        let mut lines = vec![row(&head.map(cell)), row(&[(); N].map(|()| cell("---")))];
        lines.extend(rows.into_iter().map(|cells| row(&cells)));
        self.block(lines)
    }

    fn block(mut self, lines: Vec<String>) -> Self {
        if lines.iter().all(String::is_empty) {
            return self;
        }
        if !self.lines.is_empty() {
            self.lines.push(String::new());
        }
        self.lines.extend(lines);
        self
    }

    /// Whether there is no text: prose may have only invisible characters.
    pub(crate) fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Returns the attributes of an item, one per line, so that the printer writes line comments.
    pub(crate) fn attributes(&self) -> Vec<syn::Attribute> {
        let lines = self.commented();
        lines.map(|line| parse_quote!(#[doc = #line])).collect()
    }

    /// Returns the attributes at the head of a file.
    pub(crate) fn inner_attributes(&self) -> Vec<syn::Attribute> {
        let lines = self.commented();
        lines.map(|line| parse_quote!(#![doc = #line])).collect()
    }

    /// Returns the lines after `///`. Each begins with a space, because `////` would begin an ordinary
    /// comment.
    fn commented(&self) -> impl Iterator<Item = String> {
        self.lines.iter().map(|line| {
            if line.is_empty() {
                String::new()
            } else {
                format!(" {line}")
            }
        })
    }
}

fn row(cells: &[Words]) -> String {
    let cells: Vec<&str> = cells.iter().map(|cell| cell.text.trim()).collect();
    format!("| {} |", cells.join(" | "))
}
