//! The body of a request; of a form also how its members are written.

use std::collections::BTreeMap;

use super::style::Style;
use super::types::Schema;
use crate::pointer::Pointer;

/// A request body.
#[derive(Clone, Debug, PartialEq)]
pub struct Body {
    /// Its media type as the document has it.
    pub media_type: String,
    /// How it is written.
    pub kind: BodyKind,
    /// Its type; not looked at for [`BodyKind::Bytes`], and [`Schema::Secret`] for a
    /// [`BodyKind::Text`] in which a secret is.
    pub schema: Schema,
    /// How members of a form are written, where the document says so, by wire name.
    pub encoding: BTreeMap<String, Encoding>,
    /// The argument's name in Rust.
    pub rust: String,
    /// Whether the caller must give it.
    pub required: bool,
    /// Markdown.
    pub doc: Option<String>,
    /// Its place in the selected document; references are followed.
    pub pointer: Pointer,
}

/// How a body is written or read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodyKind {
    /// JSON, also `+json`.
    Json,
    /// `application/x-www-form-urlencoded`.
    Form,
    /// `multipart/form-data`.
    Multipart,
    /// Text as it is.
    Text,
    /// Bytes as they are.
    Bytes,
}

/// How a member of a form is written (OpenAPI "Encoding Object").
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Encoding {
    /// Its style, and whether it is exploded.
    pub style: Option<(Style, bool)>,
    /// Its media type, or several between commas.
    pub content_type: Option<String>,
}
