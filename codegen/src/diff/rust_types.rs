//! Writes schemas of the model as the Rust types that callers see.

use crate::model::{Schema, StringFormat};

/// Returns the Rust type of a value that is always present.
pub(super) fn rust_type(schema: &Schema) -> String {
    match schema {
        Schema::Any => "serde_json::Value".to_owned(),
        Schema::Concealed => "RawJson".to_owned(),
        Schema::Boolean => "bool".to_owned(),
        Schema::Integer { narrow: true } => "i32".to_owned(),
        Schema::Integer { narrow: false } => "i64".to_owned(),
        Schema::Unsigned => "u64".to_owned(),
        Schema::Number => "f64".to_owned(),
        Schema::String(StringFormat::Plain) => "String".to_owned(),
        Schema::String(StringFormat::Date) => "NaiveDate".to_owned(),
        Schema::String(StringFormat::DateTime) => "DateTime<Utc>".to_owned(),
        Schema::String(StringFormat::Uuid) => "Uuid".to_owned(),
        Schema::Secret => "Secret".to_owned(),
        Schema::File => "File".to_owned(),
        Schema::Array(inner) => format!("Vec<{}>", rust_type(inner)),
        Schema::Map(inner) => format!("BTreeMap<String, {}>", rust_type(inner)),
        Schema::Ref(name) => name.clone(),
        Schema::Nullable(inner) => format!("Option<{}>", rust_type(inner)),
    }
}

/// Returns the Rust type of a field: an `Option` unless the field is required or already nullable.
pub(super) fn field_type(schema: &Schema, required: bool) -> String {
    match (schema, required) {
        (_, true) | (Schema::Nullable(_), false) => rust_type(schema),
        (_, false) => format!("Option<{}>", rust_type(schema)),
    }
}
