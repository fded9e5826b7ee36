//! The graph of references in a slice, searched from its operations.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use serde_json::{Map, Value};

use super::operation::listed;
use crate::diagnostic::DiagnosticKind;
use crate::diagnostics;
use crate::objects::{At, DOCUMENT, Form, OPERATION, Object, Visitor, component, walk};
use crate::pointer::Pointer;
use crate::select::COPIES;

/// The nodes that the operations reach, with the shortest path to each.
#[derive(Default)]
pub(super) struct ReferenceGraph {
    /// The reached nodes, each with its predecessor: a component, a copy or an operation.
    predecessors: BTreeMap<Pointer, Pointer>,
    /// The operations with their display names.
    operations: BTreeMap<Pointer, String>,
    /// The dangling references.
    problems: Vec<Problem>,
}

/// A dangling reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Problem {
    pub(super) kind: &'static DiagnosticKind,
    /// Place of the reference.
    pub(super) at: Pointer,
    pub(super) message: String,
}

impl ReferenceGraph {
    /// Follows every reference from the operations, breadth first.
    pub(super) fn of(root: &Value) -> Self {
        let mut search = Search {
            root,
            graph: ReferenceGraph::default(),
            queue: VecDeque::new(),
        };
        for operation in listed(root) {
            let pointer = operation.pointer();
            let name = operation.to_string();
            search.graph.operations.insert(pointer.clone(), name);
            search.operation(&pointer);
        }
        while let Some((pointer, object)) = search.queue.pop_front() {
            search.follow(object, &pointer, &pointer);
        }
        search.graph
    }

    /// Returns the reached nodes that are not components.
    pub(super) fn copies(&self) -> impl Iterator<Item = &Pointer> {
        let copy = |target: &&Pointer| target.tokens().first().is_some_and(|first| first == COPIES);
        self.predecessors.keys().filter(copy)
    }

    /// Returns the path to a node: the operation, then each component on the path. `None` if no
    /// operation reaches it.
    pub(super) fn path_to(&self, target: &Pointer) -> Option<Vec<String>> {
        let mut path = Vec::new();
        let mut node = self.predecessors.get(target)?;
        loop {
            if let Some(operation) = self.operations.get(node) {
                path.push(operation.clone());
                path.reverse();
                return Some(path);
            }
            path.push(display_name(node));
            node = self.predecessors.get(node)?;
        }
    }
}

/// Returns the dangling references that the overlay does not correct.
pub(super) fn dangling(root: &Value, corrected: Option<&Value>) -> Vec<Problem> {
    let mut problems = ReferenceGraph::of(root).problems;
    if let Some(corrected) = corrected.filter(|_| !problems.is_empty()) {
        let remaining = ReferenceGraph::of(corrected).problems;
        problems.retain(|problem| remaining.contains(problem));
    }
    problems
}

/// Returns the components of a document in their order.
pub(super) fn components(root: &Value) -> Vec<Pointer> {
    let base = Pointer::root().child("components");
    let kinds = base.get(root).and_then(Value::as_object);
    let mut found = Vec::new();
    for (kind, group) in kinds.into_iter().flatten() {
        let names = group.as_object().into_iter().flatten();
        found.extend(names.map(|(name, _)| base.child(kind).child(name)));
    }
    found
}

/// Returns the display name of a component, such as `schemas/Pet`, or the pointer of another node.
pub(super) fn display_name(pointer: &Pointer) -> String {
    match pointer.tokens() {
        [components, kind, name] if components == "components" => format!("{kind}/{name}"),
        _ => format!("#{pointer}"),
    }
}

/// Returns the nodes of the document that may have prose.
pub(super) fn objects(root: &Value) -> BTreeSet<Pointer> {
    let mut objects = Objects::default();
    walk(&DOCUMENT, root, &At::new(&Pointer::root()), &mut objects);
    let mut seen = BTreeSet::new();
    while let Some((pointer, object)) = objects.copies.pop() {
        if let (true, Some(value)) = (seen.insert(pointer.clone()), pointer.get(root)) {
            let form = Form::Object(object);
            walk(&form, value, &At::new(&pointer), &mut objects);
        }
    }
    let tags = root.get("tags").and_then(Value::as_array);
    let base = Pointer::root().child("tags");
    let tags = tags.into_iter().flatten().enumerate();
    objects
        .found
        .extend(tags.map(|(index, _)| base.child(index)));
    objects.found
}

#[derive(Default)]
struct Objects {
    found: BTreeSet<Pointer>,
    copies: Vec<(Pointer, &'static Object)>,
}

impl Visitor for Objects {
    fn object(&mut self, _object: &'static Object, _members: &Map<String, Value>, at: &At<'_>) {
        self.found.insert(at.pointer());
    }

