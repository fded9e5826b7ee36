//! Rules for types, formats and listed values: schemas that are not composed of others.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::context::Context;
use super::documented::{append_description, take_annotations};
use super::rule::{Effect, Keywords, Node};
use super::sorted;
use crate::bounds::members;
use crate::keywords::{self, Class, Holds};
use crate::model::Constant;
use crate::prose::span;

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
pub(super) fn concerned_type(schema: &Keywords) -> Option<&'static str> {
    let constraining = schema.keys().filter(|name| !keywords::is_annotation(name));
    let mut types = constraining.map(|name| keywords::find(name)?.concerns);
    let first = types.next()??;
    let structure = first == "object" || first == "array";
    (structure && types.all(|concerns| concerns == Some(first))).then_some(first)
}

/// `type: [string, "null"]` is a nullable string.
pub(super) fn null_in_types(_: &Context<'_>, node: &mut Node) -> Effect {
    let schema = &mut node.keywords;
    let Some(Value::Array(types)) = schema.get_mut("type") else {
        return Effect::Unchanged;
    };
    let before = types.len();
    types.retain(|name| name != "null");
    let nullable = types.len() < before;
    let single = if types.len() == 1 { types.pop() } else { None };
    let several = single.is_none() && !types.is_empty();
    if let Some(single) = single {
        schema.insert("type".to_owned(), single);
    } else if !several {
        schema.remove("type");
    }
    if nullable {
        schema.insert("nullable".to_owned(), Value::Bool(true));
        return Effect::Restart(String::new());
    }
    if several {
        Effect::Unchanged
    } else {
        Effect::Rearranged
    }
}

/// A list of types is a union; each keyword goes to the branch of the type that it concerns.
pub(super) fn types(context: &Context<'_>, node: &mut Node) -> Effect {
    let schema = &mut node.keywords;
    let Some(Value::Array(types)) = schema.get("type").cloned() else {
        return Effect::Unchanged;
    };
    if !context.copies(members(schema).saturating_mul(types.len())) {
        return Effect::Unchanged;
    }
    schema.remove("type");
    let annotations = take_annotations(schema);
    let all = std::mem::replace(schema, annotations);
    let branches = types.iter().map(|name| {
        let mut branch = all.clone();
        branch.retain(|keyword, _| concerns(keyword, name));
        branch.insert("type".to_owned(), name.clone());
        Value::Object(branch)
    });
    schema.insert("oneOf".to_owned(), branches.collect());
    let names: Vec<&str> = types.iter().filter_map(Value::as_str).collect();
    Effect::Distributed(names.join(", "))
}

/// Whether a keyword says something about values of a type.
fn concerns(keyword: &str, json_type: &Value) -> bool {
    let concerned = keywords::find(keyword).and_then(|keyword| keyword.concerns);
    concerned.is_none_or(|concerned| {
        json_type == concerned || (concerned == "number" && json_type == "integer")
    })
}

/// `const` is an `enum` of one value.
pub(super) fn constant(_: &Context<'_>, node: &mut Node) -> Effect {
    let secret = is_secret_schema(&node.keywords);
    let Some(value) = node.keywords.remove("const") else {
        return Effect::Unchanged;
    };
    let detail = if secret {
        String::new()
    } else {
        value.to_string()
    };
    let values = Value::Array(vec![value]);
    node.keywords.insert("enum".to_owned(), values);
    Effect::Restart(detail)
}

/// Null among the values of an `enum` is no value of its type.
pub(super) fn null_in_enum(_: &Context<'_>, node: &mut Node) -> Effect {
    let schema = &mut node.keywords;
    let Some(Value::Array(values)) = schema.get_mut("enum") else {
        return Effect::Unchanged;
    };
    let before = values.len();
    values.retain(|value| !value.is_null());
    if values.len() == before {
        return Effect::Unchanged;
    }
    if values.is_empty() {
        schema.remove("enum");
    }
    schema.insert("nullable".to_owned(), Value::Bool(true));
    Effect::Restart(String::new())
}

/// A schema for null alone has no type in Rust.
pub(super) fn type_null(_: &Context<'_>, node: &mut Node) -> Effect {
    let schema = &mut node.keywords;
    if schema.get("type").and_then(Value::as_str) != Some("null") {
        return Effect::Unchanged;
    }
    schema.remove("type");
    schema.insert("nullable".to_owned(), Value::Bool(true));
    Effect::Restart(String::new())
}

