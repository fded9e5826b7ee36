//! Cuts a slice and writes it as text.
//!
//! A slice has the chosen operations and what they use, sorted and without comments. It is made by
//! the stages `select` and `canonical` of the pipeline, so it lacks only what the client never
//! needs: other operations, what only they use, callbacks, webhooks, links, extensions of the whole
//! document, and the prose and examples that `client.yaml` leaves out. Everything else is
//! unchanged.

use serde_json::Value;

use super::extract::extract;
use super::operation::{Operation, operations};
use crate::config::Part;
use crate::diagnostic::{Diagnostic, Place};
use crate::diagnostics;
use crate::parse::{self, Parsed};
use crate::report::{Report, Stop};
use crate::source::{Input, Source};

/// The inputs for cutting a slice.
#[derive(Clone, Copy, Debug)]
pub struct Job<'a> {
    /// The full document.
    pub from: &'a Parsed,
    /// The stored slice, whose operations are kept.
    pub stored: Option<&'a Parsed>,
    /// The corrections to the slice; the full document may be wrong where they correct it.
    pub overlay: Option<&'a Source>,
    /// Parts that are omitted, beside everything that no operation uses.
    pub leave_out: &'a [Part],
    /// Name of the slice's file, which determines the format.
    pub file: &'a str,
    /// Selectors of operations to add.
    pub operations: &'a [String],
}

/// A slice.
#[derive(Clone, Debug)]
pub struct Slice {
    /// The slice as a tree.
    pub root: Value,
    /// The slice as text.
    pub text: String,
}

/// Cuts a slice. Places of diagnostics are in the full document, or in the overlay.
///
/// # Errors
///
/// [`Stop`] if a selector names no operation, or the slice would have a dangling reference.
pub fn cut(job: &Job<'_>, report: &mut Report) -> Result<Slice, Stop> {
    let stored = job.stored.map(operations).unwrap_or_default();
    let stored = stored.iter().map(Operation::to_string);
    let selectors: Vec<String> = stored.chain(job.operations.iter().cloned()).collect();
    let cut = extract(job.from, &selectors, job.leave_out, report)?;
    cut.check_closed(job.overlay, report)?;
    let text = parse::to_text(&cut.root, job.file).map_err(|message| {
        let place = Place::Whole(Input::Document);
        report.push(Diagnostic::new(
            &diagnostics::GENERATOR_DEFECT,
            place,
            message,
        ));
        Stop
    })?;
    Ok(Slice {
        root: cut.root,
        text,
    })
}
