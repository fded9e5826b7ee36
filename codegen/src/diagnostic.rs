//! The types of diagnostics.
//!
//! A [`DiagnosticKind`] is a row of a table: stable id, level, why it is a problem, what to do. A
//! [`Diagnostic`] is one occurrence with its place. Stages report diagnostics and continue as far
//! as they can, so that a user sees every problem at once.

use crate::pointer::Pointer;
use crate::source::Input;

/// The level of a kind of diagnostic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Nothing can be generated.
    Error,
    /// The document violates OpenAPI. By default the rest is generated, and each occurrence says
    /// what the fault costs; an error in strict mode.
    Fault,
    /// Something is doubtful, but a client is generated.
    Warning,
}

impl Level {
    /// Returns the name in documentation.
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Fault => "fault",
            Self::Warning => "warning",
        }
    }
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

/// What a fault of the document costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cost {
    /// Nothing: what is meant is obvious, and the client has it.
    Mended,
    /// A part of an operation: a type, a parameter, a credential.
    LostInPart,
    /// The operation, or the operations that use the faulty node.
    LeftOut,
}

impl Cost {
    /// Returns the name in diagnostics.
    pub fn name(self) -> &'static str {
        match self {
            Self::Mended => "mended",
            Self::LostInPart => "lost in part",
            Self::LeftOut => "left out",
        }
    }
}

/// How a fault was tolerated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tolerance {
    /// What the fault costs.
    pub cost: Cost,
    /// What the client has in place of the faulty node.
    pub reading: String,
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
    /// How a fault was tolerated; `None` in strict mode, and for what is no fault.
    pub tolerance: Option<Tolerance>,
}

impl Diagnostic {
    /// Creates a diagnostic of `kind` at `place`.
    pub fn new(kind: &'static DiagnosticKind, place: Place, message: impl Into<String>) -> Self {
        Self {
            kind,
            place,
            message: message.into(),
            help: None,
            tolerance: None,
        }
    }

    /// Replaces the table's help by one for this occurrence.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Whether nothing is generated because of this diagnostic.
    pub fn is_error(&self) -> bool {
        match self.kind.level {
            Level::Error => true,
            Level::Fault => self.tolerance.is_none(),
            Level::Warning => false,
        }
    }

    /// Returns `error` or `warning`.
    pub fn severity(&self) -> &'static str {
        if self.is_error() { "error" } else { "warning" }
    }
}
