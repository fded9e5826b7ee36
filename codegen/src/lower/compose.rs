//! Rules for schemas that are composed of others.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::apart::is_exact;
use super::internal::{CONCEALED, SEVERAL};
use super::prose::{annotates, note, take_annotations};
use super::rules::{Effect, Node};
use super::values::{about, is_secret};
use super::{Context, open, sorted};
use crate::bounds::members;

/// How deep an `allOf` may reach through references to others.
const NESTING: usize = 1000;

const UNIONS: [&str; 2] = ["oneOf", "anyOf"];

/// In OpenAPI 3.1 keywords beside `$ref` apply too; annotations stay beside it, others become an
/// `allOf`.
pub(super) fn reference_siblings(_: &Context<'_>, schema: &mut Node) -> Effect {
    let Some(reference) = schema.get("$ref").cloned() else {
        return Effect::None;
    };
    if schema
        .keys()
        .all(|keyword| keyword == "$ref" || annotates(keyword))
    {
        return Effect::None;
    }
    schema.remove("$ref");
    let annotations = take_annotations(schema);
    let rest = std::mem::replace(schema, annotations);
    schema.insert("allOf".to_owned(), json!([{ "$ref": reference }, rest]));
    Effect::Silent
}

/// Null is of no branch: it is told before any of them is tried.
pub(super) fn null_branch(context: &Context<'_>, schema: &mut Node) -> Effect {
    for keyword in UNIONS {
        let Some(Value::Array(branches)) = schema.get_mut(keyword) else {
            continue;
        };
        let before = branches.len();
        branches.retain(|branch| !is_null(branch));
        let own = branches.iter_mut().filter_map(take_null).count();
        let names_null = |branch: &Value| context.resolve(branch).is_some_and(is_nullable);
        let referred = branches.iter().any(names_null);
        let (removed, none_left) = (branches.len() < before, branches.is_empty());
        let known = schema.get("nullable") == Some(&Value::Bool(true));
        if !removed && own == 0 && (known || !referred) {
            continue;
        }
        if none_left {
            schema.remove(keyword);
        }
        schema.insert("nullable".to_owned(), Value::Bool(true));
        return Effect::Again(String::new());
    }
    Effect::None
}

fn is_nullable(schema: &Value) -> bool {
    let listed = schema.get("type").and_then(Value::as_array);
    schema.get("nullable") == Some(&Value::Bool(true))
        || listed.is_some_and(|it| it.iter().any(|name| name == "null"))
}

/// Takes null from what a branch allows beside other values.
fn take_null(branch: &mut Value) -> Option<()> {
    if !is_nullable(branch) {
        return None;
    }
    let branch = branch.as_object_mut()?;
    branch.remove("nullable");
    if let Some(Value::Array(names)) = branch.get_mut("type") {
        names.retain(|name| name != "null");
    }
    if let Some(Value::Array(values)) = branch.get_mut("enum") {
        values.retain(|value| !value.is_null());
    }
    Some(())
}

fn is_null(branch: &Value) -> bool {
    let only_null = |list: &Value| {
        list.as_array()
            .is_some_and(|it| !it.is_empty() && it.iter().all(Value::is_null))
    };
    branch
        .get("type")
        .is_some_and(|name| name == "null" || name == &json!(["null"]))
        || branch.get("enum").is_some_and(only_null)
        || branch.get("const").is_some_and(Value::is_null)
}

/// `oneOf: [{required: [a]}, {required: [b]}]` beside members says which go together, and no type.
pub(super) fn required_union(_: &Context<'_>, schema: &mut Node) -> Effect {
    for keyword in UNIONS {
        let Some(Value::Array(branches)) = schema.get(keyword) else {
            continue;
        };
        let only_required = |branch: &Value| {
            branch.as_object().is_some_and(|it| {
                it.keys().all(|keyword| {
                    matches!(keyword.as_str(), "required" | "not") || annotates(keyword)
                })
            })
        };
        let beside = schema.contains_key("properties") || schema.contains_key("$ref");
        if beside && !branches.is_empty() && branches.iter().all(only_required) {
            let detail = branches.iter().map(demands).collect::<Value>().to_string();
            schema.remove(keyword);
            return Effect::Again(detail);
        }
    }
    Effect::None
}

