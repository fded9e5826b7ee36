//! An action of an overlay, and how it is applied.

use std::cmp::Ordering;

use serde_json::Value;
use serde_json_path::JsonPath;

use super::limits::Limits;
use super::removal;
use super::work::{Extent, Work};
use crate::bounds::{NODE, weight};
use crate::diagnostic::{Diagnostic, DiagnosticKind, Place};
use crate::diagnostics::{self, json_type_name};
use crate::origins::Origins;
use crate::pointer::Pointer;
use crate::source::Input;

/// The change that an action makes to the matched nodes.
pub(super) enum Change {
    /// The value is merged into objects and appended to lists.
    Update(Value),
    /// The nodes are removed.
    Remove,
}

/// An action, ready to be applied.
pub(super) struct Action {
    pub(super) target: String,
    pub(super) path: JsonPath,
    pub(super) work: Work,
    /// Value that each matched node must have, as when the action was written.
    pub(super) expected: Option<Value>,
    pub(super) change: Change,
    /// Pointer to the action in the overlay.
    pub(super) place: Pointer,
}

impl Action {
    /// Returns the nodes that the target matches, last first.
    ///
    /// # Errors
    ///
    /// If evaluating the target or adding the update exceeds a limit.
    pub(super) fn matches(
        &self,
        root: &Value,
        limits: &mut Limits,
    ) -> Result<Vec<Pointer>, Box<Diagnostic>> {
        self.spend_steps(limits)?;
        let mut found: Vec<Pointer> = self
            .path
            .query_located(root)
            .iter()
            .filter_map(|node| Pointer::parse(&node.location().to_json_pointer()))
            .collect();
        found.sort_by(|a, b| document_order(b, a));
        found.dedup();
        self.spend_bytes(&found, limits)?;
        Ok(found)
    }

    /// Changes every node that the target matches.
    pub(super) fn apply(
        &self,
        root: &mut Value,
        origins: &mut Origins,
        limits: &mut Limits,
    ) -> Result<(), Box<Diagnostic>> {
        let found = self.matches(root, limits)?;
        if found.is_empty() {
            let message = format!("`{}` matches nothing", self.target);
            return Err(self.diagnostic(&diagnostics::OVERLAY_NO_MATCH, "target", message));
        }
        self.change(root, found, origins, limits)
    }

    /// Changes the matched nodes, last first, so that no change moves a node that is changed later.
    pub(super) fn change(
        &self,
        root: &mut Value,
        found: Vec<Pointer>,
        origins: &mut Origins,
        limits: &mut Limits,
    ) -> Result<(), Box<Diagnostic>> {
        self.check_expected(root, &found, limits)?;
        match &self.change {
            Change::Remove if found.iter().any(|pointer| pointer.tokens().is_empty()) => {
                let message = "the whole document cannot be removed".to_owned();
                Err(self.diagnostic(&diagnostics::OVERLAY_TARGET, "target", message))
            }
            Change::Remove => {
                removal::remove(root, &found, origins);
                Ok(())
            }
            Change::Update(value) => found
                .iter()
                .try_for_each(|pointer| self.update(root, pointer, value, origins)),
        }
    }

    /// Spends the steps that evaluating the target may take.
    fn spend_steps(&self, limits: &mut Limits) -> Result<(), Box<Diagnostic>> {
        let steps = self.work.steps(&limits.extent);
        if limits.steps.take(steps) {
            return Ok(());
        }
        let message = format!("evaluating `{}` may take {steps} steps", self.target);
        Err(self.diagnostic(&diagnostics::OVERLAY_WORK, "target", message))
    }

    /// Spends the bytes that the update adds at all its places.
    fn spend_bytes(&self, matches: &[Pointer], limits: &mut Limits) -> Result<(), Box<Diagnostic>> {
        let Change::Update(update) = &self.change else {
            return Ok(());
        };
        let added = weight(update).saturating_mul(matches.len());
        if limits.added.take(added) {
            limits.extent.nodes += added / NODE;
            return Ok(());
        }
        let places = matches.len();
        let message = format!("the update matches {places} places, which adds {added} bytes");
        Err(self.diagnostic(&diagnostics::OVERLAY_TOO_LARGE, "update", message))
    }

