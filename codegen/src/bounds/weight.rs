//! The weight of a JSON tree in bytes.

use serde_json::{Map, Value};

/// The weight of a node without its text.
pub(crate) const NODE: usize = 16;

/// Returns the weight of a tree: about the bytes that it occupies.
pub(crate) fn weight(node: &Value) -> usize {
    let below = match node {
        Value::Object(object) => members(object),
        Value::Array(list) => list.iter().map(weight).sum(),
        Value::String(text) => text.len(),
        _ => 0,
    };
    NODE + below
}

/// Returns the weight of the members of an object.
pub(crate) fn members(members: &Map<String, Value>) -> usize {
    members
        .iter()
        .map(|(name, member)| name.len() + weight(member))
        .sum()
}
