//! Rules for discriminators (OpenAPI "Discriminator Object"): which values choose which branch is
//! decided while the branches still have their names.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::composed::{parts_of, union_of};
use super::context::Context;
use super::documented::append_description;
use super::rule::{Effect, Keywords, Node};
use super::schema::Discriminator;
use super::sorted;
use crate::pointer::Pointer;
use crate::prose::span;

/// How deep unions may be nested for a value to choose a branch of the innermost.
const DEEPEST: usize = 4;

/// Finds which values choose which branch: those of the mapping, and the names of the components
/// that a branch is, which count where the mapping says nothing else.
pub(super) fn mapping(context: &Context<'_>, node: &mut Node) -> Effect {
    if node.facts.discriminator.is_some() {
        return Effect::Unchanged;
    }
    let Some((_, branches)) = union_of(&node.keywords) else {
        return Effect::Unchanged;
    };
    let discriminator = node.keywords.get("discriminator");
    let Some(discriminator) = discriminator.and_then(Value::as_object) else {
        return Effect::Unchanged;
    };
    let property = discriminator.get("propertyName").and_then(Value::as_str);
    let Some(property) = property.map(str::to_owned) else {
        return Effect::Unchanged;
    };
    let mapping = discriminator.get("mapping").and_then(Value::as_object);
    let (mapped, components) = assign(context, branches, mapping);
    let text = format!("The property {} selects the variant.", span(&property));
    append_description(&mut node.keywords, &text);
    node.facts.discriminator = Some(Discriminator {
        property: property.clone(),
        mapped,
        components,
    });
    Effect::Applied(property)
}

/// The values that the mapping has for each branch, and the names of the components that each is.
fn assign(
    context: &Context<'_>,
    branches: &[Value],
    mapping: Option<&Keywords>,
) -> (Vec<Vec<String>>, Vec<Vec<String>>) {
    let targets_of: Vec<Vec<Pointer>> = branches
        .iter()
        .map(|branch| {
            let mut targets = Targets::default();
            targets.add(context, branch, DEEPEST);
            targets.all
        })
        .collect();
    // A branch itself goes before one that has it inside, and the first before others.
    let mut direct: BTreeMap<&Pointer, usize> = BTreeMap::new();
    let mut inside: BTreeMap<&Pointer, usize> = BTreeMap::new();
    for (index, targets) in targets_of.iter().enumerate() {
        if let Some(first) = targets.first() {
            direct.entry(first).or_insert(index);
        }
        for target in targets {
            inside.entry(target).or_insert(index);
        }
    }
    let mut values: Vec<Vec<String>> = vec![Vec::new(); targets_of.len()];
    for (value, target) in mapping.map(sorted).unwrap_or_default() {
        let Some(target) = target.as_str().and_then(component) else {
            continue;
        };
        let found = direct.get(&target).or_else(|| inside.get(&target));
        if let Some(values) = found.and_then(|index| values.get_mut(*index)) {
            values.push(value.clone());
        }
    }
    let mut taken: BTreeSet<&str> = values.iter().flatten().map(String::as_str).collect();
    let mut names: Vec<Vec<String>> = Vec::new();
    for targets in &targets_of {
        let named = targets.iter().filter_map(Pointer::last);
        let free = named.filter(|name| taken.insert(name));
        names.push(free.map(str::to_owned).collect());
    }
    (values, names)
}

/// A parent whose children are made by `allOf` is read for any of them: what the child adds is
/// kept beside the members of the parent.
pub(super) fn parent(_: &Context<'_>, node: &mut Node) -> Effect {
    let schema = &mut node.keywords;
    if !schema.contains_key("discriminator") || union_of(schema).is_some() {
        return Effect::Unchanged;
    }
    schema.remove("discriminator");
    let open = schema.contains_key("additionalProperties");
    if open || !schema.contains_key("properties") {
        return Effect::Unchanged;
    }
    schema.insert("additionalProperties".to_owned(), Value::Bool(true));
    Effect::Applied(String::new())
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

impl Targets {
    /// The named schemas that a branch is, itself first, then those inside of it.
    fn add(&mut self, context: &Context<'_>, branch: &Value, depth: usize) {
        let Some(depth) = depth.checked_sub(1) else {
            return;
        };
        let reference = branch.get("$ref").and_then(Value::as_str);
        if let Some(target) = reference.and_then(|reference| context.references.target(reference)) {
            if !self.known.insert(target.pointer.clone()) {
                return;
            }
            self.all.push(target.pointer.clone());
            let union = target.value.as_object().and_then(union_of);
            for branch in union.into_iter().flat_map(|(_, branches)| branches) {
                self.add(context, branch, depth);
            }
            return;
        }
        let Some(schema) = branch.as_object() else {
            return;
        };
        // `allOf` around a reference only says more about it.
        let union = union_of(schema).map(|(_, branches)| branches.as_slice());
        let inner = match parts_of(schema) {
            [] => union.unwrap_or_default(),
            parts => parts,
        };
        for part in inner {
            self.add(context, part, depth);
        }
    }
}
