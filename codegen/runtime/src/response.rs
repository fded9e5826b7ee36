//! What came back: as it is ([`RawResponse`]), as it was declared ([`Response`]), and the step
//! between the two ([`Decode`]).

use std::fmt;
use std::ops::Deref;
use std::time::Duration;

use reqwest::StatusCode;
use reqwest::header::HeaderMap;
use serde::de::DeserializeOwned;
use serde_json::error::Category;

use crate::rate_limit::rate_limit;
use crate::retry_after::retry_after;
use crate::{Operation, RateLimit, TransportErrorKind, decode_budget, media_type, metered};

/// Chooses, by status and never by shape, what a response means for an operation.
///
/// Generated code implements it with one line per declared status:
///
/// ```
/// # use openapi_client_runtime::{Decode, Decoded, RawResponse, Variant};
/// # struct RevokeToken;
/// # #[derive(Debug)] enum RevokeTokenError { Unauthorized(serde_json::Value) }
/// # impl Variant for RevokeTokenError { fn variant(&self) -> &'static str { "Unauthorized" } }
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
    /// The body of a success. What is large is read on another thread.
    type Success: Send + 'static;
    /// The declared errors.
    type Error: Send + 'static;

    /// Reads a response.
    fn decode(response: &RawResponse) -> Decoded<Self::Success, Self::Error>;
}

/// What a response was found to be. Made from a [`Content`], or by [`Decoded::undeclared`].
pub struct Decoded<T, E>(pub(crate) Reading<T, E>);

pub(crate) enum Reading<T, E> {
    Success(T),
    Error(E),
    Failure(BodyFailure),
    Undeclared,
}

impl<T, E> Decoded<T, E> {
    /// The API's document does not declare the status.
    #[must_use]
    pub fn undeclared() -> Self {
        Self(Reading::Undeclared)
    }
}

/// A body that was read as what its status declares, or the reason why it could not be.
#[must_use]
pub struct Content<T>(Result<T, BodyFailure>);

impl<T> Content<T> {
    /// It is the operation's success.
    pub fn success<E>(self) -> Decoded<T, E> {
        self.success_as(|body| body)
    }

    /// It is one of the operation's successes.
    pub fn success_as<S, E>(self, variant: impl FnOnce(T) -> S) -> Decoded<S, E> {
        Decoded(match self.0 {
            Ok(body) => Reading::Success(variant(body)),
            Err(failure) => Reading::Failure(failure),
        })
    }

    /// It is one of the operation's errors.
    pub fn error<S, E>(self, variant: impl FnOnce(T) -> E) -> Decoded<S, E> {
        Decoded(match self.0 {
            Ok(body) => Reading::Error(variant(body)),
            Err(failure) => Reading::Failure(failure),
        })
    }

    /// The body itself.
    ///
    /// # Errors
    ///
    /// If it is not what the status declares.
    pub fn into_result(self) -> Result<T, BodyFailure> {
        self.0
    }
}

/// A response as it came: status, headers, and the bytes of the body as far as they were read.
#[derive(Clone)]
pub struct RawResponse {
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl RawResponse {
    /// A response of these parts.
    #[must_use]
    pub fn new(status: StatusCode, headers: HeaderMap, body: Vec<u8>) -> Self {
        Self {
            status,
            headers,
            body,
        }
    }

    /// The status code.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers, unchanged.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body, unchanged. It is the server's text, and may hold secrets.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// The server's name for this exchange: `x-request-id`, else `request-id`. It is the server's
    /// text, so no error prints it by itself.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        let header = self
            .headers
            .get("x-request-id")
            .or_else(|| self.headers.get("request-id"));
        header?.to_str().ok()
    }

