//! Every kind of body, parameter, server and requirement: the client of `parcel.yaml` is generated,
//! compiled once, and called against a socket. The program compares what it sent itself, with bytes
//! that were written by hand.

use std::process::Command;

use tests::workspace::{Workspace, compile_folder};

use crate::output::root;

const MANIFEST: &str = r#"[package]
name = "app"
version = "0.0.0"
edition = "2024"

[dependencies]
openapi-client-runtime = { path = "../made/runtime" }
parcel-client = { path = "../made" }
tokio = { version = "1.54.1", default-features = false, features = ["macros", "rt"] }

[workspace]
"#;

#[test]
fn every_kind_of_body_and_parameter_is_as_by_hand() {
    let workspace = Workspace::empty();
    let read = |path: &str| std::fs::read_to_string(root().join(path)).expect("it is there");
    workspace.write("parcel.yaml", &read("tests/fixtures/parcel.yaml"));
    let made = workspace.xtask(&["generate", "--from", "parcel.yaml", "--out", "made"]);
    assert_eq!(made.code, Some(0), "{}", made.transcript());
    insta::assert_snapshot!("parcel_generated", made.transcript());

    workspace.write("app/Cargo.toml", MANIFEST);
    workspace.write("app/src/main.rs", &read("tests/fixtures/parcel_app.rs"));
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
    insta::assert_snapshot!("parcel_called", text(&output.stdout));
}
