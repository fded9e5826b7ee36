//! What the operations of a slice reach, and by the shortest way.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use serde_json::{Map, Value};

use super::operation::listed;
use crate::diagnostic::DiagnosticKind;
use crate::diagnostics;
use crate::objects::{At, DOCUMENT, Form, OPERATION, Object, Visitor, component, walk};
use crate::pointer::Pointer;
use crate::select::COPIES;

/// Everything that the operations reach.
#[derive(Default)]
pub(super) struct Reach {
    /// What is reached, with what it is first reached from: a component, a copy or an operation.
    from: BTreeMap<Pointer, Pointer>,
    /// The operations as people write them.
    operations: BTreeMap<Pointer, String>,
    /// References that lead nowhere.
    problems: Vec<Problem>,
}

/// A reference that leads nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Problem {
    pub(super) kind: &'static DiagnosticKind,
    /// Where the reference stands.
    pub(super) at: Pointer,
    pub(super) message: String,
}

/// Follows every reference from the operations, nearest first.
pub(super) fn reach(root: &Value) -> Reach {
    let mut search = Search {
        root,
        reach: Reach::default(),
        queue: VecDeque::new(),
    };
    for operation in listed(root) {
        let pointer = operation.pointer();
        let name = operation.to_string();
        search.reach.operations.insert(pointer.clone(), name);
        search.operation(&pointer);
    }
    while let Some((pointer, object)) = search.queue.pop_front() {
        search.follow(object, &pointer, &pointer);
    }
    search.reach
}

impl Reach {
    /// What is reached and is no component.
    pub(super) fn copies(&self) -> impl Iterator<Item = &Pointer> {
        let copy = |target: &&Pointer| target.tokens().first().is_some_and(|first| first == COPIES);
        self.from.keys().filter(copy)
    }

    /// The way to a component: the operation, then each component between. `None` if there is none.
    pub(super) fn way(&self, target: &Pointer) -> Option<Vec<String>> {
        let mut way = Vec::new();
        let mut node = self.from.get(target)?;
        loop {
            if let Some(operation) = self.operations.get(node) {
                way.push(operation.clone());
                way.reverse();
                return Some(way);
            }
            way.push(shown(node));
            node = self.from.get(node)?;
        }
    }
}

/// What dangles, and still does with the overlay applied.
pub(super) fn dangling(root: &Value, corrected: Option<&Value>) -> Vec<Problem> {
    let mut problems = reach(root).problems;
    if let Some(corrected) = corrected.filter(|_| !problems.is_empty()) {
        let left = reach(corrected).problems;
        problems.retain(|problem| left.contains(problem));
    }
    problems
}

/// The components of a document, in its order.
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

/// How a component is named: `schemas/Pet`. What is none is named by its pointer.
pub(super) fn shown(pointer: &Pointer) -> String {
    match pointer.tokens() {
        [components, kind, name] if components == "components" => format!("{kind}/{name}"),
        _ => format!("#{pointer}"),
    }
}

/// The nodes that may have prose, in the whole document.
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
    reach: Reach,
    queue: VecDeque<(Pointer, &'static Object)>,
}

impl Search<'_> {
    /// An operation, with what its path item says for all operations of the path.
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
                    self.reach.problems.extend(problem);
                }
                Err(kind) => self.reach.problems.push(Problem {
                    kind,
                    at: edge.at,
                    message: format!("`{}` is no place in this document", edge.text),
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
        if node != *from && !self.reach.from.contains_key(&node) {
            self.reach.from.insert(node.clone(), from.clone());
            self.queue.extend(object.map(|object| (node, object)));
        }
    }
}

/// A reference, or a name that stands for one.
struct Edge {
    at: Pointer,
    text: String,
    target: Result<Pointer, &'static DiagnosticKind>,
    object: Option<&'static Object>,
    /// What it is called if there is nothing at the target; `None` where that is no fault.
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
