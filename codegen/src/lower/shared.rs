//! Compositions that several schemas take over, lowered once for all of them.
//!
//! To merge an `allOf`, or to give each branch of a union the members beside it, is to copy. What
//! is copied may compose again, perhaps with the very schema that it is copied from: lowered where
//! it stands, it would grow without end, or double at every level. So a composition inside
//! something that was copied becomes a reference, by its content, to one copy that is lowered on
//! its own.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::prose::annotates;
use super::rules::Node;
use crate::pointer::Pointer;

/// The compositions that are lowered on their own.
#[derive(Default)]
pub(super) struct Shared {
    /// Where each content was met first.
    places: BTreeMap<String, Pointer>,
    /// Each composition, as it stood before lowering, by the place where it was met first.
    contents: BTreeMap<Pointer, Value>,
}

impl Shared {
    /// Puts a reference in the place of a composition.
    pub(super) fn replace(&mut self, root: &Value, node: &mut Value, pointer: &Pointer) {
        let place = match self.places.get(&node.to_string()) {
            Some(place) => place.clone(),
            None => self.add(root, node, pointer),
        };
        // A fragment is percent-decoded before it is read as a pointer.
        let fragment = place.to_string().replace('%', "%25");
        let mut reference = json!({ "$ref": format!("#{fragment}") });
        for keyword in ["deprecated", "readOnly", "writeOnly"] {
            if let (Some(flag), Some(into)) = (node.get(keyword), reference.as_object_mut()) {
                into.insert(keyword.to_owned(), flag.clone());
            }
        }
        *node = reference;
    }

    fn add(&mut self, root: &Value, node: &Value, pointer: &Pointer) -> Pointer {
        let mut place = pointer.clone();
        // What stands there in the document may be something else, and be referred to as well.
        while self.contents.contains_key(&place) || place.get(root).is_some_and(|it| it != node) {
            place = place.child("merged");
        }
        self.places.insert(node.to_string(), place.clone());
        self.contents.insert(place.clone(), node.clone());
        place
    }

    /// The composition that was met first at this place.
    pub(super) fn get(&self, place: &Pointer) -> Option<&Value> {
        self.contents.get(place)
    }
}

/// Whether lowering this schema would copy others, or parts of itself.
pub(super) fn composes(schema: &Node) -> bool {
    let beside = |keyword: &str| {
        let plain = |it: &String| it == keyword || it == "type" || annotates(it);
        !schema.keys().all(plain)
    };
    let list = |keyword: &str| {
        let list = schema.get(keyword).and_then(Value::as_array);
        list.map(Vec::as_slice).unwrap_or_default()
    };
    let refers = |part: &Value| part.get("$ref").is_some();
    let merges = list("allOf").iter().any(refers) && (list("allOf").len() > 1 || beside("allOf"));
    let distributes = ["oneOf", "anyOf"]
        .iter()
        .any(|union| !list(union).is_empty() && (beside(union) || list("type").len() > 1));
    let refines = schema.contains_key("$ref") && beside("$ref");
    merges || distributes || refines
}
