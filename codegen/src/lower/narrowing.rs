//! Rules for an `allOf` of one schema and of what narrows it.

use serde_json::{Value, json};

use super::combination;
use super::composed::{names_null, parts_of};
use super::composition::{combine_siblings, merge_missing};
use super::context::Context;
use super::documented::{append_description, document_bounds, document_content, take_annotations};
use super::rule::{Effect, Keywords, Node};
use super::scalars::{
    concerned_type, document_values, exclusive_bounds, is_secret, is_secret_schema, names_of,
};
use crate::bounds::members;
use crate::keywords;
use crate::pointer::Pointer;
use crate::prose::span;

/// `allOf: [{type: string}, {format: email}]` is one schema in several parts.
pub(super) fn all_of_inline(context: &Context<'_>, node: &mut Node) -> Effect {
    let schema = &mut node.keywords;
    let Some(joined) = joined(schema) else {
        return Effect::Unchanged;
    };
    if !context.copies(members(&joined)) {
        return Effect::Unchanged;
    }
    *schema = joined;
    Effect::Restart(String::new())
}

/// All parts of an `allOf` in one; `None` where one is composed itself, or where two say different
/// things by one keyword.
fn joined(schema: &Keywords) -> Option<Keywords> {
    let mut joined = schema.clone();
    joined.remove("allOf")?;
    for part in parts_of(schema) {
        let part = part.as_object()?;
        if part.keys().any(|name| keywords::composes_others(name)) {
            return None;
        }
        for (name, value) in part {
            let given = joined.get(name).cloned();
            let value = match given {
                None => value.clone(),
                Some(given) if keywords::is_annotation(name) => given,
                Some(given) => both(name, &given, value)?,
            };
            joined.insert(name.clone(), value);
        }
    }
    Some(joined)
}

/// One value of a keyword that has the meaning of two; `None` if there is none.
fn both(name: &str, one: &Value, other: &Value) -> Option<Value> {
    match (name, one, other) {
        _ if one == other => Some(one.clone()),
        ("type", Value::String(one), Value::String(other)) => {
            let numbers = [one.as_str(), other.as_str()];
            let integer = ["integer", "number"]
                .iter()
                .all(|name| numbers.contains(name));
            integer.then(|| json!("integer"))
        }
        ("required", Value::Array(one), Value::Array(other)) => {
            Some(one.iter().chain(other).cloned().collect())
        }
        _ => None,
    }
}

/// `allOf: [{$ref: Amount}, {minimum: 0}]` is an `Amount`. Without this rule it would be any
/// value, and a secret of which only the length is bounded would be printed.
pub(super) fn all_of_refined(context: &Context<'_>, node: &mut Node) -> Effect {
    let schema = &mut node.keywords;
    let Some(narrowing) = Narrowing::of(context, schema) else {
        return Effect::Unchanged;
    };
    let (rewritten, detail) = narrowing.apply(context);
    *schema = rewritten;
    Effect::Restart(detail)
}

/// Whether the table reaches this rule, which copies no schema.
pub(super) fn applies(context: &Context<'_>, schema: &Keywords, place: &Pointer) -> bool {
    let mut schema = schema.clone();
    combine_siblings(&mut schema);
    !combination::merges(context, &schema, place) && Narrowing::of(context, &schema).is_some()
}

/// An `allOf` of one schema and of what narrows it.
struct Narrowing {
    /// The schema that is narrowed.
    base: Keywords,
    /// What annotates the whole.
    annotations: Keywords,
    /// The constraints of all other parts.
    constraints: Keywords,
}

