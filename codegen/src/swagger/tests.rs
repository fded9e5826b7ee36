//! Tests of the conversion: tree to tree.

use serde_json::{Value, json};

use super::convert;
use crate::diagnostic::Place;
use crate::pointer::Pointer;
use crate::report::Report;

/// Converts a document with these members beside those that every document has.
fn converted(members: Value) -> (Value, Report) {
    let mut old = json!({"swagger": "2.0", "info": {"title": "A", "version": "1"}});
    merge(&mut old, members);
    let mut report = Report::default();
    let (root, origins) = convert(&old, &mut report).unwrap();
    origins.log(&root, &mut report);
    (root, report)
}

fn merge(value: &mut Value, more: Value) {
    let more = more.as_object().unwrap().clone();
    value.as_object_mut().unwrap().extend(more);
}

/// Converts a document, and compares some nodes of the result, by pointer.
#[track_caller]
fn check(members: Value, expected: Value) {
    let (root, _) = converted(members);
    for (pointer, expected) in expected.as_object().unwrap() {
        let found = root.pointer(pointer).unwrap_or(&Value::Null);
        assert_eq!(found, expected, "at {pointer} of {root}");
    }
}

/// An operation with these parameters, and these members beside them.
fn operation(parameters: Value, members: Value) -> Value {
    let mut operation = json!({"parameters": parameters, "responses": {}});
    merge(&mut operation, members);
    json!({"paths": {"/a": {"post": operation}}})
}

#[test]
fn servers_are_made_of_host_path_and_schemes() {
    let servers = |members: Value, expected: Value| check(members, json!({"/servers": expected}));
    servers(
        json!({"host": "a.example", "basePath": "/v1/", "schemes": ["ws", "http", "https"]}),
        json!([{"url": "https://a.example/v1"}, {"url": "http://a.example/v1"}]),
    );
    servers(
        json!({"host": "a.example", "basePath": "v1"}),
        json!([{"url": "https://a.example/v1"}]),
    );
    servers(json!({"basePath": "/v1"}), json!([{"url": "/v1"}]));
    servers(json!({"basePath": "/", "schemes": ["https"]}), Value::Null);
    servers(
        json!({"host": "a.example", "schemes": ["wss"]}),
        Value::Null,
    );
    servers(json!({"host": 5}), json!([{"url": 5}]));
    servers(
        json!({"host": "a.example", "schemes": "https"}),
        json!("https"),
    );
}

#[test]
fn an_operation_has_servers_where_its_schemes_differ() {
    let document = |schemes: Value| {
        let mut document = operation(json!([]), json!({"schemes": schemes}));
        merge(
            &mut document,
            json!({"host": "a.example", "schemes": ["http", "https"]}),
        );
        document
    };
    let servers = "/paths/~1a/post/servers";
    check(
        document(json!(["https"])),
        json!({servers: [{"url": "https://a.example"}]}),
    );
    check(document(json!(["https", "http"])), json!({servers: null}));
}

#[test]
fn what_a_parameter_says_about_its_value_is_its_schema() {
    check(
        operation(
            json!([
                {"name": "a", "in": "query", "type": "integer", "minimum": 1, "default": 2,
                 "enum": [1, 2], "required": true, "description": "A.", "x-b": 3, "x-nullable": true},
                {"name": "l", "in": "query", "type": "array", "items": {"type": "string"},
                 "collectionFormat": "pipes"},
                {"name": "H", "in": "header", "type": "array", "items": {"type": "string"}},
            ]),
            json!({}),
        ),
        json!({"/paths/~1a/post/parameters": [
            {"name": "a", "in": "query", "required": true, "description": "A.", "x-b": 3,
             "schema": {"type": "integer", "minimum": 1, "default": 2, "enum": [1, 2],
                        "nullable": true}},
            {"name": "l", "in": "query", "style": "pipeDelimited", "explode": false,
             "schema": {"type": "array", "items": {"type": "string"}}},
            {"name": "H", "in": "header", "schema": {"type": "array", "items": {"type": "string"}}},
        ]}),
    );
}

