//! What the chosen operations use, transitively.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::path_items::drop_links;
use crate::objects::{At, DOCUMENT, Form, OPERATION, Object, Visitor, component, walk};
use crate::overlay::Origins;
use crate::pointer::Pointer;

/// The root's member that holds copies of what is referred to and is no component.
pub(crate) const COPIES: &str = "x-referenced";

/// Adds to `kept` everything of `whole` that it uses.
pub(super) fn close(mut whole: Value, kept: Map<String, Value>, origins: &mut Origins) -> Value {
    let mut root = Value::Object(kept);
    let mut closure = Closure::new(&whole);
    closure.follow(&DOCUMENT, &root, &Pointer::root());
    closure.security(root.get("security"));
    while let Some((pointer, object)) = closure.waiting.pop() {
        if let Some(value) = pointer.get(&whole) {
            closure.follow(&Form::Object(object), value, &home(&pointer));
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
        let home = home(pointer);
        if let (None, Some(value)) = (home.get(&root), value) {
            insert(&mut root, &home, value);
            origins.copy(pointer, &home);
        }
    }
    for (holder, target) in redirected {
        if let Some(Value::Object(members)) = holder.get_mut(&mut root) {
            let copy = home(&target).to_reference();
            members.insert("$ref".to_owned(), Value::String(copy));
        }
    }
    root
}

struct Closure<'a> {
    whole: &'a Value,
    /// The components in use, by kind and name.
    components: BTreeSet<(String, String)>,
    /// What is referred to and is no component. Sorted: a node before what it holds.
    copies: BTreeSet<Pointer>,
    /// Holders of references to copies, as they stand in the result.
    redirected: BTreeMap<Pointer, Pointer>,
    waiting: Vec<(Pointer, &'static Object)>,
}

impl<'a> Closure<'a> {
    fn new(whole: &'a Value) -> Self {
        Self {
            whole,
            components: BTreeSet::new(),
            copies: BTreeSet::new(),
            redirected: BTreeMap::new(),
            waiting: Vec::new(),
        }
    }

    fn follow(&mut self, form: &Form, value: &Value, home: &Pointer) {
        walk(form, value, &At::new(home), self);
    }

    fn security(&mut self, requirements: Option<&Value>) {
        let requirements = requirements.and_then(Value::as_array);
        for requirement in requirements.into_iter().flatten() {
            for (name, _) in requirement.as_object().into_iter().flatten() {
                self.component("securitySchemes", name);
            }
        }
    }

    /// No stage reads examples, but a document that is kept has them whole.
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
            self.waiting.push((pointer, object));
        }
    }

    /// Takes what a reference leads to; `None` where nothing has to be redirected.
    fn take(&mut self, object: &'static Object, reference: &str) -> Option<Pointer> {
        let target = Pointer::of_reference(reference)?;
        match target.tokens() {
            [] => None,
            [components, kind, name, ..] if components == "components" => {
                self.component(kind, name);
                None
            }
            _ => {
                target.get(self.whole)?;
                if self.copies.insert(target.clone()) {
                    self.waiting.push((target.clone(), object));
                }
                Some(target)
            }
        }
    }
}

/// Where a node of the whole document stands in the result. What is a copy already stays one.
fn home(pointer: &Pointer) -> Pointer {
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
        // Examples of schemas are values, whatever they look like.
        if object.component != Some("schemas") {
            self.examples(members.get("examples"));
        }
    }

    fn reference(&mut self, object: &'static Object, reference: &str, at: &At<'_>) {
        if let Some(target) = self.take(object, reference) {
            self.redirected.insert(at.pointer(), target);
        }
    }

    fn mapping(&mut self, target: &str, _at: &At<'_>) {
        let Some(schemas) = component("schemas") else {
            return;
        };
        if target.starts_with('#') {
            self.take(schemas, target);
        } else {
            let pointer = Pointer::root().join(["components", "schemas", target]);
            if pointer.get(self.whole).is_some() {
                self.component("schemas", target);
            }
        }
    }
}

/// Takes what is used out of the whole document; what stays behind is dropped with it.
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

/// Puts a value at a pointer, with objects on the way; list indices become names.
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
