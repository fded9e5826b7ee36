//! The lowered form of a document: what every later stage works with.

use super::operation::Operation;
use super::schema::Schema;
use crate::model::CredentialKind;
use crate::pointer::Pointer;

/// A document as types. Nothing of it is JSON any more: no later stage reads the document, and no
/// key of a document can be taken for a fact of ours.
#[derive(Debug)]
pub struct Lowered {
    /// What the document says about itself.
    pub(crate) info: Info,
    /// The API's servers, in the document's order.
    pub(crate) servers: Vec<Server>,
    /// The security schemes that a client can serve, by name.
    pub(crate) security_schemes: Vec<SecurityScheme>,
    /// The named schemas; a [`SchemaId`](super::SchemaId) is an index into them. Components come
    /// first, by name.
    pub(crate) schemas: Vec<NamedSchema>,
    /// The operations by path, then in the fixed order of methods.
    pub(crate) operations: Vec<Operation>,
}

/// OpenAPI "Info Object".
#[derive(Debug, Default)]
pub(crate) struct Info {
    pub(crate) title: String,
    pub(crate) version: String,
    pub(crate) description: Option<String>,
}

/// A server of the API.
#[derive(Debug)]
pub(crate) struct Server {
    /// Without a trailing slash; variables have their defaults.
    pub(crate) url: String,
    /// Its variables that have another value in the URL, as the log says it.
    pub(crate) replaced_variables: Vec<String>,
    pub(crate) description: Option<String>,
    pub(crate) pointer: Pointer,
}

/// A security scheme (OpenAPI "Security Scheme Object").
#[derive(Debug)]
pub(crate) struct SecurityScheme {
    pub(crate) name: String,
    pub(crate) kind: CredentialKind,
    pub(crate) description: Option<String>,
}

/// A schema that can be referred to.
#[derive(Debug)]
pub(crate) struct NamedSchema {
    /// The component's name, or one derived from the place.
    pub(crate) name: String,
    pub(crate) schema: Schema,
}
