//! What can be wrong with an input, and how it is said.
//!
//! A [`DiagnosticKind`] is a row of a table: stable id, level, why it matters, what to do. A [`Diagnostic`]
//! is one occurrence with its place. Stages report diagnostics and go on as far as they can, so
//! that a user sees every problem at once.

use crate::pointer::Pointer;
use crate::source::Input;

/// How bad a diagnostic is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Nothing can be generated.
    Error,
    /// Something is lost or doubtful, generation goes on.
    Warning,
}

/// A row of the table of diagnostics.
#[derive(Debug, PartialEq, Eq)]
pub struct DiagnosticKind {
    /// Stable name, kebab-case, never reused for another meaning.
    pub id: &'static str,
    /// How bad it is.
    pub level: Level,
    /// Why it is a problem, with the clause of OpenAPI or the fact that makes it one.
    pub why: &'static str,
    /// What to do about it when the occurrence knows nothing better.
    pub help: &'static str,
}

/// Where in the inputs a diagnostic points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A node, by its pointer; drawn at the node's key, or at the nearest ancestor that exists.
    Node(Input, Pointer),
    /// A range of bytes of the text, where there is no tree yet.
    Bytes(Input, std::ops::Range<usize>),
    /// The input as a whole: missing, unreadable, empty.
    Whole(Input),
}

/// One problem, at one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The row of the table that it is an occurrence of.
    pub kind: &'static DiagnosticKind,
    /// Where.
    pub place: Place,
    /// What is wrong here: lowercase, no full stop, naming the offending text.
    pub message: String,
    /// What to do here, if more is known than the table says.
    pub help: Option<String>,
}

impl Diagnostic {
    /// An occurrence of `kind` at `place`.
    pub fn new(kind: &'static DiagnosticKind, place: Place, message: impl Into<String>) -> Self {
        Self {
            kind,
            place,
            message: message.into(),
            help: None,
        }
    }

    /// Replaces the table's help by one that knows this occurrence.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}
