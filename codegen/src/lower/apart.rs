//! Whether the branches of an `anyOf` can overlap, and whether anything is lost where they do.
//!
//! A union holds one branch. That is all there is of a value unless two branches fit it that are
//! objects, each with a member that the other does not have. What cannot be decided counts as loss.

use std::collections::BTreeSet;

use serde_json::Value;

use super::Context;

/// How deep members are compared; deeper ones count as different.
const DEPTH: usize = 6;

/// How many comparisons a document may need in all. Branches are compared in pairs, and members
/// that refer to the same schemas again at every level.
pub(super) const STEPS: usize = 500_000;

/// Whether one branch holds all that the branches say of any value.
pub(super) fn is_exact(context: &Context<'_>, branches: &[Value]) -> bool {
    branches.iter().enumerate().all(|(index, one)| {
        let others = branches.iter().skip(index + 1);
        others
            .into_iter()
            .all(|other| covers(context, one, other, DEPTH))
    })
}

/// Whether a value of both schemas is held by one of them.
fn covers(context: &Context<'_>, one: &Value, other: &Value, depth: usize) -> bool {
    if !context.compares(1) {
        return false;
    }
    let (Some(one), Some(other)) = (context.resolve(one), context.resolve(other)) else {
        return false;
    };
    if one == other || apart(context, one, other, depth) {
        return true;
    }
    let (Some(kind), Some(other_kind)) = (kind(one), kind(other)) else {
        return false;
    };
    match kind {
        _ if kind != other_kind => true,
        "array" => match (one.get("items"), other.get("items")) {
            (Some(one), Some(other)) if depth > 0 => covers(context, one, other, depth - 1),
            (Some(_), Some(_)) => false,
            _ => true,
        },
        "object" => {
            is_free(one)
                || is_free(other)
                || contains(context, one, other, depth)
                || contains(context, other, one, depth)
        }
        // Text is text, and a number a number, whatever is listed.
        _ => true,
    }
}

/// Whether no value is of both schemas.
fn apart(context: &Context<'_>, one: &Value, other: &Value, depth: usize) -> bool {
    let (Some(one), Some(other)) = (context.resolve(one), context.resolve(other)) else {
        return false;
    };
    if let (Some(kind), Some(other)) = (kind(one), kind(other))
        && kind != other
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
                .is_some_and(|(member, other)| apart(context, member, other, depth - 1))
        })
}

/// Whether the members of the other object are among those of the one, and no less is said there.
fn contains(context: &Context<'_>, one: &Value, other: &Value, depth: usize) -> bool {
    let Some(members) = other.get("properties").and_then(Value::as_object) else {
        return false;
    };
    depth > 0
        && is_plain(one)
        && is_plain(other)
        && members.iter().all(|(name, member)| {
            property(one, name).is_some_and(|own| covers(context, own, member, depth - 1))
        })
}

/// An object whose members are all under `properties`.
fn is_plain(schema: &Value) -> bool {
    let keywords = ["allOf", "oneOf", "anyOf", "patternProperties"];
    let closed = schema
        .get("additionalProperties")
        .is_none_or(Value::is_boolean);
    closed && keywords.iter().all(|it| schema.get(it).is_none())
}

/// An object of any members, all of which are kept.
fn is_free(schema: &Value) -> bool {
    is_plain(schema)
        && schema.get("properties").is_none()
        && schema.get("additionalProperties") != Some(&Value::Bool(false))
}

/// The JSON type of a schema's values; a whole number is a number.
fn kind(schema: &Value) -> Option<&str> {
    match schema.get("type").and_then(Value::as_str) {
        Some("integer") => Some("number"),
        None if schema.get("properties").is_some() && is_plain(schema) => Some("object"),
        given => given,
    }
}

fn values(schema: &Value) -> Option<Vec<&Value>> {
    let listed = schema.get("enum").and_then(Value::as_array);
    listed
        .map(|it| it.iter().collect())
        .or_else(|| schema.get("const").map(|it| vec![it]))
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

    use super::super::Context;
    use super::is_exact;

    #[track_caller]
    fn check(exact: bool, branches: &Value) {
        let root = json!({ "a": { "type": "object", "properties": { "next": { "$ref": "#/a" }, "x": {} } },
                           "b": { "type": "object", "properties": { "next": { "$ref": "#/b" }, "y": {} } } });
        let context = Context::new(&root);
        let branches = branches.as_array().map(Vec::as_slice).unwrap_or_default();
        assert_eq!(is_exact(&context, branches), exact, "{branches:?}");
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
