//! The weight of a JSON tree in bytes.

use serde_json::{Map, Value};

/// What a node weighs beside its text.
pub(crate) const NODE: usize = 16;

/// How many bytes a tree stands for.
pub(crate) fn weight(node: &Value) -> usize {
    let below = match node {
        Value::Object(object) => members(object),
        Value::Array(list) => list.iter().map(weight).sum(),
        Value::String(text) => text.len(),
        _ => 0,
    };
    NODE + below
}

/// How many bytes the members of an object stand for.
pub(crate) fn members(members: &Map<String, Value>) -> usize {
    members
        .iter()
        .map(|(name, member)| name.len() + weight(member))
        .sum()
}
