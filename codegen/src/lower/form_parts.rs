//! The members of a form: which are files, and how each is written.
//!
//! They are found before schemas are lowered, because files are marked by keywords
//! (`format: binary`, `contentMediaType`) that no other schema keeps.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::context::Context;
use super::operation::{FilePart, FormPart};
use crate::keywords::{self, Class, Holds};
use crate::model::{BodyKind, Encoding, Style};

/// How deep compositions are looked into.
const DEEPEST: usize = 8;

/// The members of which the media type object of a form says something.
pub(super) fn of(
    context: &Context<'_>,
    kind: BodyKind,
    media_type: &Map<String, Value>,
) -> BTreeMap<String, FormPart> {
    let mut parts: BTreeMap<String, FormPart> = BTreeMap::new();
    if !matches!(kind, BodyKind::Multipart | BodyKind::Form) {
        return parts;
    }
    let encodings = media_type.get("encoding").and_then(Value::as_object);
    for (member, encoding) in encodings.into_iter().flatten() {
        if let Some(Value::Object(declared)) = context.resolve(encoding) {
            let headers = declared.get("headers").and_then(Value::as_object);
            let part = FormPart {
                encoding: encoding_of(declared),
                file: None,
                has_headers: headers.is_some_and(|headers| !headers.is_empty()),
            };
            parts.insert(member.clone(), part);
        }
    }
    let schema = media_type.get("schema");
    if let Some(schema) = schema.filter(|_| kind == BodyKind::Multipart) {
        let mut members = BTreeMap::new();
        properties(context, schema, &mut members, DEEPEST);
        for (member, schema) in members {
            if let Some(file) = file(context, schema, DEEPEST) {
                parts.entry(member.to_owned()).or_default().file = Some(file);
            }
        }
    }
    parts
}

/// How a member is written. A style, where there is one, goes before a media type (OpenAPI
/// "Encoding Object").
fn encoding_of(declared: &Map<String, Value>) -> Encoding {
    let text = |name: &str| declared.get(name).and_then(Value::as_str);
    let explode = declared.get("explode").and_then(Value::as_bool);
    let style = match text("style") {
        Some("spaceDelimited") => Some(Style::SpaceDelimited),
        Some("pipeDelimited") => Some(Style::PipeDelimited),
        Some("deepObject") => Some(Style::DeepObject),
        Some(_) => Some(Style::Form),
        None => explode.map(|_| Style::Form),
    };
    Encoding {
        style: style.map(|style| (style, explode.unwrap_or(style == Style::Form))),
        content_type: text("contentType").map(str::to_owned),
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

/// Whether a member is a file, or a list of files.
fn file(context: &Context<'_>, schema: &Value, depth: usize) -> Option<FilePart> {
    let schema = context.resolve(schema)?;
    let depth = depth.checked_sub(1)?;
    if is_binary(schema) {
        return Some(FilePart::One);
    }
    if let Some(items) = schema.get("items") {
        return file(context, items, depth).map(|_| FilePart::List);
    }
    let composing = keywords::of_class(Class::Composes);
    let lists = composing.filter(|keyword| keyword.holds == Holds::SchemaList);
    let mut branches = lists
        .filter_map(|keyword| schema.get(keyword.name)?.as_array())
        .flatten();
    branches.find_map(|branch| file(context, branch, depth))
}

/// `format: binary` of OpenAPI 3.0; a media type without an encoding in 3.1 (section 4.8.14.2).
fn is_binary(schema: &Value) -> bool {
    let text = schema.get("type").is_none_or(|of| match of {
        Value::Array(types) => types.iter().any(|of| of == "string"),
        one => one == "string",
    });
    let format = schema
        .get("format")
        .is_some_and(|format| format == "binary");
    let raw = schema.get("contentMediaType").is_some() && schema.get("contentEncoding").is_none();
    text && (format || raw)
}
