//! The document's schemas as JSON Schema 2020-12, translated by hand from OpenAPI and not by the
//! pipeline: what both got wrong would not be found.

use std::collections::BTreeSet;

use codegen::pointer::Pointer;
use serde_json::{Map, Value, json};

/// The schemas of a document, by their places, ready for validation.
pub struct Schemas {
    document: Value,
    /// The members that discriminators name.
    telling: BTreeSet<String>,
}

/// The keywords of a schema that make the schemas inside of it parts of another whole.
const COMPOSING: [&str; 4] = ["$ref", "allOf", "anyOf", "oneOf"];

impl Schemas {
    /// Those of a document.
    pub fn new(document: &Value) -> Self {
        let mut document = document.clone();
        let old = document.get("openapi").and_then(Value::as_str);
        let old = old.is_some_and(|part| part.starts_with("3.0"));
        for part in ["components", "paths"] {
            if let Some(part) = document.get_mut(part) {
                translate(part, old);
            }
        }
        let mut telling = BTreeSet::new();
        collect(&document, &mut telling);
        Self { document, telling }
    }

    /// Whether a member tells the branches of a union apart; it is required to be there
    /// (OpenAPI 3.0.3, 4.7.25), and is sent also where it was not.
    pub fn tells(&self, member: &str) -> bool {
        self.telling.contains(member)
    }

    /// The schema at a place, if it is one by itself: what stands inside a composition is only a
    /// part of what a value has to be.
    pub fn get(&self, place: &str) -> Option<&Value> {
        let mut node = &self.document;
        for token in place.strip_prefix('/')?.split('/') {
            if COMPOSING.iter().any(|keyword| node.get(keyword).is_some()) {
                return None;
            }
            let token = token.replace("~1", "/").replace("~0", "~");
            node = match node {
                Value::Array(list) => list.get(token.parse::<usize>().ok()?)?,
                node => node.get(&token)?,
            };
        }
        Some(node)
    }

    /// What a reference leads to.
    pub fn target(&self, reference: &str) -> Option<&Value> {
        self.document.pointer(&pointer(reference)?)
    }

    /// Whether a schema that holds for an instance says of what a member is, at any depth of it.
    pub fn declare(&self, schema: &str, instance: &Value, member: &[String]) -> bool {
        let Some((name, rest)) = member.split_first() else {
            return true;
        };
        let Some(node) = self.document.pointer(schema) else {
            return false;
        };
        let target = node.get("$ref").and_then(Value::as_str).and_then(pointer);
        if target.is_some_and(|target| self.declare(&target, instance, member)) {
            return true;
        }
        for (keyword, may_not_hold) in [("allOf", false), ("anyOf", true), ("oneOf", true)] {
            let parts = node.get(keyword).and_then(Value::as_array);
            for index in 0..parts.map_or(0, Vec::len) {
                let part = format!("{schema}/{keyword}/{index}");
                let holds = || {
                    let validator = self.validator(&part);
                    validator.is_none_or(|value| value.is_valid(instance))
                };
                if (!may_not_hold || holds()) && self.declare(&part, instance, member) {
                    return true;
                }
            }
        }
        let inner = |keyword: &str| match node.get(keyword) {
            Some(Value::Object(_)) => Some(format!("{schema}/{keyword}")),
            _ => None,
        };
        let inner = match instance {
            Value::Array(_) => inner("items"),
            _ if node.get("patternProperties").is_some() => return true,
            _ => {
                let token = name.replace('~', "~0").replace('/', "~1");
                let property = format!("{schema}/properties/{token}");
                let declared = self.document.pointer(&property).map(|_| property);
                declared.or_else(|| inner("additionalProperties"))
            }
        };
        let within = match instance {
            Value::Array(list) => name.parse::<usize>().ok().and_then(|at| list.get(at)),
            members => members.get(name),
        };
        match (inner, within) {
            (Some(inner), Some(within)) => self.declare(&inner, within, rest),
            _ => node.get("additionalProperties") == Some(&Value::Bool(true)),
        }
    }

