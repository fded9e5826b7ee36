//! Whether the branches of an `anyOf` can overlap, and whether anything is lost where they do.
//!
//! A value of the union is read as one branch. Something is lost where two branches fit that are
//! objects, each with a property that the other does not have. What cannot be decided counts as lost.

use std::collections::BTreeSet;

use serde_json::Value;

use super::context::Context;
use crate::keywords;

/// How deep properties are compared; deeper ones count as different.
const DEEPEST: usize = 6;

/// Whether one branch holds all of any value that several branches fit.
pub(super) fn is_lossless(context: &Context<'_>, branches: &[Value]) -> bool {
    branches.iter().enumerate().all(|(index, one)| {
        let others = branches.iter().skip(index + 1);
        others
            .into_iter()
            .all(|other| one_holds_all(context, one, other, DEEPEST))
    })
}

/// Whether a value of both schemas is held by one of them.
fn one_holds_all(context: &Context<'_>, one: &Value, other: &Value, depth: usize) -> bool {
    if !context.compares(1) {
        return false;
    }
    let (Some(one), Some(other)) = (context.resolve(one), context.resolve(other)) else {
        return false;
    };
    if one == other || disjoint(context, one, other, depth) {
        return true;
    }
    let (Some(of_one), Some(of_other)) = (json_type(one), json_type(other)) else {
        return false;
    };
    match of_one {
        _ if of_one != of_other => true,
        "array" => match (one.get("items"), other.get("items")) {
            (Some(one), Some(other)) if depth > 0 => one_holds_all(context, one, other, depth - 1),
            (Some(_), Some(_)) => false,
            _ => true,
        },
        "object" => {
            is_map(one)
                || is_map(other)
                || subsumes(context, one, other, depth)
                || subsumes(context, other, one, depth)
        }
        // Text is text, and a number a number, whatever is listed.
        _ => true,
    }
}

/// Whether no value is of both schemas.
fn disjoint(context: &Context<'_>, one: &Value, other: &Value, depth: usize) -> bool {
    let (Some(one), Some(other)) = (context.resolve(one), context.resolve(other)) else {
        return false;
    };
    if let (Some(of_one), Some(of_other)) = (json_type(one), json_type(other))
        && of_one != of_other
    {
        return true;
    }
    if let (Some(values), Some(others)) = (values(one), values(other)) {
        if !context.compares(values.len().saturating_mul(others.len())) {
            return false;
        }
        return values.iter().all(|value| !others.contains(value));
    }
    let (required, others) = (required(one), required(other));
    depth > 0
        && context.compares(required.len() + others.len())
        && required.intersection(&others).any(|name| {
            let (member, other) = (property(one, name), property(other, name));
            member
                .zip(other)
                .is_some_and(|(member, other)| disjoint(context, member, other, depth - 1))
        })
}

/// Whether the members of the other object are among those of the one, and no less is said there.
fn subsumes(context: &Context<'_>, one: &Value, other: &Value, depth: usize) -> bool {
    let Some(members) = other.get("properties").and_then(Value::as_object) else {
        return false;
    };
    depth > 0
        && has_only_named_properties(one)
        && has_only_named_properties(other)
        && members.iter().all(|(name, member)| {
            property(one, name).is_some_and(|own| one_holds_all(context, own, member, depth - 1))
        })
}

/// Whether all properties of an object that have a type are under `properties`.
fn has_only_named_properties(schema: &Value) -> bool {
    let closed = schema
        .get("additionalProperties")
        .is_none_or(Value::is_boolean);
    let declares_others = |name: &String| {
        name == "patternProperties" || (name != "$ref" && keywords::composes_others(name))
    };
    let mut names = schema
        .as_object()
        .into_iter()
        .flat_map(|schema| schema.keys());
    closed && !names.any(declares_others)
}

/// An object of any members, all of which are kept.
fn is_map(schema: &Value) -> bool {
    has_only_named_properties(schema)
        && schema.get("properties").is_none()
        && schema.get("additionalProperties") != Some(&Value::Bool(false))
}

/// The JSON type of a schema's values; a whole number is a number.
fn json_type(schema: &Value) -> Option<&str> {
    match schema.get("type").and_then(Value::as_str) {
        Some("integer") => Some("number"),
        None if schema.get("properties").is_some() && has_only_named_properties(schema) => {
            Some("object")
        }
        given => given,
    }
}

fn values(schema: &Value) -> Option<Vec<&Value>> {
    let listed = schema.get("enum").and_then(Value::as_array);
    listed
        .map(|values| values.iter().collect())
        .or_else(|| schema.get("const").map(|value| vec![value]))
}

fn required(schema: &Value) -> BTreeSet<&str> {
    let names = schema.get("required").and_then(Value::as_array);
    let names = names.into_iter().flatten();
    names.filter_map(Value::as_str).collect()
}

fn property<'a>(schema: &'a Value, name: &str) -> Option<&'a Value> {
    schema.get("properties")?.get(name)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::context::Context;
    use super::is_lossless;
    use crate::resolve::References;

    #[track_caller]
    fn check(lossless: bool, branches: &Value) {
        let root = json!({ "a": { "type": "object", "properties": { "next": { "$ref": "#/a" }, "x": {} } },
                           "b": { "type": "object", "properties": { "next": { "$ref": "#/b" }, "y": {} } } });
        let references = References::of(&root);
        let context = Context::new(&references);
        let branches = branches.as_array().map(Vec::as_slice).unwrap_or_default();
        assert_eq!(is_lossless(&context, branches), lossless, "{branches:?}");
    }

    fn object(members: Value, required: &[&str]) -> Value {
        json!({ "type": "object", "properties": members, "required": required })
    }

    #[test]
    fn branches_of_scalars_lose_nothing() {
        check(
            true,
            &json!([{ "type": "string" }, { "type": "string", "enum": [""] }]),
        );
        check(
            true,
            &json!([{ "type": "integer" }, { "type": "number" }, { "type": "object" }]),
        );
        check(
            true,
            &json!([{ "type": "array", "items": { "type": "string" } }, { "type": "array" }]),
        );
        check(
            false,
            &json!([{ "allOf": [] }, { "type": "object", "properties": {} }]),
        );
    }

    #[test]
    fn objects_lose_nothing_where_one_is_all_of_the_other_or_none_is_both() {
        let text = json!({ "type": "string" });
        let (small, large) = (
            object(json!({ "x": text }), &[]),
            object(json!({ "x": text, "y": {} }), &[]),
        );
        check(true, &json!([small, large]));
        check(true, &json!([large, small]));
        check(
            false,
            &json!([large, object(json!({ "x": text, "z": {} }), &[])]),
        );
        let tagged = |value: &str, member: &str, required: &[&str]| {
            object(json!({ "tag": { "enum": [value] }, member: {} }), required)
        };
        check(
            true,
            &json!([tagged("a", "x", &["tag"]), tagged("b", "y", &["tag"])]),
        );
        check(
            false,
            &json!([tagged("a", "x", &["tag"]), tagged("b", "y", &[])]),
        );
        check(
            false,
            &json!([tagged("a", "x", &["tag"]), tagged("a", "y", &["tag"])]),
        );
        check(true, &json!([{ "type": "object" }, large]));
    }

    #[test]
    fn recursion_ends_undecided() {
        check(false, &json!([{ "$ref": "#/a" }, { "$ref": "#/b" }]));
        check(false, &json!([{ "$ref": "#/nowhere" }, { "$ref": "#/b" }]));
    }
}
