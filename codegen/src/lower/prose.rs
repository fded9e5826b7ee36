//! Rules that move what Rust does not express into the documentation.

use serde_json::Value;

use super::internal::is_extension;
use super::rules::{Effect, Node};
use super::{Context, open};
use crate::prose::span;

/// Keywords that say something about a schema without changing what is valid.
const ANNOTATIONS: &[&str] = &[
    "default",
    "deprecated",
    "description",
    "nullable",
    "readOnly",
    "title",
    "writeOnly",
];

/// Keywords that are dropped without a word: they tell nothing that a client could use.
const SILENT: &[&str] = &[
    "$comment",
    "$defs",
    "$id",
    "$schema",
    "definitions",
    "example",
    "examples",
    "externalDocs",
    "xml",
];

/// Keywords that Rust types do not express.
const INEXPRESSIBLE: &[&str] = &[
    "$anchor",
    "$dynamicAnchor",
    "$dynamicRef",
    "contains",
    "contentSchema",
    "dependencies",
    "dependentRequired",
    "dependentSchemas",
    "else",
    "if",
    "maxContains",
    "minContains",
    "not",
    "patternProperties",
    "prefixItems",
    "propertyNames",
    "then",
    "unevaluatedItems",
    "unevaluatedProperties",
];

/// Bounds as sentences.
const BOUNDS: &[(&str, &str)] = &[
    ("minLength", "At least {} characters."),
    ("maxLength", "At most {} characters."),
    ("pattern", "Pattern: {}."),
    ("multipleOf", "A multiple of {}."),
    ("minItems", "At least {} items."),
    ("maxItems", "At most {} items."),
    ("minProperties", "At least {} members."),
    ("maxProperties", "At most {} members."),
];

/// Adds a paragraph to a schema's description.
pub(super) fn note(schema: &mut Node, text: &str) {
    let description = match schema.get("description").and_then(Value::as_str) {
        Some(before) => format!("{}\n\n{text}", before.trim_end()),
        None => text.to_owned(),
    };
    schema.insert("description".to_owned(), Value::String(description));
}

/// Takes what only annotates out of a schema.
pub(super) fn take_annotations(schema: &mut Node) -> Node {
    let mut taken = Node::new();
    for keyword in ANNOTATIONS {
        if let Some(value) = schema.remove(*keyword) {
            taken.insert((*keyword).to_owned(), value);
        }
    }
    taken
}

/// Whether a keyword only annotates.
pub(super) fn annotates(keyword: &str) -> bool {
    ANNOTATIONS.contains(&keyword) || SILENT.contains(&keyword) || is_extension(keyword)
}

pub(super) fn dropped(context: &Context<'_>, schema: &mut Node) -> Effect {
    open::make_room(context, schema);
    schema.retain(|keyword, _| !SILENT.contains(&keyword.as_str()) && !keyword.starts_with("x-"));
    let mut gone: Vec<&str> = Vec::new();
    for keyword in INEXPRESSIBLE {
        if schema.remove(*keyword).is_some() {
            gone.push(keyword);
        }
    }
    if gone.is_empty() {
        Effect::None
    } else {
        Effect::Again(gone.join(", "))
    }
}

/// Whether a keyword only narrows what a type allows.
pub(super) fn narrows(keyword: &str) -> bool {
    const OTHERS: &[&str] = &[
        "enum",
        "exclusiveMaximum",
        "exclusiveMinimum",
        "maximum",
        "minimum",
        "required",
        "type",
        "uniqueItems",
    ];
    OTHERS.contains(&keyword) || BOUNDS.iter().any(|(bound, _)| *bound == keyword)
}

pub(super) fn bounds(_: &Context<'_>, schema: &mut Node) -> Effect {
    let mut sentences = Vec::new();
    for (keyword, exclusive, word) in [
        ("minimum", "exclusiveMinimum", ("More than", "At least")),
        ("maximum", "exclusiveMaximum", ("Less than", "At most")),
    ] {
        let is_exclusive = schema.remove(exclusive) == Some(Value::Bool(true));
        if let Some(bound) = schema.remove(keyword) {
            let word = if is_exclusive { word.0 } else { word.1 };
            sentences.push(format!("{word} {}.", number(&bound)));
        }
    }
    for (keyword, sentence) in BOUNDS {
        if let Some(bound) = schema.remove(*keyword) {
            let bound = number(&bound);
            let sentence = sentence.replace("{}", &bound);
            sentences.push(match bound.as_str() {
                "1" => sentence.replace("s.", "."),
                _ => sentence,
            });
        }
    }
    if schema.remove("uniqueItems") == Some(Value::Bool(true)) {
        sentences.push("No item twice.".to_owned());
    }
    if sentences.is_empty() {
        return Effect::None;
    }
    let text = sentences.join(" ");
    note(schema, &text);
    Effect::Done(text)
}

/// A bound as a person writes it: `100`, not `100.0`.
fn number(bound: &Value) -> String {
    match bound {
        Value::String(text) => span(text),
        other => {
            let text = other.to_string();
            text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
        }
    }
}

pub(super) fn default(_: &Context<'_>, schema: &mut Node) -> Effect {
    let Some(value) = schema.remove("default") else {
        return Effect::None;
    };
    if value.is_null() {
        return Effect::None;
    }
    let text = value.to_string();
    note(schema, &format!("Default: {}.", span(&text)));
    Effect::Done(text)
}

pub(super) fn title(_: &Context<'_>, schema: &mut Node) -> Effect {
    let Some(Value::String(title)) = schema.remove("title") else {
        return Effect::None;
    };
    if !schema.contains_key("description") && !title.trim().is_empty() {
        schema.insert("description".to_owned(), Value::String(title.clone()));
    }
    Effect::Done(title)
}
