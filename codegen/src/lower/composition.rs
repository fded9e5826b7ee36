//! Rules for schemas that are composed of others: references, unions, and `allOf` of one schema.

use serde_json::{Value, json};

use super::composed::{names_null, takes_over};
use super::context::Context;
use super::documented::take_annotations;
use super::overlap;
use super::rule::{Effect, Keywords, Node};
use super::scalars::concerned_type;
use super::sorted;
use crate::bounds::members;
use crate::keywords::{self, UNIONS};

/// How deep an `allOf` is looked into for the schema that a union is part of.
const DEEPEST: usize = 8;

/// Takes over the keywords of another schema that this one does not have. The result is
/// nullable if either is.
pub(super) fn merge_missing(into: &mut Keywords, other: &Keywords) {
    for (keyword, value) in sorted(other) {
        let makes_nullable = keyword == "nullable" && value == &Value::Bool(true);
        if makes_nullable || !into.contains_key(keyword) {
            into.insert(keyword.clone(), value.clone());
        }
    }
}

fn only_annotates(schema: &Keywords) -> bool {
    schema.keys().all(|name| keywords::is_annotation(name))
}

/// In OpenAPI 3.1 keywords beside `$ref` apply too; annotations stay beside it, others become an
/// `allOf`.
pub(super) fn reference_siblings(_: &Context<'_>, node: &mut Node) -> Effect {
    if combine_siblings(&mut node.keywords) {
        Effect::Rearranged
    } else {
        Effect::Unchanged
    }
}

/// Makes an `allOf` of a reference and what constrains it; whether there is such.
pub(super) fn combine_siblings(schema: &mut Keywords) -> bool {
    let constrains = |name: &String| name != "$ref" && !keywords::is_annotation(name);
    if !schema.keys().any(constrains) {
        return false;
    }
    let Some(reference) = schema.remove("$ref") else {
        return false;
    };
    let annotations = take_annotations(schema);
    let rest = std::mem::replace(schema, annotations);
    let parts = json!([{ "$ref": reference }, rest]);
    schema.insert("allOf".to_owned(), parts);
    true
}

/// `null` is a value of the union, not of a branch: it is decoded before any branch is tried.
pub(super) fn null_branch(context: &Context<'_>, node: &mut Node) -> Effect {
    let schema = &mut node.keywords;
    for keyword in UNIONS {
        let Some(Value::Array(branches)) = schema.get_mut(keyword) else {
            continue;
        };
        let before = branches.len();
        branches.retain(|branch| !is_null(branch));
        let own = branches.iter_mut().filter_map(take_null).count();
        let names_null = |branch: &Value| context.resolve(branch).is_some_and(is_nullable);
        let referred = branches.iter().any(names_null);
        let (removed, none_left) = (branches.len() < before, branches.is_empty());
        let known = schema.get("nullable") == Some(&Value::Bool(true));
        if !removed && own == 0 && (known || !referred) {
            continue;
        }
        if none_left {
            schema.remove(keyword);
        }
        schema.insert("nullable".to_owned(), Value::Bool(true));
        return Effect::Restart(String::new());
    }
    Effect::Unchanged
}

fn is_nullable(schema: &Value) -> bool {
    schema.as_object().is_some_and(names_null)
}

/// Takes null from what a branch allows beside other values.
fn take_null(branch: &mut Value) -> Option<()> {
    if !is_nullable(branch) {
        return None;
    }
    let branch = branch.as_object_mut()?;
    branch.remove("nullable");
    if let Some(Value::Array(names)) = branch.get_mut("type") {
        names.retain(|name| name != "null");
    }
    if let Some(Value::Array(values)) = branch.get_mut("enum") {
        values.retain(|value| !value.is_null());
    }
    Some(())
}

fn is_null(branch: &Value) -> bool {
    let only_null = |list: &Value| {
        list.as_array()
            .is_some_and(|values| !values.is_empty() && values.iter().all(Value::is_null))
    };
    branch
        .get("type")
        .is_some_and(|name| name == "null" || name == &json!(["null"]))
        || branch.get("enum").is_some_and(only_null)
        || branch.get("const").is_some_and(Value::is_null)
}

/// `oneOf: [{required: [a]}, {required: [b]}]` beside properties says which go together, and no
/// type.
pub(super) fn required_union(_: &Context<'_>, node: &mut Node) -> Effect {
    let schema = &mut node.keywords;
    let beside = schema.contains_key("properties") || schema.contains_key("$ref");
    for keyword in UNIONS {
        let Some(Value::Array(branches)) = schema.get(keyword) else {
            continue;
        };
        if beside && !branches.is_empty() && branches.iter().all(only_requires) {
            let demands = branches.iter().map(demands).collect::<Value>();
            schema.remove(keyword);
            return Effect::Restart(demands.to_string());
        }
    }
    Effect::Unchanged
}

fn only_requires(branch: &Value) -> bool {
    let requires = |name: &String| {
        matches!(name.as_str(), "required" | "not") || keywords::is_annotation(name)
    };
    branch
        .as_object()
        .is_some_and(|branch| branch.keys().all(requires))
}

