//! The operations that use a node of a document, directly or through references.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::pointer::Pointer;
use crate::select::METHODS;

/// The number of references that may be followed backwards for one document. Following them for each
/// of many faults takes time quadratic in their number.
const MOST_FOLLOWED: usize = 200_000;

/// The references of a document by their target.
pub(super) struct Uses {
    /// The operations by path, as pointers.
    by_path: BTreeMap<String, Vec<Pointer>>,
    /// The nodes that hold a reference, by the target of the reference.
    holders: BTreeMap<Pointer, Vec<Pointer>>,
    /// The number of references that may still be followed.
    left: Cell<usize>,
}

impl Uses {
    /// Collects the references of a document, and the names of security schemes and of schemas in
    /// discriminators.
    pub(super) fn of(root: &Value) -> Self {
        let mut uses = Self {
            by_path: operations_by_path(root),
            holders: BTreeMap::new(),
            left: Cell::new(MOST_FOLLOWED),
        };
        let mut queue = vec![(Pointer::root(), root)];
        while let Some((place, value)) = queue.pop() {
            match value {
                Value::Object(members) => {
                    if let Some(reference) = members.get("$ref").and_then(Value::as_str) {
                        uses.add(Pointer::of_reference(reference), &place);
                    }
                    if place.last() == Some("mapping") {
                        let targets = members.values().filter_map(Value::as_str);
                        targets.for_each(|target| uses.add(mapped(target), &place));
                    }
                    for (name, member) in members {
                        queue.push((place.child(name), member));
                    }
                }
                Value::Array(list) => {
                    for (index, entry) in list.iter().enumerate() {
                        if place.last() == Some("security") {
                            uses.requirement(entry, &place);
                        }
                        queue.push((place.child(index), entry));
                    }
                }
                _ => {}
            }
        }
        uses
    }

    fn requirement(&mut self, requirement: &Value, place: &Pointer) {
        for (name, _) in requirement.as_object().into_iter().flatten() {
            let scheme = Pointer::root().join(["components", "securitySchemes", name]);
            self.add(Some(scheme), place);
        }
    }

    fn add(&mut self, target: Option<Pointer>, holder: &Pointer) {
        if let Some(target) = target {
            self.holders.entry(target).or_default().push(holder.clone());
        }
    }

    /// Returns the nodes that refer to a node itself.
    pub(super) fn references_to(&self, node: &Pointer) -> &[Pointer] {
        self.holders.get(node).map_or(&[], Vec::as_slice)
    }

    /// Whether too many references were followed to know who uses a component.
    pub(super) fn is_exhausted(&self) -> bool {
        self.left.get() == 0
    }

    /// Returns all operations, as pointers.
    pub(super) fn all_operations(&self) -> BTreeSet<Pointer> {
        self.by_path.values().flatten().cloned().collect()
    }

    /// Returns the operations that contain a node or use it, as pointers; only those that contain it
    /// once too many references were followed.
    pub(super) fn operations(&self, node: &Pointer) -> BTreeSet<Pointer> {
        let mut found = BTreeSet::new();
        let mut followed = BTreeSet::new();
        let below = self.holders.range(node..);
        let below = below.take_while(|(target, _)| node.contains(target));
        let mut queue: Vec<&Pointer> = below.flat_map(|(_, holders)| holders).collect();
        queue.push(node);
        while let Some(node) = queue.pop() {
            self.containing(node, &mut found);
            if self.is_exhausted() {
                break;
            }
            let left = self.left.get();
            self.left.set(left.saturating_sub(1));
            let mut target = node.clone();
            loop {
                if let Some((target, holders)) = self.holders.get_key_value(&target)
                    && followed.insert(target)
                {
                    queue.extend(holders);
                }
                match target.parent() {
                    Some(parent) => target = parent,
                    None => break,
                }
            }
        }
        found
    }

    /// Adds the operation that contains a node; all operations of the path for what they share.
    fn containing(&self, node: &Pointer, found: &mut BTreeSet<Pointer>) {
        let [paths, path, rest @ ..] = node.tokens() else {
            return;
        };
        if paths != "paths" {
            return;
        }
        let of_one = rest.first().filter(|name| METHODS.contains(&name.as_str()));
        let operations = self.by_path.get(path).into_iter().flatten();
        let chosen = operations.filter(|operation| {
            of_one.is_none_or(|method| operation.last() == Some(method.as_str()))
        });
        found.extend(chosen.cloned());
    }
}

/// Returns the operations of each path, as pointers.
fn operations_by_path(root: &Value) -> BTreeMap<String, Vec<Pointer>> {
    let items = root.get("paths").and_then(Value::as_object);
    let operations = items.into_iter().flatten().map(|(path, item)| {
        let place = Pointer::root().child("paths").child(path);
        let methods = METHODS.iter().filter(|method| item.get(**method).is_some());
        let operations = methods.map(|method| place.child(method));
        (path.clone(), operations.collect())
    });
    operations.collect()
}

/// Returns the schema that an entry of a discriminator's mapping names.
fn mapped(target: &str) -> Option<Pointer> {
    let named = || Pointer::root().join(["components", "schemas", target]);
    Pointer::of_reference(target).or_else(|| Some(named()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Uses;
    use crate::pointer::Pointer;

    #[test]
    fn users_are_found_through_references() {
        let root = json!({
            "paths": {
                "/a": {
                    "parameters": [{ "$ref": "#/components/parameters/P" }],
                    "get": { "x": { "$ref": "#/components/schemas/A" } },
                    "put": {},
                },
                "/b": { "get": { "security": [{ "token": [] }] } },
            },
            "components": {
                "schemas": { "A": { "x": { "$ref": "#/components/schemas/B" } }, "B": {} },
            },
        });
        let uses = Uses::of(&root);
        let users = |place: &str| {
            let node = Pointer::parse(place).unwrap();
            let users = uses.operations(&node);
            let users = users.iter().map(Pointer::to_string);
            users.collect::<Vec<_>>().join(" ")
        };
        assert_eq!(users("/components/schemas/B/y"), "/paths/~1a/get");
        assert_eq!(
            users("/components/parameters/P"),
            "/paths/~1a/get /paths/~1a/put"
        );
        assert_eq!(users("/components/securitySchemes/token"), "/paths/~1b/get");
        assert_eq!(users("/paths/~1a/put/x"), "/paths/~1a/put");
        assert_eq!(users("/info"), "");
    }
}