#[test]
fn a_list_is_text_where_nothing_says_how_it_is_separated() {
    let parameter = |location: &str, format: &str, style: Value| {
        let list = json!({"name": "a", "in": location, "type": "array",
            "items": {"type": "string"}, "collectionFormat": format});
        let (root, report) = converted(operation(json!([list]), json!({})));
        let found = root.pointer("/paths/~1a/post/parameters/0").unwrap();
        let explode = found.get("explode");
        let found_style = json!([found.pointer("/schema/type"), found.get("style"), explode]);
        assert_eq!(found_style, style, "{location} {format}");
        let is_lost = style[0] == "string";
        assert_eq!(
            report.log.len(),
            usize::from(is_lost),
            "{location} {format}"
        );
    };
    parameter("query", "csv", json!(["array", "form", false]));
    parameter("query", "ssv", json!(["array", "spaceDelimited", false]));
    parameter("query", "multi", json!(["array", null, null]));
    parameter("query", "tsv", json!(["string", null, null]));
    parameter("query", "unknown", json!(["string", null, null]));
    parameter("path", "csv", json!(["array", null, null]));
    parameter("path", "pipes", json!(["string", null, null]));
    parameter("header", "multi", json!(["array", null, null]));
    parameter("header", "ssv", json!(["string", null, null]));
}

#[test]
fn a_body_has_an_entry_for_each_media_type() {
    let body = json!([{"name": "b", "in": "body", "description": "B.", "required": true,
        "x-c": 1, "schema": {"type": "string"}}]);
    let mut document = operation(body.clone(), json!({}));
    merge(
        &mut document,
        json!({"consumes": ["text/plain", "application/json"]}),
    );
    let entry = json!({"schema": {"type": "string"}});
    check(
        document,
        json!({
            "/paths/~1a/post/requestBody": {"description": "B.", "required": true, "x-c": 1,
                "content": {"text/plain": entry, "application/json": entry}},
            "/paths/~1a/post/parameters": null,
        }),
    );
    let mut document = operation(body.clone(), json!({"consumes": []}));
    merge(&mut document, json!({"consumes": ["text/plain"]}));
    let content = "/paths/~1a/post/requestBody/content";
    check(document, json!({content: {"application/json": entry}}));
    // A body that the path item lists is that of each operation without its own.
    let item = json!({"parameters": body, "put": {"responses": {}}, "post": {"responses": {}}});
    check(
        json!({"paths": {"/a": item}}),
        json!({
            content: {"application/json": entry},
            "/paths/~1a/put/requestBody/content": {"application/json": entry},
            "/paths/~1a/parameters": null,
        }),
    );
}

#[test]
fn the_fields_of_a_form_are_one_body() {
    let fields = json!([
        {"name": "a", "in": "formData", "type": "string", "required": true, "description": "A."},
        {"name": "q", "in": "query", "type": "string"},
        {"name": "l", "in": "formData", "type": "array", "items": {"type": "string"}},
    ]);
    let document = operation(
        fields,
        json!({"consumes": ["application/x-www-form-urlencoded"]}),
    );
    check(
        document,
        json!({
            "/paths/~1a/post/requestBody": {
                "required": true,
                "content": {"application/x-www-form-urlencoded": {
                    "schema": {
                        "type": "object",
                        "required": ["a"],
                        "properties": {
                            "a": {"type": "string", "description": "A."},
                            "l": {"type": "array", "items": {"type": "string"}},
                        },
                    },
                    "encoding": {"l": {"style": "form", "explode": false}},
                }},
            },
            "/paths/~1a/post/parameters": [
                {"name": "q", "in": "query", "schema": {"type": "string"}},
            ],
        }),
    );
    let file = json!([{"name": "f", "in": "formData", "type": "file"}]);
    let schema = json!({"type": "object",
        "properties": {"f": {"type": "string", "format": "binary"}}});
    let types = json!({"consumes": ["multipart/form-data; boundary=x", "application/json"]});
    let content = "/paths/~1a/post/requestBody/content";
    let expected = json!({content: {"multipart/form-data": {"schema": schema}}});
    check(operation(file.clone(), types), expected.clone());
    check(operation(file, json!({})), expected);
}

