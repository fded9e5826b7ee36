//! What people are told about a slice: its size, and why each part is in it.

use serde_json::Value;

use super::extract::resolved;
use super::operation::listed;
use super::reference_graph as graph;
use crate::inert::Inert;
use crate::parse::Parsed;

/// The operations that a full document has, a line each: what a client could have. They are kept
/// beside the slice, so that the next document's new ones can be told.
pub fn offered(document: &Parsed) -> Inert {
    let mut text = Inert::default();
    for operation in listed(&resolved(document.root())) {
        text.line(operation.to_string());
    }
    text
}

/// How many operations and components a slice has.
pub fn size(root: &Value) -> (usize, usize) {
    (listed(root).len(), graph::components(root).len())
}

/// For each component of a slice, and each copy of what is none, the shortest way to it from an
/// operation: a line each.
pub fn explain(root: &Value) -> Inert {
    let reach = graph::reach(root);
    let mut text = Inert::default();
    let components = graph::components(root);
    for node in components.iter().chain(reach.copies()) {
        let name = graph::shown(node);
        let way = match reach.way(node) {
            Some(way) => way.join(" -> "),
            None => "nothing".to_owned(),
        };
        text.line(format!("{name}: {way}"));
    }
    text
}
