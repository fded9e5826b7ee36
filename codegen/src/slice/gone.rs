//! Reports operations of a slice that the full document no longer has.

use serde_json::Value;

use super::extract::resolved;
use super::operation::{Operation, listed};
use crate::diagnostic::{Diagnostic, Place};
use crate::diagnostics;
use crate::parse::Parsed;
use crate::report::{Report, Stop};
use crate::source::Input;
use crate::suggest::nearest;

/// Reports the operations of a stored slice that the full document no longer has, at their places
/// in the slice.
///
/// # Errors
///
/// [`Stop`] if an operation is gone.
pub fn gone(from: &Parsed, stored: &Parsed, report: &mut Report) -> Result<(), Stop> {
    for operation in gone_operations(from.root(), stored.root()) {
        report.push(gone_diagnostic(from.root(), &operation));
    }
    report.result()
}

/// Returns the operations of a slice that the full document no longer has.
pub(super) fn gone_operations(from: &Value, stored: &Value) -> Vec<Operation> {
    let known = listed(&resolved(from));
    let mut operations = listed(stored);
    operations.retain(|operation| !known.contains(operation));
    operations
}

/// Creates the diagnostic about an operation that is gone.
pub(super) fn gone_diagnostic(from: &Value, operation: &Operation) -> Diagnostic {
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
                "remove it from the slice and from `client.yaml`, then cut again; if it was renamed \
                 to `{name}`, add that with `--operation`"
            );
            diagnostic.help(help)
        }
        None => diagnostic,
    }
}