/// What a schema demands, without what annotates it.
fn demands(schema: &Value) -> Value {
    let Value::Object(members) = schema else {
        return schema.clone();
    };
    let members = sorted(members).into_iter();
    let constraining = members.filter(|(keyword, _)| !keywords::is_annotation(keyword));
    let demands = constraining.map(|(keyword, value)| {
        let value = if keyword == "not" {
            demands(value)
        } else {
            value.clone()
        };
        (keyword.clone(), value)
    });
    Value::Object(demands.collect())
}

/// Keywords beside a union apply to each branch.
pub(super) fn base_of_union(context: &Context<'_>, node: &mut Node) -> Effect {
    let schema = &mut node.keywords;
    let Some(keyword) = UNIONS.into_iter().find(|name| schema.contains_key(*name)) else {
        return Effect::Unchanged;
    };
    let Some(Value::Array(branches)) = schema.remove(keyword) else {
        return Effect::Rearranged;
    };
    let mut annotations = take_annotations(schema);
    if let Some(discriminator) = schema.remove("discriminator") {
        annotations.insert("discriminator".to_owned(), discriminator);
    }
    // A bare type beside a union is what its branches are anyway.
    let only_type = schema.keys().all(|name| name == "type");
    let base = std::mem::replace(schema, annotations);
    if base.is_empty() || only_type {
        schema.insert(keyword.to_owned(), Value::Array(branches));
        return Effect::Unchanged;
    }
    if !context.copies(members(&base).saturating_mul(branches.len())) {
        return Effect::Unchanged;
    }
    let concerned = concerned_type(&base);
    let base = Value::Object(base);
    let place = &node.place;
    // A child that takes over this schema by `allOf` has all of it. Properties say nothing about a
    // branch of another type.
    let concerns = |branch: &Value| {
        if takes_over(context, branch, place, DEEPEST) {
            return false;
        }
        let of = context
            .resolve(branch)
            .and_then(|branch| branch.get("type"));
        let of = of.and_then(Value::as_str);
        concerned.is_none() || of.is_none() || of == concerned
    };
    let branches = branches.into_iter().map(|branch| {
        if concerns(&branch) {
            json!({ "allOf": [base, branch] })
        } else {
            branch
        }
    });
    let branches: Value = branches.collect();
    schema.insert(keyword.to_owned(), branches);
    Effect::Distributed(String::new())
}

/// A union of one schema is that schema; one of none says nothing.
pub(super) fn union_of_one(_: &Context<'_>, node: &mut Node) -> Effect {
    let schema = &mut node.keywords;
    for keyword in UNIONS {
        let Some(Value::Array(branches)) = schema.get(keyword) else {
            continue;
        };
        match branches.as_slice() {
            [] => {
                schema.remove(keyword);
                return Effect::Rearranged;
            }
            [single] => {
                let single = single.as_object().cloned().unwrap_or_default();
                schema.remove(keyword);
                merge_missing(schema, &single);
                return Effect::Restart(String::new());
            }
            _ => {}
        }
    }
    Effect::Unchanged
}

/// Values of an `anyOf` may be of several branches at once.
pub(super) fn any_of(context: &Context<'_>, node: &mut Node) -> Effect {
    let schema = &node.keywords;
    let Some(branches) = schema.get("anyOf").and_then(Value::as_array) else {
        return Effect::Unchanged;
    };
    if schema.contains_key("discriminator") || overlap::is_lossless(context, branches) {
        return Effect::Unchanged;
    }
    node.facts.needs_combined_branch = true;
    Effect::Applied(format!("{} branches", branches.len()))
}

/// An `allOf` in which one part constrains is that part, with what the others annotate.
pub(super) fn all_of_one(_: &Context<'_>, node: &mut Node) -> Effect {
    let schema = &mut node.keywords;
    let Some(all) = schema.get("allOf").cloned() else {
        return Effect::Unchanged;
    };
    let all = all.as_array().cloned().unwrap_or_default();
    let parts = all.into_iter().filter_map(|part| match part {
        Value::Object(part) => Some(part),
        _ => None,
    });
    let (annotations, constraining): (Vec<Keywords>, Vec<Keywords>) =
        parts.partition(only_annotates);
    let constrains = |name: &String| name != "allOf" && !keywords::is_annotation(name);
    let beside = schema.keys().any(constrains);
    let only_type = schema
        .keys()
        .filter(|name| constrains(name))
        .all(|name| name == "type");
    match constraining.as_slice() {
        [] => {
            schema.remove("allOf");
            annotations
                .iter()
                .for_each(|part| merge_missing(schema, part));
            Effect::Rearranged
        }
        [single] if !beside || (only_type && single.contains_key("$ref")) => {
            schema.remove("allOf");
            schema.remove("type");
            annotations
                .iter()
                .for_each(|part| merge_missing(schema, part));
            merge_missing(schema, single);
            Effect::Restart(String::new())
        }
        _ => Effect::Unchanged,
    }
}

/// An `allOf` that no other rule expresses.
pub(super) fn all_of_conflict(_: &Context<'_>, node: &mut Node) -> Effect {
    let schema = &mut node.keywords;
    if schema.remove("allOf").is_none() {
        return Effect::Unchanged;
    }
    *schema = take_annotations(schema);
    Effect::Restart(String::new())
}
