//! Resolves references to path items, and keeps the chosen operations.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::bounds::weight;
use crate::origins::Origins;
use crate::pointer::Pointer;
use crate::report::Report;

/// The methods that a path item can have, in the order in which operations are listed.
pub(crate) const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// Maximum length of a chain of references to path items.
const MAX_CHAIN: usize = 16;

/// Replaces references to path items by the path items; members beside a reference take precedence.
/// The check reports references without a target, which are kept.
pub(crate) fn resolve(root: &mut Value, origins: &mut Origins, report: &mut Report) {
    let paths = Pointer::root().child("paths");
    let Some(Value::Object(items)) = root.get("paths") else {
        return;
    };
    let holders: Vec<Pointer> = items
        .iter()
        .filter(|(_, item)| item.get("$ref").is_some())
        .map(|(path, _)| paths.child(path))
        .collect();
    for holder in holders {
        for _ in 0..MAX_CHAIN {
            if !resolve_once(root, &holder, origins, report) {
                break;
            }
        }
    }
}

fn resolve_once(
    root: &mut Value,
    holder: &Pointer,
    origins: &mut Origins,
    report: &mut Report,
) -> bool {
    let target = holder
        .get(root)
        .and_then(|item| Pointer::of_reference(item.get("$ref")?.as_str()?))
        .filter(|target| !target.contains(holder));
    let Some(target) = target else {
        return false;
    };
    let Some(found) = target.get(root) else {
        return false;
    };
    if !report.copy(weight(found), holder) {
        return false;
    }
    let Value::Object(found) = found.clone() else {
        return false;
    };
    let Some(Value::Object(item)) = holder.get_mut(root) else {
        return false;
    };
    item.remove("$ref");
    for (name, value) in found {
        if !item.contains_key(&name) {
            origins.copy(&target.child(&name), &holder.child(&name));
            item.insert(name, value);
        }
    }
    true
}

/// Returns the path items with the chosen operations only; all of them for `None`.
pub(super) fn keep(paths: Value, chosen: Option<&BTreeSet<(String, String)>>) -> Value {
    let Value::Object(items) = paths else {
        return paths;
    };
    // Extensions of the Paths Object are not paths.
    let items = items
        .into_iter()
        .filter(|(path, _)| !path.starts_with("x-"));
    let kept = items.filter_map(|(path, item)| {
        let item = match item {
            Value::Object(item) => keep_item(&path, item, chosen)?,
            item if chosen.is_none() => item,
            _ => return None,
        };
        Some((path, item))
    });
    Value::Object(kept.collect())
}

fn keep_item(
    path: &str,
    mut item: Map<String, Value>,
    chosen: Option<&BTreeSet<(String, String)>>,
) -> Option<Value> {
    let mut any = chosen.is_none();
    for method in METHODS {
        match chosen {
            Some(chosen) if !chosen.contains(&(path.to_owned(), method.to_owned())) => {
                item.remove(method);
            }
            _ => any |= item.contains_key(method),
        }
        if let Some(Value::Object(operation)) = item.get_mut(method) {
            operation.remove("callbacks");
            if let Some(Value::Object(responses)) = operation.get_mut("responses") {
                responses.values_mut().for_each(drop_links);
            }
        }
    }
    any.then_some(Value::Object(item))
}

/// Removes the links of a response.
pub(super) fn drop_links(response: &mut Value) {
    if let Value::Object(response) = response {
        response.remove("links");
    }
}

/// Whether a kept operation uses the document's `security`. A document without operations uses it
/// too, because nothing was chosen.
pub(super) fn use_document_security(kept: &Map<String, Value>) -> bool {
    let mut operations = operations(kept).peekable();
    operations.peek().is_none() || operations.any(|operation| operation.get("security").is_none())
}

fn operations(kept: &Map<String, Value>) -> impl Iterator<Item = &Value> {
    kept.get("paths")
        .and_then(Value::as_object)
        .into_iter()
        .flat_map(|items| items.values())
        .flat_map(|item| METHODS.iter().filter_map(|method| item.get(*method)))
}

/// Returns the tags of kept operations.
pub(super) fn used_tags(mut tags: Value, kept: &Map<String, Value>) -> Value {
    let used: BTreeSet<&str> = operations(kept)
        .filter_map(|operation| operation.get("tags")?.as_array())
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    if let Value::Array(list) = &mut tags {
        list.retain(|tag| {
            let name = tag.get("name").and_then(Value::as_str);
            name.is_some_and(|name| used.contains(name))
        });
    }
    tags
}
