//! Which values choose which branch of a union: those of the discriminator, those that the branches
//! list, or the names of the branches.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{
    Access, Branch, Constant, Discriminator, Field, Model, Schema, Shape, StringFormat,
};
use crate::name::{Scope, snake};
use crate::pointer::Pointer;
use crate::report::Report;

/// How many unions may stand in each other for the values of the innermost to count.
const NESTING: usize = 4;

/// Decides for each union which values choose which branch.
pub(super) fn resolve_discriminators(model: &mut Model) {
    let mut resolved: BTreeMap<String, Option<Discriminator>> = BTreeMap::new();
    for (name, definition) in &model.types {
        let Shape::Union {
            branches,
            discriminator,
        } = &definition.shape
        else {
            continue;
        };
        let declared = discriminator.as_ref();
        let declared = declared.and_then(|declared| merge_sources(model, branches, declared));
        let found = declared.or_else(|| {
            let (wire, values) = model.tag(branches)?;
            Some(Discriminator {
                wire: wire.to_owned(),
                new: values.iter().map(|values| only(values)).collect(),
                values,
                names: Vec::new(),
            })
        });
        resolved.insert(name.clone(), found);
    }
    for (name, found) in resolved {
        if let Some(discriminator) = &found {
            add_tag_field(model, &name, discriminator);
        }
        let shape = model
            .types
            .get_mut(&name)
            .map(|definition| &mut definition.shape);
        if let Some(Shape::Union { discriminator, .. }) = shape {
            *discriminator = found;
        }
    }
}

/// The mapping goes before an `enum`, and that before the component's name, which is only meant
/// where nothing else is said.
fn merge_sources(
    model: &Model,
    branches: &[Branch],
    declared: &Discriminator,
) -> Option<Discriminator> {
    let wire = &declared.wire;
    let listed: Vec<Vec<Constant>> = branches
        .iter()
        .map(|branch| enum_values_of(model, branch, wire, NESTING))
        .collect();
    let mapped = declared.values.iter().zip(&listed);
    let mut values: Vec<Vec<Constant>> = mapped
        .map(|(mapped, listed)| meant(mapped, listed))
        .collect();
    let mut taken: BTreeSet<Constant> = values.iter().flatten().cloned().collect();
    let mut branches_of: BTreeMap<&Constant, usize> = BTreeMap::new();
    for values in &listed {
        for value in values.iter().collect::<BTreeSet<_>>() {
            *branches_of.entry(value).or_default() += 1;
        }
    }
    let of_one = |value: &Constant| branches_of.get(value) == Some(&1);
    let mut new: Vec<Option<Constant>> = values.iter().map(|values| only(values)).collect();
    let unmapped: Vec<bool> = values.iter().map(Vec::is_empty).collect();
    let names = declared.names.iter();
    let all = values.iter_mut().zip(&listed).zip(names).zip(branches);
    for (((values, listed), names), branch) in all {
        // Only an object has a member that could lead to its branch; other values are told apart by their JSON type.
        if !model.may_be_object(&branch.schema) {
            values.clear();
            continue;
        }
        let own = listed.iter().filter(|value| of_one(value)).cloned();
        values.extend(own.filter(|value| taken.insert(value.clone())));
        if listed.is_empty() {
            let named = names.iter().cloned().map(Constant::String);
            values.extend(named.filter(|value| taken.insert(value.clone())));
        }
    }
    for ((new, values), _) in new
        .iter_mut()
        .zip(&values)
        .zip(&unmapped)
        .filter(|(_, unmapped)| **unmapped)
    {
        *new = only(values);
    }
    let any = values.iter().any(|values| !values.is_empty());
    any.then(|| Discriminator {
        wire: wire.clone(),
        values,
        new,
        names: Vec::new(),
    })
}

/// The one of its kind.
fn only(values: &[Constant]) -> Option<Constant> {
    match values {
        [value] => Some(value.clone()),
        _ => None,
    }
}

/// What the keys of a mapping mean, which are always text: a number or a truth where the branch lists
/// one that is written so.
fn meant(keys: &[Constant], listed: &[Constant]) -> Vec<Constant> {
    let listed = listed
        .iter()
        .map(|constant| (constant.to_string(), constant));
    let listed: BTreeMap<String, &Constant> = listed.collect();
    keys.iter()
        .map(|key| (*listed.get(&key.to_string()).unwrap_or(&key)).clone())
        .collect()
}

/// The values that a branch itself lists for a member; those of all its branches where it is a
/// union.
fn enum_values_of(model: &Model, branch: &Branch, wire: &str, depth: usize) -> Vec<Constant> {
    if let Some(fields) = model.fields(&branch.schema) {
        let field = fields.iter().find(|field| field.wire == wire);
        return field
            .and_then(|field| model.constants_of(field))
            .unwrap_or_default();
    }
    let Schema::Ref(name) = &branch.schema else {
        return Vec::new();
    };
    match model.types.get(name).map(|definition| &definition.shape) {
        Some(Shape::Union { branches, .. }) if depth > 0 => branches
            .iter()
            .flat_map(|branch| enum_values_of(model, branch, wire, depth - 1))
            .collect(),
        _ => Vec::new(),
    }
}

/// A branch that does not declare the member gets it: otherwise its value would be lost.
fn add_tag_field(model: &mut Model, union: &str, discriminator: &Discriminator) {
    let shape = model.types.get(union).map(|definition| &definition.shape);
    let Some(Shape::Union { branches, .. }) = shape else {
        return;
    };
    let names: Vec<String> = branches
        .iter()
        .filter_map(|branch| match &branch.schema {
            Schema::Ref(name) => Some(name.clone()),
            _ => None,
        })
        .collect();
    let wire = &discriminator.wire;
    for name in names {
        let shape = model
            .types
            .get_mut(&name)
            .map(|definition| &mut definition.shape);
        let Some(Shape::Struct {
            fields,
            additional: None,
        }) = shape
        else {
            continue;
        };
        if fields.iter().any(|field| field.wire == *wire) {
            continue;
        }
        let taken = fields.iter().map(|field| field.rust.as_str());
        let mut scope = Scope::of_members().with(taken);
        let quiet = &mut Report::default();
        fields.push(Field {
            wire: wire.clone(),
            rust: scope.add(&snake(wire), wire, &Pointer::root(), quiet),
            schema: Schema::String(StringFormat::Plain),
            constants: Vec::new(),
            required: false,
            doc: Some("Tells the branches of a union apart.".to_owned()),
            deprecated: false,
            access: Access::Both,
        });
        fields
            .sort_by(|one, other| (!one.required, &one.wire).cmp(&(!other.required, &other.wire)));
    }
}