#[test]
fn shared_parameters_are_components_or_copied() {
    let mut document = operation(
        json!([{"$ref": "#/parameters/B"}, {"$ref": "#/parameters/Q"}]),
        json!({}),
    );
    let field = json!({"name": "f", "in": "formData", "type": "string"});
    let put = json!({"parameters": [{"$ref": "#/parameters/F"}], "responses": {}});
    document["paths"]["/a"]["put"] = put;
    let patch = json!({"parameters": [{"$ref": "#/parameters/B"}], "consumes": ["text/plain"],
        "responses": {}});
    document["paths"]["/a"]["patch"] = patch;
    merge(
        &mut document,
        json!({"parameters": {
            "B": {"name": "b", "in": "body", "schema": {"$ref": "#/definitions/S"}},
            "F": field,
            "Q": {"name": "q", "in": "query", "type": "string"},
        }, "definitions": {"S": {"type": "string"}}}),
    );
    let schema = json!({"schema": {"$ref": "#/components/schemas/S"}});
    let form = json!({"schema": {"type": "object", "properties": {"f": {"type": "string"}}}});
    check(
        document,
        json!({
            "/paths/~1a/post/requestBody": {"$ref": "#/components/requestBodies/B"},
            "/paths/~1a/post/parameters": [{"$ref": "#/components/parameters/Q"}],
            "/paths/~1a/put/requestBody/content": {"application/x-www-form-urlencoded": form},
            "/paths/~1a/patch/requestBody/content": {"text/plain": schema},
            "/components/requestBodies/B/content": {"application/json": schema},
            "/components/parameters": {
                "Q": {"name": "q", "in": "query", "schema": {"type": "string"}},
            },
        }),
    );
}

#[test]
fn responses_have_the_media_types_of_produces() {
    let response = json!({"description": "R.", "schema": {"type": "string"},
        "headers": {"H": {"type": "integer", "description": "H."}},
        "examples": {"text/plain": "a", "text/csv": "b"}});
    let mut document = operation(
        json!([]),
        json!({"responses": {"200": response, "400": {"$ref": "#/responses/E"}}}),
    );
    let error = json!({"description": "E.", "schema": {"type": "integer"}});
    let own = json!({"responses": {"400": {"$ref": "#/responses/E"}}, "produces": ["text/csv"]});
    document["paths"]["/a"]["get"] = own;
    merge(
        &mut document,
        json!({"produces": ["text/plain"], "responses": {"E": error}}),
    );
    let entry = json!({"schema": {"type": "integer"}});
    check(
        document,
        json!({
            "/paths/~1a/post/responses/200": {
                "description": "R.",
                "headers": {"H": {"description": "H.", "schema": {"type": "integer"}}},
                "content": {"text/plain": {"schema": {"type": "string"}, "example": "a"}},
            },
            "/paths/~1a/post/responses/400": {"$ref": "#/components/responses/E"},
            "/paths/~1a/get/responses/400": {"description": "E.", "content": {"text/csv": entry}},
            "/components/responses/E/content": {"text/plain": entry},
        }),
    );
}

#[test]
fn a_file_in_a_response_is_bytes() {
    let file = |produces: Value, expected: Value| {
        let response = json!({"200": {"description": "F.", "schema": {"type": "file"}}});
        let document = operation(
            json!([]),
            json!({"responses": response, "produces": produces}),
        );
        let (root, _) = converted(document);
        let content = root
            .pointer("/paths/~1a/post/responses/200/content")
            .unwrap();
        let names: Vec<&String> = content.as_object().unwrap().keys().collect();
        assert_eq!(json!(names), expected);
    };
    file(json!([]), json!(["*/*"]));
    file(json!(["application/json"]), json!(["*/*"]));
    file(
        json!(["application/json", "application/pdf"]),
        json!(["application/pdf"]),
    );
}

