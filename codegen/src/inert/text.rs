//! Text for terminals and logs in which nothing has an effect.
//!
//! Keys, prose and file names come from others. An escape sequence controls a terminal, a line that
//! begins with `::` is a command in the log of a CI run, a line break forges a line of a log, and an
//! invisible character misleads the reader everywhere. So every output takes text and escapes what
//! would have an effect; no plain string reaches a stream, a log or a page. Terminals and logs get
//! [`Inert`], pages are made of [`Markdown`].

use std::fmt;

use serde::Serialize;

use super::escape::{escape, visible};
use super::markdown::Markdown;

/// Whole lines for a terminal, a log or another program. Only this program adds line breaks and
/// colours.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inert(String);

impl Inert {
    /// Adds a line. A line break in its text is escaped.
    pub fn line(&mut self, text: impl AsRef<str>) {
        self.0.push_str(&visible(text.as_ref()));
        self.0.push('\n');
    }

    /// Creates lines from the output of another program or from a diff, keeping its line breaks.
    pub fn lines(text: &str) -> Self {
        let mut lines = Self::default();
        text.split_terminator('\n')
            .for_each(|line| lines.line(line));
        lines
    }

    /// Adds an annotation, a workflow command of GitHub. Such commands encode line breaks, percent
    /// signs and, in properties, colons and commas.
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

    /// Creates JSON text with a line break at its end. Characters that have an effect or are
    /// invisible are escaped as in JSON, so the value stays the same.
    pub fn json(value: &impl Serialize) -> Self {
        // Strings and numbers can always be written as JSON.
        let text = serde_json::to_string_pretty(value).unwrap_or_default();
        let mut shown = String::with_capacity(text.len());
        for (at, c) in text.char_indices() {
            let needs_escape = c != '\n' && escape(&text, at, c).is_some();
            if needs_escape {
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

    /// Wraps text whose parts were all passed through [`visible`].
    pub(crate) fn from_visible(text: String) -> Self {
        Self(text)
    }

    /// Returns the text.
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
