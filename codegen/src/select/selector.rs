//! Selectors of operations: `POST /auth/revoke`, `/auth/revoke#POST`, or an operationId.

use std::collections::BTreeSet;

use serde_json::Value;

use super::path_items::METHODS;
use crate::diagnostic::{Diagnostic, Place};
use crate::diagnostics;
use crate::pointer::Pointer;
use crate::report::{Report, Stop};
use crate::source::Input;
use crate::suggest::nearest;

/// The selectors of a user.
#[derive(Clone, Copy, Debug)]
pub struct Selectors<'a> {
    selectors: &'a [String],
    /// Selectors of operations that are not chosen.
    excluded: &'a [String],
    /// Whether the selectors come from the packaging instead of the command line.
    in_config: bool,
}

/// An operation of the document.
struct Candidate<'a> {
    path: &'a str,
    method: &'static str,
    id: Option<&'a str>,
}

impl<'a> Selectors<'a> {
    /// Creates selectors from the command line; empty ones choose all operations.
    pub fn given(selectors: &'a [String]) -> Self {
        Self {
            selectors,
            excluded: &[],
            in_config: false,
        }
    }

    /// Creates selectors from `operations` in the packaging.
    pub fn of_config(selectors: &'a [String]) -> Self {
        Self {
            selectors,
            excluded: &[],
            in_config: true,
        }
    }

    /// Excludes operations that the selectors choose; these selectors are of the command line.
    #[must_use]
    pub fn without(self, excluded: &'a [String]) -> Self {
        Self { excluded, ..self }
    }

    /// Returns the chosen operations by path and method, or `None` for all.
    pub(super) fn choose(
        &self,
        root: &Value,
        report: &mut Report,
    ) -> Result<Option<BTreeSet<(String, String)>>, Stop> {
        if self.selectors.is_empty() && self.excluded.is_empty() {
            return Ok(None);
        }
        let candidates = candidates(root);
        let in_document = Place::Node(Input::Document, Pointer::root().child("paths"));
        let in_config = |index: usize| {
            let place = Pointer::root().child("operations").child(index);
            Place::Node(Input::Config, place)
        };
        let before = report.diagnostics.len();
        let mut chosen: BTreeSet<(String, String)> = if self.selectors.is_empty() {
            candidates.iter().map(Candidate::key).collect()
        } else {
            BTreeSet::new()
        };
        for (index, selector) in self.selectors.iter().enumerate() {
            let place = if self.in_config {
                in_config(index)
            } else {
                in_document.clone()
            };
            chosen.extend(matching(&candidates, selector, place, report));
        }
        for selector in self.excluded {
            for excluded in matching(&candidates, selector, in_document.clone(), report) {
                chosen.remove(&excluded);
            }
        }
        let all_match = report.diagnostics.len() == before;
        all_match.then_some(Some(chosen)).ok_or(Stop)
    }
}

/// Returns the operations that a selector names by path and method. Reports a selector that names
/// none, at `place`.
fn matching(
    candidates: &[Candidate<'_>],
    selector: &str,
    place: Place,
    report: &mut Report,
) -> Vec<(String, String)> {
    let found = candidates.iter();
    let found = found.filter(|candidate| candidate.matches(selector));
    let found: Vec<(String, String)> = found.map(Candidate::key).collect();
    if found.is_empty() {
        let message = format!("no operation matches `{selector}`");
        let diagnostic = Diagnostic::new(&diagnostics::NO_SUCH_OPERATION, place, message);
        let names = candidates.iter().flat_map(|candidate| {
            let path = format!("{} {}", candidate.method.to_uppercase(), candidate.path);
            [Some(path), candidate.id.map(str::to_owned)]
        });
        report.push(match nearest(selector, names.flatten()).as_slice() {
            [] => diagnostic,
            names => {
                let names: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
                diagnostic.help(format!("did you mean {}?", names.join(" or ")))
            }
        });
    }
    found
}

impl Candidate<'_> {
    /// The path and the method.
    fn key(&self) -> (String, String) {
        (self.path.to_owned(), self.method.to_owned())
    }

    fn matches(&self, selector: &str) -> bool {
        let named = |method: &str, path: &str| {
            path == self.path && method.eq_ignore_ascii_case(self.method)
        };
        self.id == Some(selector)
            || selector
                .split_once(char::is_whitespace)
                .is_some_and(|(method, path)| named(method, path.trim_start()))
            || selector
                .rsplit_once('#')
                .is_some_and(|(path, method)| named(method, path))
    }
}

/// Returns every operation by method and path.
pub(super) fn names(root: &Value) -> Vec<String> {
    let candidates = candidates(root);
    let names = candidates.iter();
    names
        .map(|candidate| format!("{} {}", candidate.method.to_uppercase(), candidate.path))
        .collect()
}

fn candidates(root: &Value) -> Vec<Candidate<'_>> {
    let items = root.get("paths").and_then(Value::as_object);
    let mut candidates = Vec::new();
    let items = items.into_iter().flatten();
    for (path, item) in items.filter(|(path, _)| !path.starts_with("x-")) {
        for method in METHODS {
            if let Some(operation) = item.get(method) {
                candidates.push(Candidate {
                    path,
                    method,
                    id: operation.get("operationId").and_then(Value::as_str),
                });
            }
        }
    }
    candidates
}
