//! Responses (Swagger 2.0 "Response Object").

use serde_json::{Map, Value};

use super::conversion::{Conversion, Kind};
use super::conversion_rules::{EXAMPLE_OF_ANOTHER_TYPE, FILE_RESPONSE};
use super::media_types::{Defaults, MediaTypes, essence};
use super::spot::Spot;
use super::{parameter, schema};

/// The media type of a file of which nothing is known.
const ANY: &str = "*/*";

/// Returns a response in the form of OpenAPI 3.0, with the media types that it may have.
pub(super) fn convert(
    conversion: &mut Conversion<'_>,
    response: &Value,
    produces: &MediaTypes,
    defaults: &Defaults,
    spot: &Spot,
) -> Value {
    let Value::Object(members) = response else {
        return conversion.copy(response, spot);
    };
    if !members.get("$ref").is_some_and(Value::is_string) {
        return described(conversion, response, produces, spot);
    }
    // A shared response has the media types of the document. An operation with others has a copy.
    if !produces.is_like(&defaults.produces)
        && let Some((from, shared)) = conversion.resolve(spot.from.clone())
        && shared.contains_key("schema")
        && let Some(shared) = from.get(conversion.old)
    {
        return described(conversion, shared, produces, &spot.from(from));
    }
    conversion.refer(Kind::Response, &spot.to);
    conversion.copy(response, spot)
}

fn described(
    conversion: &mut Conversion<'_>,
    response: &Value,
    produces: &MediaTypes,
    spot: &Spot,
) -> Value {
    let mut converted = conversion.copy(response, spot);
    let Value::Object(members) = &mut converted else {
        return converted;
    };
    if let Some(Value::Object(headers)) = members.get_mut("headers") {
        let spot = spot.child("headers");
        for (name, header) in headers {
            *header = parameter::header(conversion, header, &spot.child(name));
        }
    }
    let examples = match members.remove("examples") {
        Some(Value::Object(examples)) => examples,
        _ => Map::new(),
    };
    if let Some(schema) = members.remove("schema") {
        let content = with_schema(conversion, &schema, produces, &examples, spot);
        members.insert("content".to_owned(), content);
    }
    let content = members.get("content").and_then(Value::as_object);
    for media_type in examples.keys() {
        if content.is_none_or(|content| !content.contains_key(media_type)) {
            conversion.log(&EXAMPLE_OF_ANOTHER_TYPE, &spot.to, media_type);
        }
    }
    converted
}

/// The `content` of a response.
fn with_schema(
    conversion: &mut Conversion<'_>,
    schema: &Value,
    produces: &MediaTypes,
    examples: &Map<String, Value>,
    spot: &Spot,
) -> Value {
    let is_file = schema.get("type").is_some_and(|of| of == "file");
    let types = if is_file {
        of_file(conversion, produces, spot)
    } else {
        produces.or_json(conversion, spot)
    };
    let content = spot.to.child("content");
    types.content(conversion, &content, &mut |conversion, name, to| {
        let place = Spot {
            from: spot.from.child("schema"),
            to: to.child("schema"),
        };
        let schema = schema::copied(conversion, schema, &place);
        let mut entry = Map::from_iter([("schema".to_owned(), schema)]);
        if let Some(example) = examples.get(name) {
            let place = Spot {
                from: spot.from.child("examples").child(name),
                to: to.child("example"),
            };
            let example = conversion.copy(example, &place);
            entry.insert("example".to_owned(), example);
        }
        entry
    })
}

/// The media types of a file: those whose content a client hands over as it is, else any.
fn of_file(conversion: &mut Conversion<'_>, produces: &MediaTypes, spot: &Spot) -> MediaTypes {
    let MediaTypes::Listed(listed) = produces else {
        return produces.clone();
    };
    let mut types = listed.clone();
    types.retain(|(name, _)| {
        let name = essence(name);
        !(name.starts_with("text/") || name.ends_with("/json") || name.ends_with("+json"))
    });
    if types.len() < listed.len() {
        let given: Vec<&str> = produces.names().collect();
        conversion.log(&FILE_RESPONSE, &spot.to, &given.join(", "));
    }
    if types.is_empty() {
        types.push((ANY.to_owned(), spot.from.clone()));
    }
    MediaTypes::Listed(types)
}
