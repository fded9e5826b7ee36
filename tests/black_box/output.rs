//! The generated crate as a reviewer sees it: its source, its public API, the rules applied.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use codegen::config::{Job, Layout};
use codegen::pipeline::{Output, generate};
use codegen::source::{Input, Source};

/// The folder of this repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// One of Monite's inputs as it is stored.
fn stored(input: Input, file: &str) -> Source {
    let path = root().join("openapi/monite").join(file);
    Source::new(
        input,
        format!("openapi/monite/{file}"),
        std::fs::read(path).expect("it is stored"),
    )
}

/// What people wrote for Monite's client.
fn written() -> Vec<Source> {
    let examples = std::fs::read_dir(root().join("openapi/monite/examples"));
    let mut names: Vec<String> = examples
        .expect("there are examples")
        .map(|entry| entry.expect("it can be listed").file_name())
        .map(|name| format!("examples/{}", name.to_string_lossy()))
        .collect();
    names.sort();
    let examples = names.iter().map(|name| stored(Input::Example, name));
    [stored(Input::Guide, "guide.md")]
        .into_iter()
        .chain(examples)
        .collect()
}

/// A fresh run over the stored inputs.
fn fresh() -> Output {
    let document = stored(Input::Document, "openapi.yaml");
    let overlay = stored(Input::Overlay, "overlay.yaml");
    let config = stored(Input::Config, "client.yaml");
    let written = written();
    generate(&Job {
        document: &document,
        overlay: Some(&overlay),
        config: Some(&config),
        written: &written,
        name: None,
        operations: &[],
        layout: Layout::Member,
    })
}

fn files() -> BTreeMap<String, String> {
    let output = fresh();
    assert_eq!(
        output.report.findings,
        [],
        "the stored inputs have no problem"
    );
    output.made.expect("there is a crate").files
}

#[test]
fn what_is_stored_is_what_a_fresh_run_gives() {
    let folder = root().join("generated/monite-client");
    for (path, text) in files() {
        let bytes = std::fs::read(folder.join(&path)).unwrap_or_default();
        assert!(
            bytes == text.as_bytes(),
            "{path} is stale: run `cargo xtask regenerate`"
        );
    }
}

#[test]
fn the_source_is_reviewed() {
    for (path, name) in [
        ("src/access_tokens.rs", "source_access_tokens"),
        ("src/client.rs", "source_client"),
        ("src/lib.rs", "source_lib"),
        ("src/types.rs", "source_types"),
        ("Cargo.toml", "source_manifest"),
    ] {
        insta::assert_snapshot!(name, files()[path]);
    }
}

#[test]
fn the_public_api_is_reviewed() {
    let digest = tests::digest::of_files(&files());
    insta::assert_snapshot!("api_monite_client", digest);
}

#[test]
fn the_rules_applied_are_reviewed() {
    insta::assert_snapshot!("lowering_monite", fresh().report.log_text());
}
