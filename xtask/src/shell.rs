//! Writes to the terminal: verbs in a column as in Cargo, and problems with their fix.
//!
//! Only this module has the two streams. Text passes through [`visible`] or is [`Inert`], so no text
//! of a document or file name can have an effect on the terminal.

use std::io::{self, IsTerminal, Write};
use std::path::Path;

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};
use codegen::inert::{Inert, visible};
use serde_json::Value;

const VERB: Style = AnsiColor::Green.on_default().bold();
const PROBLEM: Style = AnsiColor::Red.on_default().bold();
const FIX: Style = AnsiColor::Cyan.on_default().bold();

/// The format of problems and diagnostics.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// For people, on standard error.
    Human,
    /// As annotations of GitHub's workflow commands, on standard output.
    Github,
    /// As a JSON array, on standard output.
    Json,
}

/// The two streams. Writing to a closed stream is not an error.
pub(crate) struct Shell {
    human: AutoStream<Box<dyn Write>>,
    document: AutoStream<Box<dyn Write>>,
    color: bool,
    format: Format,
    /// What is reported in the format [`Format::Json`], which is one array.
    records: Vec<Value>,
}

#[expect(
    clippy::disallowed_methods,
    reason = "only this module has the streams"
)]
impl Shell {
    pub(crate) fn new(choice: ColorChoice) -> Self {
        // Ask the streams whether they are terminals before they are boxed.
        let human = AutoStream::new(io::stderr(), choice).current_choice();
        let document = AutoStream::new(io::stdout(), choice).current_choice();
        Self {
            human: AutoStream::new(Box::new(io::stderr()), human),
            document: AutoStream::new(Box::new(io::stdout()), document),
            color: human != ColorChoice::Never,
            format: Format::Human,
            records: Vec::new(),
        }
    }

    /// Creates a shell without output.
    #[cfg(test)]
    pub(crate) fn silent() -> Self {
        Self {
            human: AutoStream::never(Box::new(io::sink())),
            document: AutoStream::never(Box::new(io::sink())),
            color: false,
            format: Format::Human,
            records: Vec::new(),
        }
    }

    /// Sets the format of problems and diagnostics.
    pub(crate) fn set_format(&mut self, format: Format) {
        self.format = format;
    }

    pub(crate) fn format(&self) -> Format {
        self.format
    }

    /// Prints an annotation, a workflow command of GitHub.
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

    /// Whether the terminal shows colours.
    pub(crate) fn color(&self) -> bool {
        self.color
    }

    /// Prints a line about progress or a result.
    pub(crate) fn status(&mut self, verb: &str, text: &str) {
        let text = visible(text);
        let _ = writeln!(self.human, "{VERB}{verb:>12}{VERB:#} {text}");
    }

    /// Draws a progress bar, if standard error is a terminal.
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
            "\r\x1b[K{VERB}{verb:>12}{VERB:#} [{bar}] {done}/{all} {}",
            visible(&what.file_name().unwrap_or_default().to_string_lossy())
        );
        if done == all {
            let _ = writeln!(self.human);
        }
    }

    /// Prints a problem and its fix.
    pub(crate) fn problem(&mut self, problem: &str, fix: &str) {
        self.problem_with(problem, &[], fix);
    }

    /// Prints a problem, lines that show it, and its fix.
    pub(crate) fn problem_with(&mut self, problem: &str, lines: &[String], fix: &str) {
        let (problem, fix) = (visible(problem), visible(fix));
        let _ = writeln!(
            self.human,
            "{PROBLEM}{:>12}{PROBLEM:#} {problem}",
            "problem:"
        );
        for line in lines {
            let _ = writeln!(self.human, "{}", visible(line));
        }
        let _ = writeln!(self.human, "{FIX}{:>12}{FIX:#} {fix}", "fix:");
    }

    /// Prints formatted text.
    pub(crate) fn print(&mut self, text: &Inert) {
        let _ = self.human.write_all(text.as_str().as_bytes());
    }

    /// Reports something in the format [`Format::Json`].
    pub(crate) fn record(&mut self, record: Value) {
        self.records.push(record);
    }

    /// Prints the array of the format [`Format::Json`], at the end of a command.
    pub(crate) fn print_records(&mut self) {
        if self.format == Format::Json {
            let records = std::mem::take(&mut self.records);
            self.document(Inert::json(&records));
        }
    }

    /// Prints a document on standard output.
    pub(crate) fn document(&mut self, text: impl Into<Inert>) {
        let _ = self.document.write_all(text.into().as_str().as_bytes());
    }
}