impl Narrowing {
    fn of(context: &Context<'_>, schema: &Keywords) -> Option<Self> {
        if !schema.contains_key("allOf") {
            return None;
        }
        let mut beside = schema.clone();
        beside.remove("allOf");
        let mut annotations = take_annotations(&mut beside);
        let mut shaping: Vec<Keywords> = Vec::new();
        let mut narrowing: Vec<Keywords> = Vec::new();
        let parts = parts_of(schema).iter().cloned();
        for part in parts.chain([Value::Object(beside)]) {
            let Value::Object(part) = part else {
                return None;
            };
            if part.keys().all(|name| narrows(name)) {
                narrowing.push(part);
            } else {
                shaping.push(part);
            }
        }
        // Where no part says more than a type, the first that says one is narrowed by the others.
        if shaping.is_empty() {
            let typed = narrowing.iter().position(|part| part.contains_key("type"));
            shaping.push(narrowing.remove(typed?));
        }
        let base = shaping.pop().filter(|_| shaping.is_empty())?;
        let given = Value::Object(base.clone());
        let target = context.resolve(&given)?;
        if !narrowing.iter().all(|part| fits(target, part)) {
            return None;
        }
        let mut constraints = Keywords::new();
        // Beside a reference, authors mean the value or null.
        if narrowing.iter().any(names_null) {
            annotations.insert("nullable".to_owned(), Value::Bool(true));
        }
        for mut part in narrowing {
            merge_missing(&mut annotations, &take_annotations(&mut part));
            merge_missing(&mut constraints, &part);
        }
        constraints.retain(|name, _| !keywords::is_annotation(name));
        Some(Self {
            base,
            annotations,
            constraints,
        })
    }

    /// The schema that is narrowed, which says what narrows it, with the names of the constraints.
    fn apply(self, context: &Context<'_>) -> (Keywords, String) {
        let (mut schema, mut constraints) = (self.annotations, self.constraints);
        let makes_secret = is_secret_schema(&constraints);
        constraints.remove("type");
        let detail = names_of(&constraints);
        if makes_secret {
            let secret = json!({ "type": "string", "format": "password" });
            merge_missing(
                &mut schema,
                &secret.as_object().cloned().unwrap_or_default(),
            );
            return (schema, detail);
        }
        let given = Value::Object(self.base.clone());
        let is_secret = context.resolve(&given).is_some_and(is_secret);
        merge_missing(&mut schema, &self.base);
        if !is_secret && let Some(text) = sentences(constraints) {
            append_description(&mut schema, &text);
        }
        (schema, detail)
    }
}

fn narrows(name: &str) -> bool {
    keywords::narrows(name) || keywords::is_annotation(name)
}

/// Whether a part that narrows is about the type of the schema that is narrowed.
fn fits(target: &Value, part: &Keywords) -> bool {
    let Some(wanted) = part.get("type") else {
        return true;
    };
    let wanted = types(wanted);
    match target.get("type") {
        Some(of) => types(of)
            .into_iter()
            .all(|of| wanted.contains(&of) || (of == "integer" && wanted.contains(&"number"))),
        // What is about properties alone, or items, says nothing about text.
        None => {
            let concerned = target.as_object().and_then(concerned_type);
            concerned.is_none_or(|of| wanted.contains(&of))
        }
    }
}

/// The types that `type` names, null aside.
fn types(named: &Value) -> Vec<&str> {
    let listed = named.as_array().map(Vec::as_slice);
    let names = listed.unwrap_or(std::slice::from_ref(named)).iter();
    let names = names.filter_map(Value::as_str);
    names.filter(|name| *name != "null").collect()
}

/// Constraints as a description.
fn sentences(mut constraints: Keywords) -> Option<String> {
    let mut documented = Keywords::new();
    if let Some(Value::Array(required)) = constraints.remove("required") {
        let names = required.iter().filter_map(Value::as_str).map(span);
        let names = names.collect::<Vec<_>>().join(", ");
        append_description(&mut documented, &format!("Here it has {names}."));
    }
    if let Some(value) = constraints.remove("const") {
        constraints.insert("enum".to_owned(), Value::Array(vec![value]));
    }
    let format = constraints.remove("format");
    merge_missing(&mut documented, &constraints);
    document_values(&mut documented);
    exclusive_bounds(&mut documented);
    document_bounds(&mut documented);
    document_content(&mut documented);
    if let Some(Value::String(format)) = format {
        append_description(&mut documented, &format!("Format: {}.", span(&format)));
    }
    match documented.remove("description") {
        Some(Value::String(text)) => Some(text),
        _ => None,
    }
}
