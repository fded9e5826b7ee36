//! What is shown to people and to their machines, without anything in it that acts.
//!
//! Keys, prose and file names are written by others. On a terminal an escape sequence acts, in the
//! log of a CI run a line that begins with `::`, in a log a line break, in all of them a character
//! that is not seen. So each sink takes text and writes out what would act; nothing reaches a
//! stream, a log or a page as a mere string. [`Inert`] is what terminals and logs are given,
//! [`Markdown`] what pages are made of.

mod hidden;
mod markdown;
#[cfg(test)]
mod tests;

use std::fmt;

use serde::Serialize;

pub use markdown::Markdown;

/// Text as a part of one line: what acts or is not seen is written as an escape of Rust.
pub fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        match escape(text, at, c) {
            Some(escape) => shown.push_str(&escape),
            None => shown.push(c),
        }
    }
    shown
}

/// How a character of a text is shown; `None` where it is shown as it is.
pub(crate) fn escape(text: &str, at: usize, c: char) -> Option<String> {
    match c {
        '\n' => Some(r"\n".to_owned()),
        '\r' => Some(r"\r".to_owned()),
        '\t' => Some(r"\t".to_owned()),
        c if hidden::is_hidden(c) => Some(c.escape_unicode().to_string()),
        ':' if begins_command(text, at) => Some(r"\u{3a}".to_owned()),
        '#' if is_in_command(text, at) => Some(r"\u{23}".to_owned()),
        _ => None,
    }
}

/// Whether a colon begins a workflow command: GitHub takes a line for one that has `::` first,
/// spaces aside.
fn begins_command(text: &str, at: usize) -> bool {
    let (before, rest) = text.split_at_checked(at).unwrap_or_default();
    rest.starts_with("::") && before.trim_start().is_empty()
}

/// Whether a `#` is the second of `##[error]` or `##vso[task]`: older commands, which act anywhere
/// in a line.
fn is_in_command(text: &str, at: usize) -> bool {
    let (before, rest) = text.split_at_checked(at).unwrap_or_default();
    let name = rest.trim_start_matches('#');
    let name = name.trim_start_matches(|c: char| c.is_ascii_alphanumeric());
    before.ends_with('#') && name.starts_with('[')
}

/// Whole lines for a terminal, a log or another program. Line breaks and colours in it are ours.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inert(String);

impl Inert {
    /// Adds a line. A line break in its text is shown, and breaks nothing.
    pub fn line(&mut self, text: impl AsRef<str>) {
        self.0.push_str(&visible(text.as_ref()));
        self.0.push('\n');
    }

    /// What another program printed, or a diff: its line breaks are kept, and nothing else.
    pub fn lines(text: &str) -> Self {
        let mut lines = Self::default();
        text.split_terminator('\n')
            .for_each(|line| lines.line(line));
        lines
    }

    /// Adds an annotation of GitHub's workflow commands. Line breaks, percent signs and, in
    /// properties, colons and commas have a form of their own there.
    pub fn annotation(
        &mut self,
        level: &'static str,
        properties: &[(&'static str, String)],
        lines: &[&str],
    ) {
        let data = |text: &str| visible(text).replace('%', "%25");
        let property = |(name, value): &(&str, String)| {
            let value = data(value).replace(':', "%3A").replace(',', "%2C");
            format!("{name}={value}")
        };
        let properties: Vec<String> = properties.iter().map(property).collect();
        let lines: Vec<String> = lines.iter().map(|line| data(line)).collect();
        let (properties, lines) = (properties.join(","), lines.join("%0A"));
        self.0
            .push_str(&format!("::{level} {properties}::{lines}\n"));
    }

    /// A value as JSON, with a line break at its end. What a string has that would act or is not
    /// seen is escaped as JSON escapes it, so it is still the same value.
    pub fn json(value: &impl Serialize) -> Self {
        // Text and numbers always have a form in JSON.
        let text = serde_json::to_string_pretty(value).unwrap_or_default();
        let mut shown = String::with_capacity(text.len());
        for (at, c) in text.char_indices() {
            let acts = c != '\n' && escape(&text, at, c).is_some();
            if acts {
                let units = c.encode_utf16(&mut [0; 2]).to_vec();
                let units = units.into_iter().map(|unit| format!("\\u{unit:04x}"));
                shown.extend(units);
            } else {
                shown.push(c);
            }
        }
        shown.push('\n');
        Self(shown)
    }

    /// What was drawn of parts that are all [`visible`].
    pub(crate) fn drawn(text: String) -> Self {
        Self(text)
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Inert {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<Markdown> for Inert {
    fn from(page: Markdown) -> Self {
        Self(page.into_string())
    }
}
