//! A small document with words of chance at every place where a name can stand.

use serde_json::{Map, Value, json};

use super::words::{token, word};
use crate::random::Random;

/// A document, and perhaps the packaging of its client.
pub(super) fn document(random: &mut Random) -> (Value, Option<Value>) {
    let schemas = words(random, 1, 5);
    let tags = words(random, 1, 4);
    let schemes = words(random, 0, 3);
    let mut paths = Map::new();
    let mut headers = Vec::new();
    for index in 0..=random.below(5) {
        let (path, method, operation) = operation(random, index, &schemas, &tags, &mut headers);
        paths.insert(path, json!({ method: operation }));
    }
    let declared: Map<String, Value> = schemas
        .iter()
        .map(|name| (name.clone(), schema(random, &schemas, 2)))
        .collect();
    let security: Vec<Value> = schemes.iter().map(|name| json!({ name: [] })).collect();
    let schemes: Map<String, Value> = schemes
        .into_iter()
        .map(|name| (name, scheme(random)))
        .collect();
    let document = json!({
        "openapi": "3.1.0",
        "info": { "title": word(random), "version": word(random), "description": word(random) },
        "servers": servers(random),
        "security": security,
        "paths": paths,
        "components": { "schemas": declared, "securitySchemes": schemes },
    });
    let config = headers.pop().filter(|_| random.below(2) == 0);
    let config = config.map(
        |header| json!({ "constant_headers": [{ "header": header, "setter": word(random) }] }),
    );
    (document, config)
}

/// Words that differ.
fn words(random: &mut Random, least: usize, more: usize) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for _ in 0..least + random.below(more) {
        let word = word(random);
        if !words.contains(&word) {
            words.push(word);
        }
    }
    words
}

fn servers(random: &mut Random) -> Vec<Value> {
    let server = |index| json!({ "url": format!("https://a{index}.example/v1"), "description": word(random) });
    (0..2).map(server).collect()
}

fn scheme(random: &mut Random) -> Value {
    match random.below(3) {
        0 => json!({ "type": "http", "scheme": "bearer", "description": word(random) }),
        1 => json!({ "type": "http", "scheme": "basic" }),
        _ => json!({ "type": "apiKey", "in": "header", "name": token(random) }),
    }
}

/// An operation with its path and method.
fn operation(
    random: &mut Random,
    index: usize,
    schemas: &[String],
    tags: &[String],
    headers: &mut Vec<String>,
) -> (String, &'static str, Value) {
    let expressions: Vec<String> = words(random, 0, 3)
        .into_iter()
        .filter(|word| !word.is_empty() && !word.contains(['{', '}', '/']))
        .collect();
    let mut path = format!("/o{index}");
    for expression in &expressions {
        path.push_str(&format!("/{{{expression}}}"));
    }
    let mut parameters: Vec<Value> = expressions
        .iter()
        .map(|name| parameter(random, name, "path", schemas))
        .collect();
    for name in words(random, 0, 4) {
        parameters.push(parameter(random, &name, "query", schemas));
    }
    if random.below(2) == 0 {
        let name = token(random);
        parameters.push(parameter(random, &name, "header", schemas));
        headers.push(name);
    }
    let mut operation = json!({
        "tags": [random.of(tags)],
        "summary": word(random),
        "parameters": parameters,
        "responses": {
            "200": { "description": word(random), "content": content(random, schemas) },
            "404": { "description": word(random), "content": content(random, schemas) },
        },
    });
    if random.below(4) > 0 {
        operation["operationId"] = json!(word(random));
    }
    let method = *random.of(&["get", "post", "put", "patch", "delete"]);
    if method != "get" {
        operation["requestBody"] =
            json!({ "required": random.below(2) == 0, "content": content(random, schemas) });
    }
    (path, method, operation)
}

fn parameter(random: &mut Random, name: &str, location: &str, schemas: &[String]) -> Value {
    let required = location == "path" || random.below(2) == 0;
    let schema = match random.below(4) {
        0 if location != "path" => reference(random, schemas),
        1 => values(random),
        _ => json!({ "type": "string" }),
    };
    json!({
        "name": name, "in": location, "required": required, "schema": schema,
        "description": word(random),
    })
}

fn content(random: &mut Random, schemas: &[String]) -> Value {
    let schema = match random.below(3) {
        0 => schema(random, schemas, 2),
        _ => reference(random, schemas),
    };
    let media_type = *random.of(&[
        "application/json",
        "application/json",
        "multipart/form-data",
    ]);
    json!({ media_type: { "schema": schema } })
}

fn reference(random: &mut Random, schemas: &[String]) -> Value {
    let name = random.of(schemas).replace('~', "~0").replace('/', "~1");
    let name = name.replace('%', "%25");
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

fn values(random: &mut Random) -> Value {
    json!({ "type": "string", "enum": words(random, 1, 6) })
}

fn schema(random: &mut Random, schemas: &[String], depth: usize) -> Value {
    match random.below(8) {
        0 => values(random),
        1 => json!({ "type": "string", "format": "password", "description": word(random) }),
        2 if depth > 0 => {
            let branches: Vec<Value> = (0..2 + random.below(2))
                .map(|_| match random.below(2) {
                    0 => reference(random, schemas),
                    _ => schema(random, schemas, depth - 1),
                })
                .collect();
            json!({ "oneOf": branches })
        }
        3 => json!({ "type": "string" }),
        _ => object(random, schemas, depth),
    }
}

fn object(random: &mut Random, schemas: &[String], depth: usize) -> Value {
    let names = words(random, 1, 8);
    let required: Vec<&String> = names.iter().filter(|_| random.below(3) > 0).collect();
    let required = json!(required);
    let mut members = Map::new();
    for name in names {
        let member = match random.below(6) {
            0 if depth > 0 => schema(random, schemas, depth - 1),
            1 => reference(random, schemas),
            2 => json!({ "type": ["string", "null"], "description": word(random) }),
            _ => json!({ "type": "string", "description": word(random) }),
        };
        members.insert(name, member);
    }
    let mut object = json!({
        "type": "object", "title": word(random), "required": required, "properties": members,
    });
    if random.below(4) == 0 {
        object["additionalProperties"] = json!({ "type": "string" });
    }
    object
}