/// What a schema demands, without what annotates it.
fn demands(schema: &Value) -> Value {
    match schema {
        Value::Object(members) => {
            let members = sorted(members).into_iter();
            let demands = members.filter(|(keyword, _)| !annotates(keyword));
            let demands =
                demands.map(|(keyword, value)| (keyword.clone(), demands_of(keyword, value)));
            Value::Object(demands.collect())
        }
        other => other.clone(),
    }
}

fn demands_of(keyword: &str, value: &Value) -> Value {
    if keyword == "not" {
        demands(value)
    } else {
        value.clone()
    }
}

pub(super) fn base_of_union(context: &Context<'_>, schema: &mut Node) -> Effect {
    let Some(keyword) = UNIONS
        .into_iter()
        .find(|keyword| schema.contains_key(*keyword))
    else {
        return Effect::None;
    };
    let Some(branches) = schema.remove(keyword) else {
        return Effect::None;
    };
    let Value::Array(branches) = branches else {
        return Effect::Silent;
    };
    let mut annotations = take_annotations(schema);
    if let Some(discriminator) = schema.remove("discriminator") {
        annotations.insert("discriminator".to_owned(), discriminator);
    }
    // A bare type beside a union is what its branches are anyway.
    let only_type = schema.keys().all(|it| it == "type");
    let base = std::mem::replace(schema, annotations);
    if base.is_empty() || only_type {
        schema.insert(keyword.to_owned(), Value::Array(branches));
        return Effect::None;
    }
    if !context.copies(members(&base).saturating_mul(branches.len())) {
        return Effect::None;
    }
    let about = about(&base);
    let base = Value::Object(base);
    // Members say nothing about a branch of another type.
    let concerns = |branch: &Value| {
        let of = context.resolve(branch).and_then(|it| it.get("type"));
        let of = of.and_then(Value::as_str);
        about.is_none() || of.is_none() || of == about
    };
    let branches: Vec<Value> = branches
        .into_iter()
        .map(|branch| {
            if concerns(&branch) {
                json!({ "allOf": [base, branch] })
            } else {
                branch
            }
        })
        .collect();
    schema.insert(keyword.to_owned(), Value::Array(branches));
    Effect::Again(String::new())
}

pub(super) fn union_of_one(_: &Context<'_>, schema: &mut Node) -> Effect {
    for keyword in UNIONS {
        let Some(Value::Array(branches)) = schema.get(keyword) else {
            continue;
        };
        let branches = branches.clone();
        match branches.as_slice() {
            [] => {
                schema.remove(keyword);
                return Effect::Silent;
            }
            [single] => {
                schema.remove(keyword);
                absorb(schema, single);
                return Effect::Again(String::new());
            }
            _ => {}
        }
    }
    Effect::None
}

pub(super) fn any_of(context: &Context<'_>, schema: &mut Node) -> Effect {
    match schema.get("anyOf").and_then(Value::as_array) {
        Some(branches) if !schema.contains_key("discriminator") && !is_exact(context, branches) => {
            Effect::Done(format!("{} branches", branches.len()))
        }
        _ => Effect::None,
    }
}

/// That branch: JSON without a type, which is not printed.
pub(super) fn several() -> Value {
    json!({ "format": CONCEALED, SEVERAL: true })
}

/// Takes over a schema; what annotates the place goes before what annotates the schema.
pub(super) fn absorb(into: &mut Node, other: &Value) {
    let Value::Object(other) = other else { return };
    for (keyword, value) in sorted(other) {
        let makes_nullable = keyword == "nullable" && value == &Value::Bool(true);
        if makes_nullable || !into.contains_key(keyword) {
            into.insert(keyword.clone(), value.clone());
        }
    }
}

/// The parts of an `allOf` that are more than annotations.
fn parts(schema: &Node) -> Option<Vec<Value>> {
    let Value::Array(parts) = schema.get("allOf")? else {
        return Some(Vec::new());
    };
    let says = |part: &&Value| {
        part.as_object()
            .is_some_and(|it| it.keys().any(|keyword| !annotates(keyword)))
    };
    Some(parts.iter().filter(says).cloned().collect())
}

