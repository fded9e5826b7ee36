//! Responses: raw ([`RawResponse`]), decoded ([`Response`]), and the decoding between them
//! ([`Decode`]).

use std::fmt;
use std::ops::Deref;
use std::time::Duration;

use reqwest::StatusCode;
use reqwest::header::HeaderMap;
use serde::de::DeserializeOwned;
use serde_json::error::Category;

use crate::rate_limit::rate_limit;
use crate::retry_after::retry_after;
use crate::{Operation, RateLimit, TransportErrorKind, decode_budget, media_type, metered_json};

/// Decodes the responses of an operation. The status alone decides which type a body has.
///
/// Generated code implements it with one line per declared status:
///
/// ```
/// # use openapi_client_runtime::{Decode, Decoded, RawResponse, ErrorVariant};
/// # struct RevokeToken;
/// # #[derive(Debug)] enum RevokeTokenError { Unauthorized(serde_json::Value) }
/// # impl ErrorVariant for RevokeTokenError { fn variant(&self) -> &'static str { "Unauthorized" } }
/// impl Decode for RevokeToken {
///     type Success = serde_json::Value;
///     type Error = RevokeTokenError;
///
///     fn decode(response: &RawResponse) -> Decoded<Self::Success, Self::Error> {
///         match response.status().as_u16() {
///             200 => response.json("application/json").success(),
///             401 => response.json("application/json").error(RevokeTokenError::Unauthorized),
///             _ => Decoded::undeclared(),
///         }
///     }
/// }
/// ```
pub trait Decode: 'static {
    /// The body of a success. It is `Send`, because large bodies are decoded on another thread.
    type Success: Send + 'static;
    /// The declared errors.
    type Error: Send + 'static;

    /// Decodes a response.
    fn decode(response: &RawResponse) -> Decoded<Self::Success, Self::Error>;
}

/// A decoded response. It is created from a [`ParsedBody`], or by [`Decoded::undeclared`].
pub struct Decoded<T, E>(pub(crate) DecodedKind<T, E>);

pub(crate) enum DecodedKind<T, E> {
    Success(T),
    Error(E),
    Failure(BodyFailure),
    Undeclared,
}

impl<T, E> Decoded<T, E> {
    /// Creates the result for a status that the API document does not declare.
    #[must_use]
    pub fn undeclared() -> Self {
        Self(DecodedKind::Undeclared)
    }
}

/// A body of the declared type, or the reason why it does not have that type.
#[must_use]
pub struct ParsedBody<T>(Result<T, BodyFailure>);

impl<T> ParsedBody<T> {
    /// Converts into the success of the operation.
    pub fn success<E>(self) -> Decoded<T, E> {
        self.success_as(|body| body)
    }

    /// Converts into one of several successes of the operation.
    pub fn success_as<S, E>(self, variant: impl FnOnce(T) -> S) -> Decoded<S, E> {
        Decoded(match self.0 {
            Ok(body) => DecodedKind::Success(variant(body)),
            Err(failure) => DecodedKind::Failure(failure),
        })
    }

    /// Converts into one of the errors of the operation.
    pub fn error<S, E>(self, variant: impl FnOnce(T) -> E) -> Decoded<S, E> {
        Decoded(match self.0 {
            Ok(body) => DecodedKind::Error(variant(body)),
            Err(failure) => DecodedKind::Failure(failure),
        })
    }

    /// Converts into the body.
    ///
    /// # Errors
    ///
    /// If the body does not have the declared type.
    pub fn into_result(self) -> Result<T, BodyFailure> {
        self.0
    }
}

/// A response as it was received: the status, the headers, and the body as far as it was read.
#[derive(Clone)]
pub struct RawResponse {
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl RawResponse {
    /// Creates a response from its parts.
    #[must_use]
    pub fn new(status: StatusCode, headers: HeaderMap, body: Vec<u8>) -> Self {
        Self {
            status,
            headers,
            body,
        }
    }

    /// Returns the status code.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Returns the headers, unchanged.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Returns the bytes of the body, unchanged. They are text from the server and may contain secrets.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// Returns the request ID of the server: the header `x-request-id`, or else `request-id`. It is text
    /// from the server, so errors do not print it.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        let header = self
            .headers
            .get("x-request-id")
            .or_else(|| self.headers.get("request-id"));
        header?.to_str().ok()
    }

    /// Returns how long the server asks to wait (`Retry-After`, RFC 9110 section 10.2.3). A date is
    /// relative to the `Date` header of the response; without that header it is ignored.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        retry_after(&self.headers, None)
    }

    /// Returns the rate limit, if the server sent one.
    #[must_use]
    pub fn rate_limit(&self) -> Option<RateLimit> {
        rate_limit(&self.headers)
    }

    /// Decodes the body as JSON (RFC 8259), if it has this media type.
    pub fn json<T: DeserializeOwned>(&self, media_type: &str) -> ParsedBody<T> {
        self.typed(media_type, |body| match body {
            [] => Err(BodyFailure::Empty),
            body => from_json(body),
        })
    }

    /// Decodes the body as UTF-8 text, if it has this media type.
    pub fn text<T: From<String>>(&self, media_type: &str) -> ParsedBody<T> {
        self.typed(media_type, |body| {
            let text = std::str::from_utf8(body).map_err(|_| BodyFailure::NotText)?;
            Ok(T::from(text.to_owned()))
        })
    }

    /// Copies the body as bytes, if it has this media type.
    pub fn bytes(&self, media_type: &str) -> ParsedBody<Vec<u8>> {
        self.typed(media_type, |body| Ok(body.to_vec()))
    }

    /// Ignores the body, because no content is declared. [`RawResponse::body`] still returns it.
    pub fn empty(&self) -> ParsedBody<()> {
        ParsedBody(Ok(()))
    }

    fn typed<T>(
        &self,
        media_type: &str,
        read: impl FnOnce(&[u8]) -> Result<T, BodyFailure>,
    ) -> ParsedBody<T> {
        if media_type::matches(media_type, &self.headers) {
            ParsedBody(read(&self.body))
        } else {
            ParsedBody(Err(BodyFailure::ContentType))
        }
    }
}

