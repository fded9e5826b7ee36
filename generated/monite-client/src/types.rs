// Generated from openapi/monite/openapi.yaml by `cargo xtask regenerate`. Do not edit.

//! The types of requests and responses.

use openapi_client_runtime as runtime;

/// An access token.
///
/// Its text is never printed: `Debug` is redacted, there is no `Display`, and the memory
/// is wiped on drop.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(transparent)]
pub struct AccessToken(runtime::Secret);

impl AccessToken {
    /// Takes over a secret's text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(runtime::Secret::from(text.into()))
    }

    /// The text itself. Whoever calls this answers for where it goes.
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

impl From<AccessToken> for runtime::Secret {
    fn from(secret: AccessToken) -> Self {
        secret.0
    }
}

/// A new access token.
#[derive(Clone, Debug, PartialEq, serde::Deserialize, serde::Serialize)]
#[non_exhaustive]
pub struct AccessTokenResponse {
    /// An access token.
    pub access_token: AccessToken,
    /// For how long the token is valid, in seconds.
    pub expires_in: i64,
    /// How the token is presented.
    pub token_type: String,
}

/// Asks for a token that acts for the partner itself.
#[derive(Clone, Debug, PartialEq, serde::Deserialize, serde::Serialize)]
#[non_exhaustive]
pub struct ClientCredentialsGrant {
    /// The partner's client ID. Sandbox and production have different ones.
    pub client_id: uuid::Uuid,
    /// A partner's client secret.
    pub client_secret: ClientSecret,
    /// The kind of this request.
    pub grant_type: ClientCredentialsGrantGrantType,
}

impl ClientCredentialsGrant {
    /// Takes the required members; optional ones are absent.
    pub fn new(client_id: uuid::Uuid, client_secret: ClientSecret) -> Self {
        Self {
            client_id,
            client_secret,
            grant_type: ClientCredentialsGrantGrantType::ClientCredentials,
        }
    }
}

/// The kind of this request.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ClientCredentialsGrantGrantType {
    /// `client_credentials`
    ClientCredentials,
    /// A value that the document does not list, kept as it came.
    Unknown(String),
}

impl ClientCredentialsGrantGrantType {
    /// The value as it stands in JSON.
    pub fn as_str(&self) -> &str {
        match self {
            Self::ClientCredentials => "client_credentials",
            Self::Unknown(value) => value,
        }
    }
}

impl From<&str> for ClientCredentialsGrantGrantType {
    fn from(value: &str) -> Self {
        match value {
            "client_credentials" => Self::ClientCredentials,
            other => Self::Unknown(other.to_owned()),
        }
    }
}

impl From<String> for ClientCredentialsGrantGrantType {
    fn from(value: String) -> Self {
        Self::from(value.as_str())
    }
}

impl std::fmt::Display for ClientCredentialsGrantGrantType {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl serde::Serialize for ClientCredentialsGrantGrantType {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> serde::Deserialize<'de> for ClientCredentialsGrantGrantType {
    fn deserialize<D: serde::Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Self, D::Error> {
        let value: std::borrow::Cow<'de, str> = serde::Deserialize::deserialize(
            deserializer,
        )?;
        Ok(Self::from(value.as_ref()))
    }
}

/// A partner's client secret.
///
/// Its text is never printed: `Debug` is redacted, there is no `Display`, and the memory
/// is wiped on drop.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(transparent)]
pub struct ClientSecret(runtime::Secret);

impl ClientSecret {
    /// Takes over a secret's text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(runtime::Secret::from(text.into()))
    }

    /// The text itself. Whoever calls this answers for where it goes.
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

impl From<ClientSecret> for runtime::Secret {
    fn from(secret: ClientSecret) -> Self {
        secret.0
    }
}

/// Asks for a token that acts for a user of an entity.
#[derive(Clone, Debug, PartialEq, serde::Deserialize, serde::Serialize)]
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

impl EntityUserGrant {
    /// Takes the required members; optional ones are absent.
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
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum EntityUserGrantGrantType {
    /// `entity_user`
    EntityUser,
    /// A value that the document does not list, kept as it came.
    Unknown(String),
}

impl EntityUserGrantGrantType {
    /// The value as it stands in JSON.
    pub fn as_str(&self) -> &str {
        match self {
            Self::EntityUser => "entity_user",
            Self::Unknown(value) => value,
        }
    }
}

impl From<&str> for EntityUserGrantGrantType {
    fn from(value: &str) -> Self {
        match value {
            "entity_user" => Self::EntityUser,
            other => Self::Unknown(other.to_owned()),
        }
    }
}

impl From<String> for EntityUserGrantGrantType {
    fn from(value: String) -> Self {
        Self::from(value.as_str())
    }
}

impl std::fmt::Display for EntityUserGrantGrantType {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl serde::Serialize for EntityUserGrantGrantType {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> serde::Deserialize<'de> for EntityUserGrantGrantType {
    fn deserialize<D: serde::Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Self, D::Error> {
        let value: std::borrow::Cow<'de, str> = serde::Deserialize::deserialize(
            deserializer,
        )?;
        Ok(Self::from(value.as_ref()))
    }
}

/// `/components/schemas/ErrorDetail` in the document.
#[derive(Clone, PartialEq, serde::Deserialize, serde::Serialize)]
#[non_exhaustive]
pub struct ErrorDetail {
    /// What went wrong, for people.
    pub message: String,
    /// A short code for the kind of error.
    #[serde(rename = "type", default, skip_serializing_if = "Option::is_none")]
    pub type_: Option<String>,
}

impl std::fmt::Debug for ErrorDetail {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ErrorDetail").finish_non_exhaustive()
    }
}

