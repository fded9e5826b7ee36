// Generated from openapi/monite/openapi.yaml by `cargo xtask regenerate`. Do not edit.

//! The operations tagged “Access tokens”.

use crate::{Client, types};
use openapi_client_runtime::{self as runtime, encode};

impl Client {
    /// Revoke an access token
    ///
    /// Makes an access token invalid at once, before it would expire.
    ///
    /// `POST /auth/revoke`
    pub fn revoke_token(&self, body: types::RevokeTokenPayload) -> RevokeToken {
        RevokeToken {
            client: self.clone(),
            monite_version: None,
            body,
            options: runtime::CallOptions::default(),
        }
    }
}

/// A request of [`Client::revoke_token`].
#[derive(Clone, Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct RevokeToken {
    client: Client,
    monite_version: Option<chrono::NaiveDate>,
    body: types::RevokeTokenPayload,
    options: runtime::CallOptions,
}

impl RevokeToken {
    const OPERATION: &'static runtime::Operation = &runtime::Operation {
        id: "revoke_token",
        method: "POST",
        path: "/auth/revoke",
        server: None,
        idempotent: true,
        accept: "application/json",
        security: &[&["HTTPBearer"]],
    };

    /// Sets the header `x-monite-version`.
    ///
    /// The version of the API that the request is written for.
    pub fn monite_version(mut self, monite_version: chrono::NaiveDate) -> Self {
        self.monite_version = Some(monite_version);
        self
    }

    /// Sets options for this call only: timeout, retries, extra headers.
    pub fn with(mut self, options: runtime::CallOptions) -> Self {
        self.options = options;
        self
    }

    /// Builds the request without credentials and without sending it.
    ///
    /// # Errors
    ///
    /// If an argument cannot be encoded in the URL, a header or the body.
    pub fn request(&self) -> Result<reqwest::Request, runtime::RequestError> {
        let transport = self.client.transport();
        let url = transport.base_url().append("/auth/revoke")?;
        let mut request = transport.http().post(url).json(&self.body).build()?;
        let headers = request.headers_mut();
        encode::accept(headers, Self::OPERATION.accept)?;
        encode::header(
            headers,
            "x-monite-version",
            &self.client.headers.monite_version(self.monite_version.as_ref()),
        )?;
        self.options.apply(&mut request)?;
        Ok(request)
    }

    /// Sends the request and reads the whole response.
    ///
    /// # Errors
    ///
    /// If the call does not succeed. [`runtime::Error`] has the cause, the response
    /// if one arrived, and whether the request may have taken effect.
    pub async fn send(
        self,
    ) -> Result<
        runtime::Response<types::MessageResponse>,
        runtime::Error<RevokeTokenError>,
    > {
        let transport = self.client.transport();
        let guard = transport.guard_revocation(|| self.body.token.clone().into());
        let result = transport
            .call::<Self>(Self::OPERATION, || self.request(), &self.options)
            .await;
        guard.complete(&result);
        result
    }
}

impl std::future::IntoFuture for RevokeToken {
    type Output = Result<
        runtime::Response<types::MessageResponse>,
        runtime::Error<RevokeTokenError>,
    >;
    type IntoFuture = runtime::BoxFuture<Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.send())
    }
}

impl runtime::Decode for RevokeToken {
    type Success = types::MessageResponse;
    type Error = RevokeTokenError;

    fn decode(
        response: &runtime::RawResponse,
    ) -> runtime::Decoded<Self::Success, Self::Error> {
        match response.status().as_u16() {
            200 => response.json("application/json").success(),
            400 => response.json("application/json").error(RevokeTokenError::BadRequest),
            401 => {
                response.json("application/json").error(RevokeTokenError::Unauthorized)
            }
            422 => {
                response
                    .json("application/json")
                    .error(RevokeTokenError::UnprocessableContent)
            }
            429 => {
                response
                    .json("application/json")
                    .error(RevokeTokenError::TooManyRequests)
            }
            _ => runtime::Decoded::undeclared(),
        }
    }
}

/// The error responses of [`RevokeToken`], one variant per status.
///
/// `Debug` prints only the variant name, because error bodies may echo secrets.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum RevokeTokenError {
    /// Status 400: The request cannot be served, for example without a version of the API.
    BadRequest(types::ErrorSchemaResponse),
    /// Status 401: The credentials are missing or wrong.
    Unauthorized(types::ErrorSchemaResponse),
    /// Status 422: The request does not have the expected form.
    UnprocessableContent(types::HttpValidationError),
    /// Status 429: Too many requests in a short time.
    TooManyRequests(types::ErrorSchemaResponse),
}

impl runtime::ErrorVariant for RevokeTokenError {
    fn variant(&self) -> &'static str {
        match self {
            Self::BadRequest(_) => "BadRequest",
            Self::Unauthorized(_) => "Unauthorized",
            Self::UnprocessableContent(_) => "UnprocessableContent",
            Self::TooManyRequests(_) => "TooManyRequests",
        }
    }
}

impl std::fmt::Debug for RevokeTokenError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(runtime::ErrorVariant::variant(self))
    }
}

