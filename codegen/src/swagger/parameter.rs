//! Parameters that are no bodies, and the headers of responses (Swagger 2.0 "Parameter Object",
//! "Header Object").
//!
//! What they say about their value moves into `schema` (OpenAPI 3.0 "Parameter Object").

use serde_json::{Map, Value};

use super::conversion::{Conversion, Kind};
use super::list_format::{self, Position, Separation};
use super::schema;
use super::spot::Spot;
use crate::keywords::{self, Class};

/// Returns a parameter in the form of OpenAPI 3.0.
pub(super) fn convert(conversion: &mut Conversion<'_>, parameter: &Value, spot: &Spot) -> Value {
    let mut converted = conversion.copy(parameter, spot);
    let Value::Object(members) = &mut converted else {
        return converted;
    };
    if members.get("$ref").is_some_and(Value::is_string) {
        conversion.refer(Kind::Parameter, &spot.to);
        return converted;
    }
    let position = match members.get("in").and_then(Value::as_str) {
        Some("path") => Position::Path,
        Some("header") => Position::Header,
        _ => Position::Query,
    };
    describe(conversion, members, position, spot);
    converted
}

/// Returns a header of a response in the form of OpenAPI 3.0.
pub(super) fn header(conversion: &mut Conversion<'_>, header: &Value, spot: &Spot) -> Value {
    let mut converted = conversion.copy(header, spot);
    if let Value::Object(members) = &mut converted {
        describe(conversion, members, Position::Header, spot);
    }
    converted
}

/// Moves what an object says about its value into its `schema`.
fn describe(
    conversion: &mut Conversion<'_>,
    members: &mut Map<String, Value>,
    position: Position,
    spot: &Spot,
) {
    let format = members.remove("collectionFormat");
    let place = spot.to(spot.to.child("schema"));
    let Some((schema, separation)) = value(conversion, members, format.as_ref(), position, &place)
    else {
        return;
    };
    members.insert("schema".to_owned(), schema);
    match (separation, format) {
        (_, Some(wrong)) if !wrong.is_string() => {
            let place = spot.child("collectionFormat");
            conversion.derive(&place.to(spot.to.child("style")));
            members.insert("style".to_owned(), wrong);
        }
        (Separation::Style(style, explode), _) => {
            members.insert("style".to_owned(), style.into());
            members.insert("explode".to_owned(), explode.into());
        }
        (Separation::Standard | Separation::Text, _) => {}
    }
}

/// Takes what an object says about its value out of it, and returns it as a schema. `place` is where
/// the schema comes to stand. `None` if the object says nothing.
pub(super) fn value(
    conversion: &mut Conversion<'_>,
    members: &mut Map<String, Value>,
    format: Option<&Value>,
    position: Position,
    place: &Spot,
) -> Option<(Value, Separation)> {
    let moving: Vec<String> = members.keys().filter(|name| moves(name)).cloned().collect();
    let given = members.remove("schema");
    if moving.is_empty() {
        // No parameter but a body has a schema in Swagger 2.0; it is what it would be there.
        let place = place.from(place.from.child("schema"));
        return Some((
            schema::copied(conversion, &given?, &place),
            Separation::Standard,
        ));
    }
    conversion.derive(place);
    if members.contains_key("items") {
        conversion.record(&place.child("items"));
    }
    let mut schema = match given {
        Some(Value::Object(given)) => given,
        _ => Map::new(),
    };
    for name in moving {
        if let Some(value) = members.remove(&name) {
            schema.insert(name, value);
        }
    }
    let format = format.and_then(Value::as_str);
    let separation = list_format::apply(conversion, &mut schema, format, position, place);
    let mut schema = Value::Object(schema);
    schema::convert(conversion, &mut schema, place);
    Some((schema, separation))
}

/// Whether a member says something about the value: the keywords that types come from or that narrow
/// them. What annotates stays, except for the default.
fn moves(name: &str) -> bool {
    match name {
        "default" | "x-nullable" => true,
        "required" | "$ref" => false,
        _ => keywords::find(name).is_some_and(|keyword| keyword.class != Class::Annotates),
    }
}
