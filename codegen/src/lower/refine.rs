//! The rule for an `allOf` that names one schema and narrows it.

use serde_json::{Value, json};

use super::Context;
use super::compose::{absorb, all_of_merged, reference_siblings};
use super::prose::{annotates, bounds, narrows, note, take_annotations};
use super::rules::{Effect, Node};
use super::values::{about, enum_values, is_secret};
use crate::prose::span;

/// `allOf: [{$ref: Amount}, {minimum: 0}]` is an `Amount`. Without this rule it would be any
/// value, and a secret of which only the length is bounded would be printed.
pub(super) fn all_of_refined(context: &Context<'_>, schema: &mut Node) -> Effect {
    let Some(Value::Array(parts)) = schema.get("allOf").cloned() else {
        return Effect::None;
    };
    let mut beside = schema.clone();
    beside.remove("allOf");
    let mut annotations = take_annotations(&mut beside);
    let parts = parts.into_iter().chain([Value::Object(beside)]);
    let mut shaped: Vec<Value> = Vec::new();
    let mut narrowing: Vec<Node> = Vec::new();
    for part in parts {
        match part {
            Value::Object(part) if part.keys().all(|it| narrows(it) || annotates(it)) => {
                narrowing.push(part);
            }
            other => shaped.push(other),
        }
    }
    // Where no part says more than a type, the first that says one is narrowed by the others.
    if shaped.is_empty() {
        let typed = narrowing.iter().position(|part| part.contains_key("type"));
        let Some(typed) = typed else {
            return Effect::None;
        };
        shaped.push(Value::Object(narrowing.remove(typed)));
    }
    let [base] = shaped.as_slice() else {
        return Effect::None;
    };
    let Some(meant) = context.resolve(base) else {
        return Effect::None;
    };
    if !narrowing.iter().all(|part| fits(meant, part)) {
        return Effect::None;
    }
    let mut narrowed = Node::new();
    for mut part in narrowing {
        absorb(
            &mut annotations,
            &Value::Object(take_annotations(&mut part)),
        );
        absorb(&mut narrowed, &Value::Object(part));
    }
    *schema = annotations;
    let detail = apply(context, schema, base, meant, narrowed);
    Effect::Again(detail)
}

/// Whether the table comes to this rule, which copies nothing of what is narrowed.
pub(super) fn refines(context: &Context<'_>, schema: &Node) -> bool {
    let mut schema = schema.clone();
    reference_siblings(context, &mut schema);
    matches!(all_of_merged(context, &mut schema), Effect::None)
        && !matches!(all_of_refined(context, &mut schema), Effect::None)
}

/// Whether a part that narrows is about the type that is meant.
fn fits(meant: &Value, part: &Node) -> bool {
    let Some(wanted) = part.get("type") else {
        return true;
    };
    let Some(of) = meant.get("type") else {
        // What is about members alone, or items, says nothing about text.
        let about = meant.as_object().and_then(about);
        let listed = |of| wanted.as_array().is_some_and(|it| it.contains(&json!(of)));
        return about.is_none_or(|of| wanted == of || listed(of));
    };
    let nullable = json!([wanted, "null"]);
    of == wanted || of == &nullable || (of == "integer" && wanted == "number")
}

/// Makes the schema what is narrowed, and says what narrows it; a secret says nothing more.
fn apply(
    context: &Context<'_>,
    schema: &mut Node,
    base: &Value,
    meant: &Value,
    mut narrowed: Node,
) -> String {
    narrowed.retain(|keyword, _| keyword != "type" && !annotates(keyword));
    let keywords: Vec<&str> = super::sorted(&narrowed)
        .into_keys()
        .map(String::as_str)
        .collect();
    let detail = keywords.join(", ");
    absorb(schema, base);
    if is_secret(meant) {
        return detail;
    }
    let mut said = Node::new();
    absorb(&mut said, &Value::Object(narrowed));
    if let Some(Value::Array(required)) = said.remove("required") {
        let names: Vec<String> = required
            .iter()
            .filter_map(Value::as_str)
            .map(span)
            .collect();
        note(&mut said, &format!("Here it has {}.", names.join(", ")));
    }
    enum_values(context, &mut said);
    super::values::exclusive(context, &mut said);
    bounds(context, &mut said);
    if let Some(Value::String(text)) = said.get("description") {
        note(schema, text);
    }
    detail
}
