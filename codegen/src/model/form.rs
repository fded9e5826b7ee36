//! What is said of forms: how a member is written, and which members are files.

use super::{Model, Schema, Shape, Style, TypeDef};

/// How a member of a form is written (OpenAPI "Encoding Object").
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Encoding {
    /// Its style, and whether it is exploded.
    pub style: Option<(Style, bool)>,
    /// Its media type, or several between commas.
    pub content_type: Option<String>,
}

impl Schema {
    /// Whether it is a file, or a list of files.
    pub fn is_file(&self) -> bool {
        match self {
            Self::File => true,
            Self::Array(inner) | Self::Nullable(inner) => inner.is_file(),
            _ => false,
        }
    }
}

impl Model {
    /// Whether a type is a form with files, which has no form in JSON.
    pub fn has_files(definition: &TypeDef) -> bool {
        match &definition.shape {
            Shape::Struct { fields, .. } => fields.iter().any(|field| field.schema.is_file()),
            _ => false,
        }
    }
}
