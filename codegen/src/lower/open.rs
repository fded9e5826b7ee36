//! Members that an object may have beside those that it declares: told by keywords that no type
//! expresses, or only by `required`. They are kept as JSON, so that what is valid is sent and read.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::Context;
use super::rules::{Effect, Node};

/// How deep compositions are looked into.
const DEPTH: usize = 64;

/// Leaves room for what the keywords that are dropped allow.
pub(super) fn make_room(context: &Context<'_>, schema: &mut Node) {
    // Behind `prefixItems`, `items` is about the rest alone (JSON Schema section 10.3.1.2).
    let first = schema.get("prefixItems").and_then(Value::as_array);
    if first.is_some_and(|it| !it.is_empty()) && schema.contains_key("items") {
        schema.insert("items".to_owned(), json!({}));
    }
    if let Some(more) = additional(context, schema) {
        schema.insert("additionalProperties".to_owned(), more);
    }
}

/// What `additionalProperties` has to be because of other keywords, where there are such.
pub(super) fn additional(context: &Context<'_>, schema: &Node) -> Option<Value> {
    let given = schema.get("additionalProperties");
    let more = || given.is_none() && has_more(context, schema);
    by_pattern(schema, given).or_else(|| more().then_some(Value::Bool(true)))
}

/// What `additionalProperties` is where names that match a pattern are not additional (JSON Schema
/// section 10.3.2.3): the schema of the only pattern, if nothing else is allowed.
fn by_pattern(schema: &Node, additional: Option<&Value>) -> Option<Value> {
    let patterns = schema.get("patternProperties")?.as_object()?;
    let mut schemas = patterns.values();
    let first = schemas.next()?;
    let only = schemas.next().is_none() && additional == Some(&Value::Bool(false));
    Some(if only { first.clone() } else { json!(true) })
}

/// Whether a keyword that is dropped declares members that the schema itself does not.
fn has_more(context: &Context<'_>, schema: &Node) -> bool {
    let unevaluated = schema.get("unevaluatedProperties");
    if unevaluated.is_some_and(|it| *it != Value::Bool(false)) {
        return true;
    }
    let conditional = ["then", "else"].into_iter().filter_map(|it| schema.get(it));
    let dependent = ["dependentSchemas", "dependencies"].into_iter();
    let dependent = dependent.filter_map(|it| schema.get(it)?.as_object());
    let mut applied = conditional
        .chain(dependent.flat_map(|it| it.values()))
        .peekable();
    if applied.peek().is_none() {
        return false;
    }
    let mut own = Members::default();
    own.take(context, schema, DEPTH);
    applied.any(|it| {
        let mut more = Members::default();
        if let Some(Value::Object(it)) = context.resolve(it) {
            more.take(context, it, DEPTH);
        }
        !more.names.is_subset(&own.names)
    })
}

/// The names of members that an object and all that it is composed of declare.
#[derive(Default)]
struct Members {
    names: BTreeSet<String>,
    /// The references that were followed: what is named twice adds nothing.
    seen: BTreeSet<String>,
}

impl Members {
    fn take(&mut self, context: &Context<'_>, schema: &Node, depth: usize) {
        let Some(depth) = depth.checked_sub(1) else {
            return;
        };
        if let Some(Value::Object(declared)) = schema.get("properties") {
            self.names.extend(declared.keys().cloned());
        }
        let parts = schema.get("allOf").and_then(Value::as_array);
        for part in parts.into_iter().flatten() {
            let reference = part.get("$ref").and_then(Value::as_str);
            if reference.is_some_and(|it| !self.seen.insert(it.to_owned())) {
                continue;
            }
            if let Some(Value::Object(part)) = context.resolve(part) {
                self.take(context, part, depth);
            }
        }
    }
}

/// A member that is required, and that no schema declares.
pub(super) fn undeclared(_: &Context<'_>, schema: &mut Node) -> Effect {
    let object = schema.get("type").is_some_and(|it| it == "object");
    if !object || schema.contains_key("additionalProperties") {
        return Effect::None;
    }
    let Some(Value::Object(declared)) = schema.get("properties") else {
        return Effect::None;
    };
    let required = schema.get("required").and_then(Value::as_array);
    let names = required.into_iter().flatten().filter_map(Value::as_str);
    let names: Vec<String> = names
        .filter(|name| !declared.contains_key(*name))
        .map(|name| format!("`{name}`"))
        .collect();
    if declared.is_empty() || names.is_empty() {
        return Effect::None;
    }
    schema.insert("additionalProperties".to_owned(), Value::Bool(true));
    Effect::Done(names.join(", "))
}
