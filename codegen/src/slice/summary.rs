//! Summaries of a document and of a slice for people.

use serde_json::Value;

use super::extract::resolved;
use super::operation::listed;
use super::reference_graph::{ReferenceGraph, components, display_name};
use crate::inert::Inert;
use crate::parse::Parsed;

/// Lists the operations of a full document, one per line. The list is stored beside the slice, so
/// that new operations of the next document can be reported.
pub fn offered(document: &Parsed) -> Inert {
    let mut text = Inert::default();
    for operation in listed(&resolved(document.root())) {
        text.line(operation.to_string());
    }
    text
}

/// Returns the number of operations and of components of a slice.
pub fn size(root: &Value) -> (usize, usize) {
    (listed(root).len(), components(root).len())
}

/// Lists the shortest path from an operation to each component of a slice, one per line. Copies of
/// nodes that are not components are listed too.
pub fn explain(root: &Value) -> Inert {
    let graph = ReferenceGraph::of(root);
    let mut text = Inert::default();
    for node in components(root).iter().chain(graph.copies()) {
        let name = display_name(node);
        let path = match graph.path_to(node) {
            Some(path) => path.join(" -> "),
            None => "nothing".to_owned(),
        };
        text.line(format!("{name}: {path}"));
    }
    text
}
