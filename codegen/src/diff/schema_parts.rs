//! Parts of a schema: the named type that it refers to, and the schema inside of a nullable one.

use crate::model::Schema;

/// Returns the named type that a schema refers to, directly or as a list, map or nullable value.
pub(super) fn named_type(schema: &Schema) -> Option<&str> {
    match schema {
        Schema::Ref(name) => Some(name),
        Schema::Array(inner) | Schema::Map(inner) | Schema::Nullable(inner) => named_type(inner),
        _ => None,
    }
}

/// Returns the schema of a nullable value, or the schema itself.
pub(super) fn without_null(schema: &Schema) -> &Schema {
    match schema {
        Schema::Nullable(inner) => inner,
        other => other,
    }
}
