//! Compositions that would be copied are lowered once and referred to.
//!
//! Merging an `allOf`, and distributing keywords over the branches of a union, copy schemas. A copy may
//! contain further compositions, even of the schema that it was copied from. Lowered in place, it would
//! grow without end, or double at every level. So a composition inside of a copy is replaced by a
//! reference to one shared copy with the same content.

use std::collections::BTreeMap;

use serde_json::Value;

use super::composed::parts_of;
use super::rule::Keywords;
use crate::keywords::{self, UNIONS};
use crate::pointer::Pointer;

/// The compositions that are lowered by themselves.
#[derive(Default)]
pub(super) struct Hoisted {
    /// Where each content was met first.
    places: BTreeMap<String, Pointer>,
    /// Each composition as it was before lowering, by that place.
    contents: BTreeMap<Pointer, Value>,
}

impl Hoisted {
    /// The place of a composition, which is that where its content was met first.
    pub(super) fn place(&mut self, root: &Value, node: &Value, pointer: &Pointer) -> Pointer {
        let content = node.to_string();
        if let Some(place) = self.places.get(&content) {
            return place.clone();
        }
        let mut place = pointer.clone();
        // The document may have something else there, and may refer to it as well.
        let is_other = |place: &Pointer| place.get(root).is_some_and(|there| there != node);
        while self.contents.contains_key(&place) || is_other(&place) {
            place = place.child("merged");
        }
        self.places.insert(content, place.clone());
        self.contents.insert(place.clone(), node.clone());
        place
    }

    /// The composition that was met first at a place.
    pub(super) fn get(&self, place: &Pointer) -> Option<&Value> {
        self.contents.get(place)
    }
}

/// Whether lowering this schema would copy others, or parts of itself.
pub(super) fn composes(schema: &Keywords) -> bool {
    let beside = |keyword: &str| {
        let plain =
            |name: &String| name == keyword || name == "type" || keywords::is_annotation(name);
        !schema.keys().all(plain)
    };
    let parts = parts_of(schema);
    let refers = |part: &Value| part.get("$ref").is_some();
    let merges = parts.iter().any(refers) && (parts.len() > 1 || beside("allOf"));
    let length = |name: &str| {
        schema
            .get(name)
            .and_then(Value::as_array)
            .map_or(0, Vec::len)
    };
    let distributes = UNIONS
        .into_iter()
        .any(|union| length(union) > 0 && (beside(union) || length("type") > 1));
    let refines = schema.contains_key("$ref") && beside("$ref");
    merges || distributes || refines
}
