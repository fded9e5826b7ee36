//! One action of an overlay, applied.

use std::cmp::Ordering;

use serde_json::Value;
use serde_json_path::JsonPath;

use super::limits::Limits;
use super::origins::Origins;
use super::removal;
use super::work::{Extent, Work};
use crate::bounds::{NODE, weight};
use crate::diagnostic::{Diagnostic, DiagnosticKind, Place};
use crate::diagnostics::{self, json_type_name};
use crate::pointer::Pointer;
use crate::source::Input;

/// What is done to the matched nodes.
pub(super) enum Change {
    /// Merged into objects, appended to lists.
    Update(Value),
    /// Taken out.
    Remove,
}

/// An action, ready to be applied.
pub(super) struct Action {
    pub(super) target: String,
    pub(super) path: JsonPath,
    pub(super) work: Work,
    /// What each matched node must have, or be: the fact that the action was written for.
    pub(super) expected: Option<Value>,
    pub(super) change: Change,
    /// Where it stands in the overlay.
    pub(super) place: Pointer,
}

impl Action {
    /// The nodes that the target matches, last first.
    ///
    /// # Errors
    ///
    /// Where diagnostic them, or putting the update there, is more than an overlay may do.
    pub(super) fn found(
        &self,
        root: &Value,
        limits: &mut Limits,
    ) -> Result<Vec<Pointer>, Box<Diagnostic>> {
        self.search(limits)?;
        let mut found: Vec<Pointer> = self
            .path
            .query_located(root)
            .iter()
            .filter_map(|node| Pointer::parse(&node.location().to_json_pointer()))
            .collect();
        found.sort_by(|a, b| document_order(b, a));
        found.dedup();
        self.bound(&found, limits)?;
        Ok(found)
    }

    /// Changes every node that the target matches.
    pub(super) fn apply(
        &self,
        root: &mut Value,
        origins: &mut Origins,
        limits: &mut Limits,
    ) -> Result<(), Box<Diagnostic>> {
        let found = self.found(root, limits)?;
        if found.is_empty() {
            let message = format!("`{}` matches nothing", self.target);
            return Err(self.diagnostic(&diagnostics::OVERLAY_NO_MATCH, "target", message));
        }
        self.change(root, found, origins, limits)
    }

    /// Changes the nodes that were found. Last first, so that no change moves a node that is still
    /// to be changed.
    pub(super) fn change(
        &self,
        root: &mut Value,
        found: Vec<Pointer>,
        origins: &mut Origins,
        limits: &mut Limits,
    ) -> Result<(), Box<Diagnostic>> {
        self.guard(root, &found, limits)?;
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

    /// Whether what the target matches can be found with what is left of the steps.
    fn search(&self, limits: &mut Limits) -> Result<(), Box<Diagnostic>> {
        let steps = self.work.steps(&limits.extent);
        if limits.steps.take(steps) {
            return Ok(());
        }
        let message = format!("`{}` may take {steps} steps to follow", self.target);
        Err(self.diagnostic(&diagnostics::OVERLAY_WORK, "target", message))
    }

    /// An update that is put in many places multiplies.
    fn bound(&self, matches: &[Pointer], limits: &mut Limits) -> Result<(), Box<Diagnostic>> {
        let Change::Update(update) = &self.change else {
            return Ok(());
        };
        let added = weight(update).saturating_mul(matches.len());
        if limits.added.take(added) {
            limits.extent.nodes += added / NODE;
            return Ok(());
        }
        let places = matches.len();
        let message = format!("the update is put in {places} places, which adds {added} bytes");
        Err(self.diagnostic(&diagnostics::OVERLAY_TOO_LARGE, "update", message))
    }

    /// Whether what is corrected still is what it was when the correction was written.
    fn guard(
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
            let message = format!("comparing takes {steps} steps");
            return Err(self.diagnostic(&diagnostics::OVERLAY_WORK, "x-expected", message));
        }
        let differs =
            |pointer: &&Pointer| !pointer.get(root).is_some_and(|node| has(node, expected));
        // The first one in the document.
        match matches.iter().rfind(differs) {
            None => Ok(()),
            Some(pointer) => {
                let message = format!("`{pointer}` is not as this action expects it");
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
                let message = format!("`{}` is {target}, the update {update}", self.target);
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
fn has(value: &Value, expected: &Value) -> bool {
    match (value, expected) {
        (Value::Object(value), Value::Object(expected)) => expected
            .iter()
            .all(|(name, expected)| value.get(name).is_some_and(|member| has(member, expected))),
        (value, expected) => value == expected,
    }
}

/// Objects are merged member by member, lists appended, everything else replaced.
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

/// Elements of lists by their index; a node before what it holds.
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
