//! Tests what a selection keeps of a document, and in which form.

use serde_json::{Value, json};

use super::closure::COPIES;
use super::selected::select;
use super::selector::Selectors;
use crate::diagnostic::Place;
use crate::overlay;
use crate::parse;
use crate::pointer::Pointer;
use crate::report::{Report, Stop};
use crate::source::{Input, Source};

fn run(version: &str, mut rest: Value, selectors: &[&str]) -> (Result<Value, Stop>, Report) {
    rest["openapi"] = json!(version);
    let source = Source::new(Input::Document, "openapi", rest.to_string());
    let selectors: Vec<String> = selectors.iter().map(|text| (*text).to_owned()).collect();
    let mut report = Report::default();
    let parsed = parse::document(&source, &mut report).unwrap();
    let corrected = overlay::apply(parsed, None, &mut report).unwrap();
    let selected = select(corrected, &Selectors::given(&selectors), &mut report);
    let selected = selected.map(|selected| {
        let (mut root, _, origins) = selected.into_parts();
        // Copies point to where their original stands.
        if root.get(COPIES).is_some() {
            let copy = Pointer::parse("/x-referenced/paths/x").unwrap();
            assert_eq!(
                origins.place(&copy),
                Place::Node(Input::Document, copy.clone())
            );
        }
        root.as_object_mut().unwrap().remove("openapi");
        root
    });
    (selected, report)
}

#[track_caller]
fn check(document: Value, selectors: &[&str], expected: Value) {
    let (selected, report) = run("3.1.0", document, selectors);
    assert_eq!((selected, report.diagnostics), (Ok(expected), vec![]));
}

fn answering(schema: Value) -> Value {
    json!({"200": {"content": {"application/json": {"schema": schema}}}})
}

#[test]
fn an_operation_is_named_in_three_ways() {
    let document = json!({"paths": {
        "/a": {"parameters": [], "get": {"operationId": "get_a"}, "post": {"callbacks": {}}},
        "/b": {"get": {}},
    }});
    let get_a = json!({"paths": {"/a": {"parameters": [], "get": {"operationId": "get_a"}}}});
    for selector in ["GET /a", "get  /a", "/a#GET", "get_a"] {
        check(document.clone(), &[selector], get_a.clone());
    }
    let both = json!({"paths": {"/a": {"parameters": [], "post": {}}, "/b": {"get": {}}}});
    check(document.clone(), &["POST /a", "/b#get"], both);
    let (selected, report) = run("3.1.0", document, &["get_b", "GET /a"]);
    assert!(selected.is_err());
    assert_eq!(
        report.diagnostics[0].message,
        "no operation matches `get_b`"
    );
    assert_eq!(
        report.diagnostics[0].help.as_deref(),
        Some("did you mean `get_a` or `GET /b`?")
    );
}

#[test]
fn what_is_used_is_kept_and_nothing_else() {
    let document = json!({
        "tags": [{"name": "t"}, {"name": "u"}],
        "security": [{"Key": []}],
        "webhooks": {"w": {}},
        "paths": {"/a": {"get": {"tags": ["t"], "security": [{"Token": []}], "responses": {
            "200": {"$ref": "#/components/responses/R"},
        }}}},
        "components": {
            "responses": {"R": {"links": {}, "content": {"a/b": {"schema": {
                "discriminator": {"propertyName": "k", "mapping": {"x": "X", "y": "#/components/schemas/Y"}},
                "example": {"$ref": "#/components/schemas/Unused"},
                "properties": {"example": {"$ref": "#/components/schemas/E/properties/e"}},
            }}}}, "Unused": {}},
            "schemas": {"E": {"properties": {"e": {}}}, "X": {}, "Y": {"items": {"$ref": "#/components/schemas/Y"}}, "Unused": {}},
            "securitySchemes": {"Key": {}, "Token": {}, "Unused": {}},
            "examples": {"Unused": {}},
        },
    });
    let mut expected = document.clone();
    expected["tags"] = json!([{"name": "t"}]);
    for unused in ["webhooks", "security"] {
        expected.as_object_mut().unwrap().remove(unused);
    }
    let components = expected["components"].as_object_mut().unwrap();
    components.remove("examples");
    for kind in ["responses", "schemas", "securitySchemes"] {
        components[kind].as_object_mut().unwrap().remove("Unused");
    }
    components["securitySchemes"]
        .as_object_mut()
        .unwrap()
        .remove("Key");
    components["responses"]["R"]
        .as_object_mut()
        .unwrap()
        .remove("links");
    check(document, &[], expected);
}

