//! Compares named types: structs, enums, unions and aliases.

mod compare;
mod constructors;
mod discriminators;
mod enum_values;
mod field_matching;
mod struct_fields;
mod type_pair;
mod union_branches;

pub(super) use compare::compare;
