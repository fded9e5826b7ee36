//! Rules for schemas that are not composed of others.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::Context;
use super::internal::{CONSTANTS, is_extension};
use super::prose::{self, note};
use super::rules::{Effect, Node};
use crate::bounds::members;
use crate::prose::span;

/// Keywords that belong to one type, for telling a type that is not given.
const IMPLIED: &[(&str, &str)] = &[
    ("properties", "object"),
    ("additionalProperties", "object"),
    ("required", "object"),
    ("patternProperties", "object"),
    ("items", "array"),
    ("minItems", "array"),
    ("maxItems", "array"),
    ("uniqueItems", "array"),
    ("pattern", "string"),
    ("minLength", "string"),
    ("maxLength", "string"),
    ("minimum", "number"),
    ("maximum", "number"),
    ("exclusiveMinimum", "number"),
    ("exclusiveMaximum", "number"),
    ("multipleOf", "number"),
];

/// The formats that have a Rust type, with the type they go with.
const FORMATS: &[(&str, &str)] = &[
    ("string", "date"),
    ("string", "date-time"),
    ("string", "uuid"),
    ("string", "password"),
    ("string", "binary"),
    ("integer", "int32"),
    ("integer", "int64"),
    ("integer", "uint64"),
    ("number", "float"),
    ("number", "double"),
];

/// The type that all keywords of a schema are about, where that is objects or arrays.
pub(super) fn about(schema: &Node) -> Option<&'static str> {
    let owner = |keyword: &String| {
        let known = IMPLIED.iter().find(|(known, _)| known == keyword);
        known.map(|(_, owner)| *owner)
    };
    let mut owners = schema.keys().filter(|it| !prose::annotates(it)).map(owner);
    let first = owners.next()??;
    let structure = first == "object" || first == "array";
    (structure && owners.all(|owner| owner == Some(first))).then_some(first)
}

fn is_composed(schema: &Node) -> bool {
    ["$ref", "oneOf", "anyOf", "allOf"]
        .iter()
        .any(|keyword| schema.contains_key(*keyword))
}

pub(super) fn null_in_types(_: &Context<'_>, schema: &mut Node) -> Effect {
    let Some(Value::Array(types)) = schema.get_mut("type") else {
        return Effect::None;
    };
    let before = types.len();
    types.retain(|name| name != "null");
    let nullable = types.len() < before;
    let single = if types.len() == 1 { types.pop() } else { None };
    let empty = types.is_empty() && single.is_none();
    if let Some(single) = single {
        schema.insert("type".to_owned(), single);
    } else if empty {
        schema.remove("type");
    }
    match nullable {
        true => {
            schema.insert("nullable".to_owned(), Value::Bool(true));
            Effect::Again(String::new())
        }
        false if schema.get("type").is_some_and(Value::is_array) => Effect::None,
        false => Effect::Silent,
    }
}

pub(super) fn types(context: &Context<'_>, schema: &mut Node) -> Effect {
    let Some(Value::Array(types)) = schema.get("type").cloned() else {
        return Effect::None;
    };
    if !context.copies(members(schema).saturating_mul(types.len())) {
        return Effect::None;
    }
    schema.remove("type");
    let kept: Node = prose::take_annotations(schema);
    let keywords = std::mem::take(schema);
    let branches = types.iter().map(|name| {
        let mut branch = keywords.clone();
        branch.retain(|keyword, _| {
            let owner = IMPLIED
                .iter()
                .find(|(known, _)| known == keyword)
                .map(|(_, owner)| *owner);
            owner.is_none_or(|owner| name == owner || (owner == "number" && name == "integer"))
        });
        branch.insert("type".to_owned(), name.clone());
        Value::Object(branch)
    });
    let branches: Vec<Value> = branches.collect();
    *schema = kept;
    schema.insert("oneOf".to_owned(), Value::Array(branches));
    let names: Vec<&str> = types.iter().filter_map(Value::as_str).collect();
    Effect::Again(names.join(", "))
}

pub(super) fn constant(_: &Context<'_>, schema: &mut Node) -> Effect {
    let secret = is_secret(&Value::Object(schema.clone()));
    let Some(value) = schema.remove("const") else {
        return Effect::None;
    };
    let detail = if secret {
        String::new()
    } else {
        value.to_string()
    };
    schema.insert("enum".to_owned(), Value::Array(vec![value]));
    Effect::Again(detail)
}

