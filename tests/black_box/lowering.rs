//! Every rule: the smallest document that it applies to, what it notes, what becomes of it in Rust.

use codegen::config::Job;
use codegen::pipeline::generate;
use codegen::source::{Input, Source};
use serde_json::{Value, json};

use crate::lowering_operations;

/// A document whose only operation answers with this schema.
pub fn answering(schema: &Value) -> Value {
    document(&json!({
        "operationId": "get",
        "responses": { "200": { "description": "", "content": { "application/json": { "schema": schema } } } },
    }))
}

pub fn document(operation: &Value) -> Value {
    json!({
        "openapi": "3.1.0",
        "info": { "title": "T", "version": "1" },
        "paths": { "/a/{id}": {
            "parameters": [{ "name": "id", "in": "path", "required": true, "schema": { "type": "string" } }],
            "get": operation,
        } },
        "components": { "schemas": {
            "Cat": { "type": "object", "required": ["name"], "properties": { "name": { "type": "string" } } },
            "Weight": { "type": "number", "description": "In kilograms." },
            "Dog": { "type": "object", "properties": { "barks": { "type": "boolean" } } },
        } },
    })
}

fn member(schema: Value) -> Value {
    answering(&json!({ "type": "object", "properties": { "it": schema } }))
}

pub(crate) fn operation(mut object: Value, changes: Value) -> Value {
    if let (Some(object), Value::Object(changes)) = (object.as_object_mut(), changes) {
        object.extend(changes);
    }
    document(&object)
}

fn schema_fixtures() -> Vec<(&'static str, Value)> {
    let cat = json!({ "$ref": "#/components/schemas/Cat" });
    let dog = json!({ "$ref": "#/components/schemas/Dog" });
    vec![
        ("false-schema", member(json!(false))),
        (
            "null-in-type-array",
            member(json!({ "type": ["string", "null"] })),
        ),
        (
            "type-array",
            member(json!({ "type": ["string", "integer"], "maxLength": 3, "minimum": 1 })),
        ),
        ("const", member(json!({ "const": "fixed" }))),
        (
            "null-in-enum",
            member(json!({ "type": "string", "enum": ["a", null] })),
        ),
        ("type-null", member(json!({ "type": "null" }))),
        (
            "null-branch",
            member(json!({ "anyOf": [cat, { "type": "null" }] })),
        ),
        (
            "members-beside-union",
            member(json!({ "properties": { "id": { "type": "integer" } }, "oneOf": [cat, dog] })),
        ),
        (
            "union-of-required",
            member(json!({
                "type": "object", "properties": { "a": {}, "b": {} },
                "oneOf": [{ "required": ["a"] }, { "required": ["b"] }],
            })),
        ),
        (
            "union-of-one",
            member(json!({ "oneOf": [cat], "description": "A cat." })),
        ),
        (
            "all-of-one",
            member(json!({ "allOf": [cat], "description": "A cat." })),
        ),
        (
            "all-of-merged",
            member(json!({ "allOf": [cat, dog], "required": ["barks"] })),
        ),
        (
            "all-of-refined",
            member(
                json!({ "allOf": [{ "$ref": "#/components/schemas/Weight" }, { "minimum": 3 }] }),
            ),
        ),
        (
            "all-of-conflict",
            member(json!({ "allOf": [{ "type": "string" }, { "type": "integer" }] })),
        ),
        (
            "concealed",
            member(
                json!({ "type": "array", "prefixItems": [{ "type": "string", "format": "password" }] }),
            ),
        ),
        (
            "implied-type",
            member(json!({ "properties": { "a": { "type": "string" } } })),
        ),
        (
            "password-reduced",
            member(
                json!({ "type": "string", "format": "password", "minLength": 8, "default": "x" }),
            ),
        ),
        (
            "exclusive-bound",
            member(json!({ "type": "integer", "exclusiveMinimum": 0 })),
        ),
        (
            "wide-integer",
            member(json!({ "type": "integer", "minimum": 0, "maximum": 18446744073709551615_u64 })),
        ),
        (
            "unchecked-bounds",
            member(
                json!({ "type": "string", "minLength": 1, "pattern": "^[a-z]`$", "description": "A word." }),
            ),
        ),
        (
            "default",
            member(json!({ "type": "integer", "default": 7 })),
        ),
        (
            "title",
            member(
                json!({ "type": "object", "title": "Cat", "properties": { "a": { "type": "string" } } }),
            ),
        ),
        (
            "enum-of-values",
            member(json!({ "type": "integer", "enum": [1, 2] })),
        ),
        (
            "format-without-type",
            member(json!({ "type": "string", "format": "email" })),
        ),
        (
            "undeclared-member",
            member(
                json!({ "type": "object", "required": ["b"], "properties": { "a": { "type": "string" } } }),
            ),
        ),
        (
            "closed-object",
            member(
                json!({ "type": "object", "properties": { "a": {} }, "additionalProperties": false }),
            ),
        ),
        (
            "discriminator",
            member(json!({ "oneOf": [cat, dog], "discriminator": { "propertyName": "kind" } })),
        ),
        (
            "discriminated-parent",
            member(
                json!({ "type": "object", "properties": { "kind": { "type": "string" } },
                "discriminator": { "propertyName": "kind" } }),
            ),
        ),
        ("any-of", member(json!({ "anyOf": [cat, dog] }))),
        (
            "keyword-not-expressed",
            member(json!({ "type": "string", "not": { "const": "x" } })),
        ),
        (
            "deep-reference",
            member(json!({ "$ref": "#/components/schemas/Cat/properties/name" })),
        ),
    ]
}

