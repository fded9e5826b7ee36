//! What documents are made of.

use serde_json::{Map, Value, json};

/// A document with these paths.
pub(super) fn of(paths: Map<String, Value>) -> Value {
    json!({ "openapi": "3.1.0", "info": { "title": "T", "version": "1" }, "paths": paths })
}

/// A document with one operation; what it lacks is added.
pub(super) fn get(mut operation: Value) -> Value {
    if operation.get("responses").is_none() {
        operation["responses"] = self::operation()["responses"].take();
    }
    of([("/a".to_owned(), json!({ "get": operation }))]
        .into_iter()
        .collect())
}

/// A document that answers with the first of these schemas.
pub(super) fn schemas<const N: usize>(named: [(&str, Value); N]) -> Value {
    let named = named
        .into_iter()
        .map(|(name, schema)| (name.to_owned(), schema));
    let named: Map<String, Value> = named.collect();
    let first = named
        .keys()
        .next()
        .map(|name| format!("#/components/schemas/{name}"));
    components(get(answer(json!({ "$ref": first }))), "schemas", named)
}

/// The document with components of a kind.
pub(super) fn components(mut document: Value, kind: &str, named: Map<String, Value>) -> Value {
    document["components"][kind] = Value::Object(named);
    document
}

/// An operation that says nothing.
pub(super) fn operation() -> Value {
    json!({ "responses": { "200": { "description": "" } } })
}

/// An operation that answers with a value of a schema.
pub(super) fn answer(schema: Value) -> Value {
    json!({ "responses": { "200": { "description": "D", "content": { "application/json": { "schema": schema } } } } })
}

pub(super) fn object(members: Map<String, Value>) -> Value {
    json!({ "type": "object", "properties": members })
}

pub(super) fn text() -> Value {
    json!({ "type": "string" })
}

/// A reference to the schema with this number.
pub(super) fn reference(index: usize) -> Value {
    json!({ "$ref": format!("#/components/schemas/S{index}") })
}

/// What people write: operations with parameters, a type for each, and prose.
pub(super) fn ordinary(count: usize) -> Value {
    let path = |index: usize| {
        let mut operation = answer(reference(index));
        operation["operationId"] = json!(format!("get_thing_{index}"));
        operation["tags"] = json!([format!("Things {}", index % 20)]);
        operation["summary"] = json!("Gets a thing");
        operation["description"] = json!("It gets a thing by its id, with all of its members.");
        operation["parameters"] = json!([
            { "name": "id", "in": "path", "required": true, "description": "The id of the thing.", "schema": text() },
            { "name": "expand", "in": "query", "description": "What is expanded.", "schema": { "type": "array", "items": text() } },
        ]);
        (
            format!("/things{index}/{{id}}"),
            json!({ "get": operation }),
        )
    };
    let schema = |index: usize| {
        let members = json!({
            "id": { "type": "string", "description": "Its id." },
            "name": { "type": "string", "description": "What people call it.", "maxLength": 100 },
            "kind": { "type": "string", "enum": ["small", "large"] },
            "next": reference((index + 1) % count),
        });
        let schema = json!({ "type": "object", "description": "A thing of the API.", "required": ["id"], "properties": members });
        (format!("S{index}"), schema)
    };
    let document = of((0..count).map(path).collect());
    components(document, "schemas", (0..count).map(schema).collect())
}