/// Takes a missing type from the listed values, the format, or the keywords of one type.
pub(super) fn implied_type(_: &Context<'_>, node: &mut Node) -> Effect {
    let schema = &mut node.keywords;
    let composed = schema.keys().any(|name| keywords::composes_others(name));
    if schema.contains_key("type") || composed {
        return Effect::Unchanged;
    }
    let listed = schema.get("enum").and_then(Value::as_array);
    let of_values = match listed.map(|values| type_of(values)) {
        // Values of several types are of none.
        Some(None) => return Effect::Unchanged,
        Some(of) => of,
        None => None,
    };
    let given = schema.get("format");
    let of_format = FORMATS
        .iter()
        .find(|(_, format)| given.is_some_and(|given| given == format))
        .map(|(of, _)| *of);
    let Some(name) = of_values.or(of_format).or(of_keywords(schema)) else {
        return Effect::Unchanged;
    };
    schema.insert("type".to_owned(), json!(name));
    Effect::Applied(name.to_owned())
}

/// The type of the first keyword in the table that concerns one type only.
fn of_keywords(schema: &Keywords) -> Option<&'static str> {
    let mut known = keywords::KEYWORDS.iter().filter(|keyword| {
        matches!(keyword.class, Class::Shapes | Class::Constrains)
            && schema.contains_key(keyword.name)
    });
    known.find_map(|keyword| keyword.concerns)
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
pub(super) fn is_secret(schema: &Value) -> bool {
    schema.as_object().is_some_and(is_secret_schema)
}

/// As [`is_secret`], for the keywords of a schema.
pub(super) fn is_secret_schema(schema: &Keywords) -> bool {
    let is_text = |name: &Value| name == "string" || name == &json!(["string", "null"]);
    schema
        .get("format")
        .is_some_and(|format| format == "password")
        && schema.get("type").is_none_or(is_text)
}

/// A secret keeps nothing that could print its value.
pub(super) fn password(context: &Context<'_>, node: &mut Node) -> Effect {
    let schema = &mut node.keywords;
    if let Some(reference) = schema.get("$ref") {
        // What a secret is by default, beside a reference to it, is a secret too.
        let target = json!({ "$ref": reference });
        let default = schema.get("default").is_some_and(|value| !value.is_null());
        if default && context.resolve(&target).is_some_and(is_secret) {
            schema.remove("default");
            return Effect::Applied("default".to_owned());
        }
        return Effect::Unchanged;
    }
    let is = |keyword: &str, value: &str| {
        let given = schema.get(keyword).and_then(Value::as_str);
        given == Some(value)
    };
    if !is("format", "password") || !is("type", "string") {
        return Effect::Unchanged;
    }
    let mut dropped: Vec<String> = schema.keys().cloned().collect();
    schema.retain(|keyword, _| keywords::is_kept_by_secrets(keyword));
    dropped.retain(|keyword| !schema.contains_key(keyword));
    dropped.sort();
    if dropped.is_empty() {
        Effect::Unchanged
    } else {
        Effect::Applied(dropped.join(", "))
    }
}

/// OpenAPI 3.1 gives the bound itself, 3.0 a flag beside `minimum` or `maximum`.
pub(super) fn exclusive(_: &Context<'_>, node: &mut Node) -> Effect {
    let details = exclusive_bounds(&mut node.keywords);
    if details.is_empty() {
        Effect::Unchanged
    } else {
        Effect::Applied(details.join(", "))
    }
}

/// Writes exclusive bounds as OpenAPI 3.0 does; says which there were.
pub(super) fn exclusive_bounds(schema: &mut Keywords) -> Vec<String> {
    let mut details = Vec::new();
    for (exclusive, inclusive) in [
        ("exclusiveMinimum", "minimum"),
        ("exclusiveMaximum", "maximum"),
    ] {
        let given = schema.get(exclusive).filter(|bound| bound.is_number());
        let Some(bound) = given.cloned() else {
            continue;
        };
        details.push(format!("{exclusive} {bound}"));
        schema.insert(inclusive.to_owned(), bound);
        schema.insert(exclusive.to_owned(), Value::Bool(true));
    }
    details
}

/// An integer of which no value is below zero and one is beyond `i64` is a `u64`.
pub(super) fn wide(_: &Context<'_>, node: &mut Node) -> Effect {
    let values = integer_values(&node.keywords);
    let is_negative = |value: &&Value| value.as_f64().is_some_and(|value| value < 0.0);
    if values.iter().any(is_negative) {
        return Effect::Unchanged;
    }
    let Some(value) = values.into_iter().find(|value| exceeds_i64(value)) else {
        return Effect::Unchanged;
    };
    let detail = value.to_string();
    let schema = &mut node.keywords;
    schema.insert("format".to_owned(), json!("uint64"));
    Effect::Applied(detail)
}

