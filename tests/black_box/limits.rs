//! Documents made to exhaust a program: each ends, in a crate or in a finding.

use codegen::config::Job;
use codegen::pipeline::{Output, generate};
use codegen::source::{Input, Source};
use serde_json::{Map, Value, json};

fn generated(text: impl Into<Vec<u8>>) -> Output {
    let source = Source::new(Input::Document, "document", text);
    generate(&Job::of(&source))
}

fn reference(index: usize) -> Value {
    json!({ "$ref": format!("#/components/schemas/C{index}") })
}

/// A document that answers with the first of so many schemas; the last one is an object.
fn schemas(count: usize, schema: impl Fn(usize) -> Value) -> Output {
    let last = json!({ "type": "object", "properties": { "x": { "type": "string" } } });
    let one = |index| {
        if index + 1 < count {
            schema(index)
        } else {
            last.clone()
        }
    };
    let schemas: Map<String, Value> = (0..count)
        .map(|index| (format!("C{index}"), one(index)))
        .collect();
    let content = json!({ "application/json": { "schema": reference(0) } });
    let document = json!({
        "openapi": "3.1.0",
        "info": { "title": "T", "version": "1" },
        "paths": { "/a": { "get": { "responses": { "200": { "description": "", "content": content } } } } },
        "components": { "schemas": schemas },
    });
    generated(document.to_string())
}

#[track_caller]
fn found(output: &Output, id: &str) {
    let ids: Vec<&str> = output
        .report
        .findings
        .iter()
        .map(|finding| finding.kind.id)
        .collect();
    assert!(ids.contains(&id) && output.made.is_none(), "{ids:?}");
}

#[test]
fn depth_is_bounded_before_anything_recurses() {
    found(&generated("[".repeat(100_000)), "too-deep");
    found(&generated(format!("a: {}", "[".repeat(20_000))), "too-deep");
    found(&generated("- ".repeat(20_000)), "too-deep");
}

#[test]
fn long_chains_of_references_end() {
    let chain = schemas(
        500,
        |index| json!({ "type": "object", "properties": { "n": reference(index + 1) } }),
    );
    assert!(chain.made.is_some());
    let circle = schemas(
        200,
        |index| json!({ "type": "object", "required": ["n"], "properties": { "n": reference((index + 1) % 199) } }),
    );
    assert!(circle.made.is_some());
    found(
        &schemas(200, |index| reference(index + 1)),
        "reference-cycle",
    );
}

#[test]
fn composition_does_not_double_at_every_level() {
    let doubled = schemas(
        60,
        |index| json!({ "allOf": [reference(index + 1), reference(index + 1)] }),
    );
    assert!(doubled.made.is_some());
    let unions = schemas(
        100,
        |index| json!({ "oneOf": [reference(index + 1), { "type": "array", "items": reference(0) }] }),
    );
    assert!(unions.made.is_some());
}

#[test]
fn composition_inside_composition_ends() {
    let extended = |index: usize, member: &str| json!({ "allOf": [reference(index), { "type": "object", "properties": { member: { "type": "string" } } }] });
    let itself = schemas(
        2,
        |_| json!({ "type": "object", "properties": { "child": extended(0, "x") } }),
    );
    assert!(itself.made.is_some());
    let beside_reference = schemas(
        2,
        |_| json!({ "type": "object", "properties": { "child": { "$ref": "#/components/schemas/C0", "required": ["child"] } } }),
    );
    assert!(beside_reference.made.is_some());
    let in_union = schemas(
        2,
        |_| json!({ "type": "object", "properties": { "child": { "properties": { "x": {} }, "oneOf": [reference(0), reference(1)] } } }),
    );
    assert!(in_union.made.is_some());
    // A composition that comes out only where what is around it goes.
    let required = json!({ "$ref": "#/components/schemas/C0", "required": ["child"] });
    for around in [
        json!({ "anyOf": [required, { "type": "null" }] }),
        json!({ "oneOf": [{ "allOf": [{ "anyOf": [required] }] }] }),
        json!({ "allOf": [{ "oneOf": [required] }] }),
        json!({ "anyOf": [{ "oneOf": [required, { "enum": [null] }] }, { "type": "null" }] }),
        json!({ "type": ["object", "null"], "oneOf": [required] }),
        json!({ "oneOf": [required, { "type": "string" }] }),
    ] {
        let around = |_| json!({ "type": "object", "properties": { "child": around } });
        assert!(schemas(2, around).made.is_some());
    }
    let twice = schemas(
        30,
        |index| json!({ "type": "object", "properties": { "l": extended(index + 1, "x"), "r": extended(index + 1, "y") } }),
    );
    assert!(twice.made.is_some());
}

#[test]
fn bytes_that_are_no_text_are_a_finding() {
    found(
        &generated(b"openapi: 3.1.0\ninfo: {title: Caf\xe9}\n".to_vec()),
        "not-text",
    );
    found(&generated("openapi: 3.1.0\ninfo: {title: Caf"), "syntax");
}