    fn reference(&mut self, object: &'static Object, reference: &str, at: &At<'_>) {
        self.found.insert(at.pointer());
        let target = Pointer::of_reference(reference);
        let copy = |target: &Pointer| target.tokens().first().is_some_and(|first| first == COPIES);
        self.copies
            .extend(target.filter(copy).map(|target| (target, object)));
    }
}

struct Search<'a> {
    root: &'a Value,
    graph: ReferenceGraph,
    queue: VecDeque<(Pointer, &'static Object)>,
}

impl Search<'_> {
    /// Adds the references of an operation, and of its path item's parameters.
    fn operation(&mut self, pointer: &Pointer) {
        let Some(operation) = pointer.get(self.root) else {
            return;
        };
        let mut edges = Edges::default();
        let form = Form::Object(&OPERATION);
        walk(&form, operation, &At::new(pointer), &mut edges);
        if operation.get("security").is_none() {
            let at = Pointer::root().child("security");
            edges.security(at.get(self.root), &at);
        }
        let shared = pointer.parent().map(|item| item.child("parameters"));
        if let (Some(shared), Some(object)) = (shared, component("parameters")) {
            let list = shared.get(self.root).and_then(Value::as_array);
            for (index, parameter) in list.into_iter().flatten().enumerate() {
                let (form, at) = (Form::Object(object), shared.child(index));
                walk(&form, parameter, &At::new(&at), &mut edges);
            }
        }
        self.add(edges, pointer);
    }

    fn follow(&mut self, object: &'static Object, pointer: &Pointer, from: &Pointer) {
        if let Some(value) = pointer.get(self.root) {
            let mut edges = Edges::default();
            walk(&Form::Object(object), value, &At::new(pointer), &mut edges);
            self.add(edges, from);
        }
    }

    fn add(&mut self, edges: Edges, from: &Pointer) {
        for edge in edges.found {
            match edge.target {
                Ok(target) if target.get(self.root).is_some() => {
                    self.reached(&target, edge.object, from);
                }
                Ok(_) => {
                    let message = match edge.missing {
                        Some(kind) if *kind == diagnostics::UNKNOWN_SECURITY_SCHEME => {
                            format!("no security scheme is called `{}`", edge.text)
                        }
                        _ => format!("`{}` leads nowhere", edge.text),
                    };
                    let (kind, at) = (edge.missing, edge.at);
                    let problem = kind.map(|kind| Problem { kind, at, message });
                    self.graph.problems.extend(problem);
                }
                Err(kind) => self.graph.problems.push(Problem {
                    kind,
                    at: edge.at,
                    message: format!("`{}` is not a place in this document", edge.text),
                }),
            }
        }
    }

    fn reached(&mut self, target: &Pointer, object: Option<&'static Object>, from: &Pointer) {
        let (node, object) = match target.tokens() {
            [components, kind, name, ..] if components == "components" => {
                let node = Pointer::root().join([components, kind, name]);
                (node, component(kind))
            }
            _ => (target.clone(), object),
        };
        if node != *from && !self.graph.predecessors.contains_key(&node) {
            self.graph.predecessors.insert(node.clone(), from.clone());
            self.queue.extend(object.map(|object| (node, object)));
        }
    }
}

/// A reference, or a name with the meaning of one.
struct Edge {
    at: Pointer,
    text: String,
    target: Result<Pointer, &'static DiagnosticKind>,
    object: Option<&'static Object>,
    /// The diagnostic if the target does not exist; `None` if that is allowed.
    missing: Option<&'static DiagnosticKind>,
}

#[derive(Default)]
struct Edges {
    found: Vec<Edge>,
}

impl Edges {
    fn reference_at(&mut self, object: Option<&'static Object>, text: &str, at: Pointer) {
        let target = if text.starts_with('#') {
            Pointer::of_reference(text).ok_or(&diagnostics::INVALID_REFERENCE)
        } else {
            Err(&diagnostics::EXTERNAL_REFERENCE)
        };
        self.found.push(Edge {
            at,
            text: text.to_owned(),
            target,
            object,
            missing: Some(&diagnostics::DANGLING_REFERENCE),
        });
    }

    fn security(&mut self, requirements: Option<&Value>, at: &Pointer) {
        let requirements = requirements.and_then(Value::as_array);
        for (index, requirement) in requirements.into_iter().flatten().enumerate() {
            for (name, _) in requirement.as_object().into_iter().flatten() {
                self.found.push(Edge {
                    at: at.child(index).child(name),
                    text: name.clone(),
                    target: Ok(Pointer::root().join(["components", "securitySchemes", name])),
                    object: component("securitySchemes"),
                    missing: Some(&diagnostics::UNKNOWN_SECURITY_SCHEME),
                });
            }
        }
    }

    fn examples(&mut self, examples: Option<&Value>, at: &Pointer) {
        for (name, example) in examples.and_then(Value::as_object).into_iter().flatten() {
            if let Some(Value::String(reference)) = example.get("$ref") {
                self.reference_at(None, reference, at.child(name).child("$ref"));
            }
        }
    }
}

impl Visitor for Edges {
    fn object(&mut self, object: &'static Object, members: &Map<String, Value>, at: &At<'_>) {
        if std::ptr::eq(object, &OPERATION) {
            let place = at.pointer().child("security");
            self.security(members.get("security"), &place);
        }
        if object.component != Some("schemas") && members.contains_key("examples") {
            self.examples(members.get("examples"), &at.pointer().child("examples"));
        }
    }

    fn reference(&mut self, object: &'static Object, reference: &str, at: &At<'_>) {
        self.reference_at(Some(object), reference, at.pointer().child("$ref"));
    }

    fn mapping(&mut self, target: &str, at: &At<'_>) {
        let schemas = component("schemas");
        if target.starts_with('#') {
            self.reference_at(schemas, target, at.pointer())
        } else {
            self.found.push(Edge {
                at: at.pointer(),
                text: target.to_owned(),
                target: Ok(Pointer::root().join(["components", "schemas", target])),
                object: schemas,
                missing: None,
            })
        }
    }
}
