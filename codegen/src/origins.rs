//! The input and place that each node of a converted and corrected document comes from.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::diagnostic::Place;
use crate::pointer::Pointer;
use crate::report::{Report, Rule};
use crate::source::Input;

/// The nodes whose place in the tree differs from the one in a text: written by the overlay, or
/// moved by the overlay, by the selection or by the conversion of Swagger 2.0.
///
/// A node that is not listed has the origin of its nearest listed ancestor; without one, the same
/// pointer in the document.
#[derive(Clone, Debug, Default)]
pub(crate) struct Origins {
    listed: BTreeMap<Pointer, (Input, Pointer)>,
    /// The rules of the conversion with the places where they applied. They are logged when the
    /// operations are chosen: what is not selected is not in the log.
    converted: Vec<(&'static Rule, Pointer, String)>,
}

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
            self.listed.remove(&listed);
        }
        self.listed.insert(pointer, (input, source));
    }

    /// Records that the node at `from` was moved or copied to `to`.
    pub(crate) fn copy(&mut self, from: &Pointer, to: &Pointer) {
        if self.listed.is_empty() && from == to {
            return;
        }
        let (input, source) = self.find(from);
        let below: Vec<_> = self
            .within(from)
            .filter(|(listed, _)| *listed != from)
            .map(|(listed, origin)| (moved(listed, from, to), origin.clone()))
            .collect();
        self.set(to.clone(), input, source);
        self.listed.extend(below);
    }

    /// Notes that a rule of the conversion applied at a place.
    pub(crate) fn note(&mut self, rule: &'static Rule, pointer: &Pointer, detail: &str) {
        let note = (rule, pointer.clone(), detail.to_owned());
        self.converted.push(note);
    }

    /// Logs the rules of the conversion that applied to what is left of the document.
    pub(crate) fn log(&self, root: &Value, report: &mut Report) {
        for (rule, pointer, detail) in &self.converted {
            if pointer.get(root).is_some() {
                report.apply(rule, pointer, detail.as_str());
            }
        }
    }

    /// Returns the records of a node and of the nodes below it, which are adjacent in pointer order.
    fn within<'a>(
        &'a self,
        pointer: &'a Pointer,
    ) -> impl Iterator<Item = (&'a Pointer, &'a (Input, Pointer))> {
        let from = self.listed.range(pointer..);
        from.take_while(move |(listed, _)| pointer.contains(listed))
    }

    fn find(&self, pointer: &Pointer) -> (Input, Pointer) {
        if self.listed.is_empty() {
            return (Input::Document, pointer.clone());
        }
        let mut ancestor = pointer.clone();
        loop {
            if let Some((input, source)) = self.listed.get(&ancestor) {
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
