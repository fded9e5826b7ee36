//! Extracts a slice with the stages of the pipeline, and removes the parts that it omits.

use serde_json::Value;

use super::{left_out, reference_graph};
use crate::canonical;
use crate::config::Part;
use crate::diagnostic::{Diagnostic, Place};
use crate::diagnostics;
use crate::origins::Origins;
use crate::overlay;
use crate::parse::Parsed;
use crate::report::{Report, Stop};
use crate::select::{self, COPIES, Selectors};
use crate::source::Source;

/// The help for an error of the full document, which we cannot change.
const CORRECT: &str = "correct it with an action in the slice's `overlay.yaml`, or ask the publisher to correct the document";

/// A slice, with the places of its nodes in the full document.
pub(super) struct Extracted {
    pub(super) root: Value,
    origins: Origins,
}

/// Extracts the operations that selectors name, and what they use.
///
/// Parts are removed before the selection, which keeps referenced examples, and after it from
/// copies of nodes that are not components.
pub(super) fn extract(
    from: &Parsed,
    selectors: &[String],
    leave_out: &[Part],
    report: &mut Report,
) -> Result<Extracted, Stop> {
    let mut from = from.clone();
    left_out::remove(from.root_mut(), leave_out);
    let document = overlay::apply(from, None, report)?;
    let selected = select::select(document, &Selectors::given(selectors), report)?;
    let (mut root, _, origins) = canonical::order(selected).into_parts();
    left_out::remove(&mut root, leave_out);
    if let Value::Object(members) = &mut root {
        members.retain(|name, value| match name.as_str() {
            "tags" => value.as_array().is_none_or(|tags| !tags.is_empty()),
            name => name == COPIES || !name.starts_with("x-"),
        });
    }
    Ok(Extracted { root, origins })
}

/// Returns a document with its references to path items resolved.
pub(super) fn resolved(root: &Value) -> Value {
    let mut root = root.clone();
    select::resolve_items(&mut root, &mut Origins::default(), &mut Report::default());
    root
}

impl Extracted {
    /// Reports dangling references that the overlay does not correct.
    pub(super) fn check_closed(
        &self,
        overlay: Option<&Source>,
        report: &mut Report,
    ) -> Result<(), Stop> {
        let touched = overlay::touched(overlay, &[&self.root], report)?;
        for problem in reference_graph::dangling(&self.root, touched.corrected.first()) {
            let place = self.origins.place(&problem.at);
            report.push(correctable(problem, place));
        }
        report.result()
    }
}

/// Creates the diagnostic about a dangling reference that the full document has too. A reference
/// into another document keeps the help of its kind, which is to bundle the documents.
pub(super) fn correctable(problem: reference_graph::Problem, place: Place) -> Diagnostic {
    let diagnostic = Diagnostic::new(problem.kind, place, problem.message);
    if *diagnostic.kind == diagnostics::EXTERNAL_REFERENCE {
        diagnostic
    } else {
        diagnostic.help(CORRECT)
    }
}
