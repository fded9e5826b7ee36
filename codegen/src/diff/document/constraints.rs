//! Documented constraints that the client does not check: bounds, defaults, formats.

use std::collections::BTreeMap;

use super::super::change::{Change, Changes};
use super::super::coverage::Coverage;
use super::super::matching::MatchedModels;
use super::super::names::type_item;
use super::super::rules::{self, Rule};
use super::ChangedNode;
use crate::model::{Model, Shape, TypeDef};
use crate::pointer::Pointer;

/// Keywords that the client documents and does not check.
const DOCUMENTED: &[(&str, &Rule)] = &[
    ("additionalProperties", &rules::CLOSED_CHANGED),
    ("allowEmptyValue", &rules::UNEXPRESSED_CHANGED),
    ("allowReserved", &rules::UNEXPRESSED_CHANGED),
    ("default", &rules::DEFAULT_CHANGED),
    ("exclusiveMaximum", &rules::BOUND_CHANGED),
    ("exclusiveMinimum", &rules::BOUND_CHANGED),
    ("format", &rules::FORMAT_DOCUMENTED),
    ("maxItems", &rules::BOUND_CHANGED),
    ("maxLength", &rules::BOUND_CHANGED),
    ("maxProperties", &rules::BOUND_CHANGED),
    ("maximum", &rules::BOUND_CHANGED),
    ("minItems", &rules::BOUND_CHANGED),
    ("minLength", &rules::BOUND_CHANGED),
    ("minProperties", &rules::BOUND_CHANGED),
    ("minimum", &rules::BOUND_CHANGED),
    ("multipleOf", &rules::BOUND_CHANGED),
    ("pattern", &rules::BOUND_CHANGED),
    ("uniqueItems", &rules::BOUND_CHANGED),
];

/// Turns changed constraints into changes. Returns the other nodes.
pub(in crate::diff) fn take_documented_constraints(
    nodes: Vec<ChangedNode>,
    models: &MatchedModels<'_>,
    changes: &mut Changes,
) -> Vec<ChangedNode> {
    let mut rest = Vec::new();
    let mut coverage = Coverage::of(changes);
    let (old, new) = (types_by_pointer(models.old), types_by_pointer(models.new));
    for node in nodes {
        let keyword = node.keyword();
        // A format or `additionalProperties` that changes a Rust type has a change already.
        let can_change_types = matches!(keyword, "additionalProperties" | "format");
        let is_known = can_change_types && node.is_covered(&coverage);
        let rule = DOCUMENTED.iter().find(|(name, _)| *name == keyword);
        match rule {
            Some((_, rule)) if !is_known && !is_in_server_variable(&node.at.pointer) => {
                let types = if node.at.old { &old } else { &new };
                let detail = format!("`{keyword}` {}", node.text);
                let change = Change::new(rule, node.at.clone(), detail);
                let change = change.items(described_item(types, &node.at.pointer));
                coverage.add(&change);
                changes.push(change);
            }
            _ => rest.push(node),
        }
    }
    rest
}

/// Whether a node belongs to a server variable, whose default is part of the URL.
fn is_in_server_variable(pointer: &Pointer) -> bool {
    matches!(
        pointer.tokens(),
        [.., servers, _, variables, _, _] if servers == "servers" && variables == "variables"
    )
}

/// Returns the types of a model by their pointers; the last one if several share a pointer.
fn types_by_pointer(model: &Model) -> BTreeMap<&Pointer, (&str, &TypeDef)> {
    let types = model.types.iter();
    types
        .map(|(name, definition)| (&definition.pointer, (name.as_str(), definition)))
        .collect()
}

/// Returns the Rust item that a node describes.
fn described_item(
    types: &BTreeMap<&Pointer, (&str, &TypeDef)>,
    pointer: &Pointer,
) -> Option<String> {
    let mut ancestors = std::iter::successors(Some(pointer.clone()), Pointer::parent);
    let (name, definition) = ancestors.find_map(|ancestor| types.get(&ancestor))?;
    let below = pointer.tokens().get(definition.pointer.tokens().len()..)?;
    let field = match (&definition.shape, below) {
        (Shape::Struct { fields, .. }, [properties, wire, ..]) if properties == "properties" => {
            fields.iter().find(|field| field.wire == *wire)
        }
        _ => None,
    };
    Some(match field {
        Some(field) => format!("{}.{}", type_item(name), field.rust),
        None => type_item(name),
    })
}
