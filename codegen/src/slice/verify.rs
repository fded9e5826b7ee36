//! Verifies that a stored slice is closed, minimal and faithful to the full document.

use std::collections::BTreeSet;

use serde_json::Value;

use super::compare::{Difference, compare};
use super::gone::{gone_diagnostic, gone_operations};
use super::operation::{Operation, listed};
use super::reference_graph::{self, objects};
use super::{extract, left_out};
use crate::canonical;
use crate::config::Part;
use crate::diagnostic::{Diagnostic, DiagnosticKind, Place};
use crate::diagnostics::{self, json_type_name};
use crate::origins::Origins;
use crate::overlay::{self, Touched};
use crate::parse::{self, Parsed};
use crate::pointer::Pointer;
use crate::report::{Report, Stop};
use crate::select::COPIES;
use crate::source::{Input, Source};

/// The inputs for the verification of a stored slice.
#[derive(Clone, Copy, Debug)]
pub struct Verification<'a> {
    /// The slice.
    pub stored: &'a Parsed,
    /// Its text.
    pub source: &'a Source,
    /// The expected slice, if the full document is available.
    pub expected: Option<&'a Expected<'a>>,
    /// Parts that the slice omits, beside everything that no operation uses.
    pub leave_out: &'a [Part],
    /// The corrections to the slice.
    pub overlay: Option<&'a Source>,
}

/// The slice that would be cut from the full document.
#[derive(Clone, Debug)]
pub struct Expected<'a> {
    from: &'a Value,
    /// Operations of the slice that the document no longer has.
    gone: Vec<Operation>,
    /// The slice as cut now, without those operations; `None` if no operation is left.
    fresh: Option<Value>,
}

/// Cuts the slice that should be stored, with the operations that `selectors` add. Places of
/// diagnostics are in the full document.
///
/// # Errors
///
/// [`Stop`] if a selector names no operation.
pub fn expect<'a>(
    from: &'a Parsed,
    stored: &Parsed,
    selectors: &[String],
    leave_out: &[Part],
    report: &mut Report,
) -> Result<Expected<'a>, Stop> {
    let gone = gone_operations(from.root(), stored.root());
    let mut wanted = listed(stored.root());
    wanted.retain(|operation| !gone.contains(operation));
    let wanted = wanted.iter().map(Operation::to_string);
    let wanted: Vec<String> = wanted.chain(selectors.iter().cloned()).collect();
    let fresh = if wanted.is_empty() {
        None
    } else {
        Some(extract::extract(from, &wanted, leave_out, report)?.root)
    };
    Ok(Expected {
        from: from.root(),
        gone,
        fresh,
    })
}

/// The result of a verification, from best to worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// The slice is up to date.
    Fresh,
    /// Cutting the slice again corrects it.
    Stale,
    /// A person must decide.
    Decide,
}

/// Members that are written for people.
const PROSE: [&str; 6] = [
    "description",
    "example",
    "examples",
    "externalDocs",
    "summary",
    "title",
];

/// Verifies a slice. Places of diagnostics are in the slice or in the overlay.
///
/// # Errors
///
/// [`Stop`] if the overlay cannot be read.
pub fn verify(verification: &Verification<'_>, report: &mut Report) -> Result<Verdict, Stop> {
    let root = verification.stored.root();
    let fresh = verification
        .expected
        .and_then(|expected| expected.fresh.as_ref());
    let mut trees = vec![root];
    trees.extend(fresh);
    let mut verifier = Verifier {
        root,
        origins: verification.stored.origins(),
        touched: overlay::touched(verification.overlay, &trees, report)?,
        unreachable: BTreeSet::new(),
        verdict: Verdict::Fresh,
        report,
    };
    verifier.check_closed(fresh);
    verifier.check_left_out(verification.leave_out);
    verifier.check_minimal(verification.stored)?;
    if let Some(expected) = verification.expected {
        for operation in &expected.gone {
            verifier.push(Verdict::Decide, gone_diagnostic(expected.from, operation));
        }
        if let Some(fresh) = fresh {
            verifier.check_faithful(expected, fresh);
        }
    }
    verifier.check_text(verification.source);
    Ok(verifier.verdict)
}

