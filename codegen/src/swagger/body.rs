//! Parameters in the body (Swagger 2.0 "Parameter Object", `in: body`).

use serde_json::{Map, Value};

use super::conversion::Conversion;
use super::list_format::Position;
use super::media_types::MediaTypes;
use super::spot::Spot;
use super::{parameter, schema};

/// Returns a body in the form of OpenAPI 3.0 ("Request Body Object"), with the media types that it
/// may have. Its name is lost: it is only for people.
pub(super) fn convert(
    conversion: &mut Conversion<'_>,
    body: &Map<String, Value>,
    types: &MediaTypes,
    spot: &Spot,
) -> Value {
    conversion.record(spot);
    let mut members = body.clone();
    for name in ["name", "in", "collectionFormat"] {
        members.remove(name);
    }
    let types = types.or_json(conversion, spot);
    let content = spot.to.child("content");
    let content = types.content(conversion, &content, &mut |conversion, _, to| {
        let mut entry = Map::new();
        let to = to.child("schema");
        let schema = match body.get("schema") {
            Some(schema) => {
                let from = spot.from.child("schema");
                Some(schema::copied(conversion, schema, &Spot { from, to }))
            }
            // Some documents describe a body as if it were another parameter.
            None => {
                let mut body = body.clone();
                let place = spot.to(to);
                let value = parameter::value(conversion, &mut body, None, Position::Form, &place);
                value.map(|(schema, _)| schema)
            }
        };
        if let Some(schema) = schema {
            entry.insert("schema".to_owned(), schema);
        }
        entry
    });
    members.retain(|name, _| {
        ["description", "required"].contains(&name.as_str()) || name.starts_with("x-")
    });
    members.insert("content".to_owned(), content);
    Value::Object(members)
}