impl Client {
    /// Create an access token
    ///
    /// Makes a new access token for the partner, or for a user of one of its entities.
    ///
    /// `POST /auth/token`
    pub fn create_token(
        &self,
        body: impl Into<types::ObtainTokenPayload>,
    ) -> CreateToken {
        CreateToken {
            client: self.clone(),
            monite_version: None,
            body: body.into(),
            options: runtime::CallOptions::default(),
        }
    }
}

impl Client {
    /// Creates a token source for the builder of another client. It calls [`Client::create_token`] when a token is first needed, caches the token and renews it before it expires.
    ///
    /// This client itself can be built without a token.
    pub fn token_source(
        &self,
        body: impl Into<types::ObtainTokenPayload>,
    ) -> runtime::CachedToken {
        let request = self.create_token(body);
        self.transport()
            .cached_token(move || {
                let request = request.clone();
                async move {
                    let result = request.send().await;
                    let issued = result
                        .map_err(|error| runtime::TokenError::from_call(&error))?;
                    let issued = issued.into_body();
                    Ok(
                        runtime::IssuedToken::new(
                            issued.access_token,
                            Some(issued.expires_in),
                        ),
                    )
                }
            })
    }
}

/// A request of [`Client::create_token`].
#[derive(Clone, Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct CreateToken {
    client: Client,
    monite_version: Option<chrono::NaiveDate>,
    body: types::ObtainTokenPayload,
    options: runtime::CallOptions,
}

impl CreateToken {
    const OPERATION: &'static runtime::Operation = &runtime::Operation {
        id: "create_token",
        method: "POST",
        path: "/auth/token",
        server: None,
        idempotent: false,
        accept: "application/json",
        security: &[],
    };

    /// Sets the header `x-monite-version`.
    ///
    /// The version of the API that the request is written for.
    pub fn monite_version(mut self, monite_version: chrono::NaiveDate) -> Self {
        self.monite_version = Some(monite_version);
        self
    }

    /// Sets options for this call only: timeout, retries, extra headers.
    pub fn with(mut self, options: runtime::CallOptions) -> Self {
        self.options = options;
        self
    }

    /// Builds the request without credentials and without sending it.
    ///
    /// # Errors
    ///
    /// If an argument cannot be encoded in the URL, a header or the body.
    pub fn request(&self) -> Result<reqwest::Request, runtime::RequestError> {
        let transport = self.client.transport();
        let url = transport.base_url().append("/auth/token")?;
        let mut request = transport.http().post(url).json(&self.body).build()?;
        let headers = request.headers_mut();
        encode::accept(headers, Self::OPERATION.accept)?;
        encode::header(
            headers,
            "x-monite-version",
            &self.client.headers.monite_version(self.monite_version.as_ref()),
        )?;
        self.options.apply(&mut request)?;
        Ok(request)
    }

    /// Sends the request and reads the whole response.
    ///
    /// # Errors
    ///
    /// If the call does not succeed. [`runtime::Error`] has the cause, the response
    /// if one arrived, and whether the request may have taken effect.
    pub async fn send(
        self,
    ) -> Result<
        runtime::Response<types::AccessTokenResponse>,
        runtime::Error<CreateTokenError>,
    > {
        let transport = self.client.transport();
        transport.call::<Self>(Self::OPERATION, || self.request(), &self.options).await
    }
}

impl std::future::IntoFuture for CreateToken {
    type Output = Result<
        runtime::Response<types::AccessTokenResponse>,
        runtime::Error<CreateTokenError>,
    >;
    type IntoFuture = runtime::BoxFuture<Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.send())
    }
}

impl runtime::Decode for CreateToken {
    type Success = types::AccessTokenResponse;
    type Error = CreateTokenError;

    fn decode(
        response: &runtime::RawResponse,
    ) -> runtime::Decoded<Self::Success, Self::Error> {
        match response.status().as_u16() {
            200 => response.json("application/json").success(),
            400 => response.json("application/json").error(CreateTokenError::BadRequest),
            401 => {
                response.json("application/json").error(CreateTokenError::Unauthorized)
            }
            422 => {
                response
                    .json("application/json")
                    .error(CreateTokenError::UnprocessableContent)
            }
            429 => {
                response
                    .json("application/json")
                    .error(CreateTokenError::TooManyRequests)
            }
            _ => runtime::Decoded::undeclared(),
        }
    }
}

/// The error responses of [`CreateToken`], one variant per status.
///
/// `Debug` prints only the variant name, because error bodies may echo secrets.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum CreateTokenError {
    /// Status 400: The request cannot be served, for example without a version of the API.
    BadRequest(types::ErrorSchemaResponse),
    /// Status 401: The credentials are wrong.
    Unauthorized(types::ErrorSchemaResponse),
    /// Status 422: The request does not have the expected form.
    UnprocessableContent(types::HttpValidationError),
    /// Status 429: Too many requests in a short time.
    TooManyRequests(types::ErrorSchemaResponse),
}

impl runtime::ErrorVariant for CreateTokenError {
    fn variant(&self) -> &'static str {
        match self {
            Self::BadRequest(_) => "BadRequest",
            Self::Unauthorized(_) => "Unauthorized",
            Self::UnprocessableContent(_) => "UnprocessableContent",
            Self::TooManyRequests(_) => "TooManyRequests",
        }
    }
}

impl std::fmt::Debug for CreateTokenError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(runtime::ErrorVariant::variant(self))
    }
}