struct Verifier<'a> {
    root: &'a Value,
    origins: &'a Origins,
    touched: Touched,
    /// Nodes that were reported as unreachable and need no comparison.
    unreachable: BTreeSet<Pointer>,
    verdict: Verdict,
    report: &'a mut Report,
}

impl Verifier<'_> {
    fn report_at(
        &mut self,
        verdict: Verdict,
        kind: &'static DiagnosticKind,
        at: &Pointer,
        message: String,
    ) {
        let place = self.origins.place(at);
        self.push(verdict, Diagnostic::new(kind, place, message));
    }

    fn push(&mut self, verdict: Verdict, diagnostic: Diagnostic) {
        self.verdict = self.verdict.max(verdict);
        self.report.push(diagnostic);
    }

    /// Checks that no reference dangles. Cutting again corrects a dangling reference unless the full
    /// document has it too.
    fn check_closed(&mut self, fresh: Option<&Value>) {
        let corrected = self.touched.corrected.as_slice();
        let fresh = fresh.map(|root| reference_graph::dangling(root, corrected.get(1)));
        let fresh = fresh.unwrap_or_default();
        for problem in reference_graph::dangling(self.root, corrected.first()) {
            let local = *problem.kind == diagnostics::DANGLING_REFERENCE
                || *problem.kind == diagnostics::UNKNOWN_SECURITY_SCHEME;
            let place = self.origins.place(&problem.at);
            if local && !fresh.contains(&problem) {
                let diagnostic = Diagnostic::new(problem.kind, place, problem.message);
                self.push(
                    Verdict::Stale,
                    diagnostic.help(diagnostics::SLICE_DIFFERS.help),
                );
            } else {
                self.push(Verdict::Decide, extract::correctable(problem, place));
            }
        }
    }

    /// Checks that nothing is kept that `client.yaml` leaves out.
    fn check_left_out(&mut self, leave_out: &[Part]) {
        for part in leave_out {
            let mut bare = self.root.clone();
            left_out::remove(&mut bare, &[*part]);
            for difference in compare(self.root, &bare, &|_, _| false) {
                let (name, part) = (last(&difference.at), part.name());
                let message =
                    format!("`{name}` belongs to the {part} that `client.yaml` leaves out");
                self.report_at(
                    Verdict::Stale,
                    &diagnostics::SLICE_FORM,
                    &difference.at,
                    message,
                );
            }
        }
    }

    /// Checks that nothing is kept that no operation uses: a slice of the slice is the slice.
    fn check_minimal(&mut self, stored: &Parsed) -> Result<(), Stop> {
        let operations = listed(self.root);
        let selectors: Vec<String> = operations.iter().map(Operation::to_string).collect();
        let own = extract::extract(stored, &selectors, &[], self.report)?;
        for difference in compare(self.root, &own.root, &|_, _| false) {
            let at = difference.at;
            match (difference.found, difference.wanted) {
                (Some(found), None) => {
                    for at in parts(&at, found) {
                        let what = if difference.entry {
                            short(found)
                        } else {
                            format!("`{}`", last(&at))
                        };
                        let message = format!("no operation of the slice uses {what}");
                        self.report_at(
                            Verdict::Stale,
                            &diagnostics::SLICE_UNREACHABLE,
                            &at,
                            message,
                        );
                        self.unreachable.insert(at);
                    }
                }
                _ => {
                    let message = format!("`{}` is not written in the form of a slice", last(&at));
                    self.report_at(Verdict::Stale, &diagnostics::SLICE_FORM, &at, message);
                }
            }
        }
        Ok(())
    }

    /// Checks that everything but prose agrees with the full document, except where the overlay
    /// changes it.
    fn check_faithful(&mut self, expected: &Expected<'_>, fresh: &Value) {
        let (own, theirs) = (objects(self.root), objects(fresh));
        let prose = |at: &Pointer, objects: &BTreeSet<Pointer>| {
            at.last().is_some_and(|name| PROSE.contains(&name))
                && at.parent().is_some_and(|holder| objects.contains(&holder))
        };
        let skip = |at: &Pointer, there: &Pointer| prose(at, &own) || prose(there, &theirs);
        for difference in compare(self.root, fresh, &skip) {
            if !self.is_reported(&difference, expected) && !self.touched.contains(&difference.at) {
                let message = describe(&difference);
                self.report_at(
                    Verdict::Stale,
                    &diagnostics::SLICE_DIFFERS,
                    &difference.at,
                    message,
                );
            }
        }
    }

    /// Whether another diagnostic already reports the difference: about an unreachable node, or about
    /// an operation that is gone together with what only it used.
    fn is_reported(&self, difference: &Difference<'_>, expected: &Expected<'_>) -> bool {
        let at = &difference.at;
        if difference.found.is_none() || difference.wanted.is_some() {
            return false;
        }
        let touches = |one: &Pointer| one.contains(at) || at.contains(one);
        let with_it = match at.tokens().first().map(String::as_str) {
            Some("components") => at.get(expected.from).is_some(),
            Some("security" | "tags" | COPIES) => true,
            _ => expected
                .gone
                .iter()
                .any(|operation| touches(&operation.pointer())),
        };
        self.unreachable.iter().any(touches) || (with_it && !expected.gone.is_empty())
    }

    /// Checks that the text is exactly as the tool writes it.
    fn check_text(&mut self, source: &Source) {
        if self
            .report
            .diagnostics
            .iter()
            .any(|diagnostic| *diagnostic.kind == diagnostics::SLICE_FORM)
        {
            return;
        }
        let mut sorted = self.root.clone();
        canonical::sort(&mut sorted);
        let Ok(text) = parse::to_text(&sorted, &source.name) else {
            return;
        };
        let bytes = source.bytes.iter().zip(text.as_bytes());
        let same = bytes.take_while(|(one, other)| one == other).count();
        if same < source.bytes.len() || same < text.len() {
            let at = same.min(source.bytes.len().saturating_sub(1));
            let place = Place::Bytes(Input::Document, at..at + 1);
            let message = "from here on the text differs from what the tool writes";
            self.push(
                Verdict::Stale,
                Diagnostic::new(&diagnostics::SLICE_FORM, place, message),
            );
        }
    }
}

