//! Schemas of the small language as types: in place where they need no name, declared where they do.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::values::enum_values;
use super::{constants, discriminator};

use crate::bounds::weight;
use crate::lower::{CONCEALED, FILE, LABELS, SEVERAL, sorted};
use crate::model::{Access, Branch, Field, Schema, Shape, StringFormat, TypeDef};
use crate::name::{Scope, pascal, snake};
use crate::pointer::Pointer;
use crate::report::Report;

/// The types of a client while they are being declared.
pub(super) struct Types<'a> {
    schemas: &'a BTreeMap<String, Value>,
    names: BTreeMap<String, String>,
    taken: Scope,
    declared: BTreeMap<String, TypeDef>,
    /// The types of schemas inside components that are no schemas, such as responses.
    shared: BTreeMap<(Pointer, String), String>,
}

/// How many names may stand for one another.
const CHAIN: usize = 64;

/// Where a schema stands: what its type is called if it needs a name, and its pointer.
pub(super) struct Spot<'a> {
    pub(super) name: &'a str,
    pub(super) pointer: &'a Pointer,
}

/// The prose of a schema.
pub(super) fn doc(schema: &Value) -> Option<String> {
    let text = schema.get("description").and_then(Value::as_str)?.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// Whether an object has a flag set.
pub(super) fn flag(object: &Value, name: &str) -> bool {
    object.get(name).and_then(Value::as_bool).unwrap_or(false)
}

impl<'a> Types<'a> {
    pub(super) fn new(
        schemas: &'a BTreeMap<String, Value>,
        names: BTreeMap<String, String>,
        taken: Scope,
    ) -> Self {
        Self {
            schemas,
            names,
            taken,
            declared: BTreeMap::new(),
            shared: BTreeMap::new(),
        }
    }

    /// Declares every named schema.
    pub(super) fn define_named(&mut self, report: &mut Report) {
        for (wire, schema) in self.schemas {
            let Some(name) = self.names.get(wire).cloned() else {
                continue;
            };
            let pointer = Pointer::root().join(["components", "schemas"]).child(wire);
            let spot = Spot {
                name: &name,
                pointer: &pointer,
            };
            let shape = match self.shape(schema, &spot, report) {
                Some(shape) => shape,
                None => Shape::Alias(self.in_place(schema, &spot, report)),
            };
            self.declare(name.clone(), schema, shape, pointer, report);
        }
    }

    pub(super) fn finish(self) -> BTreeMap<String, TypeDef> {
        self.declared
    }

    fn declare(
        &mut self,
        name: String,
        schema: &Value,
        shape: Shape,
        pointer: Pointer,
        report: &mut Report,
    ) {
        if !report.copy(name.len() + pointer.size(), &pointer) {
            return;
        }
        let definition = TypeDef {
            doc: doc(schema),
            shape,
            in_request: false,
            in_body: false,
            in_success: false,
            in_error: false,
            deprecated: flag(schema, "deprecated"),
            pointer,
        };
        self.declared.insert(name, definition);
    }

    /// The type of a schema at a place; what needs a declaration gets one.
    pub(super) fn schema(
        &mut self,
        schema: &Value,
        spot: &Spot<'_>,
        report: &mut Report,
    ) -> Schema {
        let shared = self.shared_key(schema, spot);
        let known = shared.as_ref().and_then(|key| self.shared.get(key));
        let inner = match (known, self.needs_name(schema)) {
            (Some(name), _) => Schema::Ref(name.clone()),
            (None, true) => {
                let name = self
                    .taken
                    .add(&pascal(spot.name), spot.name, spot.pointer, report);
                let spot = Spot {
                    name: &name,
                    pointer: spot.pointer,
                };
                let shape = self.shape(schema, &spot, report);
                let shape = shape.unwrap_or(Shape::Alias(Schema::Any));
                self.declare(name.clone(), schema, shape, spot.pointer.clone(), report);
                if let Some(key) = shared {
                    self.shared.insert(key, name.clone());
                }
                Schema::Ref(name)
            }
            (None, false) => self.in_place(schema, spot, report),
        };
        let nullable = flag(schema, "nullable") && !inner.is_untyped();
        match inner {
            Schema::Nullable(_) => inner,
            inner if nullable => Schema::Nullable(Box::new(inner)),
            inner => inner,
        }
    }

    /// The type of a form. One with files is declared for it alone: they have no form in JSON, which
    /// the same schema may have elsewhere.
    pub(super) fn form(
        &mut self,
        schema: &Value,
        files: &BTreeMap<&str, bool>,
        spot: &Spot<'_>,
        report: &mut Report,
    ) -> Schema {
        let schemas = self.schemas;
        let named = |schema: &Value| schemas.get(schema.get("$ref")?.as_str()?);
        let mut schema = schema;
        // A name for a name is no type with members.
        for _ in 0..CHAIN {
            match named(schema) {
                Some(target) if target.get("$ref").is_some() => schema = target,
                _ => break,
            }
        }
        let mut form = match named(schema) {
            Some(target) if !files.is_empty() => {
                if !report.copy(weight(target), spot.pointer) {
                    return Schema::Any;
                }
                target.clone()
            }
            _ => schema.clone(),
        };
        for (name, list) in files {
            let member = form.get_mut("properties").and_then(|it| it.get_mut(*name));
            if let Some(member) = member {
                let prose = doc(member);
                let prose = prose.map(|it| it.replace("Format: `binary`.", "").trim().to_owned());
                let file = json!({ "type": "string", "format": FILE, "description": prose });
                *member = match list {
                    true => json!({ "type": "array", "items": file, "description": prose }),
                    false => file,
                };
            }
        }
        self.schema(&form, spot, report)
    }

    /// Whether a schema is an object with known members.
    pub(super) fn is_structure(&self, schema: &Schema) -> bool {
        let Schema::Ref(name) = schema else {
            return false;
        };
        let shape = self.declared.get(name).map(|definition| &definition.shape);
        matches!(shape, Some(Shape::Struct { .. }))
    }

    /// Whether a value of a schema may be an object, which alone can be written as pairs.
    pub(super) fn has_pairs(&self, schema: &Schema) -> bool {
        let mut schema = schema;
        for _ in 0..CHAIN {
            let Schema::Ref(name) = schema else { break };
            match self.declared.get(name).map(|definition| &definition.shape) {
                Some(Shape::Alias(inner)) if inner.is_untyped() => return true,
                Some(Shape::Alias(inner)) => schema = inner,
                shape => return matches!(shape, Some(Shape::Struct { .. } | Shape::Union { .. })),
            }
        }
        matches!(schema, Schema::Map(_))
    }

    /// What a schema inside a component is known by: several operations may refer to that one.
    fn shared_key(&self, schema: &Value, spot: &Spot<'_>) -> Option<(Pointer, String)> {
        let component = matches!(
            spot.pointer.tokens(),
            [components, kind, ..] if components == "components" && kind != "schemas"
        );
        let shared = component && self.needs_name(schema);
        shared.then(|| (spot.pointer.clone(), schema.to_string()))
    }

    fn needs_name(&self, schema: &Value) -> bool {
        let has_members = schema
            .get("properties")
            .is_some_and(|it| it.as_object().is_some_and(|it| !it.is_empty()));
        schema.get("$ref").is_none()
            && (schema.get("oneOf").is_some()
                || schema.get("anyOf").is_some()
                || schema.get("enum").is_some()
                || (is_type(schema, "object") && has_members))
    }

    /// What a schema declares; `None` for what stands in place.
    fn shape(&mut self, schema: &Value, spot: &Spot<'_>, report: &mut Report) -> Option<Shape> {
        if is_type(schema, "string") && schema.get("format").is_some_and(|it| it == "password") {
            return Some(Shape::Secret);
        }
        if !self.needs_name(schema) {
            return None;
        }
        if let Some(values) = schema.get("enum").and_then(Value::as_array) {
            return Some(Shape::Enum {
                values: enum_values(values, spot.pointer, report),
            });
        }
        for keyword in ["oneOf", "anyOf"] {
            if let Some(branches) = schema.get(keyword).and_then(Value::as_array) {
                let labels = schema.get(LABELS).and_then(Value::as_array);
                let labels = labels.map(Vec::as_slice).unwrap_or_default();
                let mut union = self.union((branches, labels), keyword, spot, report);
                if let Shape::Union { discriminator, .. } = &mut union {
                    *discriminator = discriminator::declared(schema);
                }
                return Some(union);
            }
        }
        Some(self.structure(schema, spot, report))
    }

    fn structure(&mut self, schema: &Value, spot: &Spot<'_>, report: &mut Report) -> Shape {
        let required: BTreeSet<&str> = schema
            .get("required")
            .and_then(Value::as_array)
            .map(|names| names.iter().filter_map(Value::as_str).collect())
            .unwrap_or_default();
        let mut scope = Scope::of_members();
        let mut fields = Vec::new();
        let members = schema.get("properties").and_then(Value::as_object);
        for (wire, member) in members.map(sorted).unwrap_or_default() {
            let pointer = spot.pointer.child("properties").child(wire);
            let rust = scope.add(&snake(wire), wire, &pointer, report);
            let name = format!("{}{}", spot.name, pascal(wire));
            let inner = self.schema(
                member,
                &Spot {
                    name: &name,
                    pointer: &pointer,
                },
                report,
            );
            fields.push(Field {
                wire: wire.clone(),
                rust,
                schema: inner,
                constants: constants::of_member(self.schemas, member),
                required: required.contains(wire.as_str()),
                doc: doc(member).or_else(|| self.doc_of_reference(member, &pointer, report)),
                deprecated: flag(member, "deprecated"),
                access: self.access(member),
            });
        }
        fields.sort_by_key(|field| !field.required);
        let additional = self.additional(schema, spot, report);
        Shape::Struct { fields, additional }
    }

    /// Which direction a member goes: it may say so itself, or the schema that it refers to.
    fn access(&self, member: &Value) -> Access {
        let target = member.get("$ref").and_then(Value::as_str);
        let target = target.and_then(|wire| self.schemas.get(wire));
        let says =
            |keyword: &str| flag(member, keyword) || target.is_some_and(|it| flag(it, keyword));
        match (says("readOnly"), says("writeOnly")) {
            (true, false) => Access::ReadOnly,
            (false, true) => Access::WriteOnly,
            _ => Access::Both,
        }
    }

    /// The type of members beyond the known ones, where the schema says something about them.
    fn additional(
        &mut self,
        schema: &Value,
        spot: &Spot<'_>,
        report: &mut Report,
    ) -> Option<Schema> {
        match schema.get("additionalProperties")? {
            Value::Bool(true) => Some(Schema::Any),
            open @ Value::Object(_) => {
                let name = format!("{}Value", spot.name);
                let pointer = spot.pointer.child("additionalProperties");
                Some(self.schema(
                    open,
                    &Spot {
                        name: &name,
                        pointer: &pointer,
                    },
                    report,
                ))
            }
            _ => None,
        }
    }

    fn union(
        &mut self,
        (branches, labels): (&[Value], &[Value]),
        keyword: &str,
        spot: &Spot<'_>,
        report: &mut Report,
    ) -> Shape {
        let mut scope = Scope::of_variants();
        let branches = branches.iter().enumerate().map(|(index, branch)| {
            let pointer = spot.pointer.child(keyword).child(index);
            let label = labels.get(index).and_then(Value::as_str);
            let hint = format!("{}{}", spot.name, branch_hint(branch, label, index));
            let inner = self.schema(
                branch,
                &Spot {
                    name: &hint,
                    pointer: &pointer,
                },
                report,
            );
            let several = flag(branch, SEVERAL);
            let wanted = if several {
                "Several".to_owned()
            } else {
                variant_of(&inner, spot.name)
            };
            let rust = scope.add(&pascal(&wanted), &wanted, &pointer, report);
            Branch {
                rust,
                schema: inner,
                boxed: false,
                several,
            }
        });
        Shape::Union {
            branches: branches.collect(),
            discriminator: None,
        }
    }

    /// A type that needs no declaration.
    fn in_place(&mut self, schema: &Value, spot: &Spot<'_>, report: &mut Report) -> Schema {
        if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
            return self.reference(reference);
        }
        let format = schema
            .get("format")
            .and_then(Value::as_str)
            .unwrap_or_default();
        match schema
            .get("type")
            .and_then(Value::as_str)
            .unwrap_or_default()
        {
            "boolean" => Schema::Boolean,
            "integer" if format == "uint64" => Schema::Unsigned,
            "integer" => Schema::Integer {
                narrow: format == "int32",
            },
            "number" => Schema::Number,
            "string" => match format {
                "password" => Schema::Secret,
                FILE => Schema::File,
                "date" => Schema::String(StringFormat::Date),
                "date-time" => Schema::String(StringFormat::DateTime),
                "uuid" => Schema::String(StringFormat::Uuid),
                _ => Schema::String(StringFormat::Plain),
            },
            "array" => {
                let name = format!("{}Item", spot.name);
                let pointer = spot.pointer.child("items");
                let spot = Spot {
                    name: &name,
                    pointer: &pointer,
                };
                let items = schema
                    .get("items")
                    .map(|items| self.schema(items, &spot, report));
                Schema::Array(Box::new(items.unwrap_or(Schema::Any)))
            }
            "object" => {
                let values = self.additional(schema, spot, report);
                Schema::Map(Box::new(values.unwrap_or(Schema::Any)))
            }
            _ if format == CONCEALED => Schema::Concealed,
            _ => Schema::Any,
        }
    }

    /// A member that only refers to a schema is what that schema is.
    fn doc_of_reference(
        &self,
        member: &Value,
        place: &Pointer,
        report: &mut Report,
    ) -> Option<String> {
        let wire = member.get("$ref").and_then(Value::as_str)?;
        let doc = doc(self.schemas.get(wire)?)?;
        report.copy(doc.len(), place).then_some(doc)
    }

    /// A nullable schema makes each reference to it nullable: the type itself has no null.
    fn reference(&self, wire: &str) -> Schema {
        let Some(name) = self.names.get(wire) else {
            return Schema::Any;
        };
        let named = Schema::Ref(name.clone());
        if self
            .schemas
            .get(wire)
            .is_some_and(|schema| flag(schema, "nullable"))
        {
            Schema::Nullable(Box::new(named))
        } else {
            named
        }
    }
}

