//! Documentation of the generated crate, which holds nothing that acts.
//!
//! Descriptions are written by others, in CommonMark for a web page. In a doc comment a block of
//! code is a test that is compiled and run, `[x]` is a link to an item, `<x>` is live HTML, and a
//! bare URL is a warning. So a text of the document is parsed as rustdoc parses it and written
//! again, with what is inert: text, lists, tables, code that is marked as text, links into the web.
//!
//! A [`Doc`] is the only way to an attribute. It is made of [`Words`], our own and the document's,
//! and of the document's [prose](Doc::prose).

use syn::parse_quote;

use super::words::{Words, cut, left_out_of};
use super::{blocks, characters};

/// The documentation of an item or a file.
#[derive(Clone, Debug, Default)]
pub(crate) struct Doc {
    pub(super) lines: Vec<String>,
}

impl Doc {
    /// One paragraph.
    pub(crate) fn of(words: Words) -> Self {
        Self::default().paragraph(words)
    }

    /// A text of the document alone, in CommonMark.
    pub(crate) fn of_prose(text: &str) -> Self {
        Self::default().prose(text)
    }

    /// Adds a paragraph, unless nothing is in it.
    pub(crate) fn paragraph(self, words: Words) -> Self {
        let line = words.text.trim().to_owned();
        self.block(vec![characters::at_start_of_line(line)])
    }

    /// Adds a text of the document, in CommonMark.
    pub(crate) fn prose(self, text: &str) -> Self {
        let (text, left_out) = cut(text);
        let doc = self.block(blocks::blocks(text));
        match left_out {
            0 => doc,
            _ => doc.paragraph(left_out_of(left_out)),
        }
    }

    /// Adds paragraphs of our own.
    pub(crate) fn ours(self, text: &'static str) -> Self {
        self.block(text.trim().lines().map(str::to_owned).collect())
    }

    /// Adds a table with a head of our own.
    pub(crate) fn table<const N: usize>(
        self,
        head: [&'static str; N],
        rows: impl IntoIterator<Item = [Words; N]>,
    ) -> Self {
        let say = |words| Words::in_cell().say(words);
        let mut lines = vec![row(&head.map(say)), row(&[(); N].map(|()| say("---")))];
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

    /// Whether nothing is said: prose may hold nothing that is seen.
    pub(crate) fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Above an item; one for each line, so that the printer writes line comments.
    pub(crate) fn attributes(&self) -> Vec<syn::Attribute> {
        let lines = self.commented();
        lines.map(|line| parse_quote!(#[doc = #line])).collect()
    }

    /// At the head of a file.
    pub(crate) fn inner_attributes(&self) -> Vec<syn::Attribute> {
        let lines = self.commented();
        lines.map(|line| parse_quote!(#![doc = #line])).collect()
    }

    /// Lines as they stand behind `///`. Each has a space first: a `/` there would make it no
    /// documentation at all.
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
