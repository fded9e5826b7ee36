//! What stands for an object that a broken reference should lead to.

use serde_json::{Value, json};

use super::repair::Repair;
use crate::diagnostic::Cost;
use crate::objects::Object;
use crate::pointer::Pointer;

/// Returns what is done about a reference that leads to no object of the kind that its place
/// requires; `holder` is the node with `$ref`.
pub(super) fn unknown(object: &'static Object, holder: &Pointer) -> Repair {
    match object.component {
        // What stands beside the reference is kept.
        Some("schemas") => Repair::lost("read as any JSON").remove(holder.child("$ref")),
        Some("responses") => Repair::lost("read as a response with any content")
            .put(holder.clone(), json!({ "content": { "*/*": {} } })),
        Some("requestBodies") => Repair::lost("read as a body of any JSON").put(
            holder.clone(),
            json!({ "content": { "application/json": {} } }),
        ),
        Some("headers") => {
            Repair::lost("read as a header with any value").put(holder.clone(), json!({}))
        }
        Some("parameters") => {
            Repair::lost("the client does not send the parameter").remove(holder.clone())
        }
        Some("securitySchemes") => {
            Repair::lost("the caller adds the credential").remove(holder.clone())
        }
        Some("pathItems") => {
            let reading = "the operations of the path are unknown and left out";
            Repair::new(Cost::LeftOut, reading).remove(holder.clone())
        }
        _ => Repair::left_out(holder),
    }
}

/// Returns the object that is obviously meant by a reference to an object of another kind.
pub(super) fn converted(
    wanted: &'static Object,
    found: &'static Object,
    target: &Value,
    reference: &str,
) -> Option<Value> {
    let member = |name: &str| target.get(name).cloned();
    let json_of =
        || json!({ "content": { "application/json": { "schema": { "$ref": reference } } } });
    match (wanted.component?, found.component?) {
        ("responses", "requestBodies") | ("requestBodies", "responses") => {
            Some(json!({ "content": member("content")? }))
        }
        ("responses" | "requestBodies", "schemas") => Some(json_of()),
        ("schemas", "responses" | "requestBodies") => {
            let content = target.get("content")?.as_object()?;
            let media_type = content.get("application/json");
            let media_type = media_type.or_else(|| content.values().next())?;
            media_type.get("schema").cloned()
        }
        ("schemas", "parameters" | "headers") => member("schema"),
        ("headers", "parameters") => Some(json!({ "schema": member("schema")? })),
        ("headers", "schemas") => Some(json!({ "schema": { "$ref": reference } })),
        _ => None,
    }
}

/// Returns the place of the component that a reference names without its path, as `Pet` does.
pub(super) fn named(root: &Value, object: &'static Object, name: &str) -> Option<Pointer> {
    let place = Pointer::root().join(["components", object.component?, name]);
    place.get(root).is_some().then_some(place)
}
