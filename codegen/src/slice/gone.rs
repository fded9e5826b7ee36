//! Operations of a slice that the full document no longer has.

use serde_json::Value;

use super::extract::resolved;
use super::operation::{Operation, listed};
use crate::diagnostic::{Diagnostic, Place};
use crate::diagnostics;
use crate::parse::Parsed;
use crate::report::{Report, Stop};
use crate::source::Input;
use crate::suggest::nearest;

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

pub(super) fn departed(from: &Value, stored: &Value) -> Vec<Operation> {
    let known = listed(&resolved(from));
    let mut operations = listed(stored);
    operations.retain(|operation| !known.contains(operation));
    operations
}

pub(super) fn departure(from: &Value, operation: &Operation) -> Diagnostic {
    let place = Place::Node(Input::Document, operation.pointer());
    let message = format!("the full document has no `{operation}`");
    let diagnostic = Diagnostic::new(&diagnostics::OPERATION_GONE, place, message);
    let names = listed(from)
        .into_iter()
        .map(|operation| operation.to_string());
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
