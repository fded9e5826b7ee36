//! Applies the edits of repairs to the tree under check.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::repair::Edit;
use super::uses::Uses;
use crate::bounds::weight;
use crate::origins::Origins;
use crate::pointer::Pointer;
use crate::report::Report;
use crate::select::METHODS;

/// The tree under check, while edits are applied to it.
pub(super) struct Edited<'a> {
    pub(super) root: &'a mut Value,
    pub(super) origins: &'a mut Origins,
    pub(super) report: &'a mut Report,
    /// Who used what before the first edit.
    uses: &'a Uses,
    /// Lists of which entries were replaced by null, to be removed at the end: until then the
    /// pointers of the other entries stay valid.
    lists: BTreeSet<Pointer>,
    /// Objects of which members were added or removed, to be sorted at the end.
    objects: BTreeSet<Pointer>,
}

impl<'a> Edited<'a> {
    pub(super) fn new(
        root: &'a mut Value,
        origins: &'a mut Origins,
        report: &'a mut Report,
        uses: &'a Uses,
    ) -> Self {
        Self {
            root,
            origins,
            report,
            uses,
            lists: BTreeSet::new(),
            objects: BTreeSet::new(),
        }
    }

    /// Applies an edit. Returns the operations that were left out.
    pub(super) fn apply(&mut self, edit: Edit) -> BTreeSet<Pointer> {
        match edit {
            Edit::Put(place, value) => self.put(&place, value),
            Edit::Append(list, value) => self.append(&list, value),
            Edit::Remove(node) => self.remove_with_references(&node),
            Edit::Rename(node, name) => self.rename(&node, name),
            Edit::LeaveOut(node) => return self.leave_out(&node),
        }
        BTreeSet::new()
    }

    fn put(&mut self, place: &Pointer, value: Value) {
        if !self.report.copy(weight(&value) + place.size(), place) {
            return;
        }
        if let Some(found) = place.get_mut(self.root) {
            *found = value;
        } else if let Some((Value::Object(members), name)) = parent_of(self.root, place) {
            members.insert(name.to_owned(), value);
            self.objects.extend(place.parent());
        }
    }

    fn append(&mut self, list: &Pointer, value: Value) {
        if !self.report.copy(weight(&value) + list.size(), list) {
            return;
        }
        if list.get(self.root).is_none() {
            self.put(list, Value::Array(Vec::new()));
        }
        if let Some(Value::Array(entries)) = list.get_mut(self.root) {
            entries.push(value);
        }
    }

    fn remove_with_references(&mut self, node: &Pointer) {
        let is_component = matches!(node.tokens(), [first, _, _] if first == "components");
        if is_component {
            for holder in self.uses.references_to(node) {
                self.remove(holder);
            }
        }
        self.remove(node);
    }

    fn remove(&mut self, node: &Pointer) {
        match parent_of(self.root, node) {
            Some((Value::Object(members), name)) => {
                members.remove(name);
                self.objects.extend(node.parent());
            }
            Some((Value::Array(entries), name)) => {
                let index: Option<usize> = name.parse().ok();
                if let Some(entry) = index.and_then(|index| entries.get_mut(index)) {
                    *entry = Value::Null;
                    self.lists.extend(node.parent());
                }
            }
            _ => {}
        }
    }

    /// Of two members of one name, the one that had it is kept.
    fn rename(&mut self, node: &Pointer, name: String) {
        let Some((Value::Object(members), old)) = parent_of(self.root, node) else {
            return;
        };
        let Some(value) = members.remove(old) else {
            return;
        };
        let parent = node.parent().unwrap_or_default();
        if !members.contains_key(&name) {
            self.origins.copy(node, &parent.child(&name));
            members.insert(name, value);
        }
        self.objects.insert(parent);
    }

    /// A node that no operation uses is removed itself.
    fn leave_out(&mut self, node: &Pointer) -> BTreeSet<Pointer> {
        let mut operations = self.uses.operations(node);
        let is_shared = node.tokens().first().is_none_or(|first| first != "paths");
        if is_shared && self.uses.is_exhausted() {
            operations = self.uses.all_operations();
        }
        if operations.is_empty() {
            if node.tokens().len() > 1 {
                self.remove_with_references(node);
            }
            return operations;
        }
        for operation in &operations {
            self.remove(operation);
            let item = operation.parent().unwrap_or_default();
            let members = item.get(self.root).and_then(Value::as_object);
            let is_empty = |members: &Map<String, Value>| {
                METHODS.iter().all(|method| !members.contains_key(*method))
            };
            if members.is_some_and(is_empty) {
                self.remove(&item);
            }
        }
        operations
    }

    /// Sorts objects, and removes the entries of lists that were replaced by null.
    pub(super) fn finish(self) {
        for object in &self.objects {
            if let Some(Value::Object(members)) = object.get_mut(self.root) {
                members.sort_keys();
            }
        }
        for list in &self.lists {
            let Some(Value::Array(entries)) = list.get_mut(self.root) else {
                continue;
            };
            let mut kept = Vec::with_capacity(entries.len());
            for (index, entry) in std::mem::take(entries).into_iter().enumerate() {
                if entry.is_null() {
                    continue;
                }
                if kept.len() != index {
                    let to = list.child(kept.len());
                    self.origins.copy(&list.child(index), &to);
                }
                kept.push(entry);
            }
            *entries = kept;
        }
    }
}

/// Returns the parent of a node, and the node's name in it.
fn parent_of<'a, 'b>(root: &'a mut Value, node: &'b Pointer) -> Option<(&'a mut Value, &'b str)> {
    let parent = node.parent()?;
    Some((parent.get_mut(root)?, node.last()?))
}
