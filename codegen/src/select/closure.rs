//! Computes what the chosen operations use, transitively.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::path_items::drop_links;
use crate::objects::{At, DOCUMENT, Form, OPERATION, Object, Visitor, component, walk};
use crate::origins::Origins;
use crate::pointer::Pointer;

/// The member of the root with copies of referenced nodes that are not components.
pub(crate) const COPIES: &str = "x-referenced";

/// Adds everything in `whole` that `kept` uses.
pub(super) fn close(mut whole: Value, kept: Map<String, Value>, origins: &mut Origins) -> Value {
    let mut root = Value::Object(kept);
    let mut closure = Closure::new(&whole);
    closure.follow(&DOCUMENT, &root, &Pointer::root());
    closure.security(root.get("security"));
    while let Some((pointer, object)) = closure.queue.pop() {
        if let Some(value) = pointer.get(&whole) {
            closure.follow(&Form::Object(object), value, &place_in_result(&pointer));
        }
    }
    let Closure {
        components,
        copies,
        redirected,
        ..
    } = closure;
    let copied: Vec<Option<Value>> = copies
        .iter()
        .map(|pointer| pointer.get(&whole).cloned())
        .collect();
    let kept = keep_components(&mut whole, &components);
    if let Value::Object(members) = &mut root
        && !kept.is_empty()
    {
        members.insert("components".to_owned(), Value::Object(kept));
    }
    for (pointer, value) in copies.iter().zip(copied) {
        let place = place_in_result(pointer);
        if let (None, Some(value)) = (place.get(&root), value) {
            insert(&mut root, &place, value);
            origins.copy(pointer, &place);
        }
    }
    for (holder, target) in redirected {
        if let Some(Value::Object(members)) = holder.get_mut(&mut root) {
            let copy = place_in_result(&target).to_reference();
            members.insert("$ref".to_owned(), Value::String(copy));
        }
    }
    root
}

struct Closure<'a> {
    whole: &'a Value,
    /// The used components, by kind and name.
    components: BTreeSet<(String, String)>,
    /// The referenced nodes that are not components, a node before its descendants.
    copies: BTreeSet<Pointer>,
    /// The nodes of the result that reference a copy, with its original.
    redirected: BTreeMap<Pointer, Pointer>,
    queue: Vec<(Pointer, &'static Object)>,
}

impl<'a> Closure<'a> {
    fn new(whole: &'a Value) -> Self {
        Self {
            whole,
            components: BTreeSet::new(),
            copies: BTreeSet::new(),
            redirected: BTreeMap::new(),
            queue: Vec::new(),
        }
    }

    fn follow(&mut self, form: &Form, value: &Value, place: &Pointer) {
        walk(form, value, &At::new(place), self);
    }

    fn security(&mut self, requirements: Option<&Value>) {
        let requirements = requirements.and_then(Value::as_array);
        for requirement in requirements.into_iter().flatten() {
            for (name, _) in requirement.as_object().into_iter().flatten() {
                self.component("securitySchemes", name);
            }
        }
    }

    /// Keeps referenced examples: no stage reads them, but a stored slice has them.
    fn examples(&mut self, examples: Option<&Value>) {
        let examples = examples.and_then(Value::as_object);
        for (_, example) in examples.into_iter().flatten() {
            let mut next = example.get("$ref").and_then(Value::as_str);
            while let Some(target) = next.and_then(Pointer::of_reference) {
                let known = self.components.len();
                if let [components, kind, name, ..] = target.tokens()
                    && components == "components"
                {
                    self.component(kind, name);
                }
                let fresh = self.components.len() > known;
                let followed = target.get(self.whole).filter(|_| fresh);
                next = followed.and_then(|example| example.get("$ref")?.as_str());
            }
        }
    }

    fn component(&mut self, kind: &str, name: &str) {
        if self.components.insert((kind.to_owned(), name.to_owned()))
            && let Some(object) = component(kind)
        {
            let pointer = Pointer::root().join(["components", kind, name]);
            self.queue.push((pointer, object));
        }
    }

    fn named(&mut self, object: &'static Object, name: &str) {
        let kind = object.component.unwrap_or_default();
        let place = Pointer::root().join(["components", kind, name]);
        if place.get(self.whole).is_some() {
            self.component(kind, name);
        }
    }

    /// Marks the target of a reference as used. Returns it if the reference has to be redirected.
    fn mark_used(&mut self, object: &'static Object, reference: &str) -> Option<Pointer> {
        let Some(target) = Pointer::of_reference(reference) else {
            // The check reads the name of a component as a reference to it.
            self.named(object, reference);
            return None;
        };
        match target.tokens() {
            [] => None,
            [components, kind, name, ..] if components == "components" => {
                self.component(kind, name);
                None
            }
            _ => {
                target.get(self.whole)?;
                if self.copies.insert(target.clone()) {
                    self.queue.push((target.clone(), object));
                }
                Some(target)
            }
        }
    }
}

/// Returns the place in the result of a node of the whole document. A copy stays where it is.
fn place_in_result(pointer: &Pointer) -> Pointer {
    match pointer.tokens().first().map(String::as_str) {
        Some("components" | COPIES) => pointer.clone(),
        _ => Pointer::root().child(COPIES).join(pointer.tokens()),
    }
}

impl Visitor for Closure<'_> {
    fn object(&mut self, object: &'static Object, members: &Map<String, Value>, _at: &At<'_>) {
        if std::ptr::eq(object, &OPERATION) {
            self.security(members.get("security"));
        }
        // Examples of schemas are values, also if they look like references.
        if object.component != Some("schemas") {
            self.examples(members.get("examples"));
        }
    }

    fn reference(&mut self, object: &'static Object, reference: &str, at: &At<'_>) {
        if let Some(target) = self.mark_used(object, reference) {
            self.redirected.insert(at.pointer(), target);
        }
    }

    fn mapping(&mut self, target: &str, _at: &At<'_>) {
        let Some(schemas) = component("schemas") else {
            return;
        };
        if target.starts_with('#') {
            self.mark_used(schemas, target);
        } else {
            self.named(schemas, target);
        }
    }
}

/// Moves the used components out of the whole document.
fn keep_components(whole: &mut Value, used: &BTreeSet<(String, String)>) -> Map<String, Value> {
    let mut kept = Map::new();
    for (kind, name) in used {
        let pointer = Pointer::root().join(["components", kind, name]);
        let Some(mut component) = pointer.get_mut(whole).map(Value::take) else {
            continue;
        };
        if kind == "responses" {
            drop_links(&mut component);
        }
        let group = kept
            .entry(kind.clone())
            .or_insert_with(|| Value::Object(Map::new()));
        if let Value::Object(group) = group {
            group.insert(name.clone(), component);
        }
    }
    kept
}

/// Inserts a value at a pointer, creating objects on the path; list indices become names.
fn insert(root: &mut Value, pointer: &Pointer, value: Value) {
    let mut node = root;
    for token in pointer.tokens() {
        let Value::Object(members) = node else {
            return;
        };
        node = members
            .entry(token.clone())
            .or_insert_with(|| Value::Object(Map::new()));
    }
    *node = value;
}
