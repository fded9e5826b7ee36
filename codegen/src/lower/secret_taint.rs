//! Marks untyped JSON that may contain a secret, so that `Debug` does not print it.
//!
//! A schema may mark a secret that its Rust type reads as untyped JSON: a property of one child of a
//! parent, or of a composition that no type expresses.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::media_types::{BodyUse, kind_of};
use super::operation::{Content, Operation};
use super::scalars::is_secret;
use super::schema::{Kind, Schema};
use crate::keywords::{self, Class, UNIONS};
use crate::model::BodyKind;
use crate::resolve::References;

/// Which schemas of a document hold secrets, themselves or by reference.
#[derive(Default)]
pub(super) struct Secrets {
    /// Whether there is any.
    any: bool,
    /// The references that lead to one.
    leading: BTreeSet<String>,
}

impl Secrets {
    pub(super) fn of(root: &Value, references: &References<'_>) -> Self {
        let mut all = Contents::default();
        all.add(root);
        if !all.secret {
            return Self::default();
        }
        Self {
            any: true,
            leading: leading(references, all.references),
        }
    }

    /// Whether a schema holds a secret, itself or by reference.
    fn holds(&self, schema: &Value) -> bool {
        self.any && {
            let mut contents = Contents::default();
            contents.add(schema);
            let mut references = contents.references.iter();
            contents.secret || references.any(|reference| self.leading.contains(*reference))
        }
    }

    /// Makes a secret of each text body that may contain one. Returns their media types.
    pub(super) fn mark_texts(&self, operation: &mut Operation<Value>) -> Vec<String> {
        if !self.any {
            return Vec::new();
        }
        let contents = operation.responses.iter_mut();
        let contents = contents.filter_map(|response| response.content.as_mut());
        let contents = contents.map(|content| (BodyUse::Response, content));
        let body = operation.body.iter_mut();
        let body = body.map(|body| (BodyUse::Request, &mut body.content));
        let marked = contents.chain(body).filter_map(|(body_use, content)| {
            let is_text = kind_of(&content.media_type, body_use) == BodyKind::Text;
            is_text.then(|| self.mark_text(content))?
        });
        marked.collect()
    }

    fn mark_text(&self, content: &mut Content<Value>) -> Option<String> {
        let schema = content.schema.as_mut();
        let schema = schema.filter(|schema| self.holds(schema) && !is_secret(schema))?;
        *schema = json!({ "type": "string", "format": "password" });
        Some(content.media_type.clone())
    }

    /// Whether what a schema leaves without a type, once it is lowered, may hold a secret. What the
    /// children of a parent add is not known: those that no operation names are not in the document.
    pub(super) fn may_hide(&self, schema: &Value) -> bool {
        let Some(schema_keywords) = schema.as_object() else {
            return false;
        };
        let has = |name: &str| schema_keywords.contains_key(name);
        let parent = has("discriminator") && !UNIONS.into_iter().any(has);
        parent
            || (self.any
                && schema_keywords.keys().any(|name| may_untype(name))
                && self.holds(schema))
    }
}

/// Whether a schema may lose its type, or that of some of its members, because of the keyword.
fn may_untype(name: &str) -> bool {
    keywords::find(name).is_some_and(|keyword| match keyword.class {
        Class::Composes => true,
        Class::NotExpressed => keyword.holds_schemas() || keyword.name == "dependencies",
        Class::Shapes | Class::Constrains | Class::Annotates => false,
    })
}

/// What a value contains at any depth.
#[derive(Default)]
struct Contents<'a> {
    secret: bool,
    references: BTreeSet<&'a str>,
}

impl<'a> Contents<'a> {
    fn add(&mut self, value: &'a Value) {
        match value {
            Value::Object(members) => {
                self.secret |= members
                    .get("format")
                    .is_some_and(|format| format == "password");
                let reference = members.get("$ref").and_then(Value::as_str);
                self.references.extend(reference);
                members.values().for_each(|member| self.add(member));
            }
            Value::Array(items) => items.iter().for_each(|item| self.add(item)),
            _ => {}
        }
    }
}

/// Those of the references that lead to a secret.
fn leading(targets: &References<'_>, references: BTreeSet<&str>) -> BTreeSet<String> {
    let mut from: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut queue = Vec::new();
    for reference in references {
        let mut contents = Contents::default();
        if let Some(target) = targets.target(reference) {
            contents.add(target.value);
        }
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

/// Conceals what a lowered schema leaves without a type: itself, its items, its additional
/// properties, or a branch. Returns whether there was any.
pub(super) fn conceal(schema: &mut Schema) -> bool {
    match &mut schema.kind {
        Kind::Any => {
            schema.kind = Kind::Concealed;
            true
        }
        Kind::Array(items) => conceal_inner(items),
        Kind::Object(object) if object.properties.is_empty() => {
            conceal_inner(&mut object.additional)
        }
        Kind::Object(object) => match &mut object.additional {
            Some(additional) => conceal_untyped(additional),
            None => false,
        },
        Kind::Union(union) => {
            let mut any = false;
            for branch in &mut union.branches {
                any |= conceal(&mut branch.schema);
            }
            any
        }
        _ => false,
    }
}

/// What is not said to be anything is any value.
fn conceal_inner(inner: &mut Option<Box<Schema>>) -> bool {
    conceal_untyped(inner.get_or_insert_with(|| Box::new(Schema::of(Kind::Any))))
}

fn conceal_untyped(schema: &mut Schema) -> bool {
    schema.kind == Kind::Any && conceal(schema)
}