#[test]
fn schemas_are_converted_at_every_depth() {
    check(
        json!({"definitions": {
            "A": {"discriminator": "kind", "properties": {
                "discriminator": {"type": "string"},
                "$ref": {"$ref": "#/definitions/B"},
                "n": {"type": "string", "x-nullable": true, "example": {"$ref": "#/definitions/B"}},
            }},
            "B": {"allOf": [{"$ref": "#/definitions/A"}, {"additionalProperties":
                {"items": {"$ref": "#/definitions/A/properties/n"}}}]},
        }}),
        json!({"/components/schemas": {
            "A": {"discriminator": {"propertyName": "kind"}, "properties": {
                "discriminator": {"type": "string"},
                "$ref": {"$ref": "#/components/schemas/B"},
                "n": {"type": "string", "nullable": true, "example": {"$ref": "#/definitions/B"}},
            }},
            "B": {"allOf": [{"$ref": "#/components/schemas/A"}, {"additionalProperties":
                {"items": {"$ref": "#/components/schemas/A/properties/n"}}}]},
        }}),
    );
}

#[test]
fn security_definitions_are_schemes() {
    let flow = |old: &str, new: &str| {
        check(
            json!({"securityDefinitions": {"S": {"type": "oauth2", "flow": old,
                "tokenUrl": "t", "authorizationUrl": "a", "scopes": {"s": "S."}, "x-a": 1}}}),
            json!({"/components/securitySchemes/S": {"type": "oauth2", "x-a": 1, "flows":
                {new: {"tokenUrl": "t", "authorizationUrl": "a", "scopes": {"s": "S."}}}}}),
        );
    };
    flow("implicit", "implicit");
    flow("password", "password");
    flow("application", "clientCredentials");
    flow("accessCode", "authorizationCode");
    check(
        json!({"securityDefinitions": {
            "B": {"type": "basic", "description": "B."},
            "K": {"type": "apiKey", "in": "query", "name": "k"},
        }}),
        json!({"/components/securitySchemes": {
            "B": {"type": "http", "scheme": "basic", "description": "B."},
            "K": {"type": "apiKey", "in": "query", "name": "k"},
        }}),
    );
}

#[test]
fn references_lead_to_where_their_targets_have_moved() {
    let body = json!({"name": "b", "in": "body", "schema": {"properties": {"p": {}}}});
    let query = json!({"name": "q", "in": "query", "type": "string"});
    let answer = json!({"description": "", "schema": {"items": {}}});
    let mut document = operation(json!([body, query]), json!({"responses": {"200": answer}}));
    document["paths"]["/b"] = json!({
        "parameters": [{"$ref": "#/paths/~1a/post/parameters/1"}],
        "get": {"responses": {"200": {"description": "", "schema":
            {"$ref": "#/paths/~1a/post/responses/200/schema/items"}}}},
        "put": {"responses": {"200": {"description": "", "schema":
            {"$ref": "#/paths/~1a/post/parameters/0/schema/properties/p"}}}},
    });
    document["paths"]["/c"] = json!({"$ref": "#/x-items/c"});
    document["x-items"] = json!({"c": {"get": {"responses": {"200": {"description": "", "schema":
        {"$ref": "#/x-items/schema"}}}}}, "schema": {"x-nullable": true}});
    let schema = |operation: &str| {
        format!("{operation}/responses/200/content/application~1json/schema/$ref")
    };
    check(
        document,
        json!({
            "/paths/~1b/parameters/0/$ref": "#/paths/~1a/post/parameters/0",
            schema("/paths/~1b/get"):
                "#/paths/~1a/post/responses/200/content/application~1json/schema/items",
            schema("/paths/~1b/put"):
                "#/paths/~1a/post/requestBody/content/application~1json/schema/properties/p",
            schema("/x-items/c/get"): "#/x-items/schema",
            "/x-items/schema": {"nullable": true},
        }),
    );
}

