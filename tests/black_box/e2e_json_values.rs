//! What generated types say is exact: JSON is read and written again by a generated crate, and
//! nothing is lost on the way.

use serde_json::{Value, json};
use tests::project::Project;

use crate::lowering::{answering, generated};

const DEPENDENCIES: &str = r#"
serde = "1"
serde_json = "1"
values-client = { path = "../made" }
"#;

#[test]
fn values_survive_both_ways() {
    let project = Project::of_fixture("values");
    let printed = project.run_program(DEPENDENCIES, &[("values_app.rs", "main.rs")]);
    for complaint in ["CHANGED", "SENT", "not printed\")"] {
        assert!(!printed.contains(complaint), "{printed}");
    }
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
