//! Where a change is said to be: the node that declares it, also through `allOf`, and calls that no
//! client makes.

use serde_json::Value;

use crate::diff::{DOCUMENT, commit, diff, repository};
use crate::diff_semantic::places_exist;

/// Makes edits, commits, makes one more, and gives the page with both documents.
#[track_caller]
fn page(before: &[(&str, &str)], (from, to): (&str, &str)) -> (Value, String) {
    let workspace = repository();
    for (from, to) in before {
        workspace.edit(DOCUMENT, from, to);
    }
    if !before.is_empty() {
        assert_eq!(workspace.xtask(&["regenerate"]).code, Some(0));
        commit(&workspace);
    }
    let old = workspace.read(DOCUMENT);
    workspace.edit(DOCUMENT, from, to);
    let new = workspace.read(DOCUMENT);
    let ran = diff(&workspace, &["HEAD", "--format", "json"]);
    assert_eq!(ran.code, Some(0), "{}", ran.transcript());
    let page: Value = serde_json::from_str(&ran.stdout).expect("it is JSON");
    let client = page["clients"][0].clone();
    places_exist(&client, &old, &new);
    (client, new)
}

/// The line of a text, as the page counts.
fn line(text: &str, of: &str) -> usize {
    let at = text.find(of).expect("it is there");
    text[..at].matches('\n').count() + 1
}

/// Hay inherits from two schemas, one over the other.
const INHERITED: &[(&str, &str)] = &[(
    "    Hay:\n      type: object\n",
    "    Grown:\n      type: object\n      required: [field]\n      properties:\n        field: {type: string}\n        acre: {type: integer, maximum: 9}\n    Cut:\n      allOf:\n      - $ref: '#/components/schemas/Grown'\n      - properties: {blade: {type: string}}\n    Hay:\n      allOf: [{$ref: '#/components/schemas/Cut'}]\n      type: object\n",
)];

/// The one change of a type, its rule, pointer and line, and that nothing else is told.
#[track_caller]
fn inherited(edit: (&str, &str), of: &str, rule: &str, pointer: &str, marked: &str) {
    let (client, new) = page(INHERITED, edit);
    let changes = client["changes"].as_array().expect("it is a list");
    let start = format!("`{of}`");
    let is_it = |change: &&Value| {
        change["rule"] == rule
            && change["detail"]
                .as_str()
                .is_some_and(|part| part.starts_with(&start))
    };
    let change = changes.iter().find(is_it);
    let change = change.unwrap_or_else(|| panic!("{client:#}"));
    assert_eq!(change["pointer"], pointer, "{client:#}");
    assert_eq!(change["line"], line(&new, marked), "{client:#}");
    assert_eq!(
        client["document_only"],
        Value::Array(Vec::new()),
        "{client:#}"
    );
}

#[test]
fn members_that_another_schema_declares() {
    let field = "        field: {type: string}\n";
    inherited(
        (field, "        field: {type: integer}\n"),
        "Hay",
        "type-changed",
        "/components/schemas/Grown/properties/field",
        "field: {type: integer}",
    );
    inherited(
        ("blade: {type: string}", "blade: {type: boolean}"),
        "Hay",
        "type-changed",
        "/components/schemas/Cut/allOf/1/properties/blade",
        "blade: {type: boolean}",
    );
    inherited(
        (
            "      required: [field]\n",
            "      required: [field, acre]\n",
        ),
        "Hay",
        "response-member-now-required",
        "/components/schemas/Grown/properties/acre",
        "acre: {type: integer",
    );
}

/// Webhooks and callbacks are no part of the client, and are changes of the document.
#[test]
fn calls_that_the_server_makes() {
    let hook = "webhooks:\n  fed:\n    post:\n      responses: {'204': {description: Noted.}}\n";
    let with_hook = format!("{hook}components:\n  securitySchemes:\n");
    let root = "components:\n  securitySchemes:\n";
    let callback = "      operationId: issue_token\n      callbacks:\n        used:\n          '{$request.body#/url}':\n            post:\n              responses: {'204': {description: Noted.}}\n";
    let operation = "      operationId: issue_token\n";
    let check = |before: &[(&str, &str)], edit: (&str, &str), told: &str| {
        let (client, _) = page(before, edit);
        assert_eq!(client["level"], Value::Null, "{client:#}");
        let quiet = client["document_only"]
            .as_array()
            .expect("it is a list")
            .iter();
        let each =
            quiet.map(|value| format!("{} {}", value["pointer"], value["text"]).replace('"', ""));
        assert_eq!(each.collect::<Vec<_>>(), [told], "{client:#}");
    };
    check(&[], (root, &with_hook), "/webhooks/fed added");
    check(&[(root, &with_hook)], (hook, ""), "/webhooks/fed removed");
    check(
        &[(root, &with_hook)],
        (
            "{description: Noted.}",
            "{description: Noted., content: {text/plain: {}}}",
        ),
        "/webhooks/fed/post/responses/204/content added",
    );
    check(
        &[],
        (operation, callback),
        "/paths/~1tokens/post/callbacks/used added",
    );
    check(
        &[(operation, callback)],
        (callback, operation),
        "/paths/~1tokens/post/callbacks/used removed",
    );
}