/// What the API answers when a request fails.
#[derive(Clone, PartialEq, serde::Deserialize, serde::Serialize)]
#[non_exhaustive]
pub struct ErrorResponse {
    /// `error` in JSON.
    pub error: ErrorDetail,
}

impl std::fmt::Debug for ErrorResponse {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ErrorResponse").finish_non_exhaustive()
    }
}

/// A confirmation in words.
#[derive(Clone, Debug, PartialEq, serde::Deserialize, serde::Serialize)]
#[non_exhaustive]
pub struct MessageResponse {
    /// The confirmation.
    pub message: String,
}

/// Who asks for a token, and on whose behalf.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum ObtainTokenPayload {
    /// As `ClientCredentialsGrant`.
    ClientCredentialsGrant(ClientCredentialsGrant),
    /// As `EntityUserGrant`.
    EntityUserGrant(EntityUserGrant),
    /// A value of a branch that the document does not list, kept as it came.
    Unknown(runtime::json::Undeclared),
}

impl<'de> serde::Deserialize<'de> for ObtainTokenPayload {
    fn deserialize<D: serde::Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Self, D::Error> {
        let value: serde_json::Value = serde::Deserialize::deserialize(deserializer)?;
        let branch = match value.get("grant_type").and_then(serde_json::Value::as_str) {
            Some("client_credentials") => {
                serde_json::from_value(value).map(Self::ClientCredentialsGrant).ok()
            }
            Some("entity_user") => {
                serde_json::from_value(value).map(Self::EntityUserGrant).ok()
            }
            Some(_) => Some(Self::Unknown(runtime::json::Undeclared::from(value))),
            None => None,
        };
        branch.ok_or_else(|| serde::de::Error::custom("no branch of the union fits"))
    }
}

impl serde::Serialize for ObtainTokenPayload {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::ClientCredentialsGrant(branch) => {
                serde::Serialize::serialize(branch, serializer)
            }
            Self::EntityUserGrant(branch) => {
                serde::Serialize::serialize(branch, serializer)
            }
            Self::Unknown(value) => serde::Serialize::serialize(value, serializer),
        }
    }
}

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
#[derive(Clone, Debug, PartialEq, serde::Deserialize, serde::Serialize)]
#[non_exhaustive]
pub struct RevokeTokenPayload {
    /// The partner's client ID. Sandbox and production have different ones.
    pub client_id: uuid::Uuid,
    /// A partner's client secret.
    pub client_secret: ClientSecret,
    /// An access token.
    pub token: AccessToken,
}

impl RevokeTokenPayload {
    /// Takes the required members; optional ones are absent.
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
#[derive(Clone, PartialEq, serde::Deserialize, serde::Serialize)]
#[non_exhaustive]
pub struct ValidationErrorItem {
    /// The way to the offending value, outermost step first.
    pub loc: Vec<ValidationErrorItemLocItem>,
    /// What is wrong, for people.
    pub msg: String,
    /// A short code for the kind of problem.
    #[serde(rename = "type")]
    pub type_: String,
}

impl std::fmt::Debug for ValidationErrorItem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ValidationErrorItem").finish_non_exhaustive()
    }
}

/// `/components/schemas/ValidationErrorItem/properties/loc/items` in the document.
#[derive(Clone, PartialEq, serde::Deserialize, serde::Serialize)]
#[serde(untagged)]
#[non_exhaustive]
pub enum ValidationErrorItemLocItem {
    /// As `String`.
    String(String),
    /// As `Integer`.
    Integer(i64),
}

impl std::fmt::Debug for ValidationErrorItemLocItem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ValidationErrorItemLocItem").finish_non_exhaustive()
    }
}

/// What the API answers when a request does not have the expected form.
#[derive(Clone, PartialEq, serde::Deserialize, serde::Serialize)]
#[non_exhaustive]
pub struct ValidationErrorResponse {
    /// Everything that is wrong.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<Vec<ValidationErrorItem>>,
}

impl std::fmt::Debug for ValidationErrorResponse {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ValidationErrorResponse").finish_non_exhaustive()
    }
}
