//! The rule that merges an `allOf` of objects into one object.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::additional_properties;
use super::composed::{lists, names_null, parts_of};
use super::context::Context;
use super::documented::{append_description, take_annotations};
use super::rule::{Effect, Keywords, Node};
use super::scalars::{is_secret, named_types};
use super::sorted;
use crate::bounds::members;
use crate::keywords::{self, Class, UNIONS};
use crate::pointer::Pointer;

/// How deep an `allOf` may reach through references to others.
const DEEPEST: usize = 1000;

/// An `allOf` of objects is one object with the properties of all.
pub(super) fn all_of_merged(context: &Context<'_>, node: &mut Node) -> Effect {
    let schema = &mut node.keywords;
    let Some(merged) = Merged::of(context, schema, &node.place) else {
        return Effect::Unchanged;
    };
    if !context.copies(members(&merged.properties)) {
        return Effect::Unchanged;
    }
    let nullable = all_name_null(context, schema, &mut BTreeSet::new()) == Some(true);
    let discriminator = own_discriminator(schema).cloned();
    *schema = take_annotations(schema);
    schema.extend(discriminator.map(|value| ("discriminator".to_owned(), value)));
    if nullable {
        schema.insert("nullable".to_owned(), Value::Bool(true));
    }
    Effect::Merged(merged.write(schema))
}

/// Whether the rule applies to a schema.
pub(super) fn merges(context: &Context<'_>, schema: &Keywords, place: &Pointer) -> bool {
    Merged::of(context, schema, place).is_some()
}

/// The discriminator of a parent, for the children that extend it by `allOf`.
fn own_discriminator(schema: &Keywords) -> Option<&Value> {
    let parts = parts_of(schema).iter().filter_map(Value::as_object);
    let mut all = std::iter::once(schema).chain(parts);
    all.find_map(|part| part.get("discriminator"))
}

/// Whether the parts of an `allOf` name null; `None` where one excludes it. A reference that was
/// seen before adds nothing.
fn all_name_null(
    context: &Context<'_>,
    part: &Keywords,
    seen: &mut BTreeSet<String>,
) -> Option<bool> {
    let mut named = names_null(part);
    if !named && part.get("type").is_some() {
        return None;
    }
    for part in parts_of(part) {
        let reference = part.get("$ref").and_then(Value::as_str);
        if reference.is_some_and(|reference| !seen.insert(reference.to_owned())) {
            continue;
        }
        named |= match context.resolve(part)? {
            Value::Object(part) => all_name_null(context, part, seen)?,
            _ => false,
        };
    }
    Some(named)
}

/// The properties of several objects in one.
#[derive(Default)]
struct Merged {
    properties: Keywords,
    required: BTreeSet<String>,
    additional: Option<Value>,
    description: Option<String>,
    conflicts: Vec<String>,
    /// The properties that several parts declare.
    joined: BTreeSet<String>,
    /// The keywords that no type expresses, for the rule that drops them and says so.
    not_expressed: Keywords,
    /// The places of the schemas that are being merged, the innermost last.
    places: Vec<Pointer>,
    /// The references that were followed: what is named twice adds nothing, and two of each would
    /// double the work at every level.
    seen: BTreeSet<String>,
}

impl Merged {
    /// The parts of an `allOf` in one; `None` where one is no object.
    fn of(context: &Context<'_>, schema: &Keywords, place: &Pointer) -> Option<Self> {
        if !schema.contains_key("allOf") {
            return None;
        }
        let mut merged = Self::default();
        merged.places.push(place.clone());
        merged.add(context, schema, DEEPEST)?;
        Some(merged)
    }

