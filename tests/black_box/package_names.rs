//! What a crate is called whose name nobody gave.

use codegen::config::Job;
use codegen::pipeline::generate;
use codegen::source::{Input, Source};
use serde_json::json;

/// The name in the manifest of a document with this title.
fn name(title: &str) -> String {
    let operation = json!({ "responses": { "204": { "description": "Done." } } });
    let document = json!({
        "openapi": "3.0.3",
        "info": { "title": title, "version": "1" },
        "paths": { "/a": { "get": operation } },
    });
    let output = generate(&Job::of(&Source::new(
        Input::Document,
        "document",
        document.to_string(),
    )));
    let made = output.made;
    let made = made.unwrap_or_else(|| panic!("{:?}", output.report.diagnostics));
    let names = made.files["Cargo.toml"].lines();
    let mut names = names.filter_map(|line| line.strip_prefix("name = "));
    names.next().expect("a crate has a name").replace('"', "")
}

#[test]
fn a_crate_is_called_after_the_title() {
    assert_eq!(name("Lending Library"), "lending-library-client");
    assert_eq!(name("3D Printers (v2)"), "api-3d-printers-v2-client");
    assert_eq!(name("図書館"), "api-client");
    let long = "The Office for the Registration and Inspection of Lighthouses and Light Vessels";
    let whole_words = "the-office-for-the-registration-and-inspection-of-client";
    assert_eq!(name(long), whole_words);
    assert_eq!(name(&"a".repeat(80)), format!("{}-client", "a".repeat(57)));
}
