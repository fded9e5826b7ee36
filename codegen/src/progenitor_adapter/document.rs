//! The model as the OpenAPI 3.0 document that progenitor is given.

use std::collections::BTreeSet;
use std::ops::Range;

use serde_json::{Map, Value, json};

use super::carrier::{Carrier, CarrierNames};
use super::emitted_by_us;
use crate::lower::CONCEALED;
use crate::model::{
    BodyKind, Field, Location, Model, Operation, Parameter, Schema, Shape, StringFormat, TypeDef,
};

/// The whole document.
pub(super) fn whole(model: &Model, names: &CarrierNames) -> Value {
    let mut schemas = declared(model);
    let operations = 0..model.operations.len();
    let carriers = operation_carriers(model, operations.clone());
    insert(
        &mut schemas,
        names,
        carriers.chain(carriers_of_types(model)),
    );
    document(model, schemas, operations)
}

/// The document of the types, without operations.
pub(super) fn types(model: &Model, names: &CarrierNames) -> Value {
    let mut schemas = declared(model);
    insert(&mut schemas, names, carriers_of_types(model));
    document(model, schemas, 0..0)
}

/// The document of some operations. The types that they name stand in it empty, since they are
/// declared by the other document: with them comes what they are called.
pub(super) fn operations<'a>(
    model: &'a Model,
    names: &CarrierNames,
    some: Range<usize>,
) -> (Value, BTreeSet<&'a str>) {
    let mut schemas = Map::new();
    let mut named = BTreeSet::new();
    for (_, slots) in operation_carriers(model, some.clone()) {
        named.extend(slots.iter().filter_map(|(_, schema)| schema.name()));
    }
    for name in &named {
        schemas.insert((*name).to_owned(), json!({}));
    }
    insert(&mut schemas, names, operation_carriers(model, some.clone()));
    (document(model, schemas, some), named)
}

fn document(model: &Model, schemas: Map<String, Value>, operations: Range<usize>) -> Value {
    let indexed = model.operations.iter().enumerate();
    let some = indexed.skip(operations.start).take(operations.len());
    let paths: Map<String, Value> = some.map(|(index, it)| path_item(index, it)).collect();
    json!({
        "openapi": "3.0.3",
        "info": { "title": model.title, "version": model.version },
        "paths": paths,
        "components": { "schemas": schemas },
    })
}

fn declared(model: &Model) -> Map<String, Value> {
    let types = model.types.iter();
    types
        .map(|(name, definition)| (name.clone(), type_schema(definition)))
        .collect()
}

/// A carrier with its properties.
type Slots<'a> = (Carrier, Vec<(String, &'a Schema)>);

fn insert<'a>(
    schemas: &mut Map<String, Value>,
    names: &CarrierNames,
    carriers: impl IntoIterator<Item = Slots<'a>>,
) {
    for (carrier, properties) in carriers {
        // An empty object would become a map and have no slots.
        if !properties.is_empty() {
            schemas.insert(names.name(carrier), object(&properties));
        }
    }
}

fn operation_carriers(model: &Model, some: Range<usize>) -> impl Iterator<Item = Slots<'_>> {
    let indexed = model.operations.iter().enumerate();
    let some = indexed.skip(some.start).take(some.len());
    some.map(|(index, it)| (Carrier::Operation(index), operation_slots(it)))
}

/// Each carrier with its properties, all of them required: absence is ours to express.
fn carriers_of_types(model: &Model) -> Vec<Slots<'_>> {
    let mut carriers = Vec::new();
    for (index, definition) in model.types.values().enumerate() {
        if let Shape::Union { branches, .. } = &definition.shape {
            let slots = branches.iter().enumerate();
            let slots = slots
                .map(|(at, branch)| (format!("b{at}"), &branch.schema))
                .collect();
            carriers.push((Carrier::Union(index), slots));
        }
    }
    let constants = model.constants.iter().enumerate();
    let constants = constants
        .map(|(at, constant)| (format!("k{at}"), &constant.schema))
        .collect();
    carriers.push((Carrier::Constants, constants));
    carriers
}

fn operation_slots(operation: &Operation) -> Vec<(String, &Schema)> {
    let parameters = operation.parameters.iter().enumerate();
    let mut slots: Vec<_> = parameters
        .map(|(at, parameter)| (format!("p{at}"), &parameter.schema))
        .collect();
    if let Some(body) = &operation.body {
        slots.push(("body".to_owned(), &body.schema));
    }
    for (at, response) in operation.responses.iter().enumerate() {
        if let Some(body) = &response.body {
            slots.push((format!("r{at}"), &body.schema));
        }
    }
    slots
}

