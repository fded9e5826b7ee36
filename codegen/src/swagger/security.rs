//! Security definitions (Swagger 2.0 "Security Scheme Object").

use serde_json::{Map, Value, json};

use super::conversion::Conversion;
use super::spot::Spot;

/// The flows by their names in Swagger 2.0 and in OpenAPI 3.0 ("OAuth Flows Object").
const FLOWS: [(&str, &str); 4] = [
    ("implicit", "implicit"),
    ("password", "password"),
    ("application", "clientCredentials"),
    ("accessCode", "authorizationCode"),
];

/// Returns a security scheme in the form of OpenAPI 3.0.
pub(super) fn convert(conversion: &mut Conversion<'_>, scheme: &Value, spot: &Spot) -> Value {
    let mut converted = scheme.clone();
    let Value::Object(members) = &mut converted else {
        return converted;
    };
    match members.get("type").and_then(Value::as_str) {
        Some("basic") => {
            members.insert("type".to_owned(), "http".into());
            members.insert("scheme".to_owned(), "basic".into());
        }
        Some("oauth2") => {
            let declared = members.get("flow").and_then(Value::as_str);
            let flow = FLOWS.iter().find(|(old, _)| Some(*old) == declared);
            if let Some((_, flow)) = flow {
                members.remove("flow");
                let flows = json!({ *flow: flow_object(members) });
                members.insert("flows".to_owned(), flows);
                let flows = spot.to.child("flows");
                conversion.derive(&spot.to(flows.child(flow)));
            }
        }
        _ => {}
    }
    converted
}

/// Takes the members of a flow out of the scheme.
fn flow_object(scheme: &mut Map<String, Value>) -> Value {
    let mut flow = Map::new();
    for name in ["authorizationUrl", "tokenUrl", "scopes"] {
        if let Some(value) = scheme.remove(name) {
            flow.insert(name.to_owned(), value);
        }
    }
    flow.entry("scopes").or_insert_with(|| json!({}));
    Value::Object(flow)
}