/// Whether the examples of a schema may decide its type, and so are more than examples.
pub(crate) fn is_typed_by_examples(schema: &Map<String, Value>) -> bool {
    integer_values(schema).into_iter().any(exceeds_i64)
}

fn exceeds_i64(value: &Value) -> bool {
    value.is_u64() && !value.is_i64()
}

/// The values that the keywords of an integer hold, where no format says its size.
fn integer_values(schema: &Keywords) -> Vec<&Value> {
    let is_integer = |name: &Value| match name {
        Value::Array(names) => {
            let mut names = names.iter().filter(|name| *name != "null");
            names.next().is_some_and(|name| name == "integer") && names.next().is_none()
        }
        name => name == "integer",
    };
    if !schema.get("type").is_some_and(is_integer) || schema.contains_key("format") {
        return Vec::new();
    }
    let holding = keywords::KEYWORDS
        .iter()
        .filter(|keyword| keyword.holds_values);
    let mut values = Vec::new();
    for keyword in holding {
        match schema.get(keyword.name) {
            Some(Value::Array(list)) if keyword.holds != Holds::Number => values.extend(list),
            Some(value) => values.push(value),
            None => {}
        }
    }
    values
}

/// Only an `enum` of text becomes a Rust enum. Other values tell the branches of unions apart.
pub(super) fn enum_values(_: &Context<'_>, node: &mut Node) -> Effect {
    let Some(Value::Array(values)) = node.keywords.get("enum") else {
        return Effect::Unchanged;
    };
    let is_text = node.keywords.get("type").and_then(Value::as_str) == Some("string");
    if is_text && !values.is_empty() && values.iter().all(Value::is_string) {
        return Effect::Unchanged;
    }
    let is_scalar = |value: &Value| value.is_number() || value.is_boolean();
    if values.iter().all(is_scalar) {
        let constants: BTreeSet<Constant> = values.iter().filter_map(Constant::of).collect();
        node.facts.constants = constants.into_iter().collect();
    }
    Effect::Applied(document_values(&mut node.keywords))
}

/// Moves the values of an `enum` into the description; says which there were.
pub(super) fn document_values(schema: &mut Keywords) -> String {
    let Some(Value::Array(values)) = schema.remove("enum") else {
        return String::new();
    };
    let values = values.iter().map(|value| span(&value.to_string()));
    let listed = values.collect::<Vec<_>>().join(", ");
    if !listed.is_empty() {
        append_description(schema, &format!("One of {listed}."));
    }
    listed
}

/// A format without a Rust type only describes.
pub(super) fn format(_: &Context<'_>, node: &mut Node) -> Effect {
    let schema = &mut node.keywords;
    let Some(format) = schema.get("format").cloned() else {
        return Effect::Unchanged;
    };
    let name = schema.get("type").and_then(Value::as_str);
    let has_type = FORMATS
        .iter()
        .any(|(of, known)| name == Some(of) && format == *known);
    let on_enum = schema.contains_key("enum");
    if has_type && !on_enum {
        return Effect::Unchanged;
    }
    schema.remove("format");
    let Some(format) = format.as_str() else {
        return Effect::Unchanged;
    };
    if !on_enum {
        append_description(schema, &format!("Format: {}.", span(format)));
    }
    Effect::Applied(format.to_owned())
}

/// A closed object has no other properties, which is what a struct says.
pub(super) fn closed(_: &Context<'_>, node: &mut Node) -> Effect {
    let schema = &mut node.keywords;
    if schema.get("additionalProperties") != Some(&Value::Bool(false)) {
        return Effect::Unchanged;
    }
    schema.remove("additionalProperties");
    Effect::Applied(String::new())
}

/// The JSON types that a schema names, null aside; an integer is a number too.
pub(super) fn named_types(context: &Context<'_>, schema: &Value) -> BTreeSet<&'static str> {
    const NAMES: [&str; 5] = ["array", "boolean", "number", "object", "string"];
    let given = context
        .resolve(schema)
        .and_then(|schema| schema.get("type"));
    let listed = given.and_then(Value::as_array).into_iter().flatten();
    let all = listed.chain(given).filter_map(Value::as_str);
    let known = |name| match name {
        "integer" => Some("number"),
        _ => NAMES.into_iter().find(|known| *known == name),
    };
    all.filter_map(known).collect()
}

/// The constraining keywords of a schema, sorted, for the log.
pub(super) fn names_of(schema: &Keywords) -> String {
    let names: Vec<&str> = sorted(schema).into_keys().map(String::as_str).collect();
    names.join(", ")
}
