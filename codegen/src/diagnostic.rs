//! The types of diagnostics.
//!
//! A [`DiagnosticKind`] is a row of a table: stable id, level, why it is a problem, what to do. A
//! [`Diagnostic`] is one occurrence with its place. Stages report diagnostics and continue as far
//! as they can, so that a user sees every problem at once.

use crate::pointer::Pointer;
use crate::source::Input;

/// The severity of a diagnostic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Nothing can be generated.
    Error,
    /// Something is doubtful, but a client is generated.
    Warning,
}

/// A row of the table of diagnostics.
#[derive(Debug, PartialEq, Eq)]
pub struct DiagnosticKind {
    /// Stable name, kebab-case, never reused for another meaning.
    pub id: &'static str,
    /// Severity.
    pub level: Level,
    /// Why it is a problem, with the clause of the standard or the reason.
    pub why: &'static str,
    /// What to do about it, unless the occurrence has more specific help.
    pub help: &'static str,
}

/// The place of a diagnostic in the inputs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A node, by its pointer; shown at the node's key, or at its nearest ancestor that exists.
    Node(Input, Pointer),
    /// A range of bytes of a text that has no tree yet.
    Bytes(Input, std::ops::Range<usize>),
    /// The whole input: missing, unreadable, empty.
    Whole(Input),
}

/// One problem, at one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The row of the table.
    pub kind: &'static DiagnosticKind,
    /// Where in the inputs.
    pub place: Place,
    /// What is wrong here: lowercase, no full stop, naming the offending text.
    pub message: String,
    /// What to do here, if it is more specific than the table's help.
    pub help: Option<String>,
}

impl Diagnostic {
    /// Creates a diagnostic of `kind` at `place`.
    pub fn new(kind: &'static DiagnosticKind, place: Place, message: impl Into<String>) -> Self {
        Self {
            kind,
            place,
            message: message.into(),
            help: None,
        }
    }

    /// Replaces the table's help by one for this occurrence.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}
