//! The fields of forms (Swagger 2.0 "Parameter Object", `in: formData`).

use serde_json::{Map, Value, json};

use super::conversion::Conversion;
use super::conversion_rules::FORM_WITHOUT_MEDIA_TYPE;
use super::list_format::{Position, Separation};
use super::media_types::{MediaTypes, essence};
use super::parameter;
use super::spot::Spot;
use crate::pointer::Pointer;

const URLENCODED: &str = "application/x-www-form-urlencoded";
const MULTIPART: &str = "multipart/form-data";

/// A field of a form.
#[derive(Clone, Debug)]
pub(super) struct Field<'a> {
    pub(super) name: &'a str,
    pub(super) members: &'a Map<String, Value>,
    /// Its place in the text, also where it is shared.
    pub(super) from: Pointer,
}

/// Returns the body that has these fields (OpenAPI 3.0 "Request Body Object").
pub(super) fn convert(
    conversion: &mut Conversion<'_>,
    fields: &[Field<'_>],
    consumes: &MediaTypes,
    spot: &Spot,
) -> Value {
    conversion.derive(spot);
    let mut body = Map::new();
    for field in fields {
        match field.members.get("required") {
            Some(Value::Bool(false)) | None => {}
            Some(required) => {
                let from = field.from.child("required");
                let to = spot.to.child("required");
                body.insert("required".to_owned(), required.clone());
                conversion.derive(&Spot { from, to });
            }
        }
    }
    let types = media_types(conversion, fields, consumes, spot);
    let content = spot.to.child("content");
    let content = types.content(conversion, &content, &mut |conversion, _, to| {
        media_type(conversion, fields, to)
    });
    body.insert("content".to_owned(), content);
    Value::Object(body)
}

/// The media types of forms that `consumes` names. A file is sent in parts (Swagger 2.0 "Parameter
/// Object", `type`).
fn media_types(
    conversion: &mut Conversion<'_>,
    fields: &[Field<'_>],
    consumes: &MediaTypes,
    spot: &Spot,
) -> MediaTypes {
    let MediaTypes::Listed(listed) = consumes else {
        return consumes.clone();
    };
    let has_file = fields.iter().any(|field| is_file(field.members));
    let fits = |name: &str| match essence(name).as_str() {
        MULTIPART => true,
        URLENCODED => !has_file,
        _ => false,
    };
    let mut types = listed.clone();
    types.retain(|(name, _)| fits(name));
    if types.is_empty() {
        let name = if has_file { MULTIPART } else { URLENCODED };
        if !listed.is_empty() {
            let given: Vec<&str> = consumes.names().collect();
            let detail = format!("{name} instead of {}", given.join(", "));
            conversion.log(&FORM_WITHOUT_MEDIA_TYPE, &spot.to, &detail);
        }
        types.push((name.to_owned(), spot.from.clone()));
    }
    // Parameters of a media type say nothing here: the client chooses the boundary.
    let types = types.into_iter().map(|(name, from)| (essence(&name), from));
    MediaTypes::Listed(types.collect())
}

/// Whether a field is a file or a list of files.
fn is_file(members: &Map<String, Value>) -> bool {
    let is_file = |of: Option<&Value>| of.is_some_and(|of| of == "file");
    let of_items = members.get("items").and_then(|items| items.get("type"));
    is_file(members.get("type")) || is_file(of_items)
}

/// The schema of all fields, and how lists among them are written.
fn media_type(
    conversion: &mut Conversion<'_>,
    fields: &[Field<'_>],
    to: &Pointer,
) -> Map<String, Value> {
    let (mut properties, mut encoding) = (Map::new(), Map::new());
    let mut required: Vec<&str> = Vec::new();
    let schema = to.child("schema");
    for field in fields {
        let spot = Spot {
            from: field.from.clone(),
            to: schema.child("properties").child(field.name),
        };
        let (property, separation) = property(conversion, field, &spot);
        properties.insert(field.name.to_owned(), property);
        if let Separation::Style(style, explode) = separation {
            let style = json!({ "style": style, "explode": explode });
            encoding.insert(field.name.to_owned(), style);
        }
        if field.members.get("required") == Some(&Value::Bool(true)) {
            required.push(field.name);
        }
    }
    let mut schema = json!({ "type": "object", "properties": properties });
    if let Value::Object(schema) = &mut schema
        && !required.is_empty()
    {
        schema.insert("required".to_owned(), required.into());
    }
    let mut entry = Map::from_iter([("schema".to_owned(), schema)]);
    if !encoding.is_empty() {
        entry.insert("encoding".to_owned(), Value::Object(encoding));
    }
    entry
}

/// A field as a property, which keeps what is said about it for people.
fn property(
    conversion: &mut Conversion<'_>,
    field: &Field<'_>,
    spot: &Spot,
) -> (Value, Separation) {
    let copy = conversion.copy(&Value::Object(field.members.clone()), spot);
    let Value::Object(mut members) = copy else {
        return (copy, Separation::Standard);
    };
    for name in ["name", "in", "required", "allowEmptyValue"] {
        members.remove(name);
    }
    let format = members.remove("collectionFormat");
    let value = parameter::value(
        conversion,
        &mut members,
        format.as_ref(),
        Position::Form,
        spot,
    );
    let (schema, separation) = value.unwrap_or((json!({}), Separation::Standard));
    if let Value::Object(schema) = schema {
        members.extend(schema);
    }
    (Value::Object(members), separation)
}
