//! Members that only requests or only answers have.

use serde_json::json;

use crate::lowering::{document, generated};

/// `required` binds the one direction that has the member: OpenAPI section 4.8.24.
#[test]
fn a_member_of_one_direction_is_required_in_none_where_a_type_goes_both_ways() {
    let thing = json!({
        "type": "object",
        "required": ["id", "name", "pin"],
        "properties": {
            "id": { "type": "string", "readOnly": true },
            "name": { "type": "string" },
            "pin": { "$ref": "#/components/schemas/Pin" },
        },
    });
    let member = |direction: &str| {
        let content =
            json!({ "application/json": { "schema": { "$ref": "#/components/schemas/Thing" } } });
        let mut operation = json!({
            "operationId": "put",
            "responses": { "200": { "description": "" } },
        });
        if direction != "request" {
            operation["responses"]["200"]["content"] = content.clone();
        }
        if direction != "answer" {
            operation["requestBody"] = json!({ "required": true, "content": content });
        }
        let mut document = document(&operation);
        document["components"]["schemas"]["Thing"] = thing.clone();
        document["components"]["schemas"]["Pin"] = json!({ "type": "string", "writeOnly": true });
        let digest = tests::digest::of_files(&generated(&document, None));
        let lines = digest
            .lines()
            .filter_map(|part| part.strip_prefix("types::Thing."));
        lines.map(str::to_owned).collect::<Vec<_>>().join(", ")
    };
    let digest = ["request", "answer", "both"].map(member).join("\n");
    insta::assert_snapshot!("lowering_one_way", digest);
}