fn operation_fixtures() -> Vec<(&'static str, Value)> {
    let body = |schema: Value| json!({ "description": "", "content": { "application/json": { "schema": schema } } });
    let (text, number) = (
        body(json!({ "type": "string" })),
        body(json!({ "type": "integer" })),
    );
    let base = json!({ "operationId": "get", "responses": { "204": { "description": "" } } });
    let change = |changes: Value| operation(base.clone(), changes);
    let mut duplicate = document(&base);
    duplicate["paths"]["/b"] = json!({ "get": base });
    let mut fragment = document(&base);
    fragment["paths"] = json!({ "/a#one": { "get": base } });
    vec![
        (
            "missing-operation-id",
            document(&json!({ "responses": { "204": { "description": "" } } })),
        ),
        ("duplicate-operation-id", duplicate),
        ("path-fragment", fragment),
        (
            "path-parameter-required",
            change(json!({ "parameters": [{ "name": "id", "in": "path", "schema": {} }] })),
        ),
        (
            "ignored-header",
            change(json!({ "parameters": [{ "name": "Accept", "in": "header", "schema": {} }] })),
        ),
        (
            "several-request-media-types",
            change(
                json!({ "requestBody": { "content": { "text/plain": {}, "application/json": { "schema": { "type": "string" } } } } }),
            ),
        ),
        (
            "several-response-media-types",
            change(
                json!({ "responses": { "200": { "description": "", "content": { "text/csv": {}, "application/json": { "schema": {} } } } } }),
            ),
        ),
        (
            "body-of-bytes",
            change(
                json!({ "requestBody": { "required": true, "content": { "application/xml": {} } } }),
            ),
        ),
        (
            "several-error-bodies",
            change(json!({ "responses": { "200": text, "400": text, "500": number } })),
        ),
        (
            "several-success-bodies",
            change(json!({ "responses": { "200": text, "201": number } })),
        ),
        (
            "default-response",
            change(json!({ "responses": { "default": text } })),
        ),
    ]
}

#[test]
fn every_rule_is_shown_by_the_smallest_document() {
    let fixtures: Vec<(&str, Value)> = schema_fixtures()
        .into_iter()
        .chain(operation_fixtures())
        .chain(lowering_operations::servers())
        .chain(lowering_operations::unsaid())
        .collect();
    let mut shown = String::new();
    for (id, document) in &fixtures {
        let source = Source::new(Input::Document, "document", document.to_string());
        let output = generate(&Job::of(&source));
        let made = output
            .made
            .unwrap_or_else(|| panic!("{id}: {:?}", output.report.diagnostics));
        let applied = output
            .report
            .log
            .iter()
            .any(|applied| applied.rule.id == *id);
        assert!(
            applied,
            "{id} does not apply:\n{}",
            output.report.log_text()
        );
        shown.push_str(&format!("# {id}\n{}", output.report.log_text()));
        let digest = tests::digest::of_files(&made.files);
        let about_it = |line: &&str| {
            let own = [
                "get::",
                "types::",
                "operations::GetError::",
                "operations::GetSuccess",
                "operations::Get::send",
            ];
            let kept = own.iter().any(|start| line.starts_with(start));
            kept && !line.contains("std::fmt")
                && !line.contains(": From<")
                && !line.contains(" deriving ")
        };
        for line in digest.lines().filter(about_it) {
            shown.push_str(&format!("    {line}\n"));
        }
    }
    insta::assert_snapshot!("lowering_rules", shown);
    let missing: Vec<&str> = codegen::lower::rules()
        .map(|rule| rule.id)
        .filter(|id| fixtures.iter().all(|(shown, _)| shown != id))
        .filter(|id| !crate::rule_cases::ids().iter().any(|shown| shown == id))
        .collect();
    assert!(missing.is_empty(), "no document shows {missing:?}");
}

