//! Documentation of the generated crate, which holds nothing that acts.
//!
//! Descriptions are written by others, in CommonMark for a web page. In a doc comment a block of
//! code is a test that is compiled and run, `[x]` is a link to an item, `<x>` is live HTML, and a
//! bare URL is a warning. So a text of the document is parsed as rustdoc parses it and written
//! again, with what is inert: text, lists, tables, code that is marked as text, links into the web.
//!
//! A [`Doc`] is the only way to an attribute. It is made of [`Words`], our own and the document's,
//! and of the document's [prose](Doc::prose).

mod address;
mod blocks;
mod characters;
mod containers;
mod inline;
#[cfg(test)]
mod tests;

use proc_macro2::Ident;
use syn::parse_quote;

use inline::Inline;

/// So many bytes of one text are documentation. No document is known that has a description of half
/// of it, and what is longer is no help where a type is looked up.
const LONGEST: usize = 64 << 10;

/// The documentation of an item or a file.
#[derive(Clone, Debug, Default)]
pub(crate) struct Doc {
    lines: Vec<String>,
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

/// What is said on one line. Our own words are known when the generator is compiled; all that is
/// not is escaped.
#[derive(Clone, Debug, Default)]
pub(crate) struct Words {
    text: String,
    /// Whether it stands in a cell of a table.
    cell: bool,
}

impl Words {
    /// For a cell of a table.
    pub(crate) fn in_cell() -> Self {
        Self {
            cell: true,
            ..Self::default()
        }
    }

    /// Adds our own words, which may be Markdown.
    pub(crate) fn say(mut self, words: &'static str) -> Self {
        self.text.push_str(words);
        self
    }

    /// Adds what is said already.
    pub(crate) fn words(mut self, words: Words) -> Self {
        self.text.push_str(&words.text);
        self
    }

    /// Adds a number.
    pub(crate) fn number(mut self, number: usize) -> Self {
        self.text.push_str(&number.to_string());
        self
    }

    /// Adds a link to an item of the crate.
    pub(crate) fn item(mut self, path: &'static str, name: &Ident) -> Self {
        self.text.push_str(&format!("[`{path}{name}`]"));
        self
    }

    /// Adds a name or a value as a code span, whatever it holds.
    pub(crate) fn code(mut self, text: &str) -> Self {
        let (text, left_out) = cut(text);
        match characters::code(text, self.cell) {
            Some(span) => self.text.push_str(&span),
            // It may begin or end with spaces, or be nothing else.
            None => self = self.plain(&format!("{text:?}")),
        }
        self.leaves(left_out)
    }

    /// Adds text that is no Markdown, such as a title.
    pub(crate) fn plain(self, text: &str) -> Self {
        self.written(text, |text, inline| inline.text(text))
    }

    /// Adds prose of the document, in CommonMark, with its blocks one behind the other.
    pub(crate) fn prose(self, text: &str) -> Self {
        self.written(text, blocks::flat)
    }

    fn written(mut self, text: &str, write: impl FnOnce(&str, &mut Inline)) -> Self {
        let (text, left_out) = cut(text);
        let mut inline = Inline::line(self.cell);
        write(text, &mut inline);
        self.text.push_str(&inline.take().concat());
        self.leaves(left_out)
    }

    fn leaves(mut self, left_out: usize) -> Self {
        if left_out > 0 {
            self.text.push(' ');
            self.text.push_str(&left_out_of(left_out).text);
        }
        self
    }

    /// Whether nothing is said.
    pub(crate) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }
}

/// A name or a value as a code span, for prose that is still to be written as documentation.
pub(crate) fn span(text: &str) -> String {
    Words::default().code(text).text
}

/// Text on one line of a comment or a manifest, which is no Markdown: what is not seen is left out or
/// shown as its number.
pub(crate) fn one_line(text: &str) -> String {
    let (text, _) = cut(text);
    characters::literal(text, " ").trim().to_owned()
}

fn left_out_of(bytes: usize) -> Words {
    let words = Words::default().say("(").number(bytes);
    words.say(" more bytes of this text are in the document alone.)")
}

/// As much of a text as is documentation, and how much is left out.
fn cut(text: &str) -> (&str, usize) {
    let ends = (0..=LONGEST.min(text.len())).rev();
    let halves = ends.map(|end| text.split_at_checked(end));
    let (kept, rest) = halves.flatten().next().unwrap_or((text, ""));
    (kept, rest.len())
}
