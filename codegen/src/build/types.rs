//! Converts lowered schemas to the model's types: named types are declared, others are inlined.

use std::collections::BTreeMap;

use super::enum_values::enum_values;
use crate::lower::{self, FilePart, FormPart, Kind, NamedSchema, Object, SchemaId, Union, Width};
use crate::model::{
    Access, Branch, Constant, Discriminator, Field, Schema, Shape, StringFormat, TypeDef,
};
use crate::name::{Scope, pascal, snake};
use crate::pointer::Pointer;
use crate::report::Report;

/// The types of a client while they are being declared.
pub(super) struct Types<'a> {
    schemas: &'a [NamedSchema],
    /// The name in Rust of each named schema.
    names: Vec<String>,
    taken: Scope,
    declared: BTreeMap<String, TypeDef>,
    /// The types of schemas inside of components that are no schemas, such as responses: several
    /// operations may refer to one.
    shared: BTreeMap<(Pointer, lower::Schema), String>,
}

/// How many names may stand for one another.
const LONGEST_CHAIN: usize = 64;

/// What the type of a schema is called if it needs a name, and where the schema is.
#[derive(Clone, Copy)]
pub(super) struct NameHint<'a> {
    pub(super) name: &'a str,
    pub(super) pointer: &'a Pointer,
}

