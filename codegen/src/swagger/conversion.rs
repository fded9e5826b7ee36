//! What the parts of the conversion share: the text's tree, and what moved where.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::spot::Spot;
use crate::bounds::weight;
use crate::origins::Origins;
use crate::pointer::Pointer;
use crate::report::{Report, Rule};
use crate::source::Input;

/// Maximum length of a chain of references.
const MAX_CHAIN: usize = 16;

/// What a reference refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Schema,
    Parameter,
    Response,
    PathItem,
}

/// A conversion under way.
pub(super) struct Conversion<'a> {
    /// The document as it is written.
    pub(super) old: &'a Value,
    /// Where the nodes of the result come from.
    pub(super) origins: Origins,
    /// Where the nodes of the document are in the result; of several copies the first.
    moved: BTreeMap<Pointer, Pointer>,
    /// The nodes of the result that are references, which are rewritten when all has moved.
    pub(super) references: Vec<(Pointer, Kind)>,
    report: &'a mut Report,
}

impl<'a> Conversion<'a> {
    /// Begins the conversion of a document.
    pub(super) fn new(old: &'a Value, report: &'a mut Report) -> Self {
        Self {
            old,
            origins: Origins::default(),
            moved: BTreeMap::new(),
            references: Vec::new(),
            report,
        }
    }

    /// Records that a node has moved, with everything below it. Nodes are recorded before those
    /// below them.
    pub(super) fn record(&mut self, spot: &Spot) {
        if spot.from != spot.to {
            self.derive(spot);
            let Spot { from, to } = spot.clone();
            self.moved.entry(from).or_insert(to);
        }
    }

    /// Records that a node of the result is made from a node of the document, which is elsewhere.
    pub(super) fn derive(&mut self, spot: &Spot) {
        let Spot { from, to } = spot.clone();
        self.origins.set(to, Input::Document, from);
    }

    /// Returns a copy of a node for its place in the result, and records where it is. A node that the
    /// result has several times counts against the limit on copies; beyond it the copy is `null`, and
    /// the run ends after the conversion.
    pub(super) fn copy(&mut self, node: &Value, spot: &Spot) -> Value {
        let again = self.moved.contains_key(&spot.from);
        self.record(spot);
        if again && !self.report.copy(weight(node), &spot.to) {
            return Value::Null;
        }
        node.clone()
    }

    /// Where a node of the document is in the result.
    pub(super) fn place_of(&self, from: &Pointer) -> Pointer {
        let ancestors = std::iter::successors(Some(from.clone()), Pointer::parent);
        for ancestor in ancestors {
            if let Some(to) = self.moved.get(&ancestor) {
                return to.join(from.tokens().iter().skip(ancestor.tokens().len()));
            }
        }
        from.clone()
    }

    /// Notes a reference in the result.
    pub(super) fn refer(&mut self, kind: Kind, to: &Pointer) {
        self.references.push((to.clone(), kind));
    }

    /// Logs that a rule applied at a place of the result.
    pub(super) fn log(&mut self, rule: &'static Rule, to: &Pointer, detail: &str) {
        if self.report.copy(to.size() + detail.len(), to) {
            self.origins.note(rule, to, detail);
        }
    }

    /// Whether the limit on copies is reached.
    pub(super) fn is_full(&self) -> bool {
        self.report.is_full()
    }

    /// Follows the references at a node of the document to an object that is none.
    pub(super) fn resolve(&self, mut from: Pointer) -> Option<(Pointer, &'a Map<String, Value>)> {
        for _ in 0..MAX_CHAIN {
            let object = from.get(self.old)?.as_object()?;
            match object.get("$ref") {
                Some(Value::String(reference)) => from = Pointer::of_reference(reference)?,
                _ => return Some((from, object)),
            }
        }
        None
    }
}
