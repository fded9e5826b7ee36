//! Checks paths and operations for rules that the object tables do not express.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::context::Context;
use super::repair::{Edit, Repair};
use super::{http_syntax, parameters, path_template};
use crate::diagnostics;
use crate::parse::Version;
use crate::pointer::Pointer;
use crate::select::METHODS;

/// Checks every path and operation.
pub(super) fn check(context: &mut Context<'_>) {
    let root = Pointer::root();
    let paths = root.child("paths");
    let items = match context.root.get("paths") {
        Some(Value::Object(items)) => items,
        // An OpenAPI 3.1 document may have only webhooks or components.
        None if context.version == Version::V3_0 => {
            let message = "the document has no `paths`";
            let repair =
                Repair::mended("read as a document without operations").put(paths, json!({}));
            return context.fault(&diagnostics::MISSING_MEMBER, &root, message, repair);
        }
        _ => return,
    };
    let mut ids = BTreeMap::new();
    let mut skeletons = BTreeMap::new();
    for (path, item) in items.iter().filter(|(path, _)| !path.starts_with("x-")) {
        let pointer = paths.child(path);
        if let Some(first) = skeletons.insert(path_template::skeleton(path), path) {
            let message = format!(
                "`{path}` is identical to `{first}` except for the names of its expressions"
            );
            context.diagnose(&diagnostics::EQUIVALENT_PATHS, &pointer, message);
        }
        let Value::Object(item) = item else {
            continue;
        };
        let expressions = parameters::expressions(context, path, &pointer);
        if let Some(expressions) = &expressions {
            parameters::item(context, path, &pointer, expressions);
        }
        for method in METHODS {
            let Some(Value::Object(operation)) = item.get(method) else {
                continue;
            };
            let place = pointer.child(method);
            if let Some(expressions) = &expressions {
                parameters::operation(context, path, &pointer, &place, expressions);
            }
            responses(context, operation, &place);
            unique_id(context, operation, &place, &mut ids);
        }
    }
}

fn responses(context: &mut Context<'_>, operation: &Map<String, Value>, place: &Pointer) {
    match operation.get("responses") {
        Some(Value::Object(responses)) => {
            let statuses = responses.keys().filter(|key| !key.starts_with("x-"));
            for status in statuses.filter(|status| !http_syntax::is_status(status)) {
                let message = format!("`{status}` is not a status code");
                let place = place.child("responses").child(status);
                let upper = status.to_ascii_uppercase();
                let repair = if http_syntax::is_status(&upper) {
                    Repair::mended(format!("read as `{upper}`"))
                        .with(Edit::Rename(place.clone(), upper))
                } else {
                    Repair::lost("the response counts as undeclared").remove(place.clone())
                };
                context.fault(&diagnostics::INVALID_STATUS, &place, message, repair);
            }
        }
        None if context.version == Version::V3_0 => {
            let message = "the Operation Object has no `responses`";
            let diagnostic = context
                .diagnostic(&diagnostics::MISSING_MEMBER, place, message)
                .help("add `responses` (OpenAPI 3.0 section 4.7.10, Operation Object)");
            let repair = Repair::mended("read as an operation without declared responses")
                .put(place.child("responses"), json!({}));
            context.push_fault(diagnostic, place, repair);
        }
        _ => {}
    }
}

fn unique_id<'a>(
    context: &mut Context<'_>,
    operation: &'a Map<String, Value>,
    place: &Pointer,
    ids: &mut BTreeMap<&'a str, Pointer>,
) {
    let Some(Value::String(id)) = operation.get("operationId") else {
        return;
    };
    if let Some(first) = ids.get(id.as_str()) {
        let message = format!("`{id}` is already the id of `{first}`");
        context.diagnose(
            &diagnostics::DUPLICATE_OPERATION_ID,
            &place.child("operationId"),
            message,
        );
    } else {
        ids.insert(id, place.clone());
    }
}