/// A description that is not blank.
pub(super) fn doc(description: Option<&str>) -> Option<String> {
    let text = description?.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

impl<'a> Types<'a> {
    pub(super) fn new(schemas: &'a [NamedSchema], names: Vec<String>, taken: Scope) -> Self {
        Self {
            schemas,
            names,
            taken,
            declared: BTreeMap::new(),
            shared: BTreeMap::new(),
        }
    }

    /// Declares every named schema, by name.
    pub(super) fn declare_named(&mut self, report: &mut Report) {
        let mut named: Vec<(&NamedSchema, String)> =
            self.schemas.iter().zip(self.names.clone()).collect();
        named.sort_by(|(one, _), (other, _)| one.name.cmp(&other.name));
        for (NamedSchema { name: wire, schema }, name) in named {
            let pointer = Pointer::root().join(["components", "schemas"]).child(wire);
            let hint = NameHint {
                name: &name,
                pointer: &pointer,
            };
            let shape = match self.shape(schema, hint, report) {
                Some(shape) => shape,
                None => Shape::Alias(self.inline_type(schema, hint, report)),
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
        schema: &lower::Schema,
        shape: Shape,
        pointer: Pointer,
        report: &mut Report,
    ) {
        if !report.copy(name.len() + pointer.size(), &pointer) {
            return;
        }
        let definition = TypeDef {
            doc: doc(schema.description.as_deref()),
            shape,
            in_request: false,
            in_body: false,
            in_success: false,
            in_error: false,
            deprecated: schema.deprecated,
            pointer,
        };
        self.declared.insert(name, definition);
    }

    /// The type of a schema at a place; one that needs a declaration is declared.
    pub(super) fn schema(
        &mut self,
        schema: &lower::Schema,
        hint: NameHint<'_>,
        report: &mut Report,
    ) -> Schema {
        let inner = if needs_name(schema) {
            Schema::Ref(self.declare_inline(schema, hint, report))
        } else {
            self.inline_type(schema, hint, report)
        };
        let nullable = schema.nullable && !inner.is_untyped();
        match inner {
            Schema::Nullable(_) => inner,
            inner if nullable => Schema::Nullable(Box::new(inner)),
            inner => inner,
        }
    }

    /// Declares a schema that has no name of its own; says what it is called.
    fn declare_inline(
        &mut self,
        schema: &lower::Schema,
        hint: NameHint<'_>,
        report: &mut Report,
    ) -> String {
        let is_shared = matches!(
            hint.pointer.tokens(),
            [components, kind, ..] if components == "components" && kind != "schemas"
        );
        let key = is_shared.then(|| (hint.pointer.clone(), schema.clone()));
        let known = key.as_ref().and_then(|key| self.shared.get(key));
        if let Some(name) = known {
            return name.clone();
        }
        let wanted = pascal(hint.name);
        let name = self.taken.add(&wanted, hint.name, hint.pointer, report);
        let own = NameHint {
            name: &name,
            pointer: hint.pointer,
        };
        let shape = self.shape(schema, own, report);
        let shape = shape.unwrap_or(Shape::Alias(Schema::Any));
        self.declare(name.clone(), schema, shape, hint.pointer.clone(), report);
        if let Some(key) = key {
            self.shared.insert(key, name.clone());
        }
        name
    }

    /// The type of a multipart form. One with files is declared for it alone: the same schema may be
    /// used in JSON, where files have no form.
    pub(super) fn form(
        &mut self,
        schema: &lower::Schema,
        parts: &BTreeMap<String, FormPart>,
        hint: NameHint<'_>,
        report: &mut Report,
    ) -> Schema {
        let has_files = parts.values().any(|part| part.file.is_some());
        let mut schema = schema;
        // A name for a name is no type with members.
        for _ in 0..LONGEST_CHAIN {
            match self.named(schema) {
                Some(target) if matches!(target.kind, Kind::Ref(_)) => schema = target,
                _ => break,
            }
        }
        let mut form = match self.named(schema) {
            Some(target) if has_files => {
                if !report.copy(target.weight(), hint.pointer) {
                    return Schema::Any;
                }
                target.clone()
            }
            _ => schema.clone(),
        };
        if let Kind::Object(object) = &mut form.kind {
            for (name, part) in parts {
                if let (Some(member), Some(file)) = (object.properties.get_mut(name), part.file) {
                    *member = file_member(member, file);
                }
            }
        }
        self.schema(&form, hint, report)
    }

    /// The schema to which a reference leads.
    fn named(&self, schema: &lower::Schema) -> Option<&'a lower::Schema> {
        match schema.kind {
            Kind::Ref(SchemaId(index)) => self.schemas.get(index).map(|named| &named.schema),
            _ => None,
        }
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
        for _ in 0..LONGEST_CHAIN {
            let Schema::Ref(name) = schema else { break };
            match self.declared.get(name).map(|definition| &definition.shape) {
                Some(Shape::Alias(inner)) if inner.is_untyped() => return true,
                Some(Shape::Alias(inner)) => schema = inner,
                shape => return matches!(shape, Some(Shape::Struct { .. } | Shape::Union { .. })),
            }
        }
        matches!(schema, Schema::Map(_))
    }

    /// What a schema declares; `None` for one that is inlined.
    fn shape(
        &mut self,
        schema: &lower::Schema,
        hint: NameHint<'_>,
        report: &mut Report,
    ) -> Option<Shape> {
        match &schema.kind {
            Kind::Secret => Some(Shape::Secret),
            Kind::Enum(values) => Some(Shape::Enum {
                values: enum_values(values, hint.pointer, report),
            }),
            Kind::Union(union) => Some(self.union(union, hint, report)),
            Kind::Object(object) if !object.properties.is_empty() => {
                Some(self.structure(object, hint, report))
            }
            _ => None,
        }
    }

    fn structure(&mut self, object: &Object, hint: NameHint<'_>, report: &mut Report) -> Shape {
        let mut scope = Scope::of_members();
        let mut fields = Vec::new();
        for (wire, member) in &object.properties {
            let pointer = hint.pointer.child("properties").child(wire);
            let rust = scope.add(&snake(wire), wire, &pointer, report);
            let name = format!("{}{}", hint.name, pascal(wire));
            let inner = NameHint {
                name: &name,
                pointer: &pointer,
            };
            let schema = self.schema(member, inner, report);
            let own_doc = doc(member.description.as_deref());
            fields.push(Field {
                wire: wire.clone(),
                rust,
                schema,
                constants: self.constants(member),
                required: object.required.contains(wire),
                doc: own_doc.or_else(|| self.doc_of_reference(member, &pointer, report)),
                deprecated: member.deprecated,
                access: self.access(member),
            });
        }
        fields.sort_by_key(|field| !field.required);
        let additional = self.additional(object, hint, report);
        Shape::Struct { fields, additional }
    }

    /// The values that a member may have: it may list them itself, or the schema that it refers to.
    fn constants(&self, member: &lower::Schema) -> Vec<Constant> {
        let mut schema = member;
        for _ in 0..LONGEST_CHAIN {
            if !schema.constants.is_empty() {
                break;
            }
            match self.named(schema) {
                Some(target) => schema = target,
                None => break,
            }
        }
        schema.constants.clone()
    }

    /// Which direction a member goes: it may say so itself, or the schema that it refers to.
    fn access(&self, member: &lower::Schema) -> Access {
        let target = self.named(member);
        let read_only = member.read_only || target.is_some_and(|target| target.read_only);
        let write_only = member.write_only || target.is_some_and(|target| target.write_only);
        match (read_only, write_only) {
            (true, false) => Access::ReadOnly,
            (false, true) => Access::WriteOnly,
            _ => Access::Both,
        }
    }

    /// The type of members beyond the known ones, where the schema says something about them.
    fn additional(
        &mut self,
        object: &Object,
        hint: NameHint<'_>,
        report: &mut Report,
    ) -> Option<Schema> {
        let additional = object.additional.as_ref()?;
        let name = format!("{}Value", hint.name);
        let pointer = hint.pointer.child("additionalProperties");
        let inner = NameHint {
            name: &name,
            pointer: &pointer,
        };
        Some(self.schema(additional, inner, report))
    }

    fn union(&mut self, union: &Union, hint: NameHint<'_>, report: &mut Report) -> Shape {
        let mut scope = Scope::of_variants();
        let branches = union.branches.iter().enumerate().map(|(index, branch)| {
            let pointer = hint.pointer.child(union.keyword).child(index);
            let name = format!("{}{}", hint.name, branch_name(branch, index));
            let inner = NameHint {
                name: &name,
                pointer: &pointer,
            };
            let schema = self.schema(&branch.schema, inner, report);
            let wanted = if branch.combined {
                "Combined".to_owned()
            } else {
                variant_of(&schema, hint.name)
            };
            Branch {
                rust: scope.add(&pascal(&wanted), &wanted, &pointer, report),
                schema,
                boxed: false,
                combined: branch.combined,
            }
        });
        Shape::Union {
            branches: branches.collect(),
            discriminator: union.discriminator.as_ref().map(declared),
        }
    }

    /// A type that needs no declaration.
    fn inline_type(
        &mut self,
        schema: &lower::Schema,
        hint: NameHint<'_>,
        report: &mut Report,
    ) -> Schema {
        match &schema.kind {
            Kind::Boolean => Schema::Boolean,
            Kind::Integer(Width::U64) => Schema::Unsigned,
            Kind::Integer(width) => Schema::Integer {
                narrow: *width == Width::I32,
            },
            Kind::Number => Schema::Number,
            Kind::String(format) => Schema::String(*format),
            Kind::Secret => Schema::Secret,
            Kind::File => Schema::File,
            Kind::Array(items) => {
                let name = format!("{}Item", hint.name);
                let pointer = hint.pointer.child("items");
                let inner = NameHint {
                    name: &name,
                    pointer: &pointer,
                };
                let items = items
                    .as_ref()
                    .map(|items| self.schema(items, inner, report));
                Schema::Array(Box::new(items.unwrap_or(Schema::Any)))
            }
            Kind::Object(object) => {
                let values = self.additional(object, hint, report);
                Schema::Map(Box::new(values.unwrap_or(Schema::Any)))
            }
            Kind::Ref(id) => self.reference(*id),
            Kind::Concealed => Schema::Concealed,
            Kind::Any | Kind::Enum(_) | Kind::Union(_) => Schema::Any,
        }
    }

    /// The description of the schema that a member only refers to.
    fn doc_of_reference(
        &self,
        member: &lower::Schema,
        place: &Pointer,
        report: &mut Report,
    ) -> Option<String> {
        let target = self.named(member)?;
        let doc = doc(target.description.as_deref())?;
        report.copy(doc.len(), place).then_some(doc)
    }

    /// A nullable schema makes each reference to it nullable: the type itself has no null.
    fn reference(&self, SchemaId(index): SchemaId) -> Schema {
        let Some(name) = self.names.get(index) else {
            return Schema::Any;
        };
        let named = Schema::Ref(name.clone());
        match self.schemas.get(index) {
            Some(target) if target.schema.nullable => Schema::Nullable(Box::new(named)),
            _ => named,
        }
    }
}

/// Whether a schema that is not named needs a declaration.
fn needs_name(schema: &lower::Schema) -> bool {
    match &schema.kind {
        Kind::Enum(_) | Kind::Union(_) => true,
        Kind::Object(object) => !object.properties.is_empty(),
        _ => false,
    }
}

/// A member of a form that is a file, or a list of files.
fn file_member(member: &lower::Schema, file: FilePart) -> lower::Schema {
    let description = member.description.as_deref();
    let description = description.map(|text| text.replace("Format: `binary`.", ""));
    let described = |kind: Kind| lower::Schema {
        description: description.clone(),
        ..lower::Schema::of(kind)
    };
    let one = described(Kind::File);
    match file {
        FilePart::One => one,
        FilePart::List => described(Kind::Array(Some(Box::new(one)))),
    }
}

/// What the document says about a discriminator, before it is decided which values count.
fn declared(discriminator: &lower::Discriminator) -> Discriminator {
    let mapped = discriminator.mapped.iter();
    let values = mapped.map(|values| values.iter().cloned().map(Constant::String).collect());
    Discriminator {
        wire: discriminator.property.clone(),
        values: values.collect(),
        new: Vec::new(),
        names: discriminator.components.clone(),
    }
}

/// What an inline branch's own type is called after its union.
fn branch_name(branch: &lower::Branch, index: usize) -> String {
    match (&branch.schema.kind, &branch.name) {
        (Kind::Array(_), _) => String::new(),
        (_, Some(name)) => pascal(name),
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
