//! Lists what a new slice changes, by operation and component.

use std::collections::BTreeMap;

use serde_json::Value;

use super::operation::listed;
use super::reference_graph::{components, display_name};
use crate::pointer::Pointer;

/// The kind of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Changed {
    /// The part is new.
    Added,
    /// The part changed.
    Altered,
    /// The part was removed.
    Removed,
}

/// Returns the operations, components and other members that differ. For a first slice, returns its
/// operations.
pub fn changes(old: Option<&Value>, new: &Value) -> Vec<(Changed, String)> {
    let Some(old) = old else {
        let operations = listed(new).into_iter();
        return operations
            .map(|operation| (Changed::Added, operation.to_string()))
            .collect();
    };
    let before = parts(old);
    let after = parts(new);
    let mut changes = Vec::new();
    for (name, value) in &after {
        match before.get(name) {
            None => changes.push((Changed::Added, name.clone())),
            Some(old) if old != value => changes.push((Changed::Altered, name.clone())),
            Some(_) => {}
        }
    }
    let gone = before.keys().filter(|name| !after.contains_key(*name));
    changes.extend(gone.map(|name| (Changed::Removed, name.clone())));
    changes
}

/// Returns the parts of a slice by name: operations, components, other members of path items, and the
/// members of the root.
fn parts(root: &Value) -> BTreeMap<String, Value> {
    let mut parts = BTreeMap::new();
    let mut rest = root.clone();
    let mut take = |name: String, pointer: &Pointer| {
        let holder = pointer
            .parent()
            .and_then(|parent| parent.get_mut(&mut rest));
        if let (Some(Value::Object(members)), Some(last)) = (holder, pointer.last()) {
            parts.extend(members.remove(last).map(|value| (name, value)));
        }
    };
    for operation in listed(root) {
        take(operation.to_string(), &operation.pointer());
    }
    for component in components(root) {
        take(display_name(&component), &component);
    }
    let paths = Pointer::root().child("paths");
    let items = paths.get(root).and_then(Value::as_object);
    for (path, _) in items.into_iter().flatten() {
        take(path.clone(), &paths.child(path));
    }
    for (name, value) in rest.as_object().into_iter().flatten() {
        if name != "components" && name != "paths" {
            parts.insert(name.clone(), value.clone());
        }
    }
    parts.retain(|_, value| value.as_object().is_none_or(|members| !members.is_empty()));
    parts
}
