//! Every rule of lowering, on the wire: the client of `rules.yaml` is generated, compiled once, and
//! called against a socket. The program compares what it sent itself, with bytes that were written
//! by hand, and says which rules it has been through; those are all that there are.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use codegen::config::Job;
use codegen::pipeline::{generate, rules};
use codegen::source::{Input, Source};
use tests::workspace::{Workspace, compile_folder};

use crate::output::root;

const MANIFEST: &str = r#"[package]
name = "app"
version = "0.0.0"
edition = "2024"

[dependencies]
lighthouse-client = { path = "../made" }
openapi-client-runtime = { path = "../made/runtime" }
serde_json = "1"
tokio = { version = "1.54.1", default-features = false, features = ["macros", "rt"] }

[workspace]
"#;

/// The fixtures whose clients are called against a socket, or whose values are read and written.
const FIXTURES: [&str; 4] = ["parcel.yaml", "rules.yaml", "shelf.yaml", "values.yaml"];

fn read(path: impl AsRef<Path>) -> String {
    std::fs::read_to_string(root().join(path)).expect("it is there")
}

/// The rules that apply to a fixture.
fn applied(fixture: &str) -> BTreeSet<&'static str> {
    let text = read(format!("tests/fixtures/{fixture}"));
    let output = generate(&Job::of(&Source::new(Input::Document, fixture, text)));
    assert!(output.made.is_some(), "{:?}", output.report.diagnostics);
    output.report.log.iter().map(|it| it.rule.id).collect()
}

/// The ids that stand in the sources: of single rules, and of the rows of tables.
fn declared() -> BTreeSet<String> {
    let mut declared = BTreeSet::new();
    for stage in ["build", "lower", "name", "select"] {
        let folder = root().join("codegen/src").join(stage);
        for entry in std::fs::read_dir(folder).expect("it can be listed") {
            let text = read(entry.expect("it can be listed").path());
            for line in text.lines().map(str::trim_start) {
                let Some((name, rest)) = line.split_once(": \"") else {
                    continue;
                };
                let row = name.chars().all(|it| it.is_ascii_uppercase() || it == '_');
                let id = rest.split('"').next().filter(|_| row || name == "id");
                declared.extend(id.map(str::to_owned));
            }
        }
    }
    declared
}

#[test]
fn every_rule_applies_to_a_fixture() {
    let known: BTreeSet<&str> = rules().map(|rule| rule.id).collect();
    assert_eq!(rules().count(), known.len(), "an id is of one rule");
    let declared = declared();
    let declared: BTreeSet<&str> = declared.iter().map(String::as_str).collect();
    assert_eq!(declared, known, "`pipeline::rules` has every rule");
    let applied: BTreeSet<&str> = FIXTURES.into_iter().flat_map(applied).collect();
    assert_eq!(applied, known, "every rule is in a `lowering.log`");
}

#[test]
fn every_rule_is_proven_on_the_wire() {
    let workspace = Workspace::empty();
    workspace.write("rules.yaml", &read("tests/fixtures/rules.yaml"));
    let made = workspace.xtask(&["generate", "--from", "rules.yaml", "--out", "made"]);
    assert_eq!(made.code, Some(0), "{}", made.transcript());
    insta::assert_snapshot!("rules_applied", workspace.read("made/lowering.log"));

    workspace.write("app/Cargo.toml", MANIFEST);
    let folder = root().join("tests/fixtures/rules_app");
    for entry in std::fs::read_dir(folder).expect("it can be listed") {
        let entry = entry.expect("it can be listed");
        let name = entry.file_name().to_string_lossy().into_owned();
        workspace.write(&format!("app/src/{name}"), &read(entry.path()));
    }
    workspace.write("app/Cargo.lock", &read("Cargo.lock"));
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["run", "--quiet", "--offline", "--target-dir"])
        .arg(compile_folder())
        .current_dir(workspace.path().join("app"))
        .output()
        .expect("cargo runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(output.status.success(), "{}", text(&output.stderr));
    let printed = text(&output.stdout);
    insta::assert_snapshot!("rules_called", printed);
    let proven: BTreeSet<&str> = printed
        .lines()
        .filter_map(|line| line.strip_prefix("proven: "))
        .collect();
    let known: BTreeSet<&str> = rules().map(|rule| rule.id).collect();
    assert_eq!(proven, known, "every rule is proven");
    assert_eq!(proven, applied("rules.yaml"), "what is proven applies");
}
