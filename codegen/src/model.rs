//! What a client is made of: our own record of the API, after lowering and naming.
//!
//! Everything behind this stage (what is handed to progenitor, what is rewritten, what is
//! emitted) reads the model alone. Every Rust name in it is final: valid, unique in its scope,
//! no keyword. Every text in it has been checked.

mod body;
mod constant;
mod features;
mod members;
mod names;
mod types;

use std::collections::BTreeMap;

use crate::config::DevDependency;
use crate::pointer::Pointer;

pub use body::{Body, BodyKind, Encoding};
pub use constant::Constant;
pub(crate) use members::Tags;
pub use types::{
    Access, Branch, Discriminator, EnumValue, Field, Schema, Shape, StringFormat, TypeDef,
};

/// A whole client.
#[derive(Clone, Debug)]
pub struct Model {
    /// The document's `info.title`.
    pub title: String,
    /// The document's `info.version`.
    pub version: String,
    /// The document's `info.description`, Markdown.
    pub description: Option<String>,
    /// How the crate is packaged.
    pub package: Package,
    /// The named servers, in the order in which they are shown; may be empty.
    pub environments: Vec<Environment>,
    /// The security schemes that operations use.
    pub credentials: Vec<Credential>,
    /// Headers that are set once per client, not in each call.
    pub constants: Vec<ConstantHeader>,
    /// The named types by their final Rust name.
    pub types: BTreeMap<String, TypeDef>,
    /// The operations, by path, then in the fixed order of methods.
    pub operations: Vec<Operation>,
    /// How bearer tokens are obtained.
    pub token_source: Option<TokenSource>,
}

impl Model {
    /// Whether a value of this schema is a secret, under whatever name.
    pub fn is_secret(&self, schema: &Schema) -> bool {
        match schema {
            Schema::Secret => true,
            Schema::Nullable(inner) => self.is_secret(inner),
            Schema::Ref(name) => self
                .types
                .get(name)
                .is_some_and(|definition| definition.shape == Shape::Secret),
            _ => false,
        }
    }

    /// Whether this schema is a union by name, so that any of its branches converts into it.
    pub fn is_union(&self, schema: &Schema) -> bool {
        let Schema::Ref(name) = schema else {
            return false;
        };
        let shape = self.types.get(name).map(|definition| &definition.shape);
        matches!(shape, Some(Shape::Union { .. }))
    }
}

/// The operation that issues bearer tokens, and the one that makes them invalid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenSource {
    /// An index into [`Model::operations`].
    pub operation: usize,
    /// The Rust name of the success's member that is the token; it is required.
    pub token: String,
    /// The Rust name of the success's member that is its lifetime in seconds.
    pub expires_in: Option<String>,
    /// Whether that member must be there.
    pub always_expires: bool,
    /// An index into [`Model::operations`], and the Rust name of the body's member that is the
    /// token; it is required.
    pub revoked_by: Option<(usize, String)>,
}

/// The crate's manifest facts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Package {
    /// Crate name, kebab-case.
    pub name: String,
    /// Crate version (SemVer).
    pub version: String,
    /// One line for the manifest.
    pub description: String,
    /// SPDX expression.
    pub license: Option<String>,
    /// URL of the repository.
    pub repository: Option<String>,
    /// What the examples need.
    pub dev_dependencies: Vec<DevDependency>,
    /// Whether there is a guide.
    pub guide: bool,
}

/// A server that has a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Environment {
    /// Variant of the `Environment` enum.
    pub rust: String,
    /// Absolute URL without trailing slash.
    pub url: String,
    /// What it is.
    pub doc: Option<String>,
    /// The document's server that it is; `None` where the packaging names it.
    pub pointer: Option<Pointer>,
}

/// A security scheme (OpenAPI "Security Scheme Object").
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credential {
    /// Its name in the document.
    pub scheme: String,
    /// The setter on the client's builder: `bearer_token`, `api_key`.
    pub rust: String,
    /// The setter that takes a source of bearer tokens: `bearer_token_from`.
    pub source: String,
    /// How it travels.
    pub kind: CredentialKind,
    /// Prose from the document.
    pub doc: Option<String>,
}

/// How a credential travels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CredentialKind {
    /// `Authorization: Bearer …` (also OAuth 2 and OpenID Connect).
    Bearer,
    /// `Authorization: Basic …`.
    Basic,
    /// An API key in a header, the query or a cookie.
    ApiKey {
        /// Where it goes; never [`Location::Path`].
        location: Location,
        /// The header's, parameter's or cookie's name.
        name: String,
    },
}

/// A header that every operation takes and that is set once, on the client.
#[derive(Clone, Debug, PartialEq)]
pub struct ConstantHeader {
    /// The header's name as the document spells it.
    pub wire: String,
    /// The setter on the builder and on each request: `monite_version`.
    pub rust: String,
    /// What is sent unless it is set: text that is valid for `schema`.
    pub default: Option<String>,
    /// Its type.
    pub schema: Schema,
    /// Prose from the document.
    pub doc: Option<String>,
}

/// An operation (OpenAPI "Operation Object").
#[derive(Clone, Debug)]
pub struct Operation {
    /// `operationId` as it stands in the corrected document, or derived.
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
    /// Alternatives, each a list of indices into [`Model::credentials`]; empty: none needed.
    pub security: Vec<Vec<usize>>,
    /// Where it comes from in the selected document.
    pub pointer: Pointer,
}

/// Where a parameter travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Location {
    /// In the path template.
    Path,
    /// In the query string.
    Query,
    /// As a header.
    Header,
    /// In the `Cookie` header.
    Cookie,
}

/// How a value becomes text (OpenAPI "Style Values").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// `simple`: RFC 6570 simple expansion.
    Simple,
    /// `label`.
    Label,
    /// `matrix`.
    Matrix,
    /// `form`.
    Form,
    /// `spaceDelimited`.
    SpaceDelimited,
    /// `pipeDelimited`.
    PipeDelimited,
    /// `deepObject`.
    DeepObject,
    /// A parameter with `content`: JSON text.
    Json,
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
    /// The client's header that it is an occurrence of: an index into [`Model::constants`].
    /// Such a parameter is a setter on the request and no argument.
    pub constant: Option<usize>,
    /// Where it stands in the selected document, behind references.
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
    /// Where it stands in the selected document, behind references.
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