/// Decodes JSON within the decode budget of this thread.
fn from_json<T: DeserializeOwned>(body: &[u8]) -> Result<T, BodyFailure> {
    let decoded = metered_json::from_slice(body);
    match decode_budget::exceeded() {
        Some(limit) => Err(BodyFailure::TooMuchMemory { limit }),
        None => Ok(decoded?),
    }
}

/// Prints the status and the length of the body in bytes.
impl fmt::Debug for RawResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawResponse")
            .field("status", &self.status.as_u16())
            .field("body_bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}

/// Why a body could not be decoded. It never contains text of the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BodyFailure {
    /// The `Content-Type` header is missing or is not the declared media type.
    ContentType,
    /// The body is empty, but JSON is declared.
    Empty,
    /// The body is not JSON (RFC 8259).
    NotJson {
        /// The line, counted from one.
        line: usize,
        /// The column in bytes, counted from one.
        column: usize,
    },
    /// The body is JSON, but does not have the declared type.
    Shape {
        /// The line, counted from one.
        line: usize,
        /// The column in bytes, counted from one.
        column: usize,
    },
    /// The body is declared as text, but is not UTF-8.
    NotText,
    /// The body ended early. The part that was received is kept.
    Truncated(TransportErrorKind),
    /// The body is larger than the maximum of the transport. The part that was received is kept.
    TooLarge {
        /// The maximum, in bytes.
        limit: usize,
    },
    /// The body is complete, but its values would take more memory than the transport allows.
    TooMuchMemory {
        /// The maximum, in bytes.
        limit: usize,
    },
    /// The body is complete, but the timeout expired before it was decoded.
    NotReadInTime,
}

/// Keeps the position and drops the message, which may contain values.
impl From<serde_json::Error> for BodyFailure {
    fn from(error: serde_json::Error) -> Self {
        let (line, column) = (error.line(), error.column());
        match error.classify() {
            Category::Data => Self::Shape { line, column },
            Category::Io | Category::Syntax | Category::Eof => Self::NotJson { line, column },
        }
    }
}

impl fmt::Display for BodyFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ContentType => f.write_str("the body does not have the declared content type"),
            Self::Empty => f.write_str("the body is empty"),
            Self::NotJson { line, column } => {
                write!(f, "the body is not JSON at line {line} column {column}")
            }
            Self::Shape { line, column } => {
                write!(
                    f,
                    "the body does not have the declared type at line {line} column {column}"
                )
            }
            Self::NotText => f.write_str("the body is not UTF-8"),
            Self::Truncated(kind) => write!(f, "the body ended early: {kind}"),
            Self::TooLarge { limit } => write!(f, "the body is larger than {limit} bytes"),
            Self::TooMuchMemory { limit } => {
                write!(
                    f,
                    "decoding the body would take more than {limit} bytes of memory"
                )
            }
            Self::NotReadInTime => f.write_str("the timeout expired before the body was decoded"),
        }
    }
}

impl std::error::Error for BodyFailure {}

/// A successful response. It dereferences to the decoded body.
#[derive(Clone)]
pub struct Response<T> {
    operation: &'static Operation,
    raw: RawResponse,
    body: T,
}

impl<T> Response<T> {
    pub(crate) fn new(operation: &'static Operation, raw: RawResponse, body: T) -> Self {
        Self {
            operation,
            raw,
            body,
        }
    }

    pub(crate) fn map<U>(self, body: impl FnOnce(T) -> U) -> Response<U> {
        Response {
            operation: self.operation,
            raw: self.raw,
            body: body(self.body),
        }
    }

    /// Returns the operation that was called.
    #[must_use]
    pub fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// Returns the status code.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.raw.status()
    }

    /// Returns the headers, unchanged.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        self.raw.headers()
    }

    /// Returns the decoded body.
    #[must_use]
    pub fn body(&self) -> &T {
        &self.body
    }

    /// Converts into the decoded body.
    #[must_use]
    pub fn into_body(self) -> T {
        self.body
    }

    /// Returns the bytes of the body, unchanged. They may contain secrets.
    #[must_use]
    pub fn raw(&self) -> &[u8] {
        self.raw.body()
    }

    /// Returns the request ID of the server: see [`RawResponse::request_id`].
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.raw.request_id()
    }

    /// Returns the rate limit, if the server sent one: see [`RawResponse::rate_limit`].
    #[must_use]
    pub fn rate_limit(&self) -> Option<RateLimit> {
        self.raw.rate_limit()
    }
}

impl<T> Deref for Response<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.body
    }
}

/// Prints the operation, the status and the length of the body in bytes.
impl<T> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("operation", &self.operation.id)
            .field("status", &self.raw.status().as_u16())
            .field("body_bytes", &self.raw.body().len())
            .finish_non_exhaustive()
    }
}
