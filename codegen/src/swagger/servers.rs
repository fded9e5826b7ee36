//! The servers of a document and of operations (Swagger 2.0 "Swagger Object": `host`, `basePath`,
//! `schemes`; "Operation Object": `schemes`).

use serde_json::{Map, Value, json};

use super::conversion::Conversion;
use super::conversion_rules::{SCHEME_NOT_GIVEN, WEBSOCKET_SCHEME};
use super::spot::Spot;
use crate::pointer::Pointer;

/// The schemes of servers, the first preferred.
const SCHEMES: [&str; 2] = ["https", "http"];

/// Returns the servers of the document; `None` where it says nothing about them.
pub(super) fn of_document(conversion: &mut Conversion<'_>) -> Option<Value> {
    let root = conversion.old.as_object()?;
    let names = ["host", "basePath", "schemes"];
    let first = names.into_iter().find(|name| root.contains_key(*name))?;
    let spot = Spot {
        from: Pointer::root().child(first),
        to: Pointer::root().child("servers"),
    };
    conversion.derive(&spot);
    let servers = of_schemes(conversion, root, root.get("schemes"), &spot)?;
    if root.contains_key("host") && !root.contains_key("schemes") {
        conversion.log(&SCHEME_NOT_GIVEN, &spot.to, "");
    }
    Some(servers)
}

/// Returns the servers of an operation; `None` where they are those of the document.
pub(super) fn of_operation(
    conversion: &mut Conversion<'_>,
    operation: &Map<String, Value>,
    spot: &Spot,
) -> Option<Value> {
    let schemes = operation.get("schemes")?;
    let root = conversion.old.as_object()?;
    let of_document = root.get("schemes").and_then(Value::as_array);
    let is_known = |scheme: &Value| of_document.is_some_and(|known| known.contains(scheme));
    let is_same = schemes.as_array().is_some_and(|own| {
        own.iter().all(is_known) && of_document.is_some_and(|known| known.len() == own.len())
    });
    if is_same || !root.contains_key("host") {
        return None;
    }
    let spot = spot.child("schemes");
    let spot = spot.to(spot.to.parent()?.child("servers"));
    conversion.derive(&spot);
    of_schemes(conversion, root, Some(schemes), &spot)
}

/// A server for each scheme, or the value of a wrong type.
fn of_schemes(
    conversion: &mut Conversion<'_>,
    root: &Map<String, Value>,
    schemes: Option<&Value>,
    spot: &Spot,
) -> Option<Value> {
    let list = match schemes {
        None => [].as_slice(),
        Some(Value::Array(list)) => list,
        Some(wrong) => {
            let spot = spot.from(Pointer::root().child("schemes"));
            return Some(conversion.copy(wrong, &spot));
        }
    };
    for scheme in list {
        if ["ws", "wss"].iter().any(|websocket| scheme == websocket) {
            let scheme = scheme.as_str().unwrap_or_default();
            conversion.log(&WEBSOCKET_SCHEME, &spot.to, scheme);
        }
    }
    for name in ["host", "basePath"] {
        if let Some(wrong) = root.get(name).filter(|value| !value.is_string()) {
            let from = Pointer::root().child(name);
            let to = spot.to.child(0).child("url");
            conversion.derive(&Spot { from, to });
            return Some(json!([{ "url": wrong }]));
        }
    }
    let path = path(root);
    let Some(host) = root.get("host").and_then(Value::as_str) else {
        return (!path.is_empty()).then(|| json!([{ "url": path }]));
    };
    let given = SCHEMES.into_iter();
    let mut given: Vec<&str> = given
        .filter(|scheme| list.iter().any(|given| given == scheme))
        .collect();
    if list.is_empty() {
        given.push("https");
    }
    let servers = given.into_iter();
    let servers = servers.map(|scheme| json!({ "url": format!("{scheme}://{host}{path}") }));
    let servers: Vec<Value> = servers.collect();
    (!servers.is_empty()).then_some(Value::Array(servers))
}

/// The path of every server. It begins with a slash: without one, it would continue the host.
fn path(root: &Map<String, Value>) -> String {
    let path = root.get("basePath").and_then(Value::as_str);
    let path = path.unwrap_or_default().trim_end_matches('/');
    match path.strip_prefix('/') {
        None if !path.is_empty() => format!("/{path}"),
        _ => path.to_owned(),
    }
}
