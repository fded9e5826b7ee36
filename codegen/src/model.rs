//! What a client is made of: our own record of the API, after lowering and naming.
//!
//! Everything behind this stage (what is handed to progenitor, what is rewritten, what is
//! emitted) reads the model alone. Every Rust name in it is final: valid, unique in its scope,
//! no keyword. Every text in it has been checked.

mod members;

use std::collections::BTreeMap;

use crate::config::DevDependency;
use crate::pointer::Pointer;

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

/// A named type.
#[derive(Clone, Debug, PartialEq)]
pub struct TypeDef {
    /// Markdown for its documentation; includes the bounds that are not checked.
    pub doc: Option<String>,
    /// What it is.
    pub shape: Shape,
    /// Reached from a request (argument or body).
    pub in_request: bool,
    /// Reached from a request's body: an optional member that may be null is absent, null or set.
    pub in_body: bool,
    /// Reached from a success response.
    pub in_success: bool,
    /// Reached from an error response: its `Debug` must not print text from the server.
    pub in_error: bool,
    /// Deprecated by the document.
    pub deprecated: bool,
    /// Where it comes from in the selected document.
    pub pointer: Pointer,
}

/// What a named type is.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// An object with known members.
    Struct {
        /// Its members, required ones first, each group in the order of wire names.
        fields: Vec<Field>,
        /// The type of further members, where `additionalProperties` is explicit.
        additional: Option<Schema>,
    },
    /// A string with known values; unknown ones from a server are kept.
    Enum {
        /// The known values, in the document's order.
        values: Vec<EnumValue>,
    },
    /// One of several schemas (`oneOf`, `anyOf`).
    Union {
        /// The branches, in the document's order; at least two.
        branches: Vec<Branch>,
        /// The member that tells which branch a value is of.
        discriminator: Option<Discriminator>,
    },
    /// A secret (`format: password`) with a type of its own.
    Secret,
    /// Another schema under a name: `struct Name(pub Inner)`.
    Alias(Schema),
}

/// A member of an object.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Name in JSON.
    pub wire: String,
    /// Name in Rust, as typify's own snake case leaves it unchanged.
    pub rust: String,
    /// Its type, without the absence that `required: false` adds.
    pub schema: Schema,
    /// Whether it must be present.
    pub required: bool,
    /// Markdown.
    pub doc: Option<String>,
    /// Deprecated by the document.
    pub deprecated: bool,
}

/// A known value of a string enum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnumValue {
    /// The string in JSON.
    pub wire: String,
    /// The variant.
    pub rust: String,
}

/// A member that tells which branch of a union a value is of (OpenAPI "Discriminator Object", or
/// the values of an `enum` that each branch requires).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Discriminator {
    /// The member's name in JSON.
    pub wire: String,
    /// Its values for each branch, in the order of the branches; the first is sent where a value
    /// has none. No value is of two branches; a branch without any is chosen by shape.
    pub values: Vec<Vec<String>>,
    /// The names of the components that each branch is, until it is settled whether they count.
    pub names: Vec<Vec<String>>,
}

/// A branch of a union.
#[derive(Clone, Debug, PartialEq)]
pub struct Branch {
    /// The variant.
    pub rust: String,
    /// What it holds.
    pub schema: Schema,
    /// Whether the union would contain itself by value without a `Box` here.
    pub boxed: bool,
}

/// A type in place: everything that needs no declaration of its own.
#[derive(Clone, Debug, PartialEq)]
pub enum Schema {
    /// Any JSON value.
    Any,
    /// `true` or `false`.
    Boolean,
    /// A whole number: `i64`, or `i32` with `format: int32`.
    Integer {
        /// Whether it is 32 bits wide.
        narrow: bool,
    },
    /// A number: `f64`, or `f32` with `format: float`.
    Number {
        /// Whether it is 32 bits wide.
        narrow: bool,
    },
    /// Text, of a format that has a Rust type or of none.
    String(StringFormat),
    /// A secret without a name of its own: the runtime's `Secret`.
    Secret,
    /// A list.
    Array(Box<Schema>),
    /// An object whose keys are data.
    Map(Box<Schema>),
    /// A named type, by its key in [`Model::types`].
    Ref(String),
    /// The schema, or JSON `null`.
    Nullable(Box<Schema>),
}

/// Formats of strings that have a Rust type of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StringFormat {
    /// No format, or one without a type: `String`.
    Plain,
    /// `date`, RFC 3339 full-date.
    Date,
    /// `date-time`, RFC 3339.
    DateTime,
    /// `uuid`, RFC 9562.
    Uuid,
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

/// A request body.
#[derive(Clone, Debug, PartialEq)]
pub struct Body {
    /// Its media type as the document has it.
    pub media_type: String,
    /// How it is written.
    pub kind: BodyKind,
    /// Its type; [`Schema::Any`] and not looked at for [`BodyKind::Bytes`] and [`BodyKind::Text`].
    pub schema: Schema,
    /// The argument's name in Rust.
    pub rust: String,
    /// Whether the caller must give it.
    pub required: bool,
    /// Markdown.
    pub doc: Option<String>,
    /// Where it stands in the selected document, behind references.
    pub pointer: Pointer,
}

/// How a body is written or read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodyKind {
    /// JSON, also `+json`.
    Json,
    /// `application/x-www-form-urlencoded`.
    Form,
    /// Text as it is.
    Text,
    /// Bytes as they are.
    Bytes,
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
