//! The smallest documents for the rules about servers, and about what a method does not express.

use serde_json::{Value, json};

use crate::lowering::{document, generated, operation};

pub(crate) fn servers() -> Vec<(&'static str, Value)> {
    let base = json!({ "operationId": "get", "responses": { "204": { "description": "" } } });
    let own = |servers: Value| operation(base.clone(), json!({ "servers": servers }));
    vec![
        (
            "server-variables",
            own(
                json!([{ "url": "https://{at}.example", "variables": { "at": { "default": "eu" } } }]),
            ),
        ),
        (
            "own-server",
            own(json!([{ "url": "https://files.example/" }])),
        ),
        (
            "several-own-servers",
            own(json!([{ "url": "/files" }, { "url": "https://b.example" }])),
        ),
        (
            "unusable-own-server",
            own(json!([{ "url": "ftp://files.example" }])),
        ),
    ]
}

pub(crate) fn unsaid() -> Vec<(&'static str, Value)> {
    let base = json!({ "operationId": "get", "responses": { "204": { "description": "" } } });
    let change = |changes: Value| operation(base.clone(), changes);
    let answer = |media_type: &str| {
        let content = json!({ "description": "", "content": { media_type: {} } });
        change(json!({ "responses": { "200": content } }))
    };
    let mut webhooks = document(&base);
    webhooks["webhooks"] =
        json!({ "done": { "post": { "responses": { "204": { "description": "" } } } } });
    let query = |flag: &str| {
        let parameter =
            json!({ "name": "q", "in": "query", "schema": { "type": "string" }, flag: true });
        change(json!({ "parameters": [parameter] }))
    };
    vec![
        (
            "callbacks",
            change(
                json!({ "callbacks": { "done": { "{$url}": { "post": { "responses": { "204": { "description": "" } } } } } } }),
            ),
        ),
        (
            "links",
            change(
                json!({ "responses": { "204": { "description": "", "links": { "next": { "operationId": "get" } } } } }),
            ),
        ),
        ("webhooks", webhooks),
        ("event-stream", answer("text/event-stream")),
        ("response-of-bytes", answer("application/xml")),
        ("allow-reserved", query("allowReserved")),
        ("allow-empty-value", query("allowEmptyValue")),
        (
            "part-headers",
            change(
                json!({ "requestBody": { "content": { "multipart/form-data": {
                    "schema": { "type": "object", "properties": { "a": { "type": "string" } } },
                    "encoding": { "a": { "headers": { "x-a": { "schema": { "type": "string" } } } } },
                } } } }),
            ),
        ),
    ]
}

/// An id that is given stays; those that are derived make way for it, and for one another.
#[test]
fn ids_are_unique() {
    let unnamed = json!({ "responses": { "204": { "description": "" } } });
    let mut named = unnamed.clone();
    named["operationId"] = json!("get_a_b");
    let mut document = document(&unnamed);
    document["paths"] = json!({
        "/a-b": { "get": unnamed }, "/a/b": { "get": unnamed }, "/z": { "get": named },
    });
    let files = generated(&document, None);
    let ids = files["src/operations.rs"].lines();
    let ids = ids.filter_map(|line| line.trim_start().strip_prefix("id: "));
    let mut ids: Vec<&str> = ids.collect();
    ids.sort_unstable();
    assert_eq!(ids, ["\"get_a_b\",", "\"get_a_b_2\",", "\"get_a_b_3\","]);
}