pub(super) fn all_of_one(_: &Context<'_>, schema: &mut Node) -> Effect {
    let Some(parts) = parts(schema) else {
        return Effect::None;
    };
    let beside = schema
        .keys()
        .any(|keyword| keyword != "allOf" && !annotates(keyword));
    let bare_type = schema
        .keys()
        .all(|it| it == "allOf" || it == "type" || annotates(it));
    let all = schema.get("allOf").cloned();
    match parts.as_slice() {
        [] => {
            schema.remove("allOf");
            annotations_of(schema, all.as_ref());
            Effect::Silent
        }
        [single] if !beside || (bare_type && single.get("$ref").is_some()) => {
            schema.remove("allOf");
            schema.remove("type");
            annotations_of(schema, all.as_ref());
            absorb(schema, single);
            Effect::Again(String::new())
        }
        _ => Effect::None,
    }
}

/// A part that only annotates annotates the whole.
fn annotations_of(schema: &mut Node, all: Option<&Value>) {
    for part in all.and_then(Value::as_array).into_iter().flatten() {
        let Value::Object(part) = part else { continue };
        if part.keys().all(|keyword| annotates(keyword)) {
            absorb(schema, &Value::Object(part.clone()));
        }
    }
}

pub(super) fn all_of_merged(context: &Context<'_>, schema: &mut Node) -> Effect {
    if !schema.contains_key("allOf") {
        return Effect::None;
    }
    let mut merged = Merged::default();
    if !merged.take(context, &Value::Object(schema.clone()), NESTING) {
        return Effect::None;
    }
    if !context.copies(members(&merged.properties)) {
        return Effect::None;
    }
    let null = null(
        context,
        &Value::Object(schema.clone()),
        &mut BTreeSet::new(),
    );
    let discriminator = discriminator(schema);
    let annotations = take_annotations(schema);
    *schema = annotations;
    schema.extend(discriminator.map(|it| ("discriminator".to_owned(), it)));
    if null == Some(true) {
        schema.insert("nullable".to_owned(), Value::Bool(true));
    }
    schema.insert("type".to_owned(), json!("object"));
    schema.insert("properties".to_owned(), Value::Object(merged.properties));
    merged.required.sort();
    merged.required.dedup();
    if !merged.required.is_empty() {
        schema.insert("required".to_owned(), json!(merged.required));
    }
    if let Some(additional) = merged.additional {
        schema.insert("additionalProperties".to_owned(), additional);
    }
    if let Some(description) = merged.description {
        schema
            .entry("description")
            .or_insert(Value::String(description));
    }
    let conflicts = merged.conflicts.join(", ");
    if !conflicts.is_empty() {
        note(
            schema,
            &format!("Declared more than once, differently: {conflicts}."),
        );
    }
    Effect::Again(conflicts)
}

/// How a schema tells its children apart that are made of it by `allOf`, where it says so itself.
fn discriminator(schema: &Node) -> Option<Value> {
    let parts = schema.get("allOf").and_then(Value::as_array);
    let parts = parts.into_iter().flatten().filter_map(Value::as_object);
    let mut all = std::iter::once(schema).chain(parts);
    all.find_map(|it| it.get("discriminator").cloned())
}

/// Whether a part of an `allOf` names null, unless it excludes it. A reference in `seen` adds nothing.
fn null(context: &Context<'_>, part: &Value, seen: &mut BTreeSet<String>) -> Option<bool> {
    let reference = part.get("$ref").and_then(Value::as_str);
    if reference.is_some_and(|it| !seen.insert(it.to_owned())) {
        return Some(false);
    }
    let part = context.resolve(part)?;
    let listed = part.get("type").and_then(Value::as_array);
    let listed = listed.is_some_and(|it| it.iter().any(|name| name == "null"));
    let mut named = listed || part.get("nullable") == Some(&Value::Bool(true));
    if !named && part.get("type").is_some() {
        return None;
    }
    let parts = part.get("allOf").and_then(Value::as_array);
    for part in parts.into_iter().flatten() {
        named |= null(context, part, seen)?;
    }
    Some(named)
}

/// The members of several objects in one.
#[derive(Default)]
struct Merged {
    properties: Node,
    required: Vec<String>,
    additional: Option<Value>,
    description: Option<String>,
    conflicts: Vec<String>,
    /// The members that several parts declare.
    joined: BTreeSet<String>,
    /// The references that were followed: what is named twice adds nothing, and two of each would
    /// double the work at every level.
    seen: BTreeSet<String>,
}