/// Returns each component of a group that is unreachable as a whole; any other node itself.
fn parts(at: &Pointer, value: &Value) -> Vec<Pointer> {
    let depth = match at.tokens() {
        [components, ..] if components == "components" => 3,
        [paths, ..] if paths == "paths" => 2,
        _ => 1,
    };
    match value {
        Value::Object(members) if at.tokens().len() < depth && !members.is_empty() => {
            let members = members.iter();
            let below = members.flat_map(|(name, value)| parts(&at.child(name), value));
            below.collect()
        }
        _ => vec![at.clone()],
    }
}

fn last(at: &Pointer) -> &str {
    at.last().unwrap_or_default()
}

/// Describes a difference.
fn describe(difference: &Difference<'_>) -> String {
    let name = last(&difference.at);
    match (difference.found, difference.wanted) {
        (Some(found), Some(wanted)) => {
            let (found, wanted) = (short(found), short(wanted));
            format!("`{name}` is {found}, but {wanted} in the full document")
        }
        (Some(found), None) if difference.entry => {
            format!(
                "the full document does not have {} in this list",
                short(found)
            )
        }
        (Some(_), None) => format!("the full document does not have `{name}` here"),
        (None, Some(wanted)) if difference.entry => {
            format!("this list lacks {} of the full document", short(wanted))
        }
        (None, _) => format!("`{name}` of the full document is missing"),
    }
}

/// Returns a value in the form for a sentence; an object by the member that identifies it.
fn short(value: &Value) -> String {
    match value {
        Value::Object(members) => {
            let names = ["$ref", "name", "url"].into_iter();
            let mut identifying =
                names.filter_map(|name| Some((name, members.get(name)?.as_str()?)));
            match identifying.next() {
                Some((name, text)) => format!("the object with `{name}: {text}`"),
                None => json_type_name(value).to_owned(),
            }
        }
        Value::Array(_) => json_type_name(value).to_owned(),
        Value::String(text) => format!("`{text}`"),
        _ => format!("`{value}`"),
    }
}
