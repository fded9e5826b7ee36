//! Boxes where a union would contain itself.
//!
//! typify boxes what recurs among the types that it declares; unions are not among them.

use std::collections::BTreeSet;

use crate::model::{Model, Schema, Shape};

/// Boxes each branch from which its union is reached by value.
pub(super) fn break_cycles(model: &mut Model) {
    let mut boxed: Vec<(String, usize)> = Vec::new();
    for (name, definition) in &model.types {
        let Shape::Union { branches, .. } = &definition.shape else {
            continue;
        };
        for (index, branch) in branches.iter().enumerate() {
            if reaches(model, &branch.schema, name) {
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

/// Whether a value of this schema contains one of the named type without indirection.
fn reaches(model: &Model, schema: &Schema, target: &str) -> bool {
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut queue = vec![schema];
    while let Some(schema) = queue.pop() {
        match schema {
            Schema::Nullable(inner) => queue.push(inner),
            Schema::Ref(name) if name == target => return true,
            Schema::Ref(name) if seen.insert(name) => {
                match model.types.get(name).map(|definition| &definition.shape) {
                    Some(Shape::Struct { fields, .. }) => {
                        queue.extend(fields.iter().map(|field| &field.schema));
                    }
                    Some(Shape::Union { branches, .. }) => {
                        queue.extend(branches.iter().map(|branch| &branch.schema));
                    }
                    Some(Shape::Alias(inner)) => queue.push(inner),
                    _ => {}
                }
            }
            _ => {}
        }
    }
    false
}
