//! Diagnostics as records, for programs.

use serde::Serialize;

use super::texts::Texts;
use crate::diagnostic::{Diagnostic, Place};
use crate::source::Source;

/// A diagnostic for programs, with everything that a person sees.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Record {
    /// Stable id of the kind.
    pub id: &'static str,
    /// `error` or `warning`.
    pub level: &'static str,
    /// Display name of the input.
    pub file: String,
    /// Line, from 1; 0 if the diagnostic is about the whole file.
    pub line: usize,
    /// Column in characters, from 1; 0 if the diagnostic is about the whole file.
    pub column: usize,
    /// JSON Pointer (RFC 6901) of the node, if the input has a tree.
    pub pointer: Option<String>,
    /// What is wrong here.
    pub message: String,
    /// Why it is a problem.
    pub why: &'static str,
    /// What to do about it.
    pub help: String,
    /// What a tolerated fault costs: `mended`, `lost in part` or `left out`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cost: Option<&'static str>,
    /// What the client has in place of the faulty node.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reading: Option<String>,
}

/// Returns diagnostics for programs, sorted by input and place.
pub fn records(diagnostics: &[Diagnostic], sources: &[&Source]) -> Vec<Record> {
    let texts = Texts::new(sources);
    let record = |diagnostic: &Diagnostic| {
        let mark = texts.mark(&diagnostic.place);
        let tolerance = diagnostic.tolerance.as_ref();
        Record {
            id: diagnostic.kind.id,
            level: diagnostic.severity(),
            file: mark
                .as_ref()
                .map_or_else(String::new, |mark| mark.file.to_owned()),
            line: mark.as_ref().map_or(0, |mark| mark.line),
            column: mark.as_ref().map_or(0, |mark| mark.column),
            pointer: match &diagnostic.place {
                Place::Node(_, pointer) => Some(pointer.to_string()),
                Place::Bytes(..) | Place::Whole(_) => None,
            },
            message: diagnostic.message.clone(),
            why: diagnostic.kind.why,
            help: diagnostic
                .help
                .clone()
                .unwrap_or_else(|| diagnostic.kind.help.to_owned()),
            cost: tolerance.map(|tolerance| tolerance.cost.name()),
            reading: tolerance.map(|tolerance| tolerance.reading.clone()),
        }
    };
    let placed = texts.ordered(diagnostics);
    placed.into_iter().map(record).collect()
}
