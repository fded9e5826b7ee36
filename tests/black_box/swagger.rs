//! The commands on documents in Swagger 2.0: places are those of the text, and everything else is as in
//! OpenAPI 3.0.

use serde_json::Value;
use tests::workspace::Workspace;

use crate::diff::{diff, initialize};

/// The document from which slices are cut.
const FULL: &str = "harbour.yaml";

/// A workspace with the harbour, in which a text is replaced.
fn harbour(from: &str, to: &str) -> Workspace {
    let workspace = Workspace::empty();
    let path = tests::workspace::repository().join("tests/fixtures/harbour.yaml");
    let text = std::fs::read_to_string(path).expect("it is there");
    workspace.write(FULL, &text);
    if !from.is_empty() {
        workspace.edit(FULL, from, to);
    }
    workspace
}

/// Runs `generate --strict` on a document with a fault, and looks for the place and for words of the message.
#[track_caller]
fn refused((from, to): (&str, &str), marked: &str, words: &[&str]) {
    let workspace = harbour(from, to);
    let text = workspace.read(FULL);
    let at = text.find(marked).expect("it is marked");
    let line = text[..at].matches('\n').count() + 1;
    let ran = workspace.xtask(&["generate", "--strict", "--from", FULL, "--out", "made"]);
    assert_ne!(ran.code, Some(0), "{}", ran.transcript());
    let place = format!("{FULL}:{line}:");
    for words in words.iter().chain([&place.as_str()]) {
        assert!(ran.stderr.contains(words), "{words} in {}", ran.stderr);
    }
}

#[test]
fn a_fault_is_shown_in_the_text() {
    refused(
        (
            "      captain: {type: string, x-nullable: true}",
            "      captain: {type: 5}",
        ),
        "captain: {type: 5}",
        &["wrong-type", "at /definitions/Ship/properties/captain/type"],
    );
    refused(
        (
            "schema: {$ref: '#/definitions/Problem'}",
            "schema: {$ref: '#/definitions/Problems'}",
        ),
        "schema: {$ref: '#/definitions/Problems'}",
        &[
            "dangling-reference",
            "Problems",
            "at /responses/Problem/schema",
        ],
    );
    refused(
        ("format: int32", "format: [int32]"),
        "format: [int32]",
        &["wrong-type", "at /parameters/Limit/format"],
    );
    refused(
        ("basePath: /v1", "basePath: 1"),
        "basePath: 1",
        &["wrong-type", "at /basePath"],
    );
}

#[test]
fn an_overlay_is_for_the_converted_form() {
    let workspace = harbour("", "");
    let overlay = |target: &str| {
        let action = format!("- {{target: {target}, update: {{type: integer}}}}\n");
        workspace.write(
            "overlay.yaml",
            &format!("overlay: 1.0.0\ninfo: {{title: x, version: '1'}}\nactions:\n{action}"),
        );
        let arguments = [
            "generate",
            "--from",
            FULL,
            "--overlay",
            "overlay.yaml",
            "--out",
            "made",
        ];
        workspace.xtask(&arguments)
    };
    let ran = overlay("$.definitions.Ship.properties.name");
    assert!(
        ran.stderr.contains("matches nothing"),
        "{}",
        ran.transcript()
    );
    let ran = overlay("$.components.schemas.Ship.properties.name");
    assert_eq!(ran.code, Some(0), "{}", ran.transcript());
    assert!(
        workspace
            .read("made/src/types.rs")
            .contains("pub name: i64")
    );
}

#[test]
fn a_slice_is_in_the_converted_form() {
    let workspace = harbour("", "");
    let slice = |arguments: &[&str]| {
        let start = ["slice", "--from", FULL, "--into", "openapi/harbour"];
        workspace.xtask(&[&start, arguments].concat())
    };
    let ran = slice(&["--operation", "add_ship", "--operation", "rent_berth"]);
    assert_eq!(ran.code, Some(0), "{}", ran.transcript());
    let stored = workspace.read("openapi/harbour/openapi.yaml");
    insta::assert_snapshot!("harbour_slice", stored);
    let ran = slice(&["--check"]);
    assert_eq!(ran.code, Some(0), "{}", ran.transcript());
    workspace.edit(FULL, "required: [title]", "required: []");
    let ran = slice(&["--check"]);
    assert_eq!(ran.code, Some(4), "{}", ran.transcript());
    assert!(ran.stderr.contains("slice-differs"), "{}", ran.transcript());
    // A document that is stored as it is has not the form of a slice.
    workspace.write("openapi/harbour/openapi.yaml", &workspace.read(FULL));
    let ran = slice(&["--check"]);
    assert_eq!(ran.code, Some(4), "{}", ran.transcript());
}

#[test]
fn a_stored_document_is_regenerated_and_compared() {
    let workspace = harbour("", "");
    let document = "openapi/harbour/openapi.yaml";
    workspace.write("Cargo.toml", "[workspace]\n");
    workspace.write(document, &workspace.read(FULL));
    for command in ["regenerate", "check"] {
        let ran = workspace.xtask(&[command]);
        assert_eq!(ran.code, Some(0), "{}", ran.transcript());
    }
    initialize(&workspace);
    workspace.edit(
        document,
        "number: {type: integer,",
        "number: {type: string,",
    );
    let ran = workspace.xtask(&["check"]);
    assert_ne!(ran.code, Some(0), "{}", ran.transcript());
    let ran = diff(&workspace, &["HEAD", "--format", "json"]);
    let page: Value = serde_json::from_str(&ran.stdout).expect("it is JSON");
    let change = &page["clients"][0]["changes"][0];
    let text = workspace.read(document);
    let line = text.lines().position(|line| line.contains("number: {"));
    assert_eq!(change["line"], line.expect("it is there") + 1, "{page:#}");
    let pointer = "/components/schemas/Ship/properties/number";
    assert_eq!(change["pointer"], pointer, "{page:#}");
}

#[test]
fn a_folder_of_documents_is_tried() {
    let workspace = harbour("", "");
    workspace.write("documents/harbour.yaml", &workspace.read(FULL));
    let ran = workspace.xtask(&["corpus", "documents"]);
    assert_eq!(ran.code, Some(0), "{}", ran.transcript());
    assert!(ran.stdout.contains("generated"), "{}", ran.transcript());
}
