//! What generated types say is exact: JSON is read and written again by a generated crate, and
//! nothing is lost on the way.

use std::process::Command;

use serde_json::{Value, json};
use tests::workspace::{Workspace, compile_folder};

use crate::lowering::{answering, generated};
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
    assert!(!printed.contains("SENT"), "{printed}");
    assert!(!printed.contains("not printed\")"), "{printed}");
    insta::assert_snapshot!("values_both_ways", printed);
}

/// Branches that a member tells apart are chosen by it, and a union is no branch of itself.
#[test]
fn a_union_is_read_by_what_tells_its_branches_apart() {
    let branch = |values: Value, member: &str| {
        json!({
            "type": "object",
            "required": ["kind"],
            "properties": {
                "kind": { "type": "string", "enum": values },
                (member): { "type": "string" },
            },
        })
    };
    let mut document = answering(&json!({ "$ref": "#/components/schemas/Node" }));
    let schemas = &mut document["components"]["schemas"];
    schemas["One"] = branch(json!(["a", "b"]), "one");
    schemas["Two"] = branch(json!(["c"]), "two");
    let reference = |name: &str| json!({ "$ref": format!("#/components/schemas/{name}") });
    schemas["Node"] = json!({ "oneOf": [reference("One"), reference("Two")] });
    let files = generated(&document, None);
    let types = &files["src/types.rs"];
    for line in [
        "One(kind): String(\"a\") | String(\"b\"),",
        "Two: String(\"c\"),",
    ] {
        assert!(types.contains(line), "{line} in {types}");
    }
    let mut itself = answering(&reference("Node"));
    let branches = json!([reference("Node"), { "type": "string" }]);
    itself["components"]["schemas"]["Node"] = json!({ "oneOf": branches });
    let files = generated(&itself, None);
    assert!(!files["src/types.rs"].contains("impl From<Node> for Node"));
}
