//! What generated types say is exact: JSON is read and written again by a generated crate, and
//! nothing is lost on the way.

use std::process::Command;

use tests::workspace::{Workspace, compile_folder};

use crate::output::root;

const MANIFEST: &str = r#"[package]
name = "app"
version = "0.0.0"
edition = "2024"

[dependencies]
serde = "1"
serde_json = "1"
values-client = { path = "../made" }

[workspace]
"#;

#[test]
fn values_survive_both_ways() {
    let workspace = Workspace::empty();
    let read = |path: &str| std::fs::read_to_string(root().join(path)).expect("it is there");
    workspace.write("values.yaml", &read("tests/fixtures/values.yaml"));
    let made = workspace.xtask(&["generate", "--from", "values.yaml", "--out", "made"]);
    assert_eq!(made.code, Some(0), "{}", made.transcript());
    workspace.write("app/Cargo.toml", MANIFEST);
    workspace.write("app/src/main.rs", &read("tests/fixtures/values_app.rs"));
    // The versions that the workspace has fetched already.
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
    assert!(!printed.contains("CHANGED"), "{printed}");
    assert!(!printed.contains("not printed\")"), "{printed}");
    insta::assert_snapshot!("values_both_ways", printed);
}
