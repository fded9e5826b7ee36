//! What is said about the members of a form: which are files, and how each is written.
//!
//! It is noted beside the schema before that is lowered, because files are told by keywords
//! (`format: binary`, `contentMediaType`) that no other schema keeps.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::internal::PARTS;
use super::{Context, media};
use crate::model::BodyKind;

/// How deep compositions are looked into.
const DEPTH: usize = 8;

/// Notes the parts of a body's media type object.
pub(super) fn note(context: &Context<'_>, name: &str, media_type: &mut Value) {
    let kind = media::kind(name);
    if !matches!(kind, BodyKind::Multipart | BodyKind::Form) {
        return;
    }
    let encodings = media_type.get("encoding").and_then(Value::as_object);
    let mut parts: BTreeMap<String, Map<String, Value>> = BTreeMap::new();
    for (member, encoding) in encodings.into_iter().flatten() {
        let Some(Value::Object(encoding)) = context.resolve(encoding) else {
            continue;
        };
        let mut part = Map::new();
        for key in ["contentType", "style", "explode", "headers"] {
            if let Some(value) = encoding.get(key) {
                part.insert(key.to_owned(), value.clone());
            }
        }
        parts.insert(member.clone(), part);
    }
    if kind == BodyKind::Multipart
        && let Some(schema) = media_type.get("schema")
    {
        let mut members = BTreeMap::new();
        properties(context, schema, &mut members, DEPTH);
        for (member, schema) in members {
            if let Some(list) = file(context, schema, DEPTH) {
                let part = parts.entry(member.to_owned()).or_default();
                part.insert("file".to_owned(), json!(if list { "list" } else { "one" }));
            }
        }
    }
    if let Value::Object(media_type) = media_type {
        media_type.insert(PARTS.to_owned(), json!(parts));
    }
}

/// The members of an object and of all that it is composed of.
fn properties<'a>(
    context: &'a Context<'_>,
    schema: &'a Value,
    members: &mut BTreeMap<&'a str, &'a Value>,
    depth: usize,
) {
    let (Some(schema), Some(depth)) = (context.resolve(schema), depth.checked_sub(1)) else {
        return;
    };
    let own = schema.get("properties").and_then(Value::as_object);
    for (name, member) in own.into_iter().flatten() {
        members.insert(name, member);
    }
    let parts = schema.get("allOf").and_then(Value::as_array);
    for part in parts.into_iter().flatten() {
        properties(context, part, members, depth);
    }
}

/// Whether a member is a file, and if so whether it is a list of them.
fn file(context: &Context<'_>, schema: &Value, depth: usize) -> Option<bool> {
    let schema = context.resolve(schema)?;
    let depth = depth.checked_sub(1)?;
    if is_binary(schema) {
        return Some(false);
    }
    if let Some(items) = schema.get("items") {
        return file(context, items, depth).map(|_| true);
    }
    let branches = ["allOf", "anyOf", "oneOf"].into_iter();
    let mut branches = branches
        .filter_map(|key| schema.get(key)?.as_array())
        .flatten();
    branches.find_map(|branch| file(context, branch, depth))
}

/// `format: binary` of OpenAPI 3.0; a media type without an encoding in 3.1 (section 4.8.14.2).
fn is_binary(schema: &Value) -> bool {
    let text = schema.get("type").is_none_or(|of| match of {
        Value::Array(types) => types.iter().any(|of| of == "string"),
        one => one == "string",
    });
    let format = schema.get("format").is_some_and(|it| it == "binary");
    let raw = schema.get("contentMediaType").is_some() && schema.get("contentEncoding").is_none();
    text && (format || raw)
}
