//! Whether two types are similar enough to be the same type under another name.

use std::collections::BTreeSet;

use crate::model::{Branch, EnumValue, Field, Schema, Shape, TypeDef};

/// Whether both types are structs, or both are enums, and so on.
pub(super) fn is_same_kind(old: &Shape, new: &Shape) -> bool {
    std::mem::discriminant(old) == std::mem::discriminant(new)
}

/// Whether two types that are used in the same place may be the same: they share half of their parts.
pub(super) fn may_be_same(old: &Shape, new: &Shape) -> bool {
    let share_half = |old: BTreeSet<&str>, new: BTreeSet<&str>| {
        old.intersection(&new).count() * 2 >= old.len().max(new.len())
    };
    match (old, new) {
        (Shape::Struct { fields: old, .. }, Shape::Struct { fields: new, .. }) => {
            share_half(names(old), names(new))
        }
        (Shape::Enum { values: old }, Shape::Enum { values: new }) => {
            share_half(texts(old), texts(new))
        }
        (Shape::Union { branches: old, .. }, Shape::Union { branches: new, .. }) => {
            let (old, new) = (variants(old), variants(new));
            old.len() == new.len() || old.intersection(&new).count() * 2 >= old.len()
        }
        (old, new) => old == new,
    }
}

fn names(fields: &[Field]) -> BTreeSet<&str> {
    fields.iter().map(|field| field.wire.as_str()).collect()
}

fn texts(values: &[EnumValue]) -> BTreeSet<&str> {
    values.iter().map(|value| value.wire.as_str()).collect()
}

fn variants(branches: &[Branch]) -> BTreeSet<&str> {
    branches.iter().map(|branch| branch.rust.as_str()).collect()
}

/// Returns a text that similar shapes have in common.
pub(super) fn shape_key(shape: &Shape) -> String {
    match shape {
        Shape::Struct { fields, .. } => {
            let fields = fields.iter();
            let fields = fields.map(|field| format!("{} {}", field.required, field.wire));
            fields.collect::<Vec<_>>().join("\n")
        }
        other => format!("{other:?}"),
    }
}

/// Whether two structs have fields of the same names, at least one of them typed.
pub(super) fn has_same_fields(old: &TypeDef, new: &TypeDef) -> bool {
    let (Shape::Struct { fields: old, .. }, Shape::Struct { fields: new, .. }) =
        (&old.shape, &new.shape)
    else {
        return false;
    };
    let is_typed = |schema: &Schema| !schema.is_untyped();
    let mut pairs = old.iter().zip(new);
    old.len() == new.len()
        && old.iter().any(|field| is_typed(&field.schema))
        && pairs.all(|(old, new)| (&old.wire, old.required) == (&new.wire, new.required))
}
