//! Whether a stored slice is closed, minimal and faithful.

use std::collections::BTreeSet;

use serde_json::Value;

use super::compare::{Difference, compare};
use super::gone::{departed, departure};
use super::operation::{Operation, listed};
use super::reference_graph::{self as graph, objects};
use super::{extract, left_out};
use crate::canonical;
use crate::config::Part;
use crate::diagnostic::{Diagnostic, DiagnosticKind, Place};
use crate::diagnostics::{self, json_type_name};
use crate::overlay::{self, Touched};
use crate::parse::{self, Parsed};
use crate::pointer::Pointer;
use crate::report::{Report, Stop};
use crate::select::COPIES;
use crate::source::{Input, Source};

/// What a stored slice is judged by.
#[derive(Clone, Copy, Debug)]
pub struct Judged<'a> {
    /// The slice.
    pub stored: &'a Parsed,
    /// Its text.
    pub source: &'a Source,
    /// What the full document has, if it is at hand.
    pub expected: Option<&'a Expected<'a>>,
    /// What it leaves behind of the full document beside what no operation uses.
    pub leave_out: &'a [Part],
    /// The corrections to the slice.
    pub overlay: Option<&'a Source>,
}

/// What the full document has of a slice.
#[derive(Clone, Debug)]
pub struct Expected<'a> {
    from: &'a Value,
    /// Operations of the slice that the document no longer has.
    gone: Vec<Operation>,
    /// The slice as it would be cut now, without them; `None` if nothing is left.
    fresh: Option<Value>,
}

/// Cuts what a stored slice should be, and the operations that `selectors` add to it. Places of
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
    let gone = departed(from.root(), stored.root());
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

/// What comes of it. The order is that of how bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// It is as it would be cut.
    Fresh,
    /// Cutting it again mends it.
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

/// Judges a slice; every diagnostic is a place in it, or in the overlay.
///
/// # Errors
///
/// [`Stop`] if the overlay cannot be read.
pub fn judge(judged: &Judged<'_>, report: &mut Report) -> Result<Verdict, Stop> {
    let root = judged.stored.root();
    let fresh = judged.expected.and_then(|expected| expected.fresh.as_ref());
    let mut trees = vec![root];
    trees.extend(fresh);
    let mut judge = Judge {
        root,
        touched: overlay::touched(judged.overlay, &trees, report)?,
        unreachable: BTreeSet::new(),
        verdict: Verdict::Fresh,
        report,
    };
    judge.closed(fresh);
    judge.bare(judged.leave_out);
    judge.minimal(judged.stored)?;
    if let Some(expected) = judged.expected {
        for operation in &expected.gone {
            judge.push(Verdict::Decide, departure(expected.from, operation));
        }
        if let Some(fresh) = fresh {
            judge.faithful(expected, fresh);
        }
    }
    judge.form(judged.source);
    Ok(judge.verdict)
}

struct Judge<'a> {
    root: &'a Value,
    touched: Touched,
    /// What was reported as not reachable, and need not be compared.
    unreachable: BTreeSet<Pointer>,
    verdict: Verdict,
    report: &'a mut Report,
}