#[test]
fn each_node_knows_its_place_in_the_text() {
    let mut old = operation(
        json!([
            {"name": "b", "in": "body", "schema": {"properties": {"p": {}}}},
            {"name": "q", "in": "query", "type": "array", "items": {"type": "string"}},
            {"name": "f", "in": "query", "type": "string", "collectionFormat": 5},
        ]),
        json!({"responses": {"200": {"description": "", "schema": {"items": {}}}}}),
    );
    merge(
        &mut old,
        json!({"host": "a.example", "definitions": {"A": {"discriminator": "k"}}}),
    );
    let mut report = Report::default();
    let (root, origins) = convert(&old, &mut report).unwrap();
    let place = |pointer: &str, expected: &str| {
        assert!(root.pointer(pointer).is_some(), "{pointer} of {root}");
        match origins.place(&Pointer::parse(pointer).unwrap()) {
            Place::Node(_, found) => assert_eq!(found.to_string(), expected, "{pointer}"),
            other => panic!("{other:?}"),
        }
    };
    let post = |rest: &str| format!("/paths/~1a/post/{rest}");
    place("/openapi", "/swagger");
    place("/servers", "/host");
    place(
        "/components/schemas/A/discriminator/propertyName",
        "/definitions/A/discriminator",
    );
    let media = "content/application~1json/schema";
    place(&post("requestBody"), &post("parameters/0"));
    let property = post(&format!("requestBody/{media}/properties/p"));
    place(&property, &post("parameters/0/schema/properties/p"));
    place(&post("parameters/0/name"), &post("parameters/1/name"));
    place(
        &post("parameters/0/schema/items/type"),
        &post("parameters/1/items/type"),
    );
    let items = post(&format!("responses/200/{media}/items"));
    place(&items, &post("responses/200/schema/items"));
}

#[test]
fn what_is_of_a_wrong_type_is_kept_for_the_check() {
    check(
        json!({"definitions": 1, "parameters": 2, "responses": 3, "securityDefinitions": 4,
            "paths": 5, "tags": 6}),
        json!({"/components": {"schemas": 1, "parameters": 2, "responses": 3,
            "securitySchemes": 4}, "/paths": 5, "/tags": 6}),
    );
    check(
        json!({"paths": {"/a": 1, "/b": {"get": 2, "put": {"parameters": 3, "responses": 4}}}}),
        json!({"/paths": {"/a": 1, "/b": {"get": 2, "put": {"parameters": 3, "responses": 4}}}}),
    );
    let body = |schema: Value| json!({"name": "b", "in": "body", "schema": schema});
    let broken = json!([7, {"$ref": 8}, {"$ref": "#/nowhere"}, body(json!(9)), body(json!({})),
        {"in": "formData"}, {"name": 1, "in": 2, "type": 3, "required": 4}]);
    check(
        operation(broken, json!({"consumes": 1})),
        json!({
            "/paths/~1a/post/requestBody/content": 1,
            "/paths/~1a/post/parameters/0": 7,
            "/paths/~1a/post/parameters/3/in": "body",
            "/paths/~1a/post/parameters/4/in": "formData",
            "/paths/~1a/post/parameters/5/schema/type": 3,
        }),
    );
}

#[test]
fn copies_are_bounded() {
    let schema = json!({"enum": ["x".repeat(1 << 20)]});
    let body = json!([{"name": "b", "in": "body", "schema": schema}]);
    let types: Vec<String> = (0..100).map(|number| format!("a/{number}")).collect();
    let mut old = operation(body, json!({"consumes": types}));
    merge(&mut old, json!({"swagger": "2.0"}));
    let mut report = Report::default();
    assert!(convert(&old, &mut report).is_err());
    assert_eq!(report.diagnostics[0].kind.id, "copied-too-often");
}
