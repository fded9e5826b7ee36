//! The input and place that each node of a corrected document comes from.

use std::collections::BTreeMap;

use crate::diagnostic::Place;
use crate::pointer::Pointer;
use crate::source::Input;

/// The nodes whose place in the tree differs from the one in a text: written by the overlay, or
/// moved.
///
/// A node that is not listed has the origin of its nearest listed ancestor; without one, the same
/// pointer in the document.
#[derive(Clone, Debug, Default)]
pub(crate) struct Origins(BTreeMap<Pointer, (Input, Pointer)>);

impl Origins {
    /// Returns the input that a node comes from, and its place there.
    pub(crate) fn place(&self, pointer: &Pointer) -> Place {
        let (input, pointer) = self.find(pointer);
        Place::Node(input, pointer)
    }

    /// Records that the node at `pointer` and everything below it comes from `source` in `input`.
    pub(crate) fn set(&mut self, pointer: Pointer, input: Input, source: Pointer) {
        let below: Vec<Pointer> = self
            .within(&pointer)
            .map(|(listed, _)| listed.clone())
            .collect();
        for listed in below {
            self.0.remove(&listed);
        }
        self.0.insert(pointer, (input, source));
    }

    /// Records that the node at `from` was moved or copied to `to`.
    pub(crate) fn copy(&mut self, from: &Pointer, to: &Pointer) {
        if self.0.is_empty() && from == to {
            return;
        }
        let (input, source) = self.find(from);
        let below: Vec<_> = self
            .within(from)
            .filter(|(listed, _)| *listed != from)
            .map(|(listed, origin)| (moved(listed, from, to), origin.clone()))
            .collect();
        self.set(to.clone(), input, source);
        self.0.extend(below);
    }

    /// Returns the records of a node and of the nodes below it, which are adjacent in pointer order.
    fn within<'a>(
        &'a self,
        pointer: &'a Pointer,
    ) -> impl Iterator<Item = (&'a Pointer, &'a (Input, Pointer))> {
        let from = self.0.range(pointer..);
        from.take_while(move |(listed, _)| pointer.contains(listed))
    }

    fn find(&self, pointer: &Pointer) -> (Input, Pointer) {
        if self.0.is_empty() {
            return (Input::Document, pointer.clone());
        }
        let mut ancestor = pointer.clone();
        loop {
            if let Some((input, source)) = self.0.get(&ancestor) {
                let below = pointer.tokens().iter().skip(ancestor.tokens().len());
                return (*input, source.join(below));
            }
            match ancestor.parent() {
                Some(parent) => ancestor = parent,
                None => return (Input::Document, pointer.clone()),
            }
        }
    }
}

fn moved(listed: &Pointer, from: &Pointer, to: &Pointer) -> Pointer {
    to.join(listed.tokens().iter().skip(from.tokens().len()))
}