    /// Adds an object and its parts; `None` where it is not an object, or composed without end.
    fn add(&mut self, context: &Context<'_>, part: &Keywords, depth: usize) -> Option<()> {
        let depth = depth.checked_sub(1)?;
        // A parent that lists its children by `oneOf` gives each of them its properties alone.
        let of_child = lists(context, part, &self.places);
        if !may_be_object(part, of_child) {
            return None;
        }
        for part in parts_of(part) {
            let reference = part.get("$ref").and_then(Value::as_str);
            if reference.is_some_and(|reference| !self.seen.insert(reference.to_owned())) {
                continue;
            }
            let target = reference.and_then(|reference| context.references.target(reference));
            let followed = target.map(|target| target.pointer.clone());
            let known = self.places.len();
            self.places.extend(followed);
            self.add(context, context.resolve(part)?.as_object()?, depth)?;
            self.places.truncate(known);
        }
        if let Some(Value::Object(properties)) = part.get("properties") {
            for (name, property) in sorted(properties) {
                self.property(context, name, property);
            }
        }
        for keyword in keywords::of_class(Class::NotExpressed) {
            if let Some(value) = part.get(keyword.name) {
                let entry = self.not_expressed.entry(keyword.name);
                entry.or_insert_with(|| value.clone());
            }
        }
        let required = part.get("required").and_then(Value::as_array);
        let required = required.into_iter().flatten().filter_map(Value::as_str);
        self.required.extend(required.map(str::to_owned));
        let declared_by_others = additional_properties::implied(context, part);
        let additional = declared_by_others.as_ref();
        match additional.or(part.get("additionalProperties")) {
            None | Some(Value::Bool(false)) => {}
            Some(additional) => self.additional = Some(additional.clone()),
        }
        if self.description.is_none() {
            let text = part.get("description").and_then(Value::as_str);
            self.description = text.map(str::to_owned);
        }
        Some(())
    }

    /// A property of several parts must fit all of them. Objects are merged in turn, and so are
    /// types that have no value in common, which the rules for `allOf` find then. Where one only
    /// narrows the other, the later one is taken, as authors mean it.
    fn property(&mut self, context: &Context<'_>, name: &str, property: &Value) {
        if let Some(before) = self.properties.get(name) {
            if before == property {
                return;
            }
            // A part that says less about a secret does not make it public.
            if context.resolve(before).is_some_and(is_secret) {
                return;
            }
            let (old, new) = (named_types(context, before), named_types(context, property));
            if new.is_empty() && !old.is_empty() {
                return;
            }
            let disjoint = !old.is_empty() && old.is_disjoint(&new);
            if disjoint {
                self.conflicts.push(format!("`{name}`"));
            }
            let objects = old == new && old == BTreeSet::from(["object"]);
            if disjoint || objects {
                self.join(name, property);
                return;
            }
        }
        self.properties.insert(name.to_owned(), property.clone());
    }

    /// Combines what several parts say of a property. All of it is in one list: a list inside
    /// of another for each part would be as deep as there are parts.
    fn join(&mut self, name: &str, property: &Value) {
        let Some(before) = self.properties.get_mut(name) else {
            return;
        };
        if self.joined.contains(name)
            && let Some(Value::Array(parts)) = before.get_mut("allOf")
        {
            parts.push(property.clone());
            return;
        }
        let parts = vec![before.take(), property.clone()];
        *before = json!({ "allOf": Value::Array(parts) });
        self.joined.insert(name.to_owned());
    }

    /// Writes the object into a schema; says which properties have no value that fits all parts.
    fn write(self, schema: &mut Keywords) -> String {
        schema.insert("type".to_owned(), json!("object"));
        schema.insert("properties".to_owned(), Value::Object(self.properties));
        if !self.required.is_empty() {
            schema.insert("required".to_owned(), json!(self.required));
        }
        if let Some(additional) = self.additional {
            schema.insert("additionalProperties".to_owned(), additional);
        }
        if let Some(description) = self.description {
            let description = Value::String(description);
            schema.entry("description").or_insert(description);
        }
        schema.extend(self.not_expressed);
        let conflicts = self.conflicts.join(", ");
        if !conflicts.is_empty() {
            let text = format!("Declared more than once, differently: {conflicts}.");
            append_description(schema, &text);
        }
        conflicts
    }
}

/// Whether values of a schema may be objects whose properties it names itself, or by `allOf`; where
/// it is merged into one of its children, its union does not count.
fn may_be_object(schema: &Keywords, of_child: bool) -> bool {
    let is_object = |name: &Value| name == "object" || name == &json!(["object", "null"]);
    let fits = |name: &String| match keywords::find(name) {
        _ if name == "allOf" => true,
        _ if of_child && UNIONS.contains(&name.as_str()) => true,
        Some(keyword) if keyword.class == Class::Composes => false,
        Some(keyword) if keyword.class == Class::Shapes => {
            keyword.concerns == Some("object")
                || ["type", "format", "discriminator"].contains(&keyword.name)
        }
        _ => true,
    };
    schema.get("type").is_none_or(is_object) && schema.keys().all(fits)
}