    /// How long the server asks to wait (`Retry-After`, RFC 9110 section 10.2.3). A date is taken
    /// relative to the response's own `Date`; without one it is not understood.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        retry_after(&self.headers, None)
    }

    /// How many more requests the server will take, where it says so.
    #[must_use]
    pub fn rate_limit(&self) -> Option<RateLimit> {
        rate_limit(&self.headers)
    }

    /// Reads the body as JSON (RFC 8259), if it is of this media type.
    pub fn json<T: DeserializeOwned>(&self, media_type: &str) -> Content<T> {
        self.typed(media_type, |body| match body {
            [] => Err(BodyFailure::Empty),
            body => from_json(body),
        })
    }

    /// Reads the body as UTF-8 text, if it is of this media type.
    pub fn text<T: From<String>>(&self, media_type: &str) -> Content<T> {
        self.typed(media_type, |body| {
            let text = std::str::from_utf8(body).map_err(|_| BodyFailure::NotText)?;
            Ok(T::from(text.to_owned()))
        })
    }

    /// Takes the body as bytes, if it is of this media type.
    pub fn bytes(&self, media_type: &str) -> Content<Vec<u8>> {
        self.typed(media_type, |body| Ok(body.to_vec()))
    }

    /// Reads nothing: no content is declared. What may have come all the same stays in
    /// [`RawResponse::body`].
    pub fn empty(&self) -> Content<()> {
        Content(Ok(()))
    }

    fn typed<T>(
        &self,
        media_type: &str,
        read: impl FnOnce(&[u8]) -> Result<T, BodyFailure>,
    ) -> Content<T> {
        if media_type::matches(media_type, &self.headers) {
            Content(read(&self.body))
        } else {
            Content(Err(BodyFailure::ContentType))
        }
    }
}

/// Reads JSON within the memory that this thread's budget has.
fn from_json<T: DeserializeOwned>(body: &[u8]) -> Result<T, BodyFailure> {
    let read = metered::from_slice(body);
    match decode_budget::exceeded() {
        Some(limit) => Err(BodyFailure::TooMuchMemory { limit }),
        None => Ok(read?),
    }
}

/// Prints the status and the body's length in bytes.
impl fmt::Debug for RawResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawResponse")
            .field("status", &self.status.as_u16())
            .field("body_bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}

/// Why a body is not what its status declares. It tells where, and never quotes the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BodyFailure {
    /// `Content-Type` is missing or another one than declared.
    ContentType,
    /// There is none, and JSON is declared.
    Empty,
    /// It is not JSON (RFC 8259).
    NotJson {
        /// Line, counted from one.
        line: usize,
        /// Column in bytes, counted from one.
        column: usize,
    },
    /// It is JSON, but not of the declared type.
    Shape {
        /// Line, counted from one.
        line: usize,
        /// Column in bytes, counted from one.
        column: usize,
    },
    /// It is declared as text and not UTF-8.
    NotText,
    /// It ended early; what had been read is kept.
    Truncated(TransportErrorKind),
    /// It is larger than the transport's cap; what had been read is kept.
    TooLarge {
        /// The cap in bytes.
        limit: usize,
    },
    /// It is complete, and its values would take more memory than the transport allows.
    TooMuchMemory {
        /// The most that is allowed, in bytes.
        limit: usize,
    },
    /// It is complete, and the call's time ended before it was read.
    NotReadInTime,
}

/// Keeps the place and drops the message, which quotes values.
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
            Self::ContentType => f.write_str("the body is not of the declared content type"),
            Self::Empty => f.write_str("the body is empty"),
            Self::NotJson { line, column } => {
                write!(f, "the body is not JSON at line {line} column {column}")
            }
            Self::Shape { line, column } => {
                write!(
                    f,
                    "the body is not of the declared type at line {line} column {column}"
                )
            }
            Self::NotText => f.write_str("the body is not UTF-8"),
            Self::Truncated(kind) => write!(f, "the body ended early: {kind}"),
            Self::TooLarge { limit } => write!(f, "the body is larger than {limit} bytes"),
            Self::TooMuchMemory { limit } => {
                write!(
                    f,
                    "the body's values would take more than {limit} bytes of memory"
                )
            }
            Self::NotReadInTime => f.write_str("the timeout passed before the body was read"),
        }
    }
}

impl std::error::Error for BodyFailure {}

/// A successful response. It dereferences to its body.
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

    /// The operation that was called.
    #[must_use]
    pub fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// The status code.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.raw.status()
    }

    /// The headers, unchanged.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        self.raw.headers()
    }

    /// The body as declared.
    #[must_use]
    pub fn body(&self) -> &T {
        &self.body
    }

    /// The body as declared, on its own.
    #[must_use]
    pub fn into_body(self) -> T {
        self.body
    }

    /// The body's bytes as they came, secrets included.
    #[must_use]
    pub fn raw(&self) -> &[u8] {
        self.raw.body()
    }

    /// See [`RawResponse::request_id`].
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.raw.request_id()
    }

    /// See [`RawResponse::rate_limit`].
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

/// Prints the operation, the status and the body's length in bytes.
impl<T> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("operation", &self.operation.id)
            .field("status", &self.raw.status().as_u16())
            .field("body_bytes", &self.raw.body().len())
            .finish_non_exhaustive()
    }
}
