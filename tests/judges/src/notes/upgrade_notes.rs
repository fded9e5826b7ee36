//! The upgrade notes of all reports, and the errors of the compiler.

use std::collections::BTreeSet;

use codegen::diff::DiffReport;

use super::note::{Note, NoteError};

/// The upgrade notes of all reports.
#[derive(Default)]
pub struct UpgradeNotes {
    /// Lines before a change, which are compiled together against the same old crate.
    before: BTreeSet<Note>,
    before_count: usize,
    after_count: usize,
    errors: Vec<(Note, String)>,
}

impl UpgradeNotes {
    /// Adds the notes of a report. Returns the lines after the changes.
    pub fn add(&mut self, report: &DiffReport) -> Vec<Note> {
        let mut after = Vec::new();
        for change in &report.changes {
            let note = |line: &String| Note {
                rule: change.rule.to_owned(),
                line: line.clone(),
            };
            self.before.extend(change.before.iter().map(note));
            after.extend(change.after.iter().map(note));
        }
        self.after_count += after.len();
        after
    }

    /// Records the notes that do not compile.
    pub fn add_errors(&mut self, notes: &[Note], errors: Vec<NoteError>) {
        for (index, error) in errors {
            let note = notes.get(index).map(|note| (note.clone(), error));
            self.errors.extend(note);
        }
    }

    /// Removes and returns the lines before the changes.
    pub fn take_before(&mut self) -> Vec<Note> {
        let before: Vec<Note> = std::mem::take(&mut self.before).into_iter().collect();
        self.before_count += before.len();
        before
    }

    /// Prints the result. Returns whether all notes compile.
    pub fn conclude(&self) -> bool {
        println!(
            "\nupgrade notes: {} lines before and {} after, {} do not compile",
            self.before_count,
            self.after_count,
            self.errors.len()
        );
        for (note, error) in &self.errors {
            println!("open: {} `{}`: error{error}", note.rule, note.line);
        }
        self.errors.is_empty()
    }
}
