//! A line of an upgrade note.

/// A line of an upgrade note, and the rule that it belongs to.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Note {
    /// The id of the rule.
    pub rule: String,
    /// The line of caller code.
    pub line: String,
}

/// The number of a note that does not compile, and the error.
pub type NoteError = (usize, String);
