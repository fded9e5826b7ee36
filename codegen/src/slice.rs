//! Cutting a slice out of a full document, and judging the slice that is stored.
//!
//! A slice holds chosen operations and what they use, in one form: sorted, no comments. It
//! is made by the stages `select` and `canonical`, as the pipeline makes it, so what a slice lacks
//! is what the client never needed: other operations, what only they use, callbacks, webhooks,
//! links, extensions of the document as a whole, and the prose and examples that `client.yaml` leaves
//! out. Nothing that is kept is reworded.

mod changes;
mod compare;
mod cut;
mod judge;
mod leave;
mod reach;

use std::fmt;

use serde_json::Value;

use crate::config::Part;
use crate::diagnostic::{Diagnostic, Place};
use crate::diagnostics;
use crate::inert::Inert;
use crate::parse::{self, Parsed};
use crate::pointer::Pointer;
use crate::report::{Report, Stop};
use crate::select::{METHODS, nearest};
use crate::source::{Input, Source};

pub use changes::{Changed, changes};
pub use judge::{Expected, Judged, Verdict, expect, judge};

/// An operation, by where it stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Operation {
    path: String,
    method: &'static str,
}

impl Operation {
    fn pointer(&self) -> Pointer {
        Pointer::root().join(["paths", &self.path, self.method])
    }
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method.to_uppercase(), self.path)
    }
}

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

/// The operations of a document, by path.
pub fn operations(document: &Parsed) -> Vec<Operation> {
    listed(document.root())
}

/// The operations that a full document has, a line each: what a client could have. They are kept
/// beside the slice, so that the next document's new ones can be told.
pub fn offered(document: &Parsed) -> Inert {
    let mut text = Inert::default();
    for operation in listed(&cut::resolved(document.root())) {
        text.line(operation.to_string());
    }
    text
}

fn listed(root: &Value) -> Vec<Operation> {
    let items = root.get("paths").and_then(Value::as_object);
    let mut operations: Vec<Operation> = Vec::new();
    // Extensions of the Paths Object are no paths.
    let items = items.into_iter().flatten();
    for (path, item) in items.filter(|(path, _)| !path.starts_with("x-")) {
        let present = METHODS.iter().filter(|method| item.get(**method).is_some());
        operations.extend(present.map(|method| Operation {
            path: path.clone(),
            method,
        }));
    }
    operations.sort();
    operations
}

/// Reports the operations of a stored slice that the full document no longer has. The places are
/// in the slice.
///
/// # Errors
///
/// [`Stop`] if there is one.
pub fn gone(from: &Parsed, stored: &Parsed, report: &mut Report) -> Result<(), Stop> {
    for operation in departed(from.root(), stored.root()) {
        report.push(departure(from.root(), &operation));
    }
    report.sound()
}

fn departed(from: &Value, stored: &Value) -> Vec<Operation> {
    let known = listed(&cut::resolved(from));
    let mut operations = listed(stored);
    operations.retain(|operation| !known.contains(operation));
    operations
}

fn departure(from: &Value, operation: &Operation) -> Diagnostic {
    let place = Place::Node(Input::Document, operation.pointer());
    let message = format!("the full document has no `{operation}`");
    let diagnostic = Diagnostic::new(&diagnostics::OPERATION_GONE, place, message);
    let names = listed(from).into_iter().map(|it| it.to_string());
    let own = |name: &String| name.split(' ').next() == operation.to_string().split(' ').next();
    match nearest(&operation.to_string(), names.filter(own)).first() {
        Some(name) => {
            let help = format!(
                "take it out of the slice and out of `client.yaml`, then cut again; if it is \
                 `{name}` now, cut that with `--operation`"
            );
            diagnostic.help(help)
        }
        None => diagnostic,
    }
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
    let cut = cut::cut(job.from, &selectors, job.leave_out, report)?;
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

/// How many operations and components a slice has.
pub fn size(root: &Value) -> (usize, usize) {
    (listed(root).len(), reach::components(root).len())
}

/// For each component of a slice, and each copy of what is none, the shortest way to it from an
/// operation: a line each.
pub fn explain(root: &Value) -> Inert {
    let reach = reach::reach(root);
    let mut text = Inert::default();
    let components = reach::components(root);
    for node in components.iter().chain(reach.copies()) {
        let name = reach::shown(node);
        let way = match reach.way(node) {
            Some(way) => way.join(" -> "),
            None => "nothing".to_owned(),
        };
        text.line(format!("{name}: {way}"));
    }
    text
}
