//! The packaging of a client: the content of `client.yaml`.

/// The packaging of a client, which its document does not determine.
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
    /// URL of the full document that the stored one is a slice of.
    pub source: Option<String>,
    /// Parts of the full document that a slice omits, beside everything that no operation uses.
    pub leave_out: Vec<Part>,
    /// Selectors of the operations to generate; all operations when empty.
    pub operations: Vec<String>,
    /// Named servers; the document's `servers` when empty.
    pub environments: Vec<EnvironmentConfig>,
    /// Whether faults of the document are errors.
    pub strict: bool,
    /// Headers that are set once for the whole client.
    pub constant_headers: Vec<ConstantHeaderConfig>,
    /// Dependencies of the crate's examples.
    pub dev_dependencies: Vec<DevDependency>,
    /// The operation that issues bearer tokens.
    pub token_source: Option<TokenSourceConfig>,
}

/// A part of a document that does not affect the generated types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Descriptions, summaries and titles.
    Prose,
    /// Example values.
    Examples,
}

impl Part {
    /// Each part with its name in `client.yaml`.
    pub const ALL: [(&'static str, Self); 2] =
        [("prose", Self::Prose), ("examples", Self::Examples)];

    /// Returns the name in `client.yaml`.
    pub fn name(self) -> &'static str {
        let known = Self::ALL.into_iter().find(|(_, part)| *part == self);
        known.map_or("", |(name, _)| name)
    }
}

/// A dependency of the crate's examples.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DevDependency {
    /// The crate's name.
    pub name: String,
    /// Version requirement.
    pub version: Option<String>,
    /// Path relative to the generated crate.
    pub path: Option<String>,
    /// Enabled features; default features are disabled.
    pub features: Vec<String>,
}

/// How the client obtains bearer tokens. Fields have the names of the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenSourceConfig {
    /// Id of the operation that issues a token.
    pub operation: String,
    /// Field of its response that has the token.
    pub token: String,
    /// Field of its response that has the token's lifetime in seconds.
    pub expires_in: Option<String>,
    /// Id of the operation that revokes a token.
    pub revoked_by: Option<String>,
    /// Field of that operation's request body that has the token.
    pub revoked_token: Option<String>,
}

/// A server with a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnvironmentConfig {
    /// Name in kebab-case: `north-america`.
    pub name: String,
    /// Absolute URL.
    pub url: String,
    /// Description.
    pub description: Option<String>,
}

/// A header parameter that is set on the client instead of on each operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConstantHeaderConfig {
    /// The header's name, compared without case.
    pub header: String,
    /// Rust name of the setter; derived from the header's name when absent.
    pub setter: Option<String>,
    /// Value that is sent by default; `$info.version` stands for the document's version.
    pub default: Option<String>,
}
