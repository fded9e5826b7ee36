//! Finds the document node that really declares something, across `$ref` and `allOf`.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::pointer::Pointer;

/// Follows a pointer across references and the parts of `allOf`. Returns `None` if no node is there.
pub(super) fn resolve(root: &Value, pointer: &Pointer) -> Option<Pointer> {
    Search {
        root,
        seen: BTreeSet::new(),
    }
    .find(Pointer::root(), pointer.tokens())
}

/// Returns the node that a pointer leads to, or its nearest ancestor that exists.
pub(super) fn nearest(root: &Value, pointer: &Pointer) -> Pointer {
    let ancestors = std::iter::successors(Some(pointer.clone()), Pointer::parent);
    let mut nodes = ancestors.filter_map(|ancestor| resolve(root, &ancestor));
    nodes.next().unwrap_or_else(Pointer::root)
}

struct Search<'a> {
    root: &'a Value,
    /// The visited nodes, each with the number of tokens left: references can be circular.
    seen: BTreeSet<(Pointer, usize)>,
}

impl Search<'_> {
    fn find(&mut self, at: Pointer, tokens: &[String]) -> Option<Pointer> {
        let node = at.get(self.root)?;
        let Some((token, rest)) = tokens.split_first() else {
            return Some(at);
        };
        if !self.seen.insert((at.clone(), tokens.len())) {
            return None;
        }
        let child = at.child(token);
        let own = child.get(self.root).and_then(|_| self.find(child, rest));
        if own.is_some() {
            return own;
        }
        if let Some(reference) = node.get("$ref").and_then(Value::as_str) {
            return self.find(Pointer::of_reference(reference)?, tokens);
        }
        let parts = node.get("allOf").and_then(Value::as_array)?;
        let all_of = at.join(["allOf"]);
        (0..parts.len()).find_map(|index| self.find(all_of.child(index), tokens))
    }
}
