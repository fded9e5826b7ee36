//! Follows chains of references.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::pointer::Pointer;

/// Maximum length of a chain of references. Without a limit, checking all references takes time
/// quadratic in their number.
pub(super) const MAX_LENGTH: usize = 64;

/// Follows references from a node to the first object that is not a reference.
pub(super) fn resolve(root: &Value, pointer: Pointer) -> Option<(Pointer, &Value)> {
    let mut pointer = pointer;
    for _ in 0..=MAX_LENGTH {
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

/// Returns why the chain from a node does not end: it comes back to the node, or is too long. A
/// chain that runs into a cycle further on is reported at that cycle.
pub(super) fn why_endless(root: &Value, start: &Pointer) -> Option<String> {
    let mut pointer = start.clone();
    let mut seen = BTreeSet::new();
    for _ in 0..=MAX_LENGTH {
        if !seen.insert(pointer.clone()) {
            return (pointer == *start).then(|| "back to itself".to_owned());
        }
        pointer = Pointer::of_reference(pointer.get(root)?.get("$ref")?.as_str()?)?;
    }
    Some(format!("through more than {MAX_LENGTH} other references"))
}
