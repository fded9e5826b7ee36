//! The set of document nodes that changes cover.

use std::collections::BTreeSet;

use super::change::{Change, Changes};
use crate::pointer::Pointer;

/// The document nodes that changes cover.
pub(super) struct Coverage(BTreeSet<Pointer>);

impl Coverage {
    /// Collects the nodes of all changes.
    pub(super) fn of(changes: &Changes) -> Self {
        let mut coverage = Self(BTreeSet::new());
        changes.iter().for_each(|change| coverage.add(change));
        coverage
    }

    /// Adds the nodes of one change.
    pub(super) fn add(&mut self, change: &Change) {
        self.0.insert(change.at.pointer.clone());
        self.0.extend(change.covers.iter().cloned());
    }

    /// Whether a change covers the node, one of its ancestors, or one of its descendants.
    pub(super) fn touches(&self, node: &Pointer) -> bool {
        // The root and its direct members contain everything, so they cover only themselves.
        let is_specific = |pointer: &Pointer| pointer.tokens().len() > 1 || pointer == node;
        let mut ancestors = std::iter::successors(Some(node.clone()), Pointer::parent);
        ancestors.any(|ancestor| is_specific(&ancestor) && self.0.contains(&ancestor))
            || self.within(node).any(is_specific)
    }

    /// Whether a change covers the node or one of its descendants.
    pub(super) fn has_within(&self, node: &Pointer) -> bool {
        self.within(node).next().is_some()
    }

    /// The covered nodes in a subtree, which are adjacent in the order of pointers.
    fn within<'a>(&'a self, root: &'a Pointer) -> impl Iterator<Item = &'a Pointer> {
        let from = self.0.range(root..);
        from.take_while(move |pointer| root.contains(pointer))
    }
}