#[test]
fn names_are_valid_and_unique() {
    let words = [
        "type", "Type", "TYPE", "self", "Self", "fn", "async", "gen", "", "1st", "+1", "-1", "é",
        "a-b", "a_b", "a b",
    ];
    let members: serde_json::Map<String, Value> = words
        .iter()
        .map(|word| ((*word).to_owned(), json!({ "type": "string" })))
        .collect();
    let values: Vec<&str> = words.to_vec();
    let document = answering(&json!({
        "type": "object",
        "properties": { "members": { "type": "object", "properties": members }, "values": { "type": "string", "enum": values } },
    }));
    let source = Source::new(Input::Document, "document", document.to_string());
    let job = Job::of(&source);
    let output = generate(&job);
    let made = output
        .made
        .unwrap_or_else(|| panic!("{:?}", output.report.diagnostics));
    let digest = tests::digest::of_files(&made.files);
    let lines: Vec<&str> = digest
        .lines()
        .filter(|line| line.starts_with("types::Get"))
        .filter(|line| !line.contains("impl"))
        .collect();
    insta::assert_snapshot!("names", lines.join("\n"));
}
/// Schemas that are secrets: as they are, and composed with others.
fn secrets() -> Vec<(&'static str, Value)> {
    let secret = json!({ "type": "string", "format": "password" });
    let named = json!({ "$ref": "#/components/schemas/Key" });
    vec![
        ("alone", secret.clone()),
        ("untyped", json!({ "format": "password" })),
        (
            "nullable",
            json!({ "type": ["string", "null"], "format": "password" }),
        ),
        ("referred", named.clone()),
        (
            "default_beside",
            json!({ "$ref": "#/components/schemas/Key", "default": "hunter2" }),
        ),
        (
            "refined",
            json!({ "allOf": [named, { "minLength": 8, "pattern": "^hunter2$" }] }),
        ),
        (
            "refined_inline",
            json!({ "allOf": [{ "type": "string" }, { "format": "password" }], "maxLength": 9 }),
        ),
        (
            "constant",
            json!({ "type": "string", "format": "password", "const": "hunter2" }),
        ),
        (
            "of_several",
            json!({ "anyOf": [named, { "type": "null" }] }),
        ),
    ]
}

/// However a document says it, what has the format `password` is a type that shows nothing.
#[test]
fn a_secret_stays_one_through_composition() {
    let (secret, ways) = (json!({ "type": "string", "format": "password" }), secrets());
    let properties: serde_json::Map<String, Value> = ways
        .iter()
        .map(|(name, schema)| ((*name).to_owned(), schema.clone()))
        .collect();
    let mut document = answering(&json!({
        "allOf": [
            { "type": "object", "properties": { "declared_again": secret } },
            { "type": "object", "properties": { "declared_again": { "type": "string" } } },
            { "type": "object", "properties": properties },
        ],
    }));
    document["components"]["schemas"]["Key"] = secret;
    let source = Source::new(Input::Document, "document", document.to_string());
    let output = generate(&Job::of(&source));
    let made = output
        .made
        .unwrap_or_else(|| panic!("{:?}", output.report.diagnostics));
    let digest = tests::digest::of_files(&made.files);
    let members: Vec<&str> = digest
        .lines()
        .filter_map(|line| line.strip_prefix("types::GetOkBody."))
        .collect();
    assert_eq!(members.len(), ways.len() + 1, "{members:#?}");
    for member in members {
        let (name, kind) = member.split_once(": ").expect("a member has a type");
        let secret = ["Option<runtime::Secret>", "Option<Key>"].contains(&kind);
        assert!(secret, "{name} is {kind}");
    }
    for file in made.files.values() {
        assert!(
            !file.contains("hunter2"),
            "a value of a secret is told:\n{file}"
        );
    }
}

pub fn generated(
    document: &Value,
    config: Option<&str>,
) -> std::collections::BTreeMap<String, String> {
    let source = Source::new(Input::Document, "document", document.to_string());
    let config = config.map(|text| Source::new(Input::Config, "client.yaml", text));
    let output = generate(&Job {
        config: config.as_ref(),
        ..Job::of(&source)
    });
    let made = output.made;
    made.unwrap_or_else(|| panic!("{:?}", output.report.diagnostics))
        .files
}

/// What the packaging calls a setter may be taken by the builder itself.
#[test]
fn a_setter_has_a_name_of_its_own() {
    let parameter =
        |name: &str| json!({ "name": name, "in": "header", "schema": { "type": "string" } });
    let operation = json!({
        "operationId": "get",
        "security": [{ "key": [] }],
        "parameters": [parameter("x-one"), parameter("x-two")],
        "responses": { "204": { "description": "" } },
    });
    let mut document = document(&operation);
    let scheme = json!({ "key": { "type": "http", "scheme": "bearer" } });
    document["components"]["securitySchemes"] = scheme;
    let config = "constant_headers:\n- {header: x-one, setter: retry}\n\
                  - {header: x-two, setter: bearer_token_from}\n";
    let digest = tests::digest::of_files(&generated(&document, Some(config)));
    let setters: Vec<&str> = digest
        .lines()
        .filter_map(|line| line.strip_prefix("ClientBuilder::"))
        .filter(|line| line.starts_with("retry") || line.starts_with("bearer"))
        .map(|line| line.split(':').next().unwrap_or_default())
        .collect();
    let expected = [
        "bearer_token",
        "bearer_token_from",
        "bearer_token_from_2",
        "retry",
        "retry_setting",
    ];
    assert_eq!(setters, expected);
}
