//! Which values tell the branches of each union apart: as the discriminator says, as the values
//! of an `enum` say, or by the names of the branches.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::model::{Access, Branch, Discriminator, Field, Model, Schema, Shape, StringFormat};
use crate::name::{Scope, snake};
use crate::pointer::Pointer;
use crate::report::Report;

/// How many unions may stand in each other for the values of the innermost to count.
const NESTING: usize = 4;

/// What the lowered document says, which [`settle`] weighs.
pub(super) fn declared(schema: &Value) -> Option<Discriminator> {
    let discriminator = schema.get("discriminator")?;
    let wire = discriminator.get("propertyName")?.as_str()?.to_owned();
    let lists = |keyword: &str| -> Option<Vec<Vec<String>>> {
        let lists = discriminator.get(keyword)?.as_array()?.iter();
        let texts = |list: &Value| {
            let list = list.as_array().map(Vec::as_slice).unwrap_or_default();
            let texts = list.iter().filter_map(Value::as_str);
            texts.map(str::to_owned).collect()
        };
        Some(lists.map(texts).collect())
    };
    Some(Discriminator {
        wire,
        values: lists("values")?,
        names: lists("names")?,
    })
}

/// Settles the discriminator of each union.
pub(super) fn settle(model: &mut Model) {
    let mut settled: BTreeMap<String, Option<Discriminator>> = BTreeMap::new();
    for (name, definition) in &model.types {
        let Shape::Union {
            branches,
            discriminator,
        } = &definition.shape
        else {
            continue;
        };
        let declared = discriminator.as_ref();
        let declared = declared.and_then(|it| weighed(model, branches, it));
        let found = declared.or_else(|| {
            let (wire, values) = model.tag(branches)?;
            let values = values.into_iter().map(owned);
            Some(Discriminator {
                wire: wire.to_owned(),
                values: values.collect(),
                names: Vec::new(),
            })
        });
        settled.insert(name.clone(), found);
    }
    for (name, found) in settled {
        if let Some(discriminator) = &found {
            hold(model, &name, discriminator);
        }
        let shape = model.types.get_mut(&name).map(|it| &mut it.shape);
        if let Some(Shape::Union { discriminator, .. }) = shape {
            *discriminator = found;
        }
    }
}

fn owned(values: Vec<&str>) -> Vec<String> {
    values.into_iter().map(str::to_owned).collect()
}

/// The mapping goes before an `enum`, and that before the component's name, which is only meant
/// where nothing else is said.
fn weighed(model: &Model, branches: &[Branch], declared: &Discriminator) -> Option<Discriminator> {
    let wire = &declared.wire;
    let mapped = declared.values.iter();
    let mapped = mapped.map(|values| values.iter().map(String::as_str).collect());
    let mut values: Vec<Vec<&str>> = mapped.collect();
    let mut taken: BTreeSet<&str> = values.iter().flatten().copied().collect();
    let listed: Vec<Vec<&str>> = branches
        .iter()
        .map(|branch| listed(model, branch, wire, NESTING))
        .collect();
    let of_one = |value: &str| listed.iter().filter(|it| it.contains(&value)).count() == 1;
    let names = declared.names.iter();
    let all = values.iter_mut().zip(&listed).zip(names).zip(branches);
    for (((values, listed), names), branch) in all {
        // Only an object has a member that could lead to its branch; another is told by its type.
        if !model.may_be_object(&branch.schema) {
            values.clear();
            continue;
        }
        let own = listed.iter().copied().filter(|value| of_one(value));
        values.extend(own.filter(|value| taken.insert(value)));
        if listed.is_empty() {
            let named = names.iter().map(String::as_str);
            values.extend(named.filter(|value| taken.insert(value)));
        }
    }
    let any = values.iter().any(|values| !values.is_empty());
    any.then(|| Discriminator {
        wire: wire.clone(),
        values: values.into_iter().map(owned).collect(),
        names: Vec::new(),
    })
}

/// The values that a branch's own `enum` lists for a member; those of all its branches where it is
/// a union.
fn listed<'a>(model: &'a Model, branch: &Branch, wire: &str, depth: usize) -> Vec<&'a str> {
    if let Some(fields) = model.fields(&branch.schema) {
        let field = fields.iter().find(|field| field.wire == wire);
        let values = field.and_then(|field| model.values(&field.schema));
        return values.unwrap_or_default();
    }
    let Schema::Ref(name) = &branch.schema else {
        return Vec::new();
    };
    match model.types.get(name).map(|definition| &definition.shape) {
        Some(Shape::Union { branches, .. }) if depth > 0 => branches
            .iter()
            .flat_map(|branch| listed(model, branch, wire, depth - 1))
            .collect(),
        _ => Vec::new(),
    }
}

/// A branch that does not declare the member gets it: otherwise its value would be lost.
fn hold(model: &mut Model, union: &str, discriminator: &Discriminator) {
    let shape = model.types.get(union).map(|it| &it.shape);
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
        let shape = model.types.get_mut(&name).map(|it| &mut it.shape);
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
            required: false,
            doc: Some("Tells the branches of a union apart.".to_owned()),
            deprecated: false,
            access: Access::Both,
        });
        fields
            .sort_by(|one, other| (!one.required, &one.wire).cmp(&(!other.required, &other.wire)));
    }
}
