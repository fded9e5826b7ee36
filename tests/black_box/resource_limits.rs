//! Documents made to exhaust a program: each ends, in a crate or in a diagnostic.

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
        .diagnostics
        .iter()
        .map(|diagnostic| diagnostic.kind.id)
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
    let chain = schemas(200, |index| reference(index + 1));
    assert!(chain.made.is_some(), "a chain that is too long is a fault");
    let mut kinds = chain.report.diagnostics.iter().map(|found| found.kind.id);
    assert!(kinds.all(|id| id == "reference-cycle"));
}

/// Who uses a faulty node is found by following references, which has a limit for many faults. Behind
/// it, an operation is still left out for its own fault only.
#[test]
fn many_faults_are_each_followed_for_a_bounded_time() {
    const COUNT: usize = 500;
    let mut paths = json!({});
    for index in 0..COUNT {
        paths[format!("/p{index}")] = json!({ "get": { "responses": { "200": {
            "description": "Found.", "content": { "application/json": { "schema": reference(0) } },
        } } } });
    }
    paths["/broken/{"] = json!({ "get": { "responses": {} } });
    let schemas: Map<String, Value> = (0..=COUNT)
        .map(|index| {
            let next = reference((index + 1).min(COUNT));
            let schema = json!({ "type": "object", "required": true, "properties": { "n": next } });
            (format!("C{index}"), schema)
        })
        .collect();
    let document = json!({
        "openapi": "3.1.0", "info": { "title": "Long", "version": "1" }, "paths": paths,
        "components": { "schemas": schemas },
    });
    let made = generated(document.to_string()).made.expect("it is made");
    assert_eq!(made.coverage.touched.len(), COUNT);
    let left_out: Vec<&str> = made.coverage.left_out.iter().map(String::as_str).collect();
    assert_eq!(left_out, ["GET /broken/{"]);
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
fn bytes_that_are_no_text_are_a_diagnostic() {
    found(
        &generated(b"openapi: 3.1.0\ninfo: {title: Caf\xe9}\n".to_vec()),
        "not-text",
    );
    found(&generated("openapi: 3.1.0\ninfo: {title: Caf"), "syntax");
}

/// What the command says of inputs, in an address space of 3 GiB: most of it is what its threads
/// set aside for their stacks.
#[cfg(target_os = "linux")]
fn within_memory(document: &str, overlay: Option<Value>) -> tests::workspace::Ran {
    use std::process::Command;

    let workspace = tests::workspace::Workspace::empty();
    workspace.write("document", document);
    let mut arguments = vec!["generate", "--from", "document", "--out", "out"];
    if let Some(overlay) = overlay {
        workspace.write("overlay", &overlay.to_string());
        arguments.extend(["--overlay", "overlay"]);
    }
    let plain = workspace.command(&arguments);
    let mut limited = Command::new("sh");
    limited.args(["-c", "ulimit -v 3145728 && exec \"$0\" \"$@\""]);
    limited.arg(plain.get_program()).args(plain.get_args());
    limited.current_dir(workspace.path());
    workspace.run(&mut limited)
}

#[cfg(target_os = "linux")]
#[track_caller]
fn refused(document: &str, overlay: Option<Value>, id: &str) {
    let ran = within_memory(document, overlay);
    let found = ran.stderr.contains(&format!("error[{id}]"));
    assert!(ran.code == Some(100) && found, "{}", ran.transcript());
}

/// A document with so many operations.
#[cfg(target_os = "linux")]
fn operations(count: usize, operation: &Value) -> Value {
    let path = |index: usize| (format!("/p{index}"), operation.clone());
    let paths: Map<String, Value> = (0..count).map(path).collect();
    json!({ "openapi": "3.1.0", "info": { "title": "T", "version": "1" }, "paths": paths })
}

#[cfg(target_os = "linux")]
fn overlay(actions: &[Value]) -> Option<Value> {
    Some(
        json!({ "overlay": "1.0.0", "info": { "title": "T", "version": "1" }, "actions": actions }),
    )
}

#[test]
#[cfg(target_os = "linux")]
fn what_is_written_out_is_bounded_before_memory_is_taken() {
    let text = "x".repeat(1_000_000);
    let aliases = "  - *a\n".repeat(5_000);
    let yaml = format!("openapi: 3.1.0\nx-a:\n  - &a {text}\n{aliases}");
    refused(&yaml, None, "alias-expansion");
    refused(
        &format!("[{}0]", "0,".repeat(3_000_000)),
        None,
        "too-many-nodes",
    );

    let get = json!({ "get": { "responses": { "200": { "description": "" } } } });
    let many = operations(3_000, &get);
    let update = |at: usize| json!({ "target": "$.paths[*].get", "update": { format!("x-{at}"): "x".repeat(100_000) } });
    let updates: Vec<Value> = (0..40).map(update).collect();
    refused(&many.to_string(), overlay(&updates), "overlay-too-large");

    let parameter = |at: usize| json!({ "name": format!("p{at}"), "in": "query", "schema": { "type": "string" } });
    let parameters: Vec<Value> = (0..3_000).map(parameter).collect();
    let mut shared = operations(3_000, &json!({ "$ref": "#/components/pathItems/shared" }));
    shared["components"]["pathItems"]["shared"] =
        json!({ "get": get["get"], "parameters": parameters });
    refused(&shared.to_string(), None, "copied-too-often");

    let too_many = operations(codegen::bounds::OPERATIONS + 1, &get);
    refused(&too_many.to_string(), None, "too-many-parts");
}

#[test]
#[cfg(target_os = "linux")]
fn what_a_target_may_cost_is_counted_before_it_is_read() {
    let get = json!({ "get": { "responses": { "200": { "description": "" } } } });
    let document = operations(200, &get).to_string();
    let target = |target: String| overlay(&[json!({ "target": target, "remove": true })]);
    let filters = format!("$.paths{}{}", "[?@.get".repeat(20), "]".repeat(20));
    refused(&document, target(filters), "overlay-work");
    refused(
        &document,
        target(format!("${}", "[*,*]".repeat(30))),
        "overlay-work",
    );
    refused(
        &document,
        target(format!("${}", "..*".repeat(20))),
        "overlay-work",
    );
    refused(
        &document,
        target("$..[?count($..[?count($..*) > 1]) > 1]".to_owned()),
        "overlay-work",
    );
    // What people write is far below.
    let ran = within_memory(
        &document,
        target("$.paths[?@.get.responses].get.responses['200'].description".to_owned()),
    );
    assert!(!ran.stderr.contains("overlay-work"), "{}", ran.transcript());
}

#[test]
fn a_key_has_a_length_that_fits_into_a_place() {
    let key = "k".repeat(codegen::bounds::KEY + 1);
    let document = |key: &str| format!("{{\"openapi\": \"3.1.0\", \"x-{key}\": 0}}");
    found(&generated(document(&key)), "long-key");
    let output = generated(document(key.get(3..).unwrap_or_default()));
    let mut diagnostics = output.report.diagnostics.iter();
    assert!(diagnostics.all(|diagnostic| diagnostic.kind.id != "long-key"));
}
