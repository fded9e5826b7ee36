//! The properties that an object may have beside those that it declares.
//!
//! They are declared by keywords that no type expresses, or only by `required`. They are kept as
//! JSON, so that everything that is valid can be sent and read.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::composed::parts_of;
use super::context::Context;
use super::rule::{Effect, Keywords, Node};

/// How deep an `allOf` is looked into.
const DEEPEST: usize = 64;

/// Opens objects and lists for values that only the keywords allow which are dropped next.
pub(super) fn make_room(context: &Context<'_>, schema: &mut Keywords) {
    // Beside `prefixItems`, `items` is about the rest alone (JSON Schema section 10.3.1.2).
    let first = schema.get("prefixItems").and_then(Value::as_array);
    if first.is_some_and(|items| !items.is_empty()) && schema.contains_key("items") {
        schema.insert("items".to_owned(), json!({}));
    }
    if let Some(additional) = implied(context, schema) {
        schema.insert("additionalProperties".to_owned(), additional);
    }
}

/// What `additionalProperties` has to be because of other keywords, where there are such.
pub(super) fn implied(context: &Context<'_>, schema: &Keywords) -> Option<Value> {
    let given = schema.get("additionalProperties");
    let open = || given.is_none() && declares_more(context, schema);
    of_pattern(schema, given).or_else(|| open().then_some(Value::Bool(true)))
}

/// What `additionalProperties` is where names that match a pattern are not additional (JSON Schema
/// section 10.3.2.3): the schema of the only pattern, if nothing else is allowed.
fn of_pattern(schema: &Keywords, additional: Option<&Value>) -> Option<Value> {
    let patterns = schema.get("patternProperties")?.as_object()?;
    let mut schemas = patterns.values();
    let first = schemas.next()?;
    let only = schemas.next().is_none() && additional == Some(&Value::Bool(false));
    Some(if only { first.clone() } else { json!(true) })
}

/// Whether a keyword that is dropped declares properties that the schema itself does not.
fn declares_more(context: &Context<'_>, schema: &Keywords) -> bool {
    let unevaluated = schema.get("unevaluatedProperties");
    if unevaluated.is_some_and(|value| *value != Value::Bool(false)) {
        return true;
    }
    let conditional = ["then", "else"].into_iter();
    let conditional = conditional.filter_map(|name| schema.get(name));
    let dependent = ["dependentSchemas", "dependencies"].into_iter();
    let dependent = dependent.filter_map(|name| schema.get(name)?.as_object());
    let mut applied = conditional
        .chain(dependent.flat_map(|schemas| schemas.values()))
        .peekable();
    if applied.peek().is_none() {
        return false;
    }
    let mut own = Declared::default();
    own.add(context, schema, DEEPEST);
    applied.any(|other| {
        let mut more = Declared::default();
        if let Some(Value::Object(other)) = context.resolve(other) {
            more.add(context, other, DEEPEST);
        }
        !more.names.is_subset(&own.names)
    })
}

/// The names of properties that an object and all that it is composed of declare.
#[derive(Default)]
struct Declared {
    names: BTreeSet<String>,
    /// The references that were followed: what is named twice adds nothing.
    seen: BTreeSet<String>,
}

impl Declared {
    fn add(&mut self, context: &Context<'_>, schema: &Keywords, depth: usize) {
        let Some(depth) = depth.checked_sub(1) else {
            return;
        };
        if let Some(Value::Object(declared)) = schema.get("properties") {
            self.names.extend(declared.keys().cloned());
        }
        for part in parts_of(schema) {
            let reference = part.get("$ref").and_then(Value::as_str);
            if reference.is_some_and(|reference| !self.seen.insert(reference.to_owned())) {
                continue;
            }
            if let Some(Value::Object(part)) = context.resolve(part) {
                self.add(context, part, depth);
            }
        }
    }
}

/// A property that is required and that no schema declares.
pub(super) fn undeclared(_: &Context<'_>, node: &mut Node) -> Effect {
    let schema = &mut node.keywords;
    let object = schema.get("type").is_some_and(|name| name == "object");
    if !object || schema.contains_key("additionalProperties") {
        return Effect::Unchanged;
    }
    let Some(Value::Object(declared)) = schema.get("properties") else {
        return Effect::Unchanged;
    };
    let required = schema.get("required").and_then(Value::as_array);
    let names = required.into_iter().flatten().filter_map(Value::as_str);
    let names: Vec<String> = names
        .filter(|name| !declared.contains_key(*name))
        .map(|name| format!("`{name}`"))
        .collect();
    if declared.is_empty() || names.is_empty() {
        return Effect::Unchanged;
    }
    schema.insert("additionalProperties".to_owned(), Value::Bool(true));
    Effect::Applied(names.join(", "))
}