/// Every operation stands under a path of its own: progenitor's own path handling (it joins
/// repeated slashes) has no part in the result.
fn path_item(index: usize, operation: &Operation) -> (String, Value) {
    let mut path = format!("/o{index}");
    for (at, parameter) in operation.parameters.iter().enumerate() {
        if parameter.location == Location::Path {
            path.push_str(&format!("/{{p{at}}}"));
        }
    }
    let parameters: Vec<Value> = operation
        .parameters
        .iter()
        .enumerate()
        .filter_map(parameter_object)
        .collect();
    let mut item = json!({
        "operationId": format!("o{index}"),
        "parameters": parameters,
        "responses": { "200": { "description": "" } },
    });
    if let (Some(body), Some(members)) = (&operation.body, item.as_object_mut()) {
        let (media_type, schema) = match body.kind {
            BodyKind::Json => ("application/json", schema(&body.schema)),
            BodyKind::Form => ("application/x-www-form-urlencoded", schema(&body.schema)),
            BodyKind::Text => ("text/plain", json!({ "type": "string" })),
            BodyKind::Bytes | BodyKind::Multipart => (
                "application/octet-stream",
                json!({ "type": "string", "format": "binary" }),
            ),
        };
        let content = json!({ media_type: { "schema": schema } });
        members.insert("requestBody".to_owned(), json!({ "content": content }));
    }
    (path, json!({ operation.method.to_ascii_lowercase(): item }))
}

/// Cookies, which progenitor does not know, enter as headers; every style enters as the plain
/// one. The rewrite puts the true encoder in its place.
fn parameter_object((at, parameter): (usize, &Parameter)) -> Option<Value> {
    let location = match parameter.location {
        Location::Path => "path",
        Location::Query => "query",
        Location::Header | Location::Cookie => "header",
    };
    Some(json!({
        "name": format!("p{at}"),
        "in": location,
        "required": parameter.required || parameter.location == Location::Path,
        "schema": schema(&parameter.schema),
    }))
}

fn type_schema(definition: &TypeDef) -> Value {
    match &definition.shape {
        shape if emitted_by_us(shape) => json!({}),
        Shape::Alias(inner) => schema(inner),
        Shape::Struct { fields, additional } => structure(fields, additional.as_ref()),
        Shape::Enum { .. } | Shape::Union { .. } | Shape::Secret => json!({}),
    }
}

fn structure(fields: &[Field], additional: Option<&Schema>) -> Value {
    let properties: Map<String, Value> = fields
        .iter()
        .map(|field| (field.rust.clone(), schema(&field.schema)))
        .collect();
    let required: Vec<&str> = fields
        .iter()
        .filter(|field| field.required)
        .map(|field| field.rust.as_str())
        .collect();
    let mut object = json!({ "type": "object", "properties": properties });
    if let Some(members) = object.as_object_mut() {
        // OpenAPI 3.0 wants at least one name in the list.
        if !required.is_empty() {
            members.insert("required".to_owned(), json!(required));
        }
        if let Some(additional) = additional {
            members.insert("additionalProperties".to_owned(), schema(additional));
        }
    }
    object
}

fn object(properties: &[(String, &Schema)]) -> Value {
    let required: Vec<&str> = properties.iter().map(|(name, _)| name.as_str()).collect();
    let properties: Map<String, Value> = properties
        .iter()
        .map(|(name, inner)| (name.clone(), schema(inner)))
        .collect();
    json!({ "type": "object", "properties": properties, "required": required })
}

/// What JSON that may hold a secret is for typify, which is told the type that it has.
pub(super) fn concealed() -> Value {
    json!({ "type": "string", "format": CONCEALED })
}

/// A type in place.
fn schema(of: &Schema) -> Value {
    match of {
        Schema::Any => json!({}),
        Schema::Concealed => concealed(),
        Schema::Boolean => json!({ "type": "boolean" }),
        Schema::Integer { narrow } => {
            json!({ "type": "integer", "format": if *narrow { "int32" } else { "int64" } })
        }
        Schema::Unsigned => json!({ "type": "integer", "format": "uint64" }),
        Schema::Number => json!({ "type": "number", "format": "double" }),
        Schema::String(StringFormat::Plain) => json!({ "type": "string" }),
        Schema::String(StringFormat::Date) => json!({ "type": "string", "format": "date" }),
        Schema::String(StringFormat::DateTime) => {
            json!({ "type": "string", "format": "date-time" })
        }
        Schema::String(StringFormat::Uuid) => json!({ "type": "string", "format": "uuid" }),
        Schema::Secret => json!({ "type": "string", "format": "password" }),
        Schema::File => json!({ "type": "string", "format": "binary" }),
        Schema::Array(items) => json!({ "type": "array", "items": schema(items) }),
        Schema::Map(values) => json!({ "type": "object", "additionalProperties": schema(values) }),
        Schema::Ref(name) => json!({ "$ref": format!("#/components/schemas/{name}") }),
        Schema::Nullable(inner) => nullable(inner),
    }
}

/// A reference may have no siblings in OpenAPI 3.0, so that `nullable` stands around it.
fn nullable(inner: &Schema) -> Value {
    let mut wrapped = match inner {
        Schema::Ref(_) => json!({ "allOf": [schema(inner)] }),
        _ => schema(inner),
    };
    match wrapped.as_object_mut() {
        // Any value includes null.
        Some(members) if !inner.is_untyped() => {
            members.insert("nullable".to_owned(), Value::Bool(true));
        }
        _ => {}
    }
    wrapped
}
