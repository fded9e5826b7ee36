//! What rows are about: the nodes of the documents, found by their place.

use std::collections::BTreeSet;

use super::row::{Row, Rows};
use crate::pointer::Pointer;

/// The nodes that rows are about.
pub(super) struct About(BTreeSet<Pointer>);

impl About {
    pub(super) fn of(rows: &Rows) -> Self {
        let mut about = Self(BTreeSet::new());
        rows.iter().for_each(|row| about.add(row));
        about
    }

    pub(super) fn add(&mut self, row: &Row) {
        self.0.insert(row.at.pointer.clone());
        self.0.extend(row.covers.iter().cloned());
    }

    /// Whether a row is about a node, about what holds it, or about something in it.
    pub(super) fn is_near(&self, place: &Pointer) -> bool {
        // The document as a whole, and each path, hold everything.
        let specific = |it: &Pointer| it.tokens().len() > 1 || it == place;
        let mut holders = std::iter::successors(Some(place.clone()), Pointer::parent);
        holders.any(|it| specific(&it) && self.0.contains(&it)) || self.within(place).any(specific)
    }

    /// Whether a row is about something in a node, or the node itself.
    pub(super) fn is_in(&self, holder: &Pointer) -> bool {
        self.within(holder).next().is_some()
    }

    /// Neighbours in the order of pointers.
    fn within<'a>(&'a self, holder: &'a Pointer) -> impl Iterator<Item = &'a Pointer> {
        let from = self.0.range(holder..);
        from.take_while(move |it| holder.contains(it))
    }
}
