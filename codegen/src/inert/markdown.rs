//! Markdown in which no text of a document has an effect.
//!
//! Markup is a literal of this program; everything else is a plain word or is in a code span, where
//! no HTML, link, image, mention or issue reference begins. Backslashes are not enough: GitHub looks
//! for mentions and bare URLs after it has removed them.

use std::ops::{Add, AddAssign};

use super::escape::visible;

/// Markdown (GitHub's, which is CommonMark with tables).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Markdown(String);

/// Markup: only literals of this program are `'static`.
impl From<&'static str> for Markdown {
    fn from(markup: &'static str) -> Self {
        Self(markup.to_owned())
    }
}

impl From<usize> for Markdown {
    fn from(number: usize) -> Self {
        Self(number.to_string())
    }
}

impl Markdown {
    /// Creates text from foreign words: plain words are kept, any other word becomes code.
    pub fn text(text: &str) -> Self {
        let mut shown = Self::default();
        for (index, word) in text.split(' ').enumerate() {
            if index > 0 && !shown.0.ends_with(' ') {
                shown.0.push(' ');
            }
            match word {
                "" => {}
                word if is_plain(word) && !(index == 0 && is_item_number(word)) => {
                    shown.0.push_str(word)
                }
                word => shown += Self::code(word),
            }
        }
        shown
    }

    /// Creates text from a message for a terminal, which sets code between single backticks. However
    /// foreign backticks pair up, everything between them is still text or code.
    pub fn message(text: &str) -> Self {
        let parts = text.split('`').enumerate();
        parts.fold(Self::default(), |message, (index, part)| {
            message
                + if index % 2 == 0 {
                    Self::text(part)
                } else {
                    Self::code(part)
                }
        })
    }

    /// Creates a code span from foreign text.
    pub fn code(text: &str) -> Self {
        // Tables remove a backslash before a bar.
        let text = visible(text).replace(r"\|", r"\\u{7c}");
        let fence = "`".repeat(longest_run(&text) + 1);
        let (first, last) = (text.chars().next(), text.chars().last());
        // Parsers remove one space on each side if both sides have one.
        let spaced = [first, last].map(|c| c.unwrap_or(' '));
        if spaced.contains(&'`') || spaced == [' ', ' '] {
            return Self(format!("{fence} {text} {fence}"));
        }
        Self(format!("{fence}{text}{fence}"))
    }

    /// Creates a code block from foreign lines.
    pub fn block(language: &'static str, lines: impl IntoIterator<Item = String>) -> Self {
        let lines = lines.into_iter().map(|line| visible(&line) + "\n");
        let text: String = lines.collect();
        let fence = "`".repeat(3.max(longest_run(&text) + 1));
        Self(format!("{fence}{language}\n{text}{fence}\n"))
    }

    /// Escapes bars, for a cell of a table.
    #[must_use]
    pub fn cell(self) -> Self {
        Self(self.0.replace('|', r"\|"))
    }

    /// Joins several texts with markup between them.
    pub fn join(parts: impl IntoIterator<Item = Self>, between: &'static str) -> Self {
        let parts = parts.into_iter().enumerate();
        parts.fold(Self::default(), |all, (index, part)| {
            all + if index > 0 { between } else { "" } + part
        })
    }

    /// Whether the text is empty.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the text.
    pub fn into_string(self) -> String {
        self.0
    }
}

impl<M: Into<Markdown>> AddAssign<M> for Markdown {
    fn add_assign(&mut self, more: M) {
        let more = more.into();
        // Two adjacent fences would be read as one longer fence.
        if self.0.ends_with('`') && more.0.starts_with('`') {
            self.0.push(' ');
        }
        self.0.push_str(&more.0);
    }
}

impl<M: Into<Markdown>> Add<M> for Markdown {
    type Output = Self;

    fn add(mut self, more: M) -> Self {
        self += more;
        self
    }
}

/// Returns the length of the longest run of backticks.
fn longest_run(text: &str) -> usize {
    let runs = text.split(|c| c != '`').map(str::len);
    runs.max().unwrap_or(0)
}

/// Whether a word has no meaning in Markdown at any place: no markup, and nothing that GitHub turns
/// into a link, such as names of issues, commits and hosts.
fn is_plain(word: &str) -> bool {
    let inner = word.trim_start_matches(['(', '"']);
    let inner = inner.trim_end_matches([',', '.', ';', ':', ')', '"', '?', '%']);
    // `openapi.yaml:31`
    let inner = match inner.rsplit_once(':') {
        Some((file, line)) if is_number(line) => file,
        _ => inner,
    };
    let harmless = |c: char| c.is_alphanumeric() || "-./'→…".contains(c);
    let has_text = inner.contains(char::is_alphanumeric) || ["", "→", "…"].contains(&inner);
    let names_host = inner.to_ascii_lowercase().contains("www.");
    has_text
        && inner.chars().all(harmless)
        && !names_host
        && !names_issue(inner)
        && !names_commit(inner)
        && !inner.starts_with('-')
}

/// Whether a word begins a list item at the start of a line.
fn is_item_number(word: &str) -> bool {
    word.strip_suffix(['.', ')']).is_some_and(is_number)
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a word is `GH-12` or a custom link of a repository: letters, a hyphen, digits.
fn names_issue(word: &str) -> bool {
    let mut after = word.split('-').skip(1);
    after.any(|part| part.starts_with(|c: char| c.is_ascii_digit()))
}

/// Whether a word contains the hash of a commit, which a letter of another script also ends.
fn names_commit(word: &str) -> bool {
    let hexadecimal = |c: char| c.is_ascii_hexdigit();
    let mut parts = word.split(|c: char| !c.is_ascii_alphanumeric());
    parts.any(|part| {
        part.len() >= 7
            && part.chars().all(hexadecimal)
            && part.contains(|c: char| c.is_ascii_digit())
    })
}
