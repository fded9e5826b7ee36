//! One line of documentation, made of our own words and of escaped text.

use proc_macro2::Ident;

use super::inline::Inline;
use super::{blocks, characters};

/// Maximum number of bytes of one text in documentation. No known document has a description of half
/// that size, and longer text does not help a reader.
const MAX_BYTES: usize = 64 << 10;

/// One line of documentation. Our own words are literals; everything else is escaped.
#[derive(Clone, Debug, Default)]
pub(crate) struct Words {
    pub(super) text: String,
    /// Whether the line is in a cell of a table.
    cell: bool,
}

impl Words {
    /// Creates words for a cell of a table.
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

    /// Adds other words.
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

    /// Adds a name or a value as a code span, whatever it contains.
    pub(crate) fn code(mut self, text: &str) -> Self {
        let (text, left_out) = cut(text);
        match characters::code(text, self.cell) {
            Some(span) => self.text.push_str(&span),
            // Code spans cannot begin or end with spaces.
            None => self = self.plain(&format!("{text:?}")),
        }
        self.note_cut(left_out)
    }

    /// Adds text that is not Markdown, such as a title.
    pub(crate) fn plain(self, text: &str) -> Self {
        self.write(text, |text, inline| inline.text(text))
    }

    /// Adds CommonMark prose of the document on one line.
    pub(crate) fn prose(self, text: &str) -> Self {
        self.write(text, blocks::flat)
    }

    fn write(mut self, text: &str, write: impl FnOnce(&str, &mut Inline)) -> Self {
        let (text, left_out) = cut(text);
        let mut inline = Inline::line(self.cell);
        write(text, &mut inline);
        self.text.push_str(&inline.take().concat());
        self.note_cut(left_out)
    }

    fn note_cut(mut self, left_out: usize) -> Self {
        if left_out > 0 {
            self.text.push(' ');
            self.text.push_str(&note_of_cut(left_out).text);
        }
        self
    }

    /// Whether there are no words.
    pub(crate) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }
}

/// Returns a name or a value as a code span, for prose that is parsed again as documentation.
pub(crate) fn span(text: &str) -> String {
    Words::default().code(text).text
}

/// Returns a text on one line, for a comment or a manifest. Invisible characters are removed or
/// replaced by their numbers.
pub(crate) fn one_line(text: &str) -> String {
    let (text, _) = cut(text);
    characters::literal(text, " ").trim().to_owned()
}

/// Returns the note about the bytes that were cut off.
pub(super) fn note_of_cut(bytes: usize) -> Words {
    let words = Words::default().say("(").number(bytes);
    words.say(" more bytes of this text are in the document alone.)")
}

/// Cuts a text to the maximum size. Returns the rest's number of bytes too.
pub(super) fn cut(text: &str) -> (&str, usize) {
    let ends = (0..=MAX_BYTES.min(text.len())).rev();
    let halves = ends.map(|end| text.split_at_checked(end));
    let (kept, rest) = halves.flatten().next().unwrap_or((text, ""));
    (kept, rest.len())
}
