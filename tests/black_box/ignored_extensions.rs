//! No member of a document is taken for a fact of the pipeline: extensions change nothing.

use serde_json::{Map, Value, json};

use crate::lowering::generated;
use crate::output::root;

/// Names under which a stage could look for facts of its own, with values of every shape that such
/// a fact could have.
fn extensions() -> Map<String, Value> {
    const NAMES: &[&str] = &[
        "server",
        "origin",
        "parts",
        "labels",
        "several",
        "concealed",
        "file",
        "constants",
        "values",
        "names",
        "referenced",
    ];
    let url = || json!("https://elsewhere.example");
    let shapes = [
        ("server", url()),
        ("origin", json!("#/paths/~1elsewhere")),
        ("several", json!(true)),
        ("concealed", json!(true)),
        (
            "parts",
            json!({ "picture": { "file": true, "list": false } }),
        ),
        ("labels", json!(["Elsewhere", null, "Nowhere"])),
        ("constants", json!([1, true])),
        ("values", json!([["a"], ["b"]])),
        ("names", json!([["a"], ["b"]])),
    ];
    let of = |name: &str| {
        let known = shapes.iter().find(|(known, _)| *known == name);
        known.map_or_else(url, |(_, value)| value.clone())
    };
    let pairs = NAMES.iter().map(|name| (format!("x-{name}"), of(name)));
    pairs.collect()
}

/// Members whose value is a map with names of the document's own.
const MAPS: &[&str] = &[
    "callbacks",
    "content",
    "encoding",
    "examples",
    "headers",
    "links",
    "mapping",
    "parameters",
    "paths",
    "patternProperties",
    "properties",
    "requestBodies",
    "responses",
    "schemas",
    "scopes",
    "securitySchemes",
    "variables",
    "webhooks",
    "$defs",
    "definitions",
];

/// Members whose value is data, not part of the description.
const DATA: &[&str] = &[
    "const", "default", "enum", "example", "examples", "security", "value",
];

/// The document with all extensions in each of its objects.
fn extended(value: &Value, extensions: &Map<String, Value>) -> Value {
    let inner = |value: &Value| extended(value, extensions);
    match value {
        Value::Array(items) => items.iter().map(inner).collect(),
        Value::Object(members) => {
            let mut all = extensions.clone();
            for (name, member) in members {
                let member = match member {
                    Value::Object(map) if MAPS.contains(&name.as_str()) => map
                        .iter()
                        .map(|(name, value)| (name.clone(), inner(value)))
                        .collect(),
                    member if DATA.contains(&name.as_str()) => member.clone(),
                    member => inner(member),
                };
                all.insert(name.clone(), member);
            }
            Value::Object(all)
        }
        scalar => scalar.clone(),
    }
}

const LOCK: &str = "client.lock.json";

#[test]
fn an_extension_changes_not_one_byte() {
    let extensions = extensions();
    for name in [
        "library", "parcel", "rules", "shelf", "shop", "values", "zoo",
    ] {
        let path = root().join(format!("tests/fixtures/{name}.yaml"));
        let text = std::fs::read_to_string(path).expect("the fixture is there");
        let document: Value = serde_yaml::from_str(&text).expect("the fixture is YAML");
        let hostile = extended(&document, &extensions);
        assert_ne!(hostile, document);
        let (before, after) = (generated(&document, None), generated(&hostile, None));
        // The lock file has the document's hash.
        for (path, text) in before.iter().filter(|(path, _)| *path != LOCK) {
            assert_eq!(after.get(path), Some(text), "{name}: {path}");
        }
        assert_eq!(after.len(), before.len(), "{name}");
    }
}

#[test]
fn a_format_is_not_taken_for_a_file_or_a_secret() {
    let schema = |format: &str| {
        json!({
            "type": "object",
            "properties": { "it": { "type": "string", "format": format } },
        })
    };
    for format in ["x-file", "x-concealed", "\0fact:file", "\0fact:concealed"] {
        let files = generated(&crate::lowering::answering(&schema(format)), None);
        let types = &files["src/types.rs"];
        assert!(
            types.contains("pub it: Option<String>"),
            "{format:?}: {types}"
        );
    }
}
