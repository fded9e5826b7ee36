//! Secrets in what loses its type. A schema may mark a secret that its expression in Rust reads as
//! JSON without a type: a member of one child of a parent, or of a composition that no type has.
//! Such JSON is concealed, so that it is not printed with the rest.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::internal::CONCEALED;
use super::media::{kind, response_kind};
use super::rules::Node;
use super::values::is_secret;
use crate::model::BodyKind;
use crate::pointer::Pointer;

/// The keywords beside which a schema may lose its type, or that of some members.
const COMPOSING: &[&str] = &[
    "$ref",
    "allOf",
    "anyOf",
    "dependencies",
    "dependentSchemas",
    "else",
    "oneOf",
    "patternProperties",
    "prefixItems",
    "then",
    "unevaluatedProperties",
];

/// Which schemas of a document hold secrets, themselves or by reference.
#[derive(Default)]
pub(super) struct Secrets {
    /// Whether there is any.
    any: bool,
    /// The references that lead to one.
    leading: BTreeSet<String>,
}

impl Secrets {
    pub(super) fn of(root: &Value) -> Self {
        let mut all = Contents::default();
        all.take(root);
        if !all.secret {
            return Self::default();
        }
        Self {
            any: true,
            leading: leading(root, all.references),
        }
    }

    /// Whether a schema holds a secret, itself or by reference.
    pub(super) fn holds(&self, schema: &Value) -> bool {
        self.any && {
            let mut contents = Contents::default();
            contents.take(schema);
            let mut references = contents.references.iter();
            contents.secret || references.any(|it| self.leading.contains(*it))
        }
    }

    /// A text in which a secret may be is a secret. Gives the media types of such texts.
    pub(super) fn mark_texts(&self, operation: &mut Node) -> Vec<String> {
        let mut marked = Vec::new();
        if !self.any {
            return marked;
        }
        let responses = operation
            .get_mut("responses")
            .and_then(Value::as_object_mut);
        for response in responses.into_iter().flat_map(|it| it.values_mut()) {
            self.mark_text(response, response_kind, &mut marked);
        }
        if let Some(body) = operation.get_mut("requestBody") {
            self.mark_text(body, kind, &mut marked);
        }
        marked
    }

    fn mark_text(&self, holder: &mut Value, kind: fn(&str) -> BodyKind, marked: &mut Vec<String>) {
        let content = holder.get_mut("content").and_then(Value::as_object_mut);
        for (name, media_type) in content.into_iter().flatten() {
            let schema = media_type.get_mut("schema");
            let schema = schema.filter(|it| kind(name) == BodyKind::Text && self.holds(it));
            if let Some(schema) = schema.filter(|it| !is_secret(it)) {
                *schema = json!({ "type": "string", "format": "password" });
                marked.push(name.clone());
            }
        }
    }

    /// Whether what a schema leaves without a type, once it is lowered, may hold a secret. What the
    /// children of a parent add is not known: those that no operation names are not in the document.
    pub(super) fn may_hide(&self, schema: &Value) -> bool {
        let has = |keywords: &[&str]| keywords.iter().any(|it| schema.get(it).is_some());
        let parent = has(&["discriminator"]) && !has(&["oneOf", "anyOf"]);
        parent || (self.any && has(COMPOSING) && self.holds(schema))
    }
}

/// What stands somewhere in a schema.
#[derive(Default)]
struct Contents<'a> {
    secret: bool,
    references: BTreeSet<&'a str>,
}

impl<'a> Contents<'a> {
    fn take(&mut self, value: &'a Value) {
        match value {
            Value::Object(members) => {
                self.secret |= members.get("format").is_some_and(|it| it == "password");
                let reference = members.get("$ref").and_then(Value::as_str);
                self.references.extend(reference);
                members.values().for_each(|it| self.take(it));
            }
            Value::Array(items) => items.iter().for_each(|it| self.take(it)),
            _ => {}
        }
    }
}

/// Those of the references that lead to a secret.
fn leading(root: &Value, references: BTreeSet<&str>) -> BTreeSet<String> {
    let mut from: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut queue = Vec::new();
    for reference in references {
        let target = Pointer::parse(reference).and_then(|it| it.get(root));
        let mut contents = Contents::default();
        contents.take(target.unwrap_or(&Value::Null));
        if contents.secret {
            queue.push(reference);
        }
        for inner in contents.references {
            from.entry(inner).or_default().push(reference);
        }
    }
    let mut leading = BTreeSet::new();
    while let Some(reference) = queue.pop() {
        if leading.insert(reference.to_owned()) {
            queue.extend(from.get(reference).into_iter().flatten());
        }
    }
    leading
}

/// Conceals what a lowered schema leaves without a type: itself, its items, its further members, or
/// a branch. Whether there was any.
pub(super) fn conceal(schema: &mut Node) -> bool {
    if is_untyped(schema) {
        return schema
            .insert("format".to_owned(), json!(CONCEALED))
            .is_none();
    }
    let is = |name: &str| schema.get("type").is_some_and(|it| it == name);
    let missing = match schema.contains_key("properties") {
        _ if is("array") => Some("items"),
        false if is("object") => Some("additionalProperties"),
        _ => None,
    };
    if let Some(keyword) = missing {
        schema.entry(keyword).or_insert(Value::Bool(true));
    }
    let mut concealed = false;
    for keyword in ["items", "additionalProperties"] {
        match schema.get_mut(keyword) {
            Some(Value::Object(inner)) if is_untyped(inner) => concealed |= conceal(inner),
            Some(inner @ Value::Bool(true)) => {
                *inner = json!({ "format": CONCEALED });
                concealed = true;
            }
            _ => {}
        }
    }
    for keyword in ["oneOf", "anyOf"] {
        let branches = schema.get_mut(keyword).and_then(Value::as_array_mut);
        let branches = branches.into_iter().flatten();
        for branch in branches.filter_map(Value::as_object_mut) {
            concealed |= conceal(branch);
        }
    }
    concealed
}

fn is_untyped(schema: &Node) -> bool {
    ["type", "$ref", "oneOf", "anyOf", "enum"]
        .iter()
        .all(|keyword| !schema.contains_key(*keyword))
}
