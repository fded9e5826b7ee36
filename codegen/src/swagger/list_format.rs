//! How the items of a list are separated (Swagger 2.0 "Parameter Object": `collectionFormat`).

use serde_json::{Map, Value};

use super::conversion::Conversion;
use super::conversion_rules::LIST_AS_TEXT;
use super::spot::Spot;

/// Where a value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Position {
    Query,
    Path,
    Header,
    Form,
}

/// How OpenAPI 3.0 says that the items of a list are separated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Separation {
    /// As it is done when nothing is said.
    Standard,
    /// By `style` and `explode`.
    Style(&'static str, bool),
    /// Not at all: the list is text.
    Text,
}

/// The format of a list that declares none.
const COMMA: &str = "csv";

fn separation(format: &str, position: Position) -> Separation {
    use Position::{Form, Header, Path, Query};
    match (format, position) {
        ("csv", Query | Form) => Separation::Style("form", false),
        ("ssv", Query | Form) => Separation::Style("spaceDelimited", false),
        ("pipes", Query | Form) => Separation::Style("pipeDelimited", false),
        ("multi", Query | Form) | ("csv", Path | Header) => Separation::Standard,
        // Lines of one header are one list with commas (RFC 9110 section 5.3).
        ("multi", Header) => Separation::Standard,
        _ => Separation::Text,
    }
}

/// Says how the items of a value are separated, and makes text of a list where OpenAPI 3.0 has no
/// way to say it. A list in a list is always text, because styles are for one list only.
pub(super) fn apply(
    conversion: &mut Conversion<'_>,
    schema: &mut Map<String, Value>,
    format: Option<&str>,
    position: Position,
    spot: &Spot,
) -> Separation {
    if let Some(Value::Object(items)) = schema.get_mut("items") {
        let format = items.remove("collectionFormat");
        if is_list(items) {
            let format = format.as_ref().and_then(Value::as_str);
            as_text(conversion, items, format, &spot.child("items"));
        }
    }
    if !is_list(schema) {
        return Separation::Standard;
    }
    let of_items = schema.get("items").and_then(|items| items.get("type"));
    if of_items.is_some_and(|of| of == "file") {
        return Separation::Standard;
    }
    let separation = separation(format.unwrap_or(COMMA), position);
    if separation == Separation::Text {
        as_text(conversion, schema, format, spot);
    }
    separation
}

fn is_list(schema: &Map<String, Value>) -> bool {
    match schema.get("type") {
        Some(of) => of == "array",
        None => schema.contains_key("items"),
    }
}

fn as_text(
    conversion: &mut Conversion<'_>,
    schema: &mut Map<String, Value>,
    format: Option<&str>,
    spot: &Spot,
) {
    schema.retain(|name, _| name == "description" || name.starts_with("x-"));
    schema.insert("type".to_owned(), "string".into());
    let format = format.unwrap_or(COMMA);
    conversion.log(&LIST_AS_TEXT, &spot.to, &format!("`{format}`"));
}