impl Merged {
    /// Adds a part; `false` where it is not an object, or composed without end.
    fn take(&mut self, context: &Context<'_>, part: &Value, depth: usize) -> bool {
        if let Some(reference) = part.get("$ref").and_then(Value::as_str)
            && !self.seen.insert(reference.to_owned())
        {
            return true;
        }
        let Some(Value::Object(part)) = context.resolve(part) else {
            return false;
        };
        let foreign = ["oneOf", "anyOf", "enum", "const", "items", "not"];
        let typed = part
            .get("type")
            .is_some_and(|name| name != "object" && name != &json!(["object", "null"]));
        if depth == 0 || typed || foreign.iter().any(|keyword| part.contains_key(*keyword)) {
            return false;
        }
        if let Some(Value::Array(parts)) = part.get("allOf") {
            for part in parts {
                if !self.take(context, part, depth - 1) {
                    return false;
                }
            }
        }
        if let Some(Value::Object(properties)) = part.get("properties") {
            for (name, member) in sorted(properties) {
                self.member(context, name, member);
            }
        }
        let required = part.get("required").and_then(Value::as_array);
        let required = required.into_iter().flatten().filter_map(Value::as_str);
        self.required.extend(required.map(str::to_owned));
        let more = open::additional(context, part);
        match more.as_ref().or(part.get("additionalProperties")) {
            None | Some(Value::Bool(false)) => {}
            Some(additional) => self.additional = Some(additional.clone()),
        }
        if self.description.is_none() {
            let text = part.get("description").and_then(Value::as_str);
            self.description = text.map(str::to_owned);
        }
        true
    }

    /// A member of several parts must fit all of them. Objects are merged in turn, types that have
    /// no value in common are told as such; where one only refines the other by annotations or
    /// values, the later one is taken, as authors mean it.
    fn member(&mut self, context: &Context<'_>, name: &str, member: &Value) {
        if let Some(before) = self.properties.get(name) {
            if before == member {
                return;
            }
            // A part that says less about a secret does not make it public.
            if context.resolve(before).is_some_and(is_secret) {
                return;
            }
            let (old, new) = (types(context, before), types(context, member));
            if new.is_empty() && !old.is_empty() {
                return;
            }
            let disjoint = !old.is_empty() && old.is_disjoint(&new);
            if disjoint {
                self.conflicts.push(format!("`{name}`"));
            }
            let objects = old == new && old == BTreeSet::from(["object"]);
            if disjoint || objects {
                self.join(name, member);
                return;
            }
        }
        self.properties.insert(name.to_owned(), member.clone());
    }
}

impl Merged {
    /// Says of a member what several parts say. All of them stand in one list: a list inside of
    /// another for each part would be as deep as there are parts.
    fn join(&mut self, name: &str, member: &Value) {
        let Some(before) = self.properties.get_mut(name) else {
            return;
        };
        if self.joined.contains(name)
            && let Some(Value::Array(parts)) = before.get_mut("allOf")
        {
            parts.push(member.clone());
            return;
        }
        let parts = vec![before.take(), member.clone()];
        *before = json!({ "allOf": Value::Array(parts) });
        self.joined.insert(name.to_owned());
    }
}

/// The types that a schema names, null aside; an integer is a number too.
fn types(context: &Context<'_>, schema: &Value) -> BTreeSet<&'static str> {
    const NAMES: [&str; 5] = ["array", "boolean", "number", "object", "string"];
    let given = context.resolve(schema).and_then(|it| it.get("type"));
    let listed = given.and_then(Value::as_array).into_iter().flatten();
    let all = listed.chain(given).filter_map(Value::as_str);
    let known = |name| match name {
        "integer" => Some("number"),
        _ => NAMES.into_iter().find(|it| *it == name),
    };
    all.filter_map(known).collect()
}

pub(super) fn all_of_conflict(_: &Context<'_>, schema: &mut Node) -> Effect {
    if schema.remove("allOf").is_none() {
        return Effect::None;
    }
    let annotations = take_annotations(schema);
    *schema = annotations;
    Effect::Again(String::new())
}
