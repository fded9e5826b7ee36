//! Where a node really stands: what a schema has from another one is written there.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::pointer::Pointer;

/// The node that a pointer leads to over references and parts of `allOf`; `None` if there is none.
pub(super) fn resolve(root: &Value, pointer: &Pointer) -> Option<Pointer> {
    Search {
        root,
        seen: BTreeSet::new(),
    }
    .find(Pointer::root(), pointer.tokens())
}

/// The node that a pointer leads to, or what there is of its way.
pub(super) fn nearest(root: &Value, pointer: &Pointer) -> Pointer {
    let holders = std::iter::successors(Some(pointer.clone()), Pointer::parent);
    let mut nodes = holders.filter_map(|it| resolve(root, &it));
    nodes.next().unwrap_or_else(Pointer::root)
}

struct Search<'a> {
    root: &'a Value,
    /// Where the search was, with how much was left: references may lead in circles.
    seen: BTreeSet<(Pointer, usize)>,
}

impl Search<'_> {
    fn find(&mut self, at: Pointer, rest: &[String]) -> Option<Pointer> {
        let node = at.get(self.root)?;
        let Some((token, below)) = rest.split_first() else {
            return Some(at);
        };
        if !self.seen.insert((at.clone(), rest.len())) {
            return None;
        }
        let here = at.child(token);
        let own = here.get(self.root).and_then(|_| self.find(here, below));
        if own.is_some() {
            return own;
        }
        if let Some(reference) = node.get("$ref").and_then(Value::as_str) {
            return self.find(Pointer::of_reference(reference)?, rest);
        }
        let parts = node.get("allOf").and_then(Value::as_array)?;
        (0..parts.len()).find_map(|index| self.find(at.join(["allOf"]).child(index), rest))
    }
}
