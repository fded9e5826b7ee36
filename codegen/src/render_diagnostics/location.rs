//! Files, lines and columns of diagnostics.

use super::texts::Texts;
use crate::diagnostic::{Diagnostic, Place};
use crate::source::Source;

/// The location of a diagnostic, for people and for editors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// Display name of the input.
    pub file: String,
    /// Line, from 1; 0 if the diagnostic is about the whole file.
    pub line: usize,
    /// Column in characters, from 1; 0 if the diagnostic is about the whole file.
    pub column: usize,
}

/// Returns the location of a diagnostic.
pub fn locate(diagnostic: &Diagnostic, sources: &[&Source]) -> Option<Location> {
    let found = locations(std::slice::from_ref(&diagnostic.place), sources);
    found.into_iter().next().flatten()
}

/// Returns the location of each place.
pub fn locations(places: &[Place], sources: &[&Source]) -> Vec<Option<Location>> {
    let texts = Texts::new(sources);
    let location = |place: &Place| {
        let marked = texts.mark(place)?;
        Some(Location {
            file: marked.file.to_owned(),
            line: marked.line,
            column: marked.column,
        })
    };
    places.iter().map(location).collect()
}