#[test]
fn references_to_path_items_are_resolved() {
    check(
        json!({
            "paths": {"/a": {"$ref": "#/components/pathItems/P", "summary": "A"}, "/b": {"$ref": "#/paths/~1a"}},
            "components": {"pathItems": {"P": {"summary": "P", "get": {}}}},
        }),
        &["GET /b"],
        json!({"paths": {"/b": {"summary": "A", "get": {}}}}),
    );
    // In circles, for the check to report.
    let (selected, _) = run(
        "3.1.0",
        json!({"paths": {"/a": {"$ref": "#/paths/~1a"}}}),
        &[],
    );
    assert!(selected.is_ok());
}

#[test]
fn references_into_operations_work_apart_from_them() {
    let place = "#/paths/~1b%25/get/responses/200/content/application~1json/schema";
    let copied = "#/x-referenced/paths/~1b%25/get/responses/200/content/application~1json/schema";
    let tree = |place: &str| json!({"properties": {"self": {"$ref": place}}});
    check(
        json!({"paths": {
            "/a": {"get": {"responses": answering(json!({"$ref": place}))}},
            "/b%": {"get": {"responses": answering(tree(place))}},
        }}),
        &["GET /a"],
        json!({
            "paths": {"/a": {"get": {"responses": answering(json!({"$ref": copied}))}}},
            "x-referenced": {"paths": {"/b%": {"get": {"responses": answering(tree(copied))}}}},
        }),
    );
}

#[test]
fn names_of_schemas_become_pointers() {
    let document = |one: &str, two: &str| {
        json!({
            "paths": {"/a": {"get": {"responses": answering(json!({"anyOf": [{"$ref": one}, {"$ref": two}]}))}}},
            "components": {"schemas": {"A": {"$anchor": "here"}, "B": {"$id": "https://example.com/b"}}},
        })
    };
    let named = document("#here", "https://example.com/b");
    let pointed = document("#/components/schemas/A", "#/components/schemas/B");
    check(named.clone(), &[], pointed);
    // OpenAPI 3.0 has no such names.
    let (selected, _) = run("3.0.3", named, &[]);
    assert_eq!(selected.unwrap().get("components"), None);
}

#[test]
fn what_the_document_says_about_security_is_kept_where_an_operation_relies_on_it() {
    let components = json!({"securitySchemes": {"Key": {}}});
    let document = json!({
        "paths": {"/a": {"get": {}, "put": {"security": []}}},
        "security": [{"Key": []}],
        "components": components,
    });
    let relying =
        json!({"paths": {"/a": {"get": {}}}, "security": [{"Key": []}], "components": components});
    check(document.clone(), &["GET /a"], relying);
    let free = json!({"paths": {"/a": {"put": {"security": []}}}});
    check(document, &["PUT /a"], free);
}

#[test]
fn examples_are_kept_with_what_they_refer_to() {
    let reference = |name: &str| json!({"$ref": format!("#/components/examples/{name}")});
    let content = json!({"a/b": {"examples": {"x": reference("A")}, "schema": {"examples": [reference("C")]}}});
    let document = json!({
        "paths": {"/a": {"get": {"requestBody": {"content": content}}}},
        "components": {"examples": {"A": reference("B"), "B": {"value": 1}, "C": {}}},
    });
    let mut expected = document.clone();
    expected["components"]["examples"]
        .as_object_mut()
        .unwrap()
        .remove("C");
    check(document, &[], expected);
}

#[test]
fn what_was_selected_once_is_selected_the_same_again() {
    let place = "#/paths/~1b/get/parameters/0/schema";
    let document = json!({"paths": {
        "/a": {"get": {"parameters": [{"schema": {"$ref": place}}]}},
        "/b": {"get": {"parameters": [{"schema": {"items": {"$ref": place}}}]}},
    }});
    let (once, _) = run("3.1.0", document, &["GET /a"]);
    let once = once.unwrap();
    check(once.clone(), &[], once);
}