pub(super) fn null_in_enum(_: &Context<'_>, schema: &mut Node) -> Effect {
    let Some(Value::Array(values)) = schema.get_mut("enum") else {
        return Effect::None;
    };
    let before = values.len();
    values.retain(|value| !value.is_null());
    if values.len() == before {
        return Effect::None;
    }
    if values.is_empty() {
        schema.remove("enum");
    }
    schema.insert("nullable".to_owned(), Value::Bool(true));
    Effect::Again(String::new())
}

pub(super) fn type_null(_: &Context<'_>, schema: &mut Node) -> Effect {
    if schema.get("type").and_then(Value::as_str) != Some("null") {
        return Effect::None;
    }
    schema.remove("type");
    schema.insert("nullable".to_owned(), Value::Bool(true));
    Effect::Again(String::new())
}

pub(super) fn implied_type(_: &Context<'_>, schema: &mut Node) -> Effect {
    if schema.contains_key("type") || is_composed(schema) {
        return Effect::None;
    }
    let listed = schema.get("enum").and_then(Value::as_array);
    let of_enum = match listed.map(|values| type_of(values)) {
        // Values of several types are of none.
        Some(None) => return Effect::None,
        Some(of) => of,
        None => None,
    };
    let implied = IMPLIED
        .iter()
        .find(|(keyword, _)| schema.contains_key(*keyword));
    // A format says nothing about other types, and is given for the sake of its own.
    let of_format = FORMATS
        .iter()
        .find(|(_, format)| schema.get("format").is_some_and(|it| it == format));
    let implied = implied.map(|(_, owner)| *owner);
    let of_format = of_format.map(|(owner, _)| *owner);
    let Some(name) = of_enum.or(of_format).or(implied) else {
        return Effect::None;
    };
    schema.insert("type".to_owned(), json!(name));
    Effect::Done(name.to_owned())
}

/// The type that all values have; a whole number is a number beside others.
fn type_of(values: &[Value]) -> Option<&'static str> {
    let types: Option<BTreeSet<&'static str>> = values
        .iter()
        .map(|value| match value {
            Value::String(_) => Some("string"),
            Value::Bool(_) => Some("boolean"),
            Value::Number(number) if number.is_f64() => Some("number"),
            Value::Number(_) => Some("integer"),
            _ => None,
        })
        .collect();
    let types: Vec<&'static str> = types?.into_iter().collect();
    match types.as_slice() {
        [single] => Some(*single),
        ["integer", "number"] => Some("number"),
        _ => None,
    }
}

/// Whether a schema is a secret.
pub(crate) fn is_secret(schema: &Value) -> bool {
    let is = |name: &Value| name == "string" || name == &json!(["string", "null"]);
    schema.get("format").is_some_and(|it| it == "password") && schema.get("type").is_none_or(is)
}

pub(super) fn password(context: &Context<'_>, schema: &mut Node) -> Effect {
    if let Some(reference) = schema.get("$ref") {
        // What a secret is by default, beside a reference to it, is a secret too.
        let meant = json!({ "$ref": reference });
        let default = schema.get("default").is_some_and(|it| !it.is_null());
        let secret = default && context.resolve(&meant).is_some_and(is_secret);
        return if secret && schema.remove("default").is_some() {
            Effect::Done("default".to_owned())
        } else {
            Effect::None
        };
    }
    let is =
        |keyword: &str, value: &str| schema.get(keyword).and_then(Value::as_str) == Some(value);
    if !is("format", "password") || !is("type", "string") {
        return Effect::None;
    }
    const KEPT: &[&str] = &[
        "type",
        "format",
        "nullable",
        "description",
        "deprecated",
        "readOnly",
        "title",
        "writeOnly",
    ];
    let before: Vec<String> = super::sorted(schema).into_keys().cloned().collect();
    schema.retain(|keyword, _| KEPT.contains(&keyword.as_str()));
    let gone: Vec<&str> = before
        .iter()
        .map(String::as_str)
        .filter(|it| !schema.contains_key(*it))
        .collect();
    if gone.iter().any(|keyword| !is_extension(keyword)) {
        Effect::Done(gone.join(", "))
    } else {
        Effect::None
    }
}

