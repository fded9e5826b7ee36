//! What can go wrong with a call, in one flat type.

use std::convert::Infallible;
use std::fmt;
use std::time::Duration;

use reqwest::StatusCode;
use reqwest::header::HeaderMap;

use crate::{BodyFailure, Operation, RawResponse, RequestError, TransportError};

/// Names the variant of an operation's declared errors. The name is all that is printed of them.
pub trait Variant {
    /// The variant's name, as the source has it.
    fn variant(&self) -> &'static str;
}

/// For operations that declare no error.
impl Variant for Infallible {
    fn variant(&self) -> &'static str {
        match *self {}
    }
}

/// Why a call failed.
///
/// `Debug` and `Display` print the operation, the status, the variant and the body's length. They
/// never print a secret or text that the server sent, and neither does
/// [`source`](std::error::Error::source), which is always `None`. What the server sent is there,
/// unchanged: [`Error::api`], [`Error::headers`], [`Error::raw`].
#[non_exhaustive]
pub enum Error<E> {
    /// The request could not be built. Nothing was sent.
    #[non_exhaustive]
    Request {
        /// The operation.
        operation: &'static Operation,
        /// What is wrong.
        error: RequestError,
    },
    /// The operation needs a credential that is not configured. Nothing was sent.
    #[non_exhaustive]
    MissingCredential {
        /// The operation; its `security` names the schemes.
        operation: &'static Operation,
    },
    /// No response arrived.
    #[non_exhaustive]
    Transport {
        /// The operation.
        operation: &'static Operation,
        /// What failed.
        error: TransportError,
    },
    /// The server answered with a declared error.
    #[non_exhaustive]
    Api {
        /// The operation.
        operation: &'static Operation,
        /// The response as it came.
        response: Box<RawResponse>,
        /// The error as declared.
        error: E,
    },
    /// The status is declared, but the body is not what it declares; or the body could not be
    /// read to its end.
    #[non_exhaustive]
    Body {
        /// The operation.
        operation: &'static Operation,
        /// The response, as far as it was read.
        response: Box<RawResponse>,
        /// What is wrong with the body.
        failure: BodyFailure,
    },
    /// The API's document does not declare the status.
    #[non_exhaustive]
    Undeclared {
        /// The operation.
        operation: &'static Operation,
        /// The response as it came.
        response: Box<RawResponse>,
    },
}

impl<E> Error<E> {
    /// The operation that was called.
    #[must_use]
    pub fn operation(&self) -> &'static Operation {
        match self {
            Self::Request { operation, .. }
            | Self::MissingCredential { operation }
            | Self::Transport { operation, .. }
            | Self::Api { operation, .. }
            | Self::Body { operation, .. }
            | Self::Undeclared { operation, .. } => operation,
        }
    }

    /// The response, if one arrived.
    #[must_use]
    pub fn response(&self) -> Option<&RawResponse> {
        match self {
            Self::Api { response, .. }
            | Self::Body { response, .. }
            | Self::Undeclared { response, .. } => Some(response),
            Self::Request { .. } | Self::MissingCredential { .. } | Self::Transport { .. } => None,
        }
    }

    /// The status code, if a response arrived.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.response().map(RawResponse::status)
    }

    /// The headers, unchanged, if a response arrived.
    #[must_use]
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.response().map(RawResponse::headers)
    }

    /// The body's bytes, unchanged and as far as they were read, if a response arrived. It is the
    /// server's text, and may hold secrets.
    #[must_use]
    pub fn raw(&self) -> Option<&[u8]> {
        self.response().map(RawResponse::body)
    }

    /// The declared error that the server answered with.
    #[must_use]
    pub fn api(&self) -> Option<&E> {
        match self {
            Self::Api { error, .. } => Some(error),
            _ => None,
        }
    }

    /// The declared error that the server answered with, on its own.
    #[must_use]
    pub fn into_api(self) -> Option<E> {
        match self {
            Self::Api { error, .. } => Some(error),
            _ => None,
        }
    }

    /// See [`RawResponse::request_id`].
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.response()?.request_id()
    }

    /// See [`RawResponse::retry_after`].
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.response()?.retry_after()
    }
}

impl<E: Variant> fmt::Debug for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match self {
            Self::Request { .. } => "Request",
            Self::MissingCredential { .. } => "MissingCredential",
            Self::Transport { .. } => "Transport",
            Self::Api { .. } => "Api",
            Self::Body { .. } => "Body",
            Self::Undeclared { .. } => "Undeclared",
        };
        let mut debug = f.debug_struct(name);
        debug.field("operation", &self.operation().id);
        match self {
            Self::Request { error, .. } => debug.field("error", error),
            Self::MissingCredential { operation } => debug.field("security", &operation.security),
            Self::Transport { error, .. } => debug.field("error", &error.kind()),
            Self::Api { error, .. } => debug.field("variant", &error.variant()),
            Self::Body { failure, .. } => debug.field("failure", failure),
            Self::Undeclared { .. } => &mut debug,
        };
        if let Some(response) = self.response() {
            debug.field("status", &response.status().as_u16());
            debug.field("body_bytes", &response.body().len());
        }
        debug.finish()
    }
}

impl<E: Variant> fmt::Display for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.operation().id)?;
        match self {
            Self::Request { error, .. } => write!(f, "the request could not be built: {error}"),
            Self::MissingCredential { operation } => {
                f.write_str("no credential is configured for ")?;
                write_alternatives(f, operation.security)
            }
            Self::Transport { error, .. } => error.fmt(f),
            Self::Api {
                response, error, ..
            } => {
                write!(f, "the server answered {}", error.variant())?;
                write_response(f, response)
            }
            Self::Body {
                response, failure, ..
            } => {
                failure.fmt(f)?;
                write_response(f, response)
            }
            Self::Undeclared { response, .. } => {
                f.write_str("the server answered with a status that is not declared")?;
                write_response(f, response)
            }
        }
    }
}

/// The status as a number: the reason phrase of an unknown one is nobody's.
fn write_response(f: &mut fmt::Formatter<'_>, response: &RawResponse) -> fmt::Result {
    write!(
        f,
        " (status {}, {} bytes)",
        response.status().as_u16(),
        response.body().len()
    )
}

fn write_alternatives(f: &mut fmt::Formatter<'_>, alternatives: &[&[&str]]) -> fmt::Result {
    for (index, schemes) in alternatives.iter().enumerate() {
        let or = if index == 0 { "" } else { " or " };
        write!(f, "{or}{}", schemes.join(" and "))?;
    }
    Ok(())
}

impl<E: Variant> std::error::Error for Error<E> {}

/// A failure before it is known which errors the operation declares.
pub(crate) enum CallError {
    Request(RequestError),
    MissingCredential,
    Transport(TransportError),
    Body(Box<RawResponse>, BodyFailure),
}

impl CallError {
    pub(crate) fn of<E>(self, operation: &'static Operation) -> Error<E> {
        match self {
            Self::Request(error) => Error::Request { operation, error },
            Self::MissingCredential => Error::MissingCredential { operation },
            Self::Transport(error) => Error::Transport { operation, error },
            Self::Body(response, failure) => Error::Body {
                operation,
                response,
                failure,
            },
        }
    }
}

impl From<RequestError> for CallError {
    fn from(error: RequestError) -> Self {
        Self::Request(error)
    }
}