fn is_type(schema: &Value, name: &str) -> bool {
    schema.get("type").is_some_and(|it| it == name)
}

/// What an inline branch's own type is called after its union.
fn branch_hint(branch: &Value, label: Option<&str>, index: usize) -> String {
    match (branch.get("type").and_then(Value::as_str), label) {
        (Some("array"), _) => String::new(),
        (_, Some(label)) => pascal(label),
        _ => format!("Variant{}", index + 1),
    }
}

/// A variant by what it holds, the union's own name taken off.
fn variant_of(schema: &Schema, union: &str) -> String {
    match schema {
        Schema::Any | Schema::Concealed => "Value".to_owned(),
        Schema::Boolean => "Boolean".to_owned(),
        Schema::Integer { .. } | Schema::Unsigned => "Integer".to_owned(),
        Schema::Number => "Number".to_owned(),
        Schema::String(StringFormat::Plain) => "String".to_owned(),
        Schema::String(StringFormat::Date) => "Date".to_owned(),
        Schema::String(StringFormat::DateTime) => "DateTime".to_owned(),
        Schema::String(StringFormat::Uuid) => "Uuid".to_owned(),
        Schema::Secret => "Secret".to_owned(),
        Schema::File => "File".to_owned(),
        Schema::Array(inner) => format!("{}List", variant_of(inner, union)),
        Schema::Map(inner) => format!("{}Map", variant_of(inner, union)),
        Schema::Ref(name) => match name.strip_prefix(union) {
            Some(rest) if rest.starts_with(char::is_uppercase) => rest.to_owned(),
            _ => name.clone(),
        },
        Schema::Nullable(inner) => variant_of(inner, union),
    }
}
