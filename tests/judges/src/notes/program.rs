//! The program that contains every note as a function.

use std::fmt::Write as _;

use super::bindings::bindings;
use super::index::{self, Index};
use super::note::{Note, NoteError};
use super::statement::as_statement;
use crate::version::Version;

/// A program with a function for each note.
pub struct NotesProgram {
    /// The source.
    pub text: String,
    /// The line on which each function begins.
    starts: Vec<usize>,
}

const HEAD: &str = "\
#![allow(warnings)]

fn any<T>() -> T {
    unimplemented!()
}

fn main() {}
";

impl NotesProgram {
    /// Writes the program of the notes for the crate of a version.
    pub fn of(notes: &[Note], version: &Version) -> Result<Self, String> {
        let index = &Index::of(&version.files)?;
        let mut text = HEAD.to_owned();
        let mut starts = Vec::new();
        for (number, note) in notes.iter().enumerate() {
            starts.push(text.lines().count() + 1);
            // Writing to a string cannot fail.
            let _ = write!(text, "\n{}", function(number, &note.line, index));
        }
        Ok(Self { text, starts })
    }

    /// Reads the errors of the notes from the short messages of the compiler.
    pub fn errors(&self, output: &str) -> Vec<NoteError> {
        let error = |line: &str| {
            let (line, message) = line.strip_prefix("examples/notes.rs:")?.split_once(':')?;
            let (_, message) = message.split_once(": error")?;
            let line: usize = line.parse().ok()?;
            let after = self.starts.partition_point(|start| *start <= line);
            Some((after.checked_sub(1)?, message.to_owned()))
        };
        let mut errors: Vec<NoteError> = output.lines().filter_map(error).collect();
        errors.dedup_by_key(|(note, _)| *note);
        errors
    }
}

/// Types of dependencies that notes use, by the dependency.
const IMPORTS: &[(&str, &str)] = &[
    ("chrono", "chrono::{DateTime, NaiveDate, NaiveTime, Utc}"),
    ("uuid", "uuid::Uuid"),
];

fn function(number: usize, line: &str, index: &Index) -> String {
    let line = as_statement(&line.replace("crate_name", index::NAME), index);
    let name = index::NAME;
    let mut text =
        format!("async fn note_{number}() -> Result<(), Box<dyn std::error::Error>> {{\n");
    // The imports with which a caller writes types without paths.
    let _ = writeln!(text, "    use {name}::*;\n    use {name}::runtime::Secret;");
    text.push_str("    use std::collections::BTreeMap;\n");
    for (dependency, import) in IMPORTS {
        if index.depends_on(dependency) {
            let _ = writeln!(text, "    use {import};");
        }
    }
    for module in index.modules() {
        let _ = writeln!(text, "    use {name}::{module}::*;");
    }
    for (name, ty) in bindings(&line, index) {
        let _ = match ty {
            Some(ty) => writeln!(text, "    let mut {name}: {ty} = any();"),
            None => writeln!(text, "    let mut {name} = any();"),
        };
    }
    let _ = writeln!(text, "    {line}\n    Ok(())\n}}");
    text
}
