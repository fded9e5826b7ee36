//! Removes nodes from a tree.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::origins::Origins;
use crate::pointer::Pointer;

/// Removes every node, last first. Entries of a list are removed together, because removing them one
/// by one would move all later entries each time.
pub(super) fn remove(root: &mut Value, matches: &[Pointer], origins: &mut Origins) {
    let mut lists: Vec<(Pointer, BTreeSet<usize>)> = Vec::new();
    let mut known: BTreeMap<Pointer, usize> = BTreeMap::new();
    for pointer in matches {
        let (Some(parent), Some(token)) = (pointer.parent(), pointer.last()) else {
            continue;
        };
        match (parent.get_mut(root), token.parse()) {
            (Some(Value::Object(members)), _) => {
                members.remove(token);
            }
            (Some(Value::Array(_)), Ok(index)) => {
                let at = *known.entry(parent).or_insert_with_key(|parent| {
                    lists.push((parent.clone(), BTreeSet::new()));
                    lists.len() - 1
                });
                if let Some((_, indices)) = lists.get_mut(at) {
                    indices.insert(index);
                }
            }
            _ => {}
        }
    }
    // An inner list is compacted before the list that contains it.
    lists.sort_by_key(|(parent, _)| Reverse(parent.tokens().len()));
    for (parent, removed) in lists {
        if let Some(Value::Array(list)) = parent.get_mut(root) {
            compact(list, &parent, &removed, origins);
        }
    }
}

fn compact(
    list: &mut Vec<Value>,
    parent: &Pointer,
    removed: &BTreeSet<usize>,
    origins: &mut Origins,
) {
    let mut kept = 0;
    for (index, node) in std::mem::take(list).into_iter().enumerate() {
        if removed.contains(&index) {
            continue;
        }
        if index != kept {
            origins.copy(&parent.child(index), &parent.child(kept));
        }
        kept += 1;
        list.push(node);
    }
}