impl Judge<'_> {
    fn find(
        &mut self,
        verdict: Verdict,
        kind: &'static DiagnosticKind,
        at: &Pointer,
        message: String,
    ) {
        let place = Place::Node(Input::Document, at.clone());
        self.push(verdict, Diagnostic::new(kind, place, message));
    }

    fn push(&mut self, verdict: Verdict, diagnostic: Diagnostic) {
        self.verdict = self.verdict.max(verdict);
        self.report.push(diagnostic);
    }

    /// Nothing dangles. Cutting again mends it unless the full document has the same fault.
    fn closed(&mut self, fresh: Option<&Value>) {
        let corrected = self.touched.corrected.as_slice();
        let fresh = fresh.map(|root| graph::dangling(root, corrected.get(1)));
        let fresh = fresh.unwrap_or_default();
        for problem in graph::dangling(self.root, corrected.first()) {
            let local = *problem.kind == diagnostics::DANGLING_REFERENCE
                || *problem.kind == diagnostics::UNKNOWN_SECURITY_SCHEME;
            let place = Place::Node(Input::Document, problem.at.clone());
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

    /// Nothing is kept that `client.yaml` leaves out.
    fn bare(&mut self, leave_out: &[Part]) {
        for part in leave_out {
            let mut bare = self.root.clone();
            left_out::remove(&mut bare, &[*part]);
            for difference in compare(self.root, &bare, &|_, _| false) {
                let (name, part) = (last(&difference.at), part.name());
                let message =
                    format!("`{name}` belongs to the {part} that `client.yaml` leaves out");
                self.find(
                    Verdict::Stale,
                    &diagnostics::SLICE_FORM,
                    &difference.at,
                    message,
                );
            }
        }
    }

    /// Nothing is kept that no operation uses: a slice of the slice is the slice.
    fn minimal(&mut self, stored: &Parsed) -> Result<(), Stop> {
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
                        self.find(
                            Verdict::Stale,
                            &diagnostics::SLICE_UNREACHABLE,
                            &at,
                            message,
                        );
                        self.unreachable.insert(at);
                    }
                }
                _ => {
                    let message = format!("`{}` is not written as a slice has it", last(&at));
                    self.find(Verdict::Stale, &diagnostics::SLICE_FORM, &at, message);
                }
            }
        }
        Ok(())
    }

    /// What is no prose is what the full document says, unless the overlay says something there.
    fn faithful(&mut self, expected: &Expected<'_>, fresh: &Value) {
        let (own, theirs) = (objects(self.root), objects(fresh));
        let prose = |at: &Pointer, objects: &BTreeSet<Pointer>| {
            at.last().is_some_and(|name| PROSE.contains(&name))
                && at.parent().is_some_and(|holder| objects.contains(&holder))
        };
        let skip = |at: &Pointer, there: &Pointer| prose(at, &own) || prose(there, &theirs);
        for difference in compare(self.root, fresh, &skip) {
            if !self.told(&difference, expected) && !self.touched.contains(&difference.at) {
                let message = said(&difference);
                self.find(
                    Verdict::Stale,
                    &diagnostics::SLICE_DIFFERS,
                    &difference.at,
                    message,
                );
            }
        }
    }

    /// Whether another diagnostic says it already: about what nothing uses, or about an operation
    /// that is gone together with what only it used.
    fn told(&self, difference: &Difference<'_>, expected: &Expected<'_>) -> bool {
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

    /// The text is the tool's, to the byte.
    fn form(&mut self, source: &Source) {
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
            let message = "from here on the text is not as the tool writes it";
            self.push(
                Verdict::Stale,
                Diagnostic::new(&diagnostics::SLICE_FORM, place, message),
            );
        }
    }
}

/// Each component of a group that is not needed as a whole; anything else as it is.
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

/// A difference in words.
fn said(difference: &Difference<'_>) -> String {
    let name = last(&difference.at);
    match (difference.found, difference.wanted) {
        (Some(found), Some(wanted)) => {
            let (found, wanted) = (short(found), short(wanted));
            format!("`{name}` is {found}, the full document has {wanted}")
        }
        (Some(found), None) if difference.entry => {
            format!("the full document has no {} in this list", short(found))
        }
        (Some(_), None) => format!("the full document has no `{name}` here"),
        (None, Some(wanted)) if difference.entry => {
            format!(
                "this list lacks {}, which the full document has",
                short(wanted)
            )
        }
        (None, _) => format!("`{name}` is missing, which the full document has"),
    }
}

/// A value as far as it fits in a sentence; an object by the member that tells it apart.
fn short(value: &Value) -> String {
    match value {
        Value::Object(members) => {
            let names = ["$ref", "name", "url"].into_iter();
            let mut told = names.filter_map(|name| Some((name, members.get(name)?.as_str()?)));
            match told.next() {
                Some((name, text)) => format!("the object with `{name}: {text}`"),
                None => json_type_name(value).to_owned(),
            }
        }
        Value::Array(_) => json_type_name(value).to_owned(),
        Value::String(text) => format!("`{text}`"),
        _ => format!("`{value}`"),
    }
}
