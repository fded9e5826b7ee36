//! Which text a node comes from, once the tree is no longer that of the document alone.

use std::collections::BTreeMap;

use crate::diagnostic::Place;
use crate::pointer::Pointer;
use crate::source::Input;

/// Nodes that stand elsewhere in a text than in the tree: written by the overlay, or moved.
///
/// A node that is not listed comes from where its nearest listed ancestor comes from; without
/// one, from the same pointer of the document.
#[derive(Clone, Debug, Default)]
pub(crate) struct Origins(BTreeMap<Pointer, (Input, Pointer)>);

impl Origins {
    /// Which text a node comes from, and where in it.
    pub(crate) fn place(&self, pointer: &Pointer) -> Place {
        let (input, pointer) = self.find(pointer);
        Place::Node(input, pointer)
    }

    /// Notes that the node at `pointer`, with everything below it, stands at `source` of `input`.
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

    /// Notes that what was at `from` is (also) at `to`.
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

    /// What is noted of a node and of what is below it: neighbours in the order of pointers.
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
