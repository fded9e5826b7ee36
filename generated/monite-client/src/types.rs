// Generated from openapi/monite/openapi.yaml by `cargo xtask regenerate`. Do not edit.

//! The types of requests and responses.

use openapi_client_runtime as runtime;

/// An access token.
///
/// The text is never printed: `Debug` is redacted, there is no `Display`, and the memory
/// is overwritten on drop.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(transparent)]
pub struct AccessToken(runtime::Secret);

impl AccessToken {
    /// Creates a secret from its text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(runtime::Secret::from(text.into()))
    }

    /// Returns the secret text. Do not log it.
    pub fn expose_secret(&self) -> &str {
        self.0.expose_secret()
    }
}

impl From<String> for AccessToken {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl From<&str> for AccessToken {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

runtime::newtype!(AccessToken);

impl From<AccessToken> for runtime::Secret {
    fn from(secret: AccessToken) -> Self {
        secret.0
    }
}

/// A new access token.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct AccessTokenResponse {
    /// An access token.
    pub access_token: AccessToken,
    /// For how long the token is valid, in seconds.
    pub expires_in: i64,
    /// How the token is presented.
    pub token_type: String,
}

runtime::object!(AccessTokenResponse {
    required access_token: "access_token",
    required expires_in: "expires_in",
    required token_type: "token_type",
});

/// Asks for a token that acts for the partner itself.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ClientCredentialsGrant {
    /// The partner's client ID. Sandbox and production have different ones.
    pub client_id: uuid::Uuid,
    /// A partner's client secret.
    pub client_secret: ClientSecret,
    /// The kind of this request.
    pub grant_type: ClientCredentialsGrantGrantType,
}

runtime::object!(ClientCredentialsGrant {
    required client_id: "client_id",
    required client_secret: "client_secret",
    required grant_type: "grant_type",
});

impl ClientCredentialsGrant {
    /// Creates a value from its required fields. Optional fields are unset.
    pub fn new(client_id: uuid::Uuid, client_secret: ClientSecret) -> Self {
        Self {
            client_id,
            client_secret,
            grant_type: ClientCredentialsGrantGrantType::ClientCredentials,
        }
    }
}

/// The kind of this request.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum ClientCredentialsGrantGrantType {
    /// `client_credentials`
    ClientCredentials,
    /// A value not listed in the API document.
    Unknown(String),
}

runtime::strings!(ClientCredentialsGrantGrantType {
    ClientCredentials: "client_credentials",
    ..Unknown
});

impl std::fmt::Display for ClientCredentialsGrantGrantType {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A partner's client secret.
///
/// The text is never printed: `Debug` is redacted, there is no `Display`, and the memory
/// is overwritten on drop.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(transparent)]
pub struct ClientSecret(runtime::Secret);

impl ClientSecret {
    /// Creates a secret from its text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(runtime::Secret::from(text.into()))
    }

    /// Returns the secret text. Do not log it.
    pub fn expose_secret(&self) -> &str {
        self.0.expose_secret()
    }
}

impl From<String> for ClientSecret {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl From<&str> for ClientSecret {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

runtime::newtype!(ClientSecret);

impl From<ClientSecret> for runtime::Secret {
    fn from(secret: ClientSecret) -> Self {
        secret.0
    }
}

/// Asks for a token that acts for a user of an entity.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct EntityUserGrant {
    /// The partner's client ID. Sandbox and production have different ones.
    pub client_id: uuid::Uuid,
    /// A partner's client secret.
    pub client_secret: ClientSecret,
    /// The user that the token acts for.
    pub entity_user_id: uuid::Uuid,
    /// The kind of this request.
    pub grant_type: EntityUserGrantGrantType,
}

runtime::object!(EntityUserGrant {
    required client_id: "client_id",
    required client_secret: "client_secret",
    required entity_user_id: "entity_user_id",
    required grant_type: "grant_type",
});

impl EntityUserGrant {
    /// Creates a value from its required fields. Optional fields are unset.
    pub fn new(
        client_id: uuid::Uuid,
        client_secret: ClientSecret,
        entity_user_id: uuid::Uuid,
    ) -> Self {
        Self {
            client_id,
            client_secret,
            entity_user_id,
            grant_type: EntityUserGrantGrantType::EntityUser,
        }
    }
}

/// The kind of this request.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum EntityUserGrantGrantType {
    /// `entity_user`
    EntityUser,
    /// A value not listed in the API document.
    Unknown(String),
}

