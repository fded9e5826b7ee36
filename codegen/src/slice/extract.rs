//! The cut itself: the stages of the pipeline, and what a slice leaves out beyond them.

use serde_json::Value;

use super::{left_out, reference_graph as graph};
use crate::canonical;
use crate::config::Part;
use crate::diagnostic::{Diagnostic, Place};
use crate::diagnostics;
use crate::overlay::{self, Origins};
use crate::parse::Parsed;
use crate::report::{Report, Stop};
use crate::select::{self, COPIES, Selectors};
use crate::source::Source;

/// What is done about a fault of the full document, which is not ours to change.
const CORRECT: &str =
    "correct it by an action in the slice's `overlay.yaml`, or have the full document corrected";

/// A slice, and where its nodes stand in the full document.
pub(super) struct Extracted {
    pub(super) root: Value,
    origins: Origins,
}

/// Keeps the operations that are named, and what they use.
///
/// What is left out goes before the selection, which keeps the examples that others refer to, and
/// after it from copies of what is no component.
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

/// The document with path items in the place of references to them.
pub(super) fn resolved(root: &Value) -> Value {
    let mut root = root.clone();
    select::resolve_items(&mut root, &mut Origins::default(), &mut Report::default());
    root
}

impl Extracted {
    /// Reports references that lead nowhere, unless the overlay mends them.
    pub(super) fn closed(&self, overlay: Option<&Source>, report: &mut Report) -> Result<(), Stop> {
        let touched = overlay::touched(overlay, &[&self.root], report)?;
        for problem in graph::dangling(&self.root, touched.corrected.first()) {
            let place = self.origins.place(&problem.at);
            report.push(correctable(problem, place));
        }
        report.sound()
    }
}

/// What is wrong in the full document too. What is in another document has to be bundled, and is
/// told so.
pub(super) fn correctable(problem: graph::Problem, place: Place) -> Diagnostic {
    let diagnostic = Diagnostic::new(problem.kind, place, problem.message);
    if *diagnostic.kind == diagnostics::EXTERNAL_REFERENCE {
        diagnostic
    } else {
        diagnostic.help(CORRECT)
    }
}
