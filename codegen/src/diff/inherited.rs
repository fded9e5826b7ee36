//! What a schema has from another one by `allOf`: the change stands there, its rows here.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::Side;
use super::row::{At, Rows};
use crate::pointer::Pointer;

/// Both documents, for following their references.
pub(super) struct Inheritance<'a> {
    old: &'a Value,
    new: &'a Value,
}

impl<'a> Inheritance<'a> {
    pub(super) fn new(old: &'a Side<'_>, new: &'a Side<'_>) -> Self {
        Self {
            old: old.modelled.document.root(),
            new: new.modelled.document.root(),
        }
    }

    /// Whether a row is about the same member of a schema that is made from the node's schema.
    pub(super) fn tells(&self, at: &At, heirs: &Heirs) -> bool {
        let Some((home, below)) = component(&at.pointer) else {
            return false;
        };
        let root = if at.old { self.old } else { self.new };
        let mut heirs = heirs.of_part(below);
        heirs.any(|heir| *heir != home && leads_to(root, heir, &home))
    }
}

/// The named schemas that rows are about, by the part of each.
pub(super) struct Heirs {
    by_part: BTreeMap<Vec<String>, BTreeSet<Pointer>>,
    /// Those of which a member is told.
    of_members: BTreeSet<Pointer>,
}

impl Heirs {
    pub(super) fn of(rows: &Rows) -> Self {
        let mut heirs = Self {
            by_part: BTreeMap::new(),
            of_members: BTreeSet::new(),
        };
        for row in rows.iter() {
            if let Some((heir, part)) = component(&row.at.pointer) {
                if part.len() == 2 {
                    heirs.of_members.insert(heir.clone());
                }
                heirs.by_part.entry(part.to_vec()).or_default().insert(heir);
            }
        }
        heirs
    }

    fn of_part(&self, part: &[String]) -> impl Iterator<Item = &Pointer> {
        let same = self.by_part.get(part).into_iter().flatten();
        let members = (part == ["required"]).then_some(&self.of_members);
        same.chain(members.into_iter().flatten())
    }
}

/// The named schema that a node stands in, and the way from there.
fn component(pointer: &Pointer) -> Option<(Pointer, &[String])> {
    match pointer.tokens() {
        [components, schemas, name, below @ ..] if schemas == "schemas" => {
            let home = Pointer::root().join([components, schemas, name]);
            Some((home, below))
        }
        _ => None,
    }
}

/// Whether a schema is made from another one, perhaps over several.
fn leads_to(root: &Value, from: &Pointer, to: &Pointer) -> bool {
    let mut seen = BTreeSet::new();
    let mut queue = vec![from.clone()];
    while let Some(next) = queue.pop() {
        if next == *to {
            return true;
        }
        let parts = next.get(root).and_then(|schema| schema.get("allOf"));
        let parts = parts.and_then(Value::as_array).into_iter().flatten();
        let references = parts.filter_map(|part| part.get("$ref").and_then(Value::as_str));
        for place in references.filter_map(Pointer::of_reference) {
            if seen.insert(place.clone()) {
                queue.push(place);
            }
        }
    }
    false
}
