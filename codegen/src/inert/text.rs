//! What is shown to people and to their machines, without anything in it that acts.
//!
//! Keys, prose and file names are written by others. On a terminal an escape sequence acts, in the
//! log of a CI run a line that begins with `::`, in a log a line break, in all of them a character
//! that is not seen. So each sink takes text and writes out what would act; nothing reaches a
//! stream, a log or a page as a mere string. [`Inert`] is what terminals and logs are given,
//! [`Markdown`] what pages are made of.

use std::fmt;

use serde::Serialize;

use super::escape::{escape, visible};
use super::markdown::Markdown;

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
