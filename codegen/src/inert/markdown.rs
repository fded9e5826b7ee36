//! Markdown in which nothing of a document is live.
//!
//! Markup is a literal of ours; everything else is a plain word or stands in a code span, where no
//! HTML, link, image, mention or reference to an issue begins. Backslashes would not do: a mention
//! and a bare URL are found after they are gone.

use std::ops::{Add, AddAssign};

use super::escape::visible;

/// Markdown (GitHub's, which is CommonMark with tables).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Markdown(String);

/// Markup: only what is written in this program lives as long.
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
    /// Text of others: plain words stay as they are, any other word becomes code.
    pub fn text(text: &str) -> Self {
        let mut shown = Self::default();
        for (index, word) in text.split(' ').enumerate() {
            if index > 0 && !shown.0.ends_with(' ') {
                shown.0.push(' ');
            }
            match word {
                "" => {}
                word if is_plain(word) && !(index == 0 && numbers_item(word)) => {
                    shown.0.push_str(word)
                }
                word => shown += Self::code(word),
            }
        }
        shown
    }

    /// A message as it is on a terminal, where code is set between single backticks. Whatever the
    /// backticks of others pair up with, what stands between is still text or code.
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

    /// Text of others as a code span.
    pub fn code(text: &str) -> Self {
        // In tables a backslash before a bar is taken away.
        let text = visible(text).replace(r"\|", r"\\u{7c}");
        let fence = "`".repeat(longest_run(&text) + 1);
        let (first, last) = (text.chars().next(), text.chars().last());
        // One space on each side is taken away where both have one.
        let spaced = [first, last].map(|c| c.unwrap_or(' '));
        if spaced.contains(&'`') || spaced == [' ', ' '] {
            return Self(format!("{fence} {text} {fence}"));
        }
        Self(format!("{fence}{text}{fence}"))
    }

    /// Lines of others as a block of code.
    pub fn block(language: &'static str, lines: impl IntoIterator<Item = String>) -> Self {
        let lines = lines.into_iter().map(|line| visible(&line) + "\n");
        let text: String = lines.collect();
        let fence = "`".repeat(3.max(longest_run(&text) + 1));
        Self(format!("{fence}{language}\n{text}{fence}\n"))
    }

    /// The same inside of a table's cell.
    #[must_use]
    pub fn cell(self) -> Self {
        Self(self.0.replace('|', r"\|"))
    }

    /// Several, with markup between.
    pub fn join(parts: impl IntoIterator<Item = Self>, between: &'static str) -> Self {
        let parts = parts.into_iter().enumerate();
        parts.fold(Self::default(), |all, (index, part)| {
            all + if index > 0 { between } else { "" } + part
        })
    }

    /// Whether there is nothing.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text.
    pub fn into_string(self) -> String {
        self.0
    }
}

impl<M: Into<Markdown>> AddAssign<M> for Markdown {
    fn add_assign(&mut self, more: M) {
        let more = more.into();
        // Two fences side by side would be one of another length.
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

/// The length of the longest run of backticks.
fn longest_run(text: &str) -> usize {
    let runs = text.split(|c| c != '`').map(str::len);
    runs.max().unwrap_or(0)
}

/// Whether a word means nothing in Markdown, wherever it stands: no markup, and nothing that
/// GitHub makes a link of, as names of issues, commits and hosts.
fn is_plain(word: &str) -> bool {
    let inner = word.trim_start_matches(['(', '"']);
    let inner = inner.trim_end_matches([',', '.', ';', ':', ')', '"', '?', '%']);
    // `openapi.yaml:31`
    let inner = match inner.rsplit_once(':') {
        Some((file, line)) if is_number(line) => file,
        _ => inner,
    };
    let harmless = |c: char| c.is_alphanumeric() || "-./'→…".contains(c);
    let says = inner.contains(char::is_alphanumeric) || ["", "→", "…"].contains(&inner);
    let names_host = inner.to_ascii_lowercase().contains("www.");
    says && inner.chars().all(harmless)
        && !names_host
        && !names_issue(inner)
        && !names_commit(inner)
        && !inner.starts_with('-')
}

/// Whether a word begins an item of a list where it is the first of a line.
fn numbers_item(word: &str) -> bool {
    word.strip_suffix(['.', ')']).is_some_and(is_number)
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// `GH-12`, and what a repository may have set up to be a link: letters, a hyphen, digits.
fn names_issue(word: &str) -> bool {
    let mut after = word.split('-').skip(1);
    after.any(|part| part.starts_with(|c: char| c.is_ascii_digit()))
}

/// Digits of a commit's hash, which a letter of another script ends as well.
fn names_commit(word: &str) -> bool {
    let hexadecimal = |c: char| c.is_ascii_hexdigit();
    let mut parts = word.split(|c: char| !c.is_ascii_alphanumeric());
    parts.any(|part| {
        part.len() >= 7
            && part.chars().all(hexadecimal)
            && part.contains(|c: char| c.is_ascii_digit())
    })
}