    /// Whether an instance is valid; `None` where the schema itself cannot be used.
    pub fn validator(&self, place: &str) -> Option<jsonschema::Validator> {
        let mut root = Map::new();
        let mut queue = vec![place.to_owned()];
        let mut seen = BTreeSet::new();
        while let Some(place) = queue.pop() {
            if !seen.insert(place.clone()) {
                continue;
            }
            let Some(node) = self.document.pointer(&place) else {
                continue;
            };
            references(node, &mut queue);
            insert(&mut root, &place, node);
        }
        let schema = "https://json-schema.org/draft/2020-12/schema";
        root.insert("$schema".to_owned(), json!(schema));
        root.insert("$ref".to_owned(), json!(format!("#{}", escaped(place))));
        jsonschema::options()
            .should_validate_formats(true)
            .build(&Value::Object(root))
            .ok()
    }
}

/// The pointer in the fragment of a reference to the same document (RFC 6901 section 6).
fn pointer(reference: &str) -> Option<String> {
    reference.strip_prefix('#')?;
    Pointer::parse(reference).map(|error| error.to_string())
}

/// A pointer as a fragment (RFC 3986 section 3.5).
fn escaped(pointer: &str) -> String {
    let bytes = pointer.bytes().map(|byte| match byte {
        b'/' | b'~' | b'-' | b'.' | b'_' => char::from(byte).to_string(),
        _ if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    });
    bytes.collect()
}

/// The members that discriminators name.
fn collect(node: &Value, telling: &mut BTreeSet<String>) {
    let member = node
        .get("discriminator")
        .and_then(|value| value.get("propertyName"));
    telling.extend(member.and_then(Value::as_str).map(str::to_owned));
    match node {
        Value::Object(members) => members.values().for_each(|value| collect(value, telling)),
        Value::Array(list) => list.iter().for_each(|value| collect(value, telling)),
        _ => {}
    }
}

fn references(node: &Value, found: &mut Vec<String>) {
    match node {
        Value::Object(members) => {
            let reference = members.get("$ref").and_then(Value::as_str);
            found.extend(reference.and_then(pointer));
            members.values().for_each(|value| references(value, found));
        }
        Value::Array(list) => list.iter().for_each(|value| references(value, found)),
        _ => {}
    }
}

/// Puts a node at its place; of what is around it, there is only what was put there as well.
fn insert(root: &mut Map<String, Value>, place: &str, node: &Value) {
    let mut tokens: Vec<String> = place
        .split('/')
        .skip(1)
        .map(|part| part.replace("~1", "/").replace("~0", "~"))
        .collect();
    let Some(last) = tokens.pop() else { return };
    let mut into = root;
    for token in tokens {
        let next = into.entry(token).or_insert_with(|| json!({}));
        match next {
            Value::Object(next) => into = next,
            // The place is inside of one that is whole.
            _ => return,
        }
    }
    into.insert(last, node.clone());
}

/// Brings a schema of OpenAPI 3.0 to 2020-12; in both, what is a name there and none here goes.
fn translate(node: &mut Value, old: bool) {
    match node {
        Value::Object(members) => {
            // A member named `example` may be a property; then its value is a schema.
            for (key, value) in members.iter_mut() {
                match (key.as_str(), &value) {
                    ("properties" | "patternProperties" | "$defs", Value::Object(_)) => {
                        if let Value::Object(inner) = value {
                            inner.values_mut().for_each(|value| translate(value, old));
                        }
                    }
                    ("enum" | "const" | "default" | "example" | "examples", _) => {}
                    _ => translate(value, old),
                }
            }
            if old {
                nullable(members);
                exclusive(members, "exclusiveMinimum", "minimum");
                exclusive(members, "exclusiveMaximum", "maximum");
            }
        }
        Value::Array(list) => list.iter_mut().for_each(|value| translate(value, old)),
        _ => {}
    }
}

/// `nullable` is no keyword of 2020-12: null joins what is allowed (OpenAPI 3.0.3, 4.7.24).
fn nullable(members: &mut Map<String, Value>) {
    if members.remove("nullable") != Some(json!(true)) {
        return;
    }
    let schema = Value::Object(std::mem::take(members));
    members.insert("anyOf".to_owned(), json!([schema, {"type": "null"}]));
}

/// In 3.0 the exclusive bounds are flags.
fn exclusive(members: &mut Map<String, Value>, flag: &str, bound: &str) {
    match members.get(flag) {
        Some(Value::Bool(true)) => {
            if let Some(bound) = members.remove(bound) {
                members.insert(flag.to_owned(), bound);
            }
        }
        Some(Value::Bool(false)) => {
            members.remove(flag);
        }
        _ => {}
    }
}
