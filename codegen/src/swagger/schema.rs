//! Schemas (Swagger 2.0 "Schema Object"), wherever they stand.

use serde_json::{Value, json};

use super::conversion::{Conversion, Kind};
use super::spot::Spot;
use crate::keywords::{self, Holds};

/// Returns the schema at a place of the document in the form of OpenAPI 3.0.
pub(super) fn copied(conversion: &mut Conversion<'_>, schema: &Value, spot: &Spot) -> Value {
    let mut schema = conversion.copy(schema, spot);
    convert(conversion, &mut schema, spot);
    schema
}

/// Converts a schema and those below it: references, discriminators, `x-nullable`, files.
pub(super) fn convert(conversion: &mut Conversion<'_>, schema: &mut Value, spot: &Spot) {
    let Value::Object(members) = schema else {
        return;
    };
    if members.get("$ref").is_some_and(Value::is_string) {
        conversion.refer(Kind::Schema, &spot.to);
    }
    if let Some(nullable) = members.remove("x-nullable") {
        members.entry("nullable").or_insert(nullable);
    }
    if members.get("type").is_some_and(|of| of == "file") {
        members.insert("type".to_owned(), "string".into());
        members.insert("format".to_owned(), "binary".into());
    }
    if let Some(discriminator @ Value::String(_)) = members.get_mut("discriminator") {
        let property = discriminator.take();
        *discriminator = json!({ "propertyName": property });
        let spot = spot.child("discriminator");
        conversion.derive(&spot.to(spot.to.child("propertyName")));
    }
    for (name, value) in members {
        let Some(keyword) = keywords::find(name).filter(|keyword| keyword.holds_schemas()) else {
            continue;
        };
        let spot = spot.child(name);
        match value {
            Value::Object(schemas) if keyword.holds == Holds::SchemaMap => {
                for (name, schema) in schemas {
                    convert(conversion, schema, &spot.child(name));
                }
            }
            // JSON Schema draft 4 has a list below `items` too.
            Value::Array(schemas) => {
                for (index, schema) in schemas.iter_mut().enumerate() {
                    convert(conversion, schema, &spot.child(index));
                }
            }
            schema => convert(conversion, schema, &spot),
        }
    }
}
