//! What a person reads: verbs in a column as Cargo sets them, problems with their fix.
//!
//! The only place that has the two streams. Text goes through [`visible`] here, or is [`Inert`]
//! already, so nothing that a document or a file's name says can act on who reads it.

use std::io::{self, IsTerminal, Write};
use std::path::Path;

use anstream::{AutoStream, ColorChoice};
use codegen::inert::{Inert, visible};

const VERB: &str = "\x1b[1;32m";
const PROBLEM: &str = "\x1b[1;31m";
const FIX: &str = "\x1b[1;36m";
const RESET: &str = "\x1b[0m";

/// How what was found is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// Drawn for people, on standard error.
    Human,
    /// As annotations of GitHub's workflow commands, on standard output.
    Github,
    /// As a JSON array, on standard output.
    Json,
}

/// The two streams. A stream that is closed early is no reason to fail.
pub(crate) struct Shell {
    human: AutoStream<Box<dyn Write>>,
    document: AutoStream<Box<dyn Write>>,
    color: bool,
    format: Format,
}

#[expect(
    clippy::disallowed_methods,
    reason = "this is the one place that has the streams"
)]
impl Shell {
    pub(crate) fn new(choice: ColorChoice) -> Self {
        // Whether it is a terminal is asked of the stream itself; in a box it is not known.
        let human = AutoStream::new(io::stderr(), choice).current_choice();
        let document = AutoStream::new(io::stdout(), choice).current_choice();
        Self {
            human: AutoStream::new(Box::new(io::stderr()), human),
            document: AutoStream::new(Box::new(io::stdout()), document),
            color: human != ColorChoice::Never,
            format: Format::Human,
        }
    }

    /// A shell that nobody reads.
    #[cfg(test)]
    pub(crate) fn silent() -> Self {
        Self {
            human: AutoStream::never(Box::new(io::sink())),
            document: AutoStream::never(Box::new(io::sink())),
            color: false,
            format: Format::Human,
        }
    }

    /// Sets how what is found is told.
    pub(crate) fn set_format(&mut self, format: Format) {
        self.format = format;
    }

    pub(crate) fn format(&self) -> Format {
        self.format
    }

    /// An annotation of GitHub's workflow commands.
    pub(crate) fn annotation(
        &mut self,
        level: &'static str,
        properties: &[(&'static str, String)],
        lines: &[&str],
    ) {
        let mut annotation = Inert::default();
        annotation.annotation(level, properties, lines);
        self.document(annotation);
    }

    /// Whether colours are shown.
    pub(crate) fn color(&self) -> bool {
        self.color
    }

    /// A line about something that happened.
    pub(crate) fn status(&mut self, verb: &str, text: &str) {
        let text = visible(text);
        let _ = writeln!(self.human, "{VERB}{verb:>12}{RESET} {text}");
    }

    /// How far something is, on one line that is drawn anew; only where a person looks on.
    pub(crate) fn progress(&mut self, verb: &str, what: &Path, done: usize, all: usize) {
        const WIDTH: usize = 24;
        if !io::stderr().is_terminal() {
            return;
        }
        let filled = (WIDTH * done).checked_div(all).unwrap_or(WIDTH);
        let bar = format!(
            "{}{}",
            "=".repeat(filled),
            " ".repeat(WIDTH - filled.min(WIDTH))
        );
        let _ = write!(
            self.human,
            "\r\x1b[K{VERB}{verb:>12}{RESET} [{bar}] {done}/{all} {}",
            visible(&what.file_name().unwrap_or_default().to_string_lossy())
        );
        if done == all {
            let _ = writeln!(self.human);
        }
    }

    /// Something that is wrong, and the way out.
    pub(crate) fn problem(&mut self, problem: &str, fix: &str) {
        self.problem_with(problem, &[], fix);
    }

    /// Something that is wrong, with lines that show it, and the way out.
    pub(crate) fn problem_with(&mut self, problem: &str, lines: &[String], fix: &str) {
        let (problem, fix) = (visible(problem), visible(fix));
        let _ = writeln!(self.human, "{PROBLEM}{:>12}{RESET} {problem}", "problem:");
        for line in lines {
            let _ = writeln!(self.human, "{}", visible(line));
        }
        let _ = writeln!(self.human, "{FIX}{:>12}{RESET} {fix}", "fix:");
    }

    /// Text that has its form already.
    pub(crate) fn print(&mut self, text: &Inert) {
        let _ = self.human.write_all(text.as_str().as_bytes());
    }

    /// A document, for other programs too.
    pub(crate) fn document(&mut self, text: impl Into<Inert>) {
        let _ = self.document.write_all(text.into().as_str().as_bytes());
    }
}
