//! Rust types as a caller writes them.

use crate::model::{Schema, StringFormat};

/// The type of a value that is always there.
pub(super) fn of(schema: &Schema) -> String {
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
        Schema::Array(inner) => format!("Vec<{}>", of(inner)),
        Schema::Map(inner) => format!("BTreeMap<String, {}>", of(inner)),
        Schema::Ref(name) => name.clone(),
        Schema::Nullable(inner) => format!("Option<{}>", of(inner)),
    }
}

/// The type of a value that may be absent, unless it is required.
pub(super) fn member(schema: &Schema, required: bool) -> String {
    match (schema, required) {
        (_, true) | (Schema::Nullable(_), false) => of(schema),
        (_, false) => format!("Option<{}>", of(schema)),
    }
}
