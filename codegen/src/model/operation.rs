//! An operation with its parameters and responses.

use super::body::{Body, BodyKind};
use super::style::{Location, Style};
use super::types::Schema;
use crate::pointer::Pointer;

/// An operation (OpenAPI "Operation Object").
#[derive(Clone, Debug)]
pub struct Operation {
    /// `operationId` of the corrected document, or derived.
    pub id: String,
    /// The client's method: `revoke_token`.
    pub rust: String,
    /// The request struct: `RevokeToken`.
    pub type_name: String,
    /// The enum of its declared error responses: `RevokeTokenError`.
    pub error_type: String,
    /// The enum of its success responses where it has several: `RevokeTokenSuccess`.
    pub success_type: String,
    /// Its first tag as the document has it.
    pub tag: Option<String>,
    /// The module it lives in, from its first tag: `access_tokens`.
    pub module: String,
    /// Upper-case HTTP method.
    pub method: String,
    /// The path template as the document has it.
    pub path: String,
    /// One line.
    pub summary: Option<String>,
    /// Markdown.
    pub description: Option<String>,
    /// Deprecated by the document.
    pub deprecated: bool,
    /// Whether repeating it is harmless: by method (RFC 9110 section 9.2.2) or declared by
    /// `x-idempotent`.
    pub idempotent: bool,
    /// Parameters; required ones first, each group by location, then wire name.
    pub parameters: Vec<Parameter>,
    /// The URL of its own server: absolute, or a path on the API's origin; `None` where it is the
    /// API's.
    pub server: Option<String>,
    /// The request's body.
    pub body: Option<Body>,
    /// Its responses, codes in order, then ranges, then `default`.
    pub responses: Vec<Response>,
    /// Alternatives, each a list of indices into [`Model::credentials`](super::Model::credentials); empty: none needed.
    pub security: Vec<Vec<usize>>,
    /// Where it comes from in the selected document.
    pub pointer: Pointer,
}

/// A parameter (OpenAPI "Parameter Object").
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// Name on the wire.
    pub wire: String,
    /// Name in Rust.
    pub rust: String,
    /// Where it travels.
    pub location: Location,
    /// How it becomes text.
    pub style: Style,
    /// Whether arrays and objects become several pairs.
    pub explode: bool,
    /// Whether the caller must give it.
    pub required: bool,
    /// Its type, without the absence that `required: false` adds.
    pub schema: Schema,
    /// Markdown.
    pub doc: Option<String>,
    /// Deprecated by the document.
    pub deprecated: bool,
    /// The client's header that it is an occurrence of: an index into [`Model::constants`](super::Model::constants).
    /// Such a parameter is a setter on the request and no argument.
    pub constant: Option<usize>,
    /// Its place in the selected document; references are followed.
    pub pointer: Pointer,
}

/// Which statuses a response is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// One status code.
    Code(u16),
    /// `1XX` to `5XX`, by its first digit.
    Range(u8),
    /// `default`: every status that is not declared.
    Default,
}

/// A declared response.
#[derive(Clone, Debug, PartialEq)]
pub struct Response {
    /// Which statuses it is for.
    pub status: Status,
    /// The variant: the reason phrase's name (`Unauthorized`), `Status499`, `Status4xx`, `Default`.
    pub rust: String,
    /// Markdown.
    pub doc: Option<String>,
    /// Its body; `None` where no content is declared.
    pub body: Option<ResponseBody>,
    /// Its place in the selected document; references are followed.
    pub pointer: Pointer,
}

/// A declared response body.
#[derive(Clone, Debug, PartialEq)]
pub struct ResponseBody {
    /// Its media type as the document has it.
    pub media_type: String,
    /// How it is read; never [`BodyKind::Form`].
    pub kind: BodyKind,
    /// Its type, for [`BodyKind::Json`].
    pub schema: Schema,
}
