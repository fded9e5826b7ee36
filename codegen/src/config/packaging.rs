//! The packaging of a client: `client.yaml`, or what a bare document implies.

/// What a user decides about a client beyond its document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Config {
    /// Crate name; derived from the document's title when absent.
    pub name: Option<String>,
    /// Crate version; `0.1.0` when absent.
    pub version: Option<String>,
    /// One line for the manifest.
    pub description: Option<String>,
    /// SPDX expression.
    pub license: Option<String>,
    /// URL of the repository.
    pub repository: Option<String>,
    /// The URL of the full document, which the stored one is a slice of.
    pub source: Option<String>,
    /// What a slice leaves behind of the full document beside what no operation uses.
    pub leave_out: Vec<Part>,
    /// The operations that are taken, as selectors; all when empty.
    pub operations: Vec<String>,
    /// Named servers; the document's `servers` when empty.
    pub environments: Vec<EnvironmentConfig>,
    /// Headers that are set once per client.
    pub constant_headers: Vec<ConstantHeaderConfig>,
    /// What the crate's examples need.
    pub dev_dependencies: Vec<DevDependency>,
    /// The operation that issues bearer tokens.
    pub token_source: Option<TokenSourceConfig>,
}

/// A part of a document that shapes no client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// What is written for people.
    Prose,
    /// Example values.
    Examples,
}

impl Part {
    /// Each part, as `client.yaml` names it.
    pub const ALL: [(&'static str, Self); 2] =
        [("prose", Self::Prose), ("examples", Self::Examples)];

    /// Its name in `client.yaml`.
    pub fn name(self) -> &'static str {
        let known = Self::ALL.into_iter().find(|(_, part)| *part == self);
        known.map_or("", |(name, _)| name)
    }
}

/// A crate that examples need.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DevDependency {
    /// The crate's name.
    pub name: String,
    /// Which versions fit.
    pub version: Option<String>,
    /// Where it lies, relative to the generated crate.
    pub path: Option<String>,
    /// The features that are switched on; the default ones are not.
    pub features: Vec<String>,
}

/// How the client obtains bearer tokens by itself. Members are named as the document names them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenSourceConfig {
    /// The operation that issues a token, by its id.
    pub operation: String,
    /// The member of its success that is the token.
    pub token: String,
    /// The member of its success that is the token's lifetime in seconds.
    pub expires_in: Option<String>,
    /// The operation that makes a token invalid, by its id.
    pub revoked_by: Option<String>,
    /// The member of that operation's body that is the token.
    pub revoked_token: Option<String>,
}

/// A server with a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnvironmentConfig {
    /// Name in kebab-case: `north-america`.
    pub name: String,
    /// Absolute URL.
    pub url: String,
    /// What it is.
    pub description: Option<String>,
}

/// A header parameter that is lifted from the operations to the client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConstantHeaderConfig {
    /// The header's name, compared without case.
    pub header: String,
    /// The setter's Rust name; derived from the header's name when absent.
    pub setter: Option<String>,
    /// What is sent unless it is set; `$info.version` stands for the document's version.
    pub default: Option<String>,
}
