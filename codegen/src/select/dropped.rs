//! Callbacks, webhooks and links, which are dropped because a client does not make these calls.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::path_items::METHODS;
use crate::pointer::Pointer;
use crate::report::{Loss, Report, Rule};

static CALLBACKS: Rule = Rule {
    id: "callbacks",
    does: "callbacks are requests of the server and not part of a client",
    loss: Some(Loss::Unexpressed(
        "callbacks; serve and parse them yourself",
    )),
};

static WEBHOOKS: Rule = Rule {
    id: "webhooks",
    does: "webhooks are requests of the server and not part of a client",
    loss: Some(Loss::Unexpressed("webhooks; serve and parse them yourself")),
};

static LINKS: Rule = Rule {
    id: "links",
    does: "links between operations are dropped",
    loss: Some(Loss::Unexpressed("links between operations")),
};

/// Every rule for dropped parts.
pub(crate) static RULES: &[&Rule] = &[&CALLBACKS, &LINKS, &WEBHOOKS];

/// Returns the callbacks and webhooks in a tree like the document's. `None` chooses every operation.
pub(super) fn calls_back(
    root: &Map<String, Value>,
    chosen: Option<&BTreeSet<(String, String)>>,
) -> Value {
    let none = || Value::Object(Map::new());
    let mut paths = Map::new();
    let items = root.get("paths").and_then(Value::as_object);
    for (path, item) in items.into_iter().flatten() {
        let mut methods = Map::new();
        for method in METHODS {
            let key = (path.clone(), method.to_owned());
            let operation = item.get(method);
            let operation = operation.filter(|_| chosen.is_none_or(|keys| keys.contains(&key)));
            if let Some(operation) = operation {
                let callbacks = operation.get("callbacks").cloned().unwrap_or_else(none);
                let callbacks = Map::from_iter([("callbacks".to_owned(), callbacks)]);
                methods.insert(method.to_owned(), Value::Object(callbacks));
            }
        }
        paths.insert(path.clone(), Value::Object(methods));
    }
    // Webhooks belong to no operation, so a choice of operations does not include them.
    let webhooks = root.get("webhooks").filter(|_| chosen.is_none());
    let webhooks = webhooks.cloned().unwrap_or_else(none);
    let members = [
        ("paths".to_owned(), Value::Object(paths)),
        ("webhooks".to_owned(), webhooks),
    ];
    Value::Object(members.into_iter().collect())
}

/// Logs the dropped parts; `None` chooses every operation.
pub(super) fn log_dropped(
    root: &Map<String, Value>,
    chosen: Option<&BTreeSet<(String, String)>>,
    report: &mut Report,
) {
    let top = Pointer::root();
    // Webhooks belong to no operation, so a choice of operations does not include them.
    if let (None, Some(names)) = (chosen, names(root.get("webhooks"))) {
        report.apply(&WEBHOOKS, &top.child("webhooks"), names);
    }
    let paths = root.get("paths").and_then(Value::as_object);
    for (path, item) in paths.into_iter().flatten() {
        for method in METHODS {
            let key = (path.clone(), method.to_owned());
            let Some(operation) = item.get(method) else {
                continue;
            };
            if chosen.is_none_or(|chosen| chosen.contains(&key)) {
                let place = top.child("paths").child(path).child(method);
                log_dropped_of(root, operation, &place, report);
            }
        }
    }
}

fn log_dropped_of(
    root: &Map<String, Value>,
    operation: &Value,
    place: &Pointer,
    report: &mut Report,
) {
    if let Some(names) = names(operation.get("callbacks")) {
        report.apply(&CALLBACKS, &place.child("callbacks"), names);
    }
    let responses = operation.get("responses").and_then(Value::as_object);
    for (status, response) in responses.into_iter().flatten() {
        let reference = response.get("$ref").and_then(Value::as_str);
        let component =
            reference.and_then(|reference| reference.strip_prefix("#/components/responses/"));
        let shared = component.and_then(|name| root.get("components")?.get("responses")?.get(name));
        if let Some(names) = names(shared.unwrap_or(response).get("links")) {
            let place = place.child("responses").child(status);
            report.apply(&LINKS, &place, names);
        }
    }
}

/// Returns the names in a map, or `None` if it is empty.
fn names(map: Option<&Value>) -> Option<String> {
    let mut names: Vec<&str> = map?.as_object()?.keys().map(String::as_str).collect();
    names.sort_unstable();
    (!names.is_empty()).then(|| names.join(", "))
}
