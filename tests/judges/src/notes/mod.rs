//! Compiles the upgrade notes of reports.
//!
//! A note shows a line of caller code before and after a change, with names in place of values. Each line
//! becomes a function in which those names have the types that the crate expects, so that the compiler
//! checks the line.

mod bindings;
mod index;
mod note;
mod program;
mod statement;
mod upgrade_notes;

pub use note::NoteError;
pub use program::NotesProgram;
pub use upgrade_notes::UpgradeNotes;