/// OpenAPI 3.1 gives the bound itself, 3.0 a flag beside `minimum` or `maximum`.
pub(super) fn exclusive(_: &Context<'_>, schema: &mut Node) -> Effect {
    let mut details = Vec::new();
    for (exclusive, inclusive) in [
        ("exclusiveMinimum", "minimum"),
        ("exclusiveMaximum", "maximum"),
    ] {
        let Some(bound) = schema.get(exclusive).filter(|it| it.is_number()).cloned() else {
            continue;
        };
        details.push(format!("{exclusive} {bound}"));
        schema.insert(inclusive.to_owned(), bound);
        schema.insert(exclusive.to_owned(), Value::Bool(true));
    }
    if details.is_empty() {
        Effect::None
    } else {
        Effect::Done(details.join(", "))
    }
}

/// What is said of an integer tells its sign and its size, the examples included: where no value
/// is below zero and one is beyond `i64`, that is `u64`.
pub(super) fn wide(_: &Context<'_>, schema: &mut Node) -> Effect {
    let told = told(schema);
    let below = |it: &&Value| it.as_f64().is_some_and(|it| it < 0.0);
    match told.iter().find(|it| is_beyond(it)) {
        Some(value) if !told.iter().any(below) => {
            let detail = value.to_string();
            schema.insert("format".to_owned(), json!("uint64"));
            Effect::Done(detail)
        }
        _ => Effect::None,
    }
}

/// Whether the examples of a schema may tell its type, and so are facts.
pub(crate) fn is_told_by_examples(schema: &Map<String, Value>) -> bool {
    told(schema).into_iter().any(is_beyond)
}

fn is_beyond(value: &Value) -> bool {
    value.is_u64() && !value.is_i64()
}

/// The values that are said of an integer whose size nothing else tells.
fn told(schema: &Map<String, Value>) -> Vec<&Value> {
    let is_integer = |name: &Value| match name {
        Value::Array(names) => {
            let mut names = names.iter().filter(|it| *it != "null");
            names.next().is_some_and(|it| it == "integer") && names.next().is_none()
        }
        name => name == "integer",
    };
    if !schema.get("type").is_some_and(is_integer) || schema.contains_key("format") {
        return Vec::new();
    }
    const SINGLE: &[&str] = &["minimum", "maximum", "default", "example"];
    const LISTS: &[&str] = &["enum", "examples"];
    let single = SINGLE.iter().filter_map(|keyword| schema.get(*keyword));
    let lists = LISTS.iter().filter_map(|keyword| schema.get(*keyword));
    let lists = lists.filter_map(Value::as_array).flatten();
    single.chain(lists).collect()
}

/// Only an `enum` of text becomes a Rust enum. Other values tell the branches of unions apart.
pub(super) fn enum_values(_: &Context<'_>, schema: &mut Node) -> Effect {
    let Some(Value::Array(values)) = schema.get("enum") else {
        return Effect::None;
    };
    let is_text = schema.get("type").and_then(Value::as_str) == Some("string");
    if is_text && !values.is_empty() && values.iter().all(Value::is_string) {
        return Effect::None;
    }
    let listed: Vec<String> = values
        .iter()
        .map(|value| span(&value.to_string()))
        .collect();
    let constants = schema.remove("enum").filter(is_scalars);
    if let Some(constants) = constants {
        schema.insert(CONSTANTS.to_owned(), constants);
    }
    if !listed.is_empty() {
        note(schema, &format!("One of {}.", listed.join(", ")));
    }
    Effect::Done(listed.join(", "))
}

/// Whether all values are numbers, or true or false.
fn is_scalars(values: &Value) -> bool {
    let values = values.as_array().map(Vec::as_slice).unwrap_or_default();
    let is_scalar = |value: &Value| value.is_number() || value.is_boolean();
    !values.is_empty() && values.iter().all(is_scalar)
}

pub(super) fn format(_: &Context<'_>, schema: &mut Node) -> Effect {
    let Some(format) = schema.get("format").cloned() else {
        return Effect::None;
    };
    let name = schema.get("type").and_then(Value::as_str);
    let known = FORMATS
        .iter()
        .any(|(of, known)| name == Some(of) && format == *known);
    let on_enum = schema.contains_key("enum");
    if known && !on_enum {
        return Effect::None;
    }
    schema.remove("format");
    let Some(format) = format.as_str() else {
        return Effect::None;
    };
    if !on_enum {
        note(schema, &format!("Format: {}.", span(format)));
    }
    Effect::Done(format.to_owned())
}

pub(super) fn closed(_: &Context<'_>, schema: &mut Node) -> Effect {
    if schema.get("additionalProperties") != Some(&Value::Bool(false)) {
        return Effect::None;
    }
    schema.remove("additionalProperties");
    Effect::Done(String::new())
}
