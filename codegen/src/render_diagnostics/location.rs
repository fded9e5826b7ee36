//! Files, lines and columns of diagnostics.

use super::texts::Texts;
use crate::diagnostic::{Diagnostic, Place};
use crate::source::Source;

/// Where a diagnostic is, for people and for editors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// The input as it is shown.
    pub file: String,
    /// Counted from 1; 0 where the diagnostic is about the file as a whole.
    pub line: usize,
    /// In characters, counted from 1; 0 where the diagnostic is about the file as a whole.
    pub column: usize,
}

/// Where a diagnostic is.
pub fn locate(diagnostic: &Diagnostic, sources: &[&Source]) -> Option<Location> {
    let found = locations(std::slice::from_ref(&diagnostic.place), sources);
    found.into_iter().next().flatten()
}

/// Where each place is.
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