runtime::strings!(EntityUserGrantGrantType {
    EntityUser: "entity_user",
    ..Unknown
});

impl std::fmt::Display for EntityUserGrantGrantType {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What went wrong.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ErrorSchema {
    /// What went wrong, for people.
    pub message: String,
}

runtime::object!(ErrorSchema {
    required message: "message",
});

impl std::fmt::Debug for ErrorSchema {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ErrorSchema").finish_non_exhaustive()
    }
}

/// What the API answers when a request fails.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ErrorSchemaResponse {
    /// What went wrong.
    pub error: ErrorSchema,
}

runtime::object!(ErrorSchemaResponse {
    required error: "error",
});

impl std::fmt::Debug for ErrorSchemaResponse {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ErrorSchemaResponse").finish_non_exhaustive()
    }
}

/// What the API answers when a request does not have the expected form.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct HttpValidationError {
    /// Everything that is wrong.
    pub detail: Option<Vec<ValidationError>>,
}

runtime::object!(HttpValidationError {
    optional detail: "detail",
});

impl std::fmt::Debug for HttpValidationError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("HttpValidationError").finish_non_exhaustive()
    }
}

/// A confirmation in words.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct MessageResponse {
    /// The confirmation.
    pub message: String,
}

runtime::object!(MessageResponse {
    required message: "message",
});

/// Who asks for a token, and on whose behalf.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum ObtainTokenPayload {
    /// A value of the type [`ClientCredentialsGrant`].
    ClientCredentialsGrant(ClientCredentialsGrant),
    /// A value of the type [`EntityUserGrant`].
    EntityUserGrant(EntityUserGrant),
    /// A value of a variant that the API document does not list, kept as raw JSON.
    Unknown(runtime::json::RawJson),
}

runtime::tagged!(ObtainTokenPayload by "grant_type" {
    ClientCredentialsGrant: String("client_credentials"),
    EntityUserGrant: String("entity_user"),
    ..Unknown
});

impl From<ClientCredentialsGrant> for ObtainTokenPayload {
    fn from(value: ClientCredentialsGrant) -> Self {
        Self::ClientCredentialsGrant(value)
    }
}

impl From<EntityUserGrant> for ObtainTokenPayload {
    fn from(value: EntityUserGrant) -> Self {
        Self::EntityUserGrant(value)
    }
}

/// The token to revoke, and the credentials of the partner that it was issued to.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct RevokeTokenPayload {
    /// The partner's client ID. Sandbox and production have different ones.
    pub client_id: uuid::Uuid,
    /// A partner's client secret.
    pub client_secret: ClientSecret,
    /// An access token.
    pub token: AccessToken,
}

runtime::object!(RevokeTokenPayload {
    required client_id: "client_id",
    required client_secret: "client_secret",
    required token: "token",
});

impl RevokeTokenPayload {
    /// Creates a value from its required fields. Optional fields are unset.
    pub fn new(
        client_id: uuid::Uuid,
        client_secret: ClientSecret,
        token: AccessToken,
    ) -> Self {
        Self {
            client_id,
            client_secret,
            token,
        }
    }
}

/// One thing that is wrong with the request.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ValidationError {
    /// The way to the offending value, outermost step first.
    pub loc: Vec<ValidationErrorLocItem>,
    /// What is wrong, for people.
    pub msg: String,
    /// A short code for the kind of problem.
    pub type_: String,
}

runtime::object!(ValidationError {
    required loc: "loc",
    required msg: "msg",
    required type_: "type",
});

impl std::fmt::Debug for ValidationError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ValidationError").finish_non_exhaustive()
    }
}

/// `/components/schemas/ValidationError/properties/loc/items` in the document.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum ValidationErrorLocItem {
    /// A string.
    String(String),
    /// An integer.
    Integer(i64),
}

impl std::fmt::Debug for ValidationErrorLocItem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ValidationErrorLocItem").finish_non_exhaustive()
    }
}

runtime::union!(ValidationErrorLocItem {
    String: String,
    Integer: Number,
});
