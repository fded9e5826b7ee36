//! One action of an overlay, applied.

use std::cmp::Ordering;

use serde_json::Value;
use serde_json_path::JsonPath;

use super::Origins;
use crate::finding::{Finding, Kind, Place};
use crate::kinds;
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
    /// What each matched node must have, or be: the fact that the action was written for.
    pub(super) expected: Option<Value>,
    pub(super) change: Change,
    /// Where it stands in the overlay.
    pub(super) place: Pointer,
}

impl Action {
    /// The nodes that the target matches.
    pub(super) fn matches(&self, root: &Value) -> Vec<Pointer> {
        self.path
            .query_located(root)
            .iter()
            .filter_map(|node| Pointer::parse(&node.location().to_json_pointer()))
            .collect()
    }

    /// Changes every node that the target matches.
    pub(super) fn apply(
        &self,
        root: &mut Value,
        origins: &mut Origins,
        room: &mut usize,
    ) -> Result<(), Box<Finding>> {
        let mut matches = self.matches(root);
        if matches.is_empty() {
            let message = format!("`{}` matches nothing", self.target);
            return Err(self.finding(&kinds::OVERLAY_NO_MATCH, "target", message));
        }
        self.guard(root, &matches)?;
        self.bound(&matches, room)?;
        // Last first, so that no removal moves a node that is still to be changed.
        matches.sort_by(|a, b| document_order(b, a));
        matches.dedup();
        for pointer in &matches {
            match &self.change {
                Change::Remove => self.remove(root, pointer, origins)?,
                Change::Update(value) => self.update(root, pointer, value, origins)?,
            }
        }
        Ok(())
    }

    /// An update that is put in many places multiplies: one that is a document of its own, put in
    /// every schema, would take all memory.
    fn bound(&self, matches: &[Pointer], room: &mut usize) -> Result<(), Box<Finding>> {
        let Change::Update(update) = &self.change else {
            return Ok(());
        };
        let added = size(update).saturating_mul(matches.len());
        if let Some(left) = room.checked_sub(added) {
            *room = left;
            return Ok(());
        }
        let places = matches.len();
        let message = format!("the update is put in {places} places, which adds {added} nodes");
        Err(self.finding(&kinds::OVERLAY_TOO_LARGE, "update", message))
    }

    /// Whether what is corrected still is what it was when the correction was written.
    fn guard(&self, root: &Value, matches: &[Pointer]) -> Result<(), Box<Finding>> {
        let Some(expected) = &self.expected else {
            return Ok(());
        };
        let differs = |pointer: &&Pointer| !pointer.get(root).is_some_and(|it| has(it, expected));
        match matches.iter().find(differs) {
            None => Ok(()),
            Some(pointer) => {
                let message = format!("`{pointer}` is not as this action expects it");
                Err(self.finding(&kinds::OVERLAY_EXPECTED, "x-expected", message))
            }
        }
    }

    fn remove(
        &self,
        root: &mut Value,
        pointer: &Pointer,
        origins: &mut Origins,
    ) -> Result<(), Box<Finding>> {
        let (Some(parent), Some(token)) = (pointer.parent(), pointer.last()) else {
            let message = "the whole document cannot be removed".to_owned();
            return Err(self.finding(&kinds::OVERLAY_TARGET, "target", message));
        };
        match parent.get_mut(root) {
            Some(Value::Object(members)) => {
                members.remove(token);
            }
            Some(Value::Array(list)) => {
                if let Some(index) = token.parse().ok().filter(|index| *index < list.len()) {
                    list.remove(index);
                    for index in index..list.len() {
                        origins.copy(&parent.child(index + 1), &parent.child(index));
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn update(
        &self,
        root: &mut Value,
        pointer: &Pointer,
        update: &Value,
        origins: &mut Origins,
    ) -> Result<(), Box<Finding>> {
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
                let (target, update) = (kinds::a(target), kinds::a(update));
                let message = format!("`{}` is {target}, the update {update}", self.target);
                Err(self.finding(&kinds::OVERLAY_TARGET, "update", message))
            }
            (None, _) => Ok(()),
        }
    }

    fn finding(&self, kind: &'static Kind, member: &str, message: String) -> Box<Finding> {
        let place = Place::Node(Input::Overlay, self.place.child(member));
        Box::new(Finding::new(kind, place, message))
    }
}

/// How many nodes a tree has.
fn size(node: &Value) -> usize {
    let below: usize = match node {
        Value::Object(members) => members.values().map(size).sum(),
        Value::Array(list) => list.iter().map(size).sum(),
        _ => 0,
    };
    below.saturating_add(1)
}

/// Whether a value is the expected one; an object may have further members.
fn has(value: &Value, expected: &Value) -> bool {
    match (value, expected) {
        (Value::Object(value), Value::Object(expected)) => expected
            .iter()
            .all(|(name, expected)| value.get(name).is_some_and(|it| has(it, expected))),
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
