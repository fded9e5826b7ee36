//! Cutting a slice out of a full document, and judging the slice that is stored.
//!
//! A slice holds chosen operations and what they use, in one form: sorted, no comments. It
//! is made by the stages `select` and `canonical`, as the pipeline makes it, so what a slice lacks
//! is what the client never needed: other operations, what only they use, callbacks, webhooks,
//! links, extensions of the document as a whole, and the prose and examples that `client.yaml` leaves
//! out. Nothing that is kept is reworded.

use serde_json::Value;

use super::extract::extract;
use super::operation::{Operation, operations};
use crate::config::Part;
use crate::diagnostic::{Diagnostic, Place};
use crate::diagnostics;
use crate::parse::{self, Parsed};
use crate::report::{Report, Stop};
use crate::source::{Input, Source};

/// What a slice is cut from, and for what.
#[derive(Clone, Copy, Debug)]
pub struct Job<'a> {
    /// The full document.
    pub from: &'a Parsed,
    /// The slice as it is stored; its operations are kept.
    pub stored: Option<&'a Parsed>,
    /// The corrections to the slice: what they mend may be wrong in the full document.
    pub overlay: Option<&'a Source>,
    /// What is left behind beside what no operation uses.
    pub leave_out: &'a [Part],
    /// The name of the file that it becomes, which tells its format.
    pub file: &'a str,
    /// Selectors of the operations that are added.
    pub operations: &'a [String],
}

/// A slice.
#[derive(Clone, Debug)]
pub struct Slice {
    /// The slice as a tree.
    pub root: Value,
    /// The slice as it is stored.
    pub text: String,
}

/// Cuts a slice. Places of diagnostics are in the full document, or in the overlay.
///
/// # Errors
///
/// [`Stop`] if a selector names no operation, or the slice would refer to what is not there.
pub fn cut(job: &Job<'_>, report: &mut Report) -> Result<Slice, Stop> {
    let stored = job.stored.map(operations).unwrap_or_default();
    let stored = stored.iter().map(Operation::to_string);
    let selectors: Vec<String> = stored.chain(job.operations.iter().cloned()).collect();
    let cut = extract(job.from, &selectors, job.leave_out, report)?;
    cut.closed(job.overlay, report)?;
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
