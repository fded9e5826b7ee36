//! Follows chains of references.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::pointer::Pointer;

/// So many references may lead to each other; without a bound, checking them all takes the square
/// of their number.
pub(crate) const CHAIN: usize = 64;

/// Follows references from a node to the first object that is none.
pub(super) fn resolve(root: &Value, pointer: Pointer) -> Option<(Pointer, &Value)> {
    let mut pointer = pointer;
    for _ in 0..=CHAIN {
        let value = pointer.get(root)?;
        match value.get("$ref") {
            Some(Value::String(reference)) if reference.starts_with('#') => {
                pointer = Pointer::parse(reference)?;
            }
            Some(Value::String(_)) => return None,
            _ => return Some((pointer, value)),
        }
    }
    None
}

/// How the references from a node on fail to end: they come back to it, or go on for too long. A
/// chain into a circle that it is not part of is told at the circle.
pub(super) fn endless(root: &Value, start: &Pointer) -> Option<String> {
    let mut pointer = start.clone();
    let mut seen = BTreeSet::new();
    for _ in 0..=CHAIN {
        if !seen.insert(pointer.clone()) {
            return (pointer == *start).then(|| "back to itself".to_owned());
        }
        pointer = Pointer::of_reference(pointer.get(root)?.get("$ref")?.as_str()?)?;
    }
    Some(format!("through more than {CHAIN} other references"))
}
