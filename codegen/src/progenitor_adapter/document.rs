//! The document that progenitor is given: OpenAPI 3.0, made from the model, with every type of the
//! client and the probes, and no operation.

use serde_json::{Map, Value, json};

use super::type_probe::{ProbeNames, ProbeSchema};
use crate::model::{Field, Model, Operation, Schema, Shape, StringFormat, TypeDef};

/// The document of a model.
pub(super) fn document(model: &Model, names: &ProbeNames) -> Value {
    let mut schemas = declared(model);
    for (probe, properties) in probes(model) {
        // An empty object would become a map, which has no properties to ask for.
        if !properties.is_empty() {
            schemas.insert(names.name(probe), object(&properties));
        }
    }
    json!({
        "openapi": "3.0.3",
        "info": { "title": model.title, "version": model.version },
        "paths": {},
        "components": { "schemas": schemas },
    })
}

/// Whether the emitter declares a shape, and not typify.
pub(crate) fn emitted_by_us(shape: &Shape) -> bool {
    match shape {
        Shape::Enum { .. } | Shape::Union { .. } | Shape::Secret => true,
        Shape::Struct { .. } | Shape::Alias(_) => false,
    }
}

fn declared(model: &Model) -> Map<String, Value> {
    let types = model.types.iter();
    types
        .map(|(name, definition)| (name.clone(), type_schema(definition)))
        .collect()
}

/// Each probe with its properties, all of them required: we express absence ourselves.
fn probes(model: &Model) -> Vec<(ProbeSchema, Vec<(String, &Schema)>)> {
    let mut probes = Vec::new();
    for (index, operation) in model.operations.iter().enumerate() {
        probes.push((ProbeSchema::Operation(index), operation_schemas(operation)));
    }
    for (index, definition) in model.types.values().enumerate() {
        if let Shape::Union { branches, .. } = &definition.shape {
            let schemas = branches.iter().enumerate();
            let schemas = schemas.map(|(at, branch)| (format!("b{at}"), &branch.schema));
            probes.push((ProbeSchema::Union(index), schemas.collect()));
        }
    }
    let constants = model.constants.iter().enumerate();
    let constants = constants.map(|(at, constant)| (format!("k{at}"), &constant.schema));
    probes.push((ProbeSchema::Constants, constants.collect()));
    probes
}

fn operation_schemas(operation: &Operation) -> Vec<(String, &Schema)> {
    let parameters = operation.parameters.iter().enumerate();
    let mut schemas: Vec<_> = parameters
        .map(|(at, parameter)| (format!("p{at}"), &parameter.schema))
        .collect();
    if let Some(body) = &operation.body {
        schemas.push(("body".to_owned(), &body.schema));
    }
    for (at, response) in operation.responses.iter().enumerate() {
        if let Some(body) = &response.body {
            schemas.push((format!("r{at}"), &body.schema));
        }
    }
    schemas
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

/// The schema that stands for JSON which may hold a secret; `settings` names its Rust type.
pub(super) fn concealed() -> Value {
    json!({ "type": "string", "format": "concealed-json" })
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