    /// Checks that the matched nodes still have the value in `x-expected`.
    fn check_expected(
        &self,
        root: &Value,
        matches: &[Pointer],
        limits: &mut Limits,
    ) -> Result<(), Box<Diagnostic>> {
        let Some(expected) = &self.expected else {
            return Ok(());
        };
        let steps = Extent::of(expected).nodes.saturating_mul(matches.len());
        if !limits.steps.take(steps) {
            let message = format!("the comparison takes {steps} steps");
            return Err(self.diagnostic(&diagnostics::OVERLAY_WORK, "x-expected", message));
        }
        let differs =
            |pointer: &&Pointer| !pointer.get(root).is_some_and(|node| agrees(node, expected));
        // The matches are sorted last first; report the first one in the document.
        match matches.iter().rfind(differs) {
            None => Ok(()),
            Some(pointer) => {
                let message =
                    format!("`{pointer}` does not have the value that this action expects");
                Err(self.diagnostic(&diagnostics::OVERLAY_EXPECTED, "x-expected", message))
            }
        }
    }

    fn update(
        &self,
        root: &mut Value,
        pointer: &Pointer,
        update: &Value,
        origins: &mut Origins,
    ) -> Result<(), Box<Diagnostic>> {
        let source = self.place.child("update");
        match (pointer.get_mut(root), update) {
            (Some(target @ Value::Object(_)), Value::Object(_)) => {
                merge(target, update, pointer, &source, origins);
                Ok(())
            }
            (Some(Value::Array(list)), entry) => {
                origins.set(pointer.child(list.len()), Input::Overlay, source);
                list.push(entry.clone());
                Ok(())
            }
            (Some(target), update) => {
                let (target, update) = (json_type_name(target), json_type_name(update));
                let message = format!("`{}` is {target}, but the update is {update}", self.target);
                Err(self.diagnostic(&diagnostics::OVERLAY_TARGET, "update", message))
            }
            (None, _) => Ok(()),
        }
    }

    fn diagnostic(
        &self,
        kind: &'static DiagnosticKind,
        member: &str,
        message: String,
    ) -> Box<Diagnostic> {
        let place = Place::Node(Input::Overlay, self.place.child(member));
        Box::new(Diagnostic::new(kind, place, message))
    }
}

/// Whether a value is the expected one; an object may have further members.
fn agrees(value: &Value, expected: &Value) -> bool {
    match (value, expected) {
        (Value::Object(value), Value::Object(expected)) => {
            expected.iter().all(|(name, expected)| {
                value
                    .get(name)
                    .is_some_and(|member| agrees(member, expected))
            })
        }
        (value, expected) => value == expected,
    }
}

/// Merges objects member by member, appends lists, and replaces everything else.
fn merge(
    target: &mut Value,
    update: &Value,
    pointer: &Pointer,
    source: &Pointer,
    origins: &mut Origins,
) {
    match (target, update) {
        (Value::Object(members), Value::Object(update)) => {
            for (name, value) in update {
                let (pointer, source) = (pointer.child(name), source.child(name));
                match members.get_mut(name) {
                    Some(member) => merge(member, value, &pointer, &source, origins),
                    None => {
                        members.insert(name.clone(), value.clone());
                        origins.set(pointer, Input::Overlay, source);
                    }
                }
            }
        }
        (Value::Array(list), Value::Array(update)) => {
            for (index, value) in update.iter().enumerate() {
                let pointer = pointer.child(list.len());
                origins.set(pointer, Input::Overlay, source.child(index));
                list.push(value.clone());
            }
        }
        (target, update) => {
            *target = update.clone();
            origins.set(pointer.clone(), Input::Overlay, source.clone());
        }
    }
}

/// Orders pointers as in the document: list entries by index, a node before its members.
fn document_order(a: &Pointer, b: &Pointer) -> Ordering {
    let index = |token: &String| token.parse::<usize>().ok();
    for (a, b) in a.tokens().iter().zip(b.tokens()) {
        let order = match (index(a), index(b)) {
            (Some(a), Some(b)) => a.cmp(&b),
            _ => a.cmp(b),
        };
        if order.is_ne() {
            return order;
        }
    }
    a.tokens().len().cmp(&b.tokens().len())
}
