//! One line of documentation, made of our own words and of escaped text.

use proc_macro2::Ident;

use super::inline::Inline;
use super::{blocks, characters};

/// So many bytes of one text are documentation. No document is known that has a description of half
/// of it, and what is longer is no help where a type is looked up.
const LONGEST: usize = 64 << 10;

/// What is said on one line. Our own words are known when the generator is compiled; all that is
/// not is escaped.
#[derive(Clone, Debug, Default)]
pub(crate) struct Words {
    pub(super) text: String,
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

pub(super) fn left_out_of(bytes: usize) -> Words {
    let words = Words::default().say("(").number(bytes);
    words.say(" more bytes of this text are in the document alone.)")
}

/// As much of a text as is documentation, and how much is left out.
pub(super) fn cut(text: &str) -> (&str, usize) {
    let ends = (0..=LONGEST.min(text.len())).rev();
    let halves = ends.map(|end| text.split_at_checked(end));
    let (kept, rest) = halves.flatten().next().unwrap_or((text, ""));
    (kept, rest.len())
}
