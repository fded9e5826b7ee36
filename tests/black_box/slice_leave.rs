//! Slices that leave prose and examples behind: what goes, what stays, and that no Rust changes.

use codegen::config::{Job, Part};
use codegen::pipeline::generate;
use codegen::report::Report;
use codegen::slice;
use codegen::source::{Input, Source};
use tests::workspace::Workspace;

use crate::output::root;
use crate::slice::{FULL, STORED, check, check_with, cut, ends};

const PACKAGING: &str = "openapi/shop/client.yaml";
const BOTH: &str = "leave_out: [examples, prose]\n";

/// A folder with the document that has prose and examples everywhere.
fn library(packaging: &str) -> Workspace {
    let workspace = Workspace::empty();
    let text = std::fs::read_to_string(root().join("tests/fixtures/prose.yaml"));
    workspace.write(FULL, &text.expect("it is there"));
    workspace.write(PACKAGING, packaging);
    workspace
}

#[test]
fn prose_and_examples_stay_behind_and_facts_do_not() {
    let workspace = library(BOTH);
    ends(&cut(&workspace, FULL, &["/books/{id}#PUT"]), 0);
    let stored = workspace.read(STORED);
    insta::assert_snapshot!("slice_left_out", stored);
    assert!(!stored.contains("Sentence"), "{stored}");
    let facts = |text: &str| text.matches("Fact").count();
    // The comment, `example: Fact Sentence`, and the licence that is kept have one each.
    assert_eq!(facts(&stored), facts(&workspace.read(FULL)) - 2);
    ends(&check(&workspace), 0);
    ends(&check_with(&workspace, FULL), 0);
}

#[test]
fn each_part_is_left_out_by_itself() {
    for (packaging, gone, kept) in [
        (
            "leave_out: [prose]\n",
            "description: Sentence.",
            "example: Sentence",
        ),
        (
            "leave_out: [examples]\n",
            "example: Sentence",
            "description: Sentence.",
        ),
    ] {
        let workspace = library(packaging);
        ends(&cut(&workspace, FULL, &["/books/{id}#PUT"]), 0);
        let stored = workspace.read(STORED);
        assert!(!stored.contains(gone) && stored.contains(kept), "{stored}");
        ends(&check_with(&workspace, FULL), 0);
    }
}

#[test]
fn a_slice_with_what_is_left_out_is_stale() {
    let workspace = library("");
    workspace.write(PACKAGING, "operations: []\n");
    ends(&cut(&workspace, FULL, &["/books/{id}#PUT"]), 0);
    ends(&check(&workspace), 0);
    workspace.write(PACKAGING, BOTH);
    ends(&check(&workspace), 4);
    ends(&cut(&workspace, FULL, &[]), 0);
    let line = "      description: ''\n";
    workspace.edit(STORED, line, "      description: It is gone.\n");
    let ran = check(&workspace);
    ends(&ran, 4);
    insta::assert_snapshot!("slice_check_left_out", ran.transcript());
}

#[test]
fn a_slip_in_what_is_left_out_is_told() {
    let workspace = library("leave_out: [prose, example]\n");
    let ran = cut(&workspace, FULL, &["/books/{id}#PUT"]);
    ends(&ran, 100);
    insta::assert_snapshot!("slice_leave_out_slip", ran.transcript());
}

#[test]
fn the_lock_file_records_what_is_left_out() {
    let workspace = library(BOTH);
    workspace.write("Cargo.toml", "[workspace]\n");
    ends(&cut(&workspace, FULL, &["/books/{id}#PUT"]), 0);
    ends(&workspace.xtask(&["regenerate"]), 0);
    let lock = workspace.read("generated/fact-library-client/client.lock.json");
    let lock = codegen::lock::Lock::parse(lock.as_bytes()).expect("it is a lock file");
    assert_eq!(lock.left_out, ["prose", "examples"]);
}

/// The public API of the crate of a document; `None` where there is none.
fn api(text: &str) -> Option<Vec<String>> {
    let source = Source::new(Input::Document, "document", text);
    let made = generate(&Job::of(&source)).made?;
    Some(codegen::api_listing::lines(&made.files).expect("a source is Rust"))
}

/// The text of a slice of all operations.
fn whole(text: &str, leave_out: &[Part]) -> String {
    let source = Source::new(Input::Document, "document", text);
    let mut report = Report::default();
    let parsed = codegen::parse::document(&source, &mut report).expect("it can be read");
    let operations = slice::operations(&parsed);
    let operations: Vec<String> = operations.iter().map(ToString::to_string).collect();
    let job = slice::Job {
        from: &parsed,
        stored: None,
        overlay: None,
        leave_out,
        file: "openapi.yaml",
        operations: &operations,
    };
    let made = slice::cut(&job, &mut report);
    made.unwrap_or_else(|_| panic!("{:?}", report.diagnostics))
        .text
}

/// No name and no type comes from what is left out.
#[test]
fn the_client_has_the_same_api_without_prose_and_examples() {
    let mut compared = 0;
    for fixture in [
        "prose", "shop", "zoo", "library", "values", "rules", "parcel",
    ] {
        let path = root().join(format!("tests/fixtures/{fixture}.yaml"));
        let text = std::fs::read_to_string(path).expect("it is there");
        let bare = whole(&text, &[Part::Prose, Part::Examples]);
        let full = whole(&text, &[]);
        assert!(bare.len() < full.len(), "{fixture} has prose");
        let full = api(&full).unwrap_or_else(|| panic!("{fixture} gives a crate"));
        compared += full.len();
        assert_eq!(api(&bare).as_ref(), Some(&full), "{fixture}");
    }
    assert!(compared > 1000, "{compared} items");
}
