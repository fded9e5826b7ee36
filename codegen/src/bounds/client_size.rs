//! Checks that a client is not too large to be compiled.

use super::ceilings::{MEMBERS, OPERATIONS, PARTS};
use crate::diagnostic::{Diagnostic, Place};
use crate::diagnostics;
use crate::model::{Model, Operation, Shape};
use crate::pointer::Pointer;
use crate::report::{Report, Stop};
use crate::select::Selected;
use crate::source::Input;

/// Checks the number of chosen operations.
///
/// # Errors
///
/// [`Stop`] if there are more than [`OPERATIONS`].
pub(crate) fn operations(selected: &Selected, report: &mut Report) -> Result<(), Stop> {
    let count = selected.operations().len();
    let place = Pointer::root().child("paths");
    within(OPERATIONS, count, "operations", &place, report)
}

/// Checks that a client is small enough to be generated and compiled.
///
/// # Errors
///
/// [`Stop`] if it has more than [`PARTS`], or if too much was copied to build it.
pub(crate) fn parts(model: &Model, report: &mut Report) -> Result<(), Stop> {
    if report.is_full() {
        return Err(Stop);
    }
    let of_client = model.credentials.len() + model.environments.len();
    let place = Pointer::root().child("components");
    within(
        MEMBERS,
        of_client,
        "servers and security schemes",
        &place,
        report,
    )?;
    let of_operations = model.operations.iter();
    let of_operations = of_operations.map(|operation| (&operation.pointer, parts_of(operation)));
    let of_types = model.types.values();
    let of_types = of_types.map(|declared| (&declared.pointer, parts_of_type(&declared.shape)));
    let mut all = 0;
    for (place, count) in of_operations.chain(of_types) {
        within(MEMBERS, count, "parts here", place, report)?;
        all += count;
    }
    within(PARTS, all, "parts", &Pointer::root().child("paths"), report)
}

fn within(
    ceiling: usize,
    count: usize,
    what: &str,
    place: &Pointer,
    report: &mut Report,
) -> Result<(), Stop> {
    if count <= ceiling {
        return Ok(());
    }
    let message = format!("the client would have {count} {what}");
    let place = Place::Node(Input::Document, place.clone());
    report.push(Diagnostic::new(
        &diagnostics::TOO_MANY_PARTS,
        place,
        message,
    ));
    Err(Stop)
}

fn parts_of(operation: &Operation) -> usize {
    1 + operation.parameters.len() + operation.responses.len()
}

fn parts_of_type(shape: &Shape) -> usize {
    1 + match shape {
        Shape::Struct { fields, .. } => fields.len(),
        Shape::Enum { values } => values.len(),
        Shape::Union { branches, .. } => branches.len(),
        Shape::Secret | Shape::Alias(_) => 0,
    }
}
