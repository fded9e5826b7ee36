//! The rules for discriminators (OpenAPI "Discriminator Object"): which values lead to which
//! branch is settled while the branches still have their names.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::internal::{TAG_NAMES, TAG_VALUES};
use super::prose::note;
use super::rules::{Effect, Node};
use super::{Context, sorted};
use crate::pointer::Pointer;
use crate::prose::span;

/// How many unions may stand in each other for a value to lead to one of the innermost.
const NESTING: usize = 4;

/// Replaces the mapping by lists in the order of the branches: `values` by the mapping, `names`
/// by the names of components, which hold where the mapping says nothing else.
pub(super) fn mapping(context: &Context<'_>, schema: &mut Node) -> Effect {
    let Some(branches) = branches(schema) else {
        return Effect::None;
    };
    let discriminator = schema.get("discriminator").and_then(Value::as_object);
    let Some(discriminator) = discriminator.filter(|it| !it.contains_key(TAG_NAMES)) else {
        return Effect::None;
    };
    let name = discriminator.get("propertyName").and_then(Value::as_str);
    let Some(name) = name.map(str::to_owned) else {
        return Effect::None;
    };
    let led: Vec<Vec<Pointer>> = branches
        .iter()
        .map(|branch| {
            let mut targets = Targets::default();
            context.targets(branch, NESTING, &mut targets);
            targets.all
        })
        .collect();
    // A branch itself goes before one that has it inside, and the first before others.
    let mut direct: BTreeMap<&Pointer, usize> = BTreeMap::new();
    let mut inside: BTreeMap<&Pointer, usize> = BTreeMap::new();
    for (index, targets) in led.iter().enumerate() {
        if let Some(first) = targets.first() {
            direct.entry(first).or_insert(index);
        }
        for target in targets {
            inside.entry(target).or_insert(index);
        }
    }
    let mut values: Vec<Vec<&str>> = vec![Vec::new(); led.len()];
    let mapping = discriminator.get("mapping").and_then(Value::as_object);
    for (value, target) in mapping.map(sorted).unwrap_or_default() {
        let Some(target) = target.as_str().and_then(component) else {
            continue;
        };
        let found = direct.get(&target).or_else(|| inside.get(&target));
        if let Some(values) = found.and_then(|index| values.get_mut(*index)) {
            values.push(value.as_str());
        }
    }
    let mut taken: BTreeSet<&str> = values.iter().flatten().copied().collect();
    let mut names: Vec<Vec<&str>> = Vec::new();
    for targets in &led {
        let named = targets.iter().filter_map(Pointer::last);
        names.push(named.filter(|name| taken.insert(name)).collect());
    }
    let settled = json!({ "propertyName": name, TAG_VALUES: values, TAG_NAMES: names });
    schema.insert("discriminator".to_owned(), settled);
    note(schema, &format!("The member {} tells which.", span(&name)));
    Effect::Done(name)
}

/// A parent whose children are made by `allOf` is read for any of them: what the child adds is
/// kept beside the members of the parent.
pub(super) fn parent(_: &Context<'_>, schema: &mut Node) -> Effect {
    if !schema.contains_key("discriminator") || branches(schema).is_some() {
        return Effect::None;
    }
    schema.remove("discriminator");
    let open = schema.contains_key("additionalProperties");
    if open || !schema.contains_key("properties") {
        return Effect::None;
    }
    schema.insert("additionalProperties".to_owned(), Value::Bool(true));
    Effect::Done(String::new())
}

fn branches(schema: &Node) -> Option<&Vec<Value>> {
    let union = schema.get("oneOf").or_else(|| schema.get("anyOf"));
    union.and_then(Value::as_array)
}

/// The schema that a mapping names, by reference or by name.
fn component(target: &str) -> Option<Pointer> {
    if target.starts_with('#') {
        Pointer::parse(target)
    } else {
        let name = target.strip_suffix(".json").unwrap_or(target);
        Some(Pointer::root().join(["components", "schemas"]).child(name))
    }
}

/// Named schemas, each once.
#[derive(Default)]
struct Targets {
    all: Vec<Pointer>,
    known: BTreeSet<Pointer>,
}

impl Context<'_> {
    /// The named schemas that a branch is, itself first, then those inside of it.
    fn targets(&self, branch: &Value, depth: usize, found: &mut Targets) {
        if depth == 0 {
            return;
        }
        let reference = branch.get("$ref").and_then(Value::as_str);
        if let Some(pointer) = reference.and_then(Pointer::parse) {
            if !found.known.insert(pointer.clone()) {
                return;
            }
            let meant = pointer.get(self.root);
            found.all.push(pointer);
            let union = meant.and_then(Value::as_object).and_then(branches);
            for branch in union.into_iter().flatten() {
                self.targets(branch, depth - 1, found);
            }
            return;
        }
        // `allOf` around a reference only says more about it.
        let parts = branch.get("allOf").and_then(Value::as_array);
        let inner = parts.or_else(|| branch.as_object().and_then(branches));
        for part in inner.into_iter().flatten() {
            self.targets(part, depth - 1, found);
        }
    }
}
