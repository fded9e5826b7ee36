//! A whole client, and what belongs to it as a whole: packaging, environments, credentials, headers.

use std::collections::BTreeMap;

use super::operation::Operation;
use super::style::Location;
use super::types::{Schema, TypeDef};
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
