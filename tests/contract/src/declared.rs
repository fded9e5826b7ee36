//! What the document declares: the list of all that must be called.

use std::collections::BTreeSet;

use serde_json::Value;

/// The members of a path that are operations; others are shared by these.
const METHODS: [&str; 8] = [
    "delete", "get", "head", "options", "patch", "post", "put", "trace",
];

/// An operation, as far as it is judged here.
#[derive(Debug, PartialEq)]
pub(crate) struct Operation {
    /// Its `operationId`; where it has none, method and path.
    pub(crate) id: String,
    /// Method and path, as the sandbox writes them.
    pub(crate) way: String,
    /// The statuses that it declares, as they are written.
    pub(crate) statuses: Vec<String>,
    /// Whether a credential is required.
    pub(crate) secured: bool,
    /// The headers that are required.
    pub(crate) headers: Vec<String>,
}

/// Every operation of a document.
pub(crate) fn operations(document: &Value) -> Vec<Operation> {
    let paths = document["paths"].as_object().into_iter().flatten();
    paths
        .flat_map(|(path, item)| {
            let declared = METHODS
                .into_iter()
                .filter(|method| item.get(method).is_some());
            declared.map(move |method| operation(document, path, item, method))
        })
        .collect()
}

fn operation(document: &Value, path: &str, item: &Value, method: &str) -> Operation {
    let object = &item[method];
    let way = format!("{} {path}", method.to_ascii_uppercase());
    let responses = object["responses"].as_object().into_iter().flatten();
    let parameters = [&object["parameters"], &item["parameters"]];
    let headers: BTreeSet<String> = parameters
        .into_iter()
        .flat_map(|list| list.as_array().into_iter().flatten())
        .map(|value| resolved(document, value))
        .filter(|parameter| parameter["in"] == "header" && parameter["required"] == true)
        .filter_map(|parameter| Some(parameter["name"].as_str()?.to_ascii_lowercase()))
        .collect();
    Operation {
        id: object["operationId"].as_str().unwrap_or(&way).to_owned(),
        way,
        statuses: responses.map(|(status, _)| status.clone()).collect(),
        secured: secured(object.get("security").or(document.get("security"))),
        headers: headers.into_iter().collect(),
    }
}

/// What an object is, where it may be a reference to a component.
fn resolved<'a>(document: &'a Value, object: &'a Value) -> &'a Value {
    let reference = object["$ref"].as_str();
    let pointer = reference.and_then(|reference| reference.strip_prefix('#'));
    let target = pointer.and_then(|pointer| document.pointer(pointer));
    target.unwrap_or(object)
}

/// An empty requirement among others makes credentials optional.
fn secured(security: Option<&Value>) -> bool {
    let requirements = security.and_then(Value::as_array);
    let empty = |value: &Value| value.as_object().is_some_and(serde_json::Map::is_empty);
    requirements.is_some_and(|value| !value.is_empty() && !value.iter().any(empty))
}

/// The status that a key of `responses` asks for. A range or `default` asks for none: a call that
/// is to cover it must be thought of first.
pub(crate) fn exact(status: &str) -> Option<u16> {
    let status = status.parse().ok()?;
    (100..600).contains(&status).then_some(status)
}

/// What no call covers, and calls that cover nothing.
pub(crate) fn uncovered(operations: &[Operation], calls: &BTreeSet<&str>) -> Vec<String> {
    let mut problems = Vec::new();
    if operations.is_empty() {
        problems.push("the document has no operation: nothing would be judged".to_owned());
    }
    for Operation { id, statuses, .. } in operations {
        if !calls.contains(id.as_str()) {
            problems.push(format!(
                "{id} is in the document, and nothing here calls it"
            ));
        }
        if statuses.is_empty() {
            problems.push(format!("{id} declares no status"));
        }
        let inexact = statuses.iter().filter(|value| exact(value).is_none());
        problems.extend(inexact.map(|status| format!("{id}: no call covers status {status}")));
    }
    let declared: BTreeSet<&str> = operations.iter().map(|value| value.id.as_str()).collect();
    let gone = calls.difference(&declared);
    problems.extend(gone.map(|id| format!("{id} is called here, and is not in the document")));
    problems
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::{Value, json};

    use super::{Operation, operations, uncovered};

    #[track_caller]
    fn check(document: &Value, calls: &[&str], expected: &[&str]) {
        let calls: BTreeSet<&str> = calls.iter().copied().collect();
        assert_eq!(uncovered(&operations(document), &calls), expected);
    }

    fn with_responses(responses: &Value) -> Value {
        json!({ "paths": { "/a": { "get": { "operationId": "a", "responses": responses } } } })
    }

    #[test]
    fn a_status_or_operation_without_a_call_is_reported() {
        check(&with_responses(&json!({ "200": {} })), &["a"], &[]);
        check(
            &with_responses(&json!({ "200": {}, "4XX": {}, "default": {} })),
            &["a"],
            &[
                "a: no call covers status 4XX",
                "a: no call covers status default",
            ],
        );
        check(
            &with_responses(&json!({})),
            &["a"],
            &["a declares no status"],
        );
        check(
            &with_responses(&json!({ "200": {} })),
            &[],
            &["a is in the document, and nothing here calls it"],
        );
        check(
            &with_responses(&json!({ "200": {} })),
            &["a", "b"],
            &["b is called here, and is not in the document"],
        );
        check(
            &json!({ "paths": { "/a": { "put": { "responses": { "200": {} } } } } }),
            &[],
            &["PUT /a is in the document, and nothing here calls it"],
        );
        let nothing = "the document has no operation: nothing would be judged";
        check(&json!({}), &[], &[nothing]);
    }

    #[test]
    fn what_a_path_shares_is_no_operation_and_goes_for_each() {
        let header = json!({ "in": "header", "name": "X-B", "required": true });
        let document = json!({
            "security": [{ "key": [] }],
            "components": { "parameters": { "b": header } },
            "paths": { "/a": {
                "parameters": [{ "$ref": "#/components/parameters/b" }],
                "get": { "operationId": "a", "responses": { "200": {} } },
                "put": { "operationId": "b", "responses": { "200": {} }, "security": [{}] },
            } },
        });
        let expected = |id: &str, way: &str, secured| Operation {
            id: id.to_owned(),
            way: way.to_owned(),
            statuses: vec!["200".to_owned()],
            secured,
            headers: vec!["x-b".to_owned()],
        };
        assert_eq!(
            operations(&document),
            [
                expected("a", "GET /a", true),
                expected("b", "PUT /a", false)
            ]
        );
    }
}
