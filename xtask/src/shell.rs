//! What a person reads: verbs in a column as Cargo sets them, problems with their fix.

use std::io::{self, Write};

use anstream::{AutoStream, ColorChoice};

const VERB: &str = "\x1b[1;32m";
const PROBLEM: &str = "\x1b[1;31m";
const FIX: &str = "\x1b[1;36m";
const RESET: &str = "\x1b[0m";

/// The two streams. A stream that is closed early is no reason to fail.
pub(crate) struct Shell {
    human: AutoStream<Box<dyn Write>>,
    document: AutoStream<Box<dyn Write>>,
    color: bool,
}

impl Shell {
    pub(crate) fn new(choice: ColorChoice) -> Self {
        // Whether it is a terminal is asked of the stream itself; in a box it is not known.
        let human = AutoStream::new(io::stderr(), choice).current_choice();
        let document = AutoStream::new(io::stdout(), choice).current_choice();
        Self {
            human: AutoStream::new(Box::new(io::stderr()), human),
            document: AutoStream::new(Box::new(io::stdout()), document),
            color: human != ColorChoice::Never,
        }
    }

    /// A shell that nobody reads.
    #[cfg(test)]
    pub(crate) fn silent() -> Self {
        Self {
            human: AutoStream::never(Box::new(io::sink())),
            document: AutoStream::never(Box::new(io::sink())),
            color: false,
        }
    }

    /// Whether colours are shown.
    pub(crate) fn color(&self) -> bool {
        self.color
    }

    /// A line about something that happened.
    pub(crate) fn status(&mut self, verb: &str, text: &str) {
        let _ = writeln!(self.human, "{VERB}{verb:>12}{RESET} {text}");
    }

    /// Something that is wrong, and the way out.
    pub(crate) fn problem(&mut self, problem: &str, fix: &str) {
        let _ = writeln!(self.human, "{PROBLEM}{:>12}{RESET} {problem}", "problem:");
        let _ = writeln!(self.human, "{FIX}{:>12}{RESET} {fix}", "fix:");
    }

    /// Text that has its form already.
    pub(crate) fn raw(&mut self, text: &str) {
        let _ = self.human.write_all(text.as_bytes());
    }

    /// A document, for other programs too.
    pub(crate) fn document(&mut self, text: &str) {
        let _ = self.document.write_all(text.as_bytes());
    }
}
