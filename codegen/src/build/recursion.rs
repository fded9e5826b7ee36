//! Boxes where a union would contain itself.
//!
//! typify boxes what recurs among the types that it declares; unions are not among them.

use std::collections::BTreeMap;

use crate::model::{Model, Schema, Shape};

/// Boxes each branch from which its union is reached by value.
pub(super) fn break_cycles(model: &mut Model) {
    let circles = circles(model);
    let circle = |name: &str| circles.get(name).copied();
    let mut boxed: Vec<(String, usize)> = Vec::new();
    for (name, definition) in &model.types {
        let Shape::Union { branches, .. } = &definition.shape else {
            continue;
        };
        for (index, branch) in branches.iter().enumerate() {
            // What leads back to the union is led to by it.
            let held = held(&branch.schema);
            if held.is_some_and(|inner| inner == name || circle(inner) == circle(name)) {
                boxed.push((name.clone(), index));
            }
        }
    }
    for (name, index) in boxed {
        let Some(definition) = model.types.get_mut(&name) else {
            continue;
        };
        if let Shape::Union { branches, .. } = &mut definition.shape
            && let Some(branch) = branches.get_mut(index)
        {
            branch.boxed = true;
        }
    }
}

/// The type that a value of a schema contains without indirection.
fn held(schema: &Schema) -> Option<&str> {
    match schema {
        Schema::Nullable(inner) => held(inner),
        Schema::Ref(name) => Some(name),
        _ => None,
    }
}

fn held_by(shape: &Shape) -> Vec<&str> {
    match shape {
        Shape::Struct { fields, .. } => fields
            .iter()
            .filter_map(|field| held(&field.schema))
            .collect(),
        Shape::Union { branches, .. } => branches
            .iter()
            .filter_map(|branch| held(&branch.schema))
            .collect(),
        Shape::Alias(inner) => held(inner).into_iter().collect(),
        Shape::Enum { .. } | Shape::Secret => Vec::new(),
    }
}

/// For each type the number of its circle: the types that contain each other. All are found in two
/// walks (Kosaraju's algorithm); a search from every branch would take the square of the types.
fn circles(model: &Model) -> BTreeMap<&str, usize> {
    let mut forth: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut back: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (name, definition) in &model.types {
        let held = held_by(&definition.shape);
        for inner in &held {
            back.entry(inner).or_default().push(name);
        }
        forth.insert(name, held);
    }
    let mut left: Vec<&str> = Vec::new();
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for name in model.types.keys() {
        walk(name, 0, &forth, &mut seen, &mut left);
    }
    let mut circles = BTreeMap::new();
    for (number, name) in left.into_iter().rev().enumerate() {
        walk(name, number, &back, &mut circles, &mut Vec::new());
    }
    circles
}

/// Gives a number to what is reached and has none, and lists it in the order in which it is left.
fn walk<'a>(
    from: &'a str,
    number: usize,
    edges: &BTreeMap<&'a str, Vec<&'a str>>,
    numbers: &mut BTreeMap<&'a str, usize>,
    left: &mut Vec<&'a str>,
) {
    if numbers.contains_key(from) {
        return;
    }
    numbers.insert(from, number);
    let next = |name: &str| {
        edges
            .get(name)
            .map(|names| names.iter())
            .into_iter()
            .flatten()
    };
    let mut way = vec![(from, next(from))];
    while let Some((name, inner)) = way.last_mut() {
        match inner.next() {
            Some(inner) if numbers.contains_key(inner) => {}
            Some(inner) => {
                numbers.insert(inner, number);
                way.push((inner, next(inner)));
            }
            None => {
                left.push(name);
                way.pop();
            }
        }
    }
}
