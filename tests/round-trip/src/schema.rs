//! The document's schemas as JSON Schema 2020-12, translated by hand from OpenAPI and not by the
//! pipeline: what both got wrong would not be found.

use serde_json::{Map, Value, json};

/// The named schemas, with references among them, ready for validation.
pub struct Schemas {
    components: Value,
}

impl Schemas {
    /// Those of a document.
    pub fn new(document: &Value) -> Self {
        let mut components = document.get("components").cloned().unwrap_or_default();
        if let Some(schemas) = components.get_mut("schemas") {
            let old = document.get("openapi").and_then(Value::as_str);
            let old = old.is_some_and(|it| it.starts_with("3.0"));
            if let Value::Object(schemas) = schemas {
                schemas.values_mut().for_each(|it| translate(it, old));
            }
        }
        Self { components }
    }

    /// Their names, in order.
    pub fn names(&self) -> Vec<&str> {
        let all = self.components.get("schemas").and_then(Value::as_object);
        let mut names: Vec<&str> = all
            .into_iter()
            .flat_map(Map::keys)
            .map(String::as_str)
            .collect();
        names.sort_unstable();
        names
    }

    /// A schema by its name.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.components.get("schemas")?.get(name)
    }

    /// What a reference leads to.
    pub fn target(&self, reference: &str) -> Option<&Value> {
        self.components
            .pointer(reference.strip_prefix("#/components")?)
    }

    /// Whether an instance is valid; `None` where the schema itself cannot be used.
    pub fn validator(&self, name: &str) -> Option<jsonschema::Validator> {
        let place = name.replace('~', "~0").replace('/', "~1");
        let root = json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$ref": format!("#/components/schemas/{place}"),
            "components": self.components,
        });
        jsonschema::options()
            .should_validate_formats(true)
            .build(&root)
            .ok()
    }
}

/// Brings a schema of OpenAPI 3.0 to 2020-12; in both, what is a name there and none here goes.
fn translate(node: &mut Value, old: bool) {
    match node {
        Value::Object(members) => {
            // A member named `example` may be a property; then its value is a schema.
            for (key, value) in members.iter_mut() {
                match (key.as_str(), &value) {
                    ("properties" | "patternProperties" | "$defs", Value::Object(_)) => {
                        if let Value::Object(inner) = value {
                            inner.values_mut().for_each(|it| translate(it, old));
                        }
                    }
                    ("enum" | "const" | "default" | "example" | "examples", _) => {}
                    _ => translate(value, old),
                }
            }
            if old {
                nullable(members);
                exclusive(members, "exclusiveMinimum", "minimum");
                exclusive(members, "exclusiveMaximum", "maximum");
            }
        }
        Value::Array(list) => list.iter_mut().for_each(|it| translate(it, old)),
        _ => {}
    }
}

/// `nullable` is no keyword of 2020-12: null joins what is allowed (OpenAPI 3.0.3, 4.7.24).
fn nullable(members: &mut Map<String, Value>) {
    if members.remove("nullable") != Some(json!(true)) {
        return;
    }
    let schema = Value::Object(std::mem::take(members));
    members.insert("anyOf".to_owned(), json!([schema, {"type": "null"}]));
}

/// In 3.0 the exclusive bounds are flags.
fn exclusive(members: &mut Map<String, Value>, flag: &str, bound: &str) {
    match members.get(flag) {
        Some(Value::Bool(true)) => {
            if let Some(bound) = members.remove(bound) {
                members.insert(flag.to_owned(), bound);
            }
        }
        Some(Value::Bool(false)) => {
            members.remove(flag);
        }
        _ => {}
    }
}
