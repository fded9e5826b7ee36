//! What is done about an object without a member that OpenAPI requires.

use serde_json::{Map, Value, json};

use super::repair::Repair;
use crate::objects::Object;
use crate::pointer::Pointer;

/// The version of a document that names none.
pub(super) const UNKNOWN: &str = "unknown";

/// Returns what is done about a missing member.
pub(super) fn repair(
    object: &'static Object,
    member: &str,
    members: &Map<String, Value>,
    place: &Pointer,
) -> Repair {
    let put = |reading: &str, value: Value| {
        let reading = format!("read as {reading}");
        Repair::mended(reading).put(place.child(member), value)
    };
    match (object.name, member) {
        ("OpenAPI Object", "info") => {
            let info = json!({ "title": "API", "version": UNKNOWN });
            put("a document without title and version", info)
        }
        ("Info Object", "title") => put("the title `API`", json!("API")),
        ("Info Object", "version") => put("the version `unknown`", json!(UNKNOWN)),
        ("OpenAPI Object", "paths") => put("a document without operations", json!({})),
        ("Operation Object", "responses") => put("no declared response", json!({})),
        ("Server Object", "url") => {
            Repair::lost("the server is no environment of the client").remove(place.clone())
        }
        ("Server Variable Object", "default") => match members.get("enum") {
            Some(Value::Array(values)) if !values.is_empty() => {
                let first = values.first().cloned().unwrap_or_default();
                put("the first of its values", first)
            }
            _ => server(place),
        },
        ("Parameter Object", _) => parameter(members, place),
        ("Request Body Object", "content") => {
            Repair::lost("the operation has no body").remove(place.clone())
        }
        // A scheme without a type is no credential of the client.
        ("Security Scheme Object", _) => Repair::lost("the caller adds the credential"),
        ("Discriminator Object", _) => {
            Repair::lost("branches are told apart by their shape").remove(place.clone())
        }
        _ => Repair::left_out(place),
    }
}

/// A server with a variable whose value is unknown.
fn server(variable: &Pointer) -> Repair {
    let mut server = variable.clone();
    while let Some(parent) = server.parent() {
        let is_list = parent.last() == Some("servers");
        if is_list {
            break;
        }
        server = parent;
    }
    Repair::lost("the server is no environment of the client").remove(server)
}

/// A parameter without a name or a location.
pub(super) fn parameter(members: &Map<String, Value>, place: &Pointer) -> Repair {
    if members.get("required") == Some(&Value::Bool(true)) {
        return Repair::left_out(place);
    }
    Repair::lost("the client does not send the parameter").remove(place.clone())
}
