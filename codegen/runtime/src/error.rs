//! What can go wrong with a call, in one flat type.

use std::convert::Infallible;
use std::fmt;
use std::time::Duration;

use reqwest::StatusCode;
use reqwest::header::HeaderMap;

#[cfg(feature = "tracing")]
use crate::TransportErrorKind;
use crate::{
    Attempts, BodyFailure, NotApplied, Operation, Outcome, RawResponse, RequestError, TokenError,
    TransportError,
};

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
        /// What was sent before, with another token.
        attempts: Attempts,
    },
    /// The operation needs a credential that is not configured. Nothing was sent.
    #[non_exhaustive]
    MissingCredential {
        /// The operation; its `security` names the schemes.
        operation: &'static Operation,
    },
    /// The token source gave no token.
    #[non_exhaustive]
    Token {
        /// The operation.
        operation: &'static Operation,
        /// What the source says.
        error: TokenError,
        /// What was sent before, with another token.
        attempts: Attempts,
    },
    /// No response arrived.
    #[non_exhaustive]
    Transport {
        /// The operation.
        operation: &'static Operation,
        /// What failed.
        error: TransportError,
        /// What was sent.
        attempts: Attempts,
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
        /// What was sent.
        attempts: Attempts,
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
        /// What was sent.
        attempts: Attempts,
    },
    /// The API's document does not declare the status.
    #[non_exhaustive]
    Undeclared {
        /// The operation.
        operation: &'static Operation,
        /// The response as it came.
        response: Box<RawResponse>,
        /// What was sent.
        attempts: Attempts,
    },
}

impl<E> Error<E> {
    /// The operation that was called.
    #[must_use]
    pub fn operation(&self) -> &'static Operation {
        match self {
            Self::Request { operation, .. }
            | Self::MissingCredential { operation }
            | Self::Token { operation, .. }
            | Self::Transport { operation, .. }
            | Self::Api { operation, .. }
            | Self::Body { operation, .. }
            | Self::Undeclared { operation, .. } => operation,
        }
    }

    /// How often it was sent.
    #[must_use]
    pub fn attempts(&self) -> Attempts {
        match self {
            Self::Request { attempts, .. }
            | Self::Token { attempts, .. }
            | Self::Transport { attempts, .. }
            | Self::Api { attempts, .. }
            | Self::Body { attempts, .. }
            | Self::Undeclared { attempts, .. } => *attempts,
            Self::MissingCredential { .. } => Attempts::default(),
        }
    }

    /// Whether the server may have done what was asked, although the call failed. It counts every
    /// request that was sent, not the last one alone.
    ///
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        let recorded = self.attempts().outcome;
        recorded.unwrap_or(Outcome::NotApplied(NotApplied::NeverSent))
    }

    /// The response, if one arrived.
    #[must_use]
    pub fn response(&self) -> Option<&RawResponse> {
        match self {
            Self::Api { response, .. }
            | Self::Body { response, .. }
            | Self::Undeclared { response, .. } => Some(response),
            Self::Request { .. }
            | Self::MissingCredential { .. }
            | Self::Token { .. }
            | Self::Transport { .. } => None,
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
            Self::Token { .. } => "Token",
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
            Self::Token { error, .. } => debug.field("error", error),
            Self::Transport { error, .. } => debug.field("error", &error.kind()),
            Self::Api { error, .. } => debug.field("variant", &error.variant()),
            Self::Body { failure, .. } => debug.field("failure", failure),
            Self::Undeclared { .. } => &mut debug,
        };
        if let Some(response) = self.response() {
            debug.field("status", &response.status().as_u16());
            debug.field("body_bytes", &response.body().len());
        }
        debug.field("attempts", &self.attempts().count());
        debug.field("outcome", &self.outcome());
        debug.finish()
    }
}

impl<E: Variant> fmt::Display for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.operation().id)?;
        self.write_reason(f)?;
        if let count @ 2.. = self.attempts().count() {
            write!(f, ", after {count} requests")?;
        }
        if self.operation().is_safe() {
            Ok(())
        } else {
            write!(f, "; {}", self.outcome())
        }
    }
}

impl<E: Variant> Error<E> {
    /// What `Display` says, without the outcome.
    pub(crate) fn reason(&self) -> String {
        struct Reason<'a, E>(&'a Error<E>);
        impl<E: Variant> fmt::Display for Reason<'_, E> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}: ", self.0.operation().id)?;
                self.0.write_reason(f)
            }
        }
        Reason(self).to_string()
    }

    fn write_reason(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Request { error, .. } => write!(f, "the request could not be built: {error}"),
            Self::MissingCredential { operation } => {
                f.write_str("no credential is configured for ")?;
                write_alternatives(f, operation.security)
            }
            Self::Token { error, .. } => write!(f, "{error}"),
            Self::Transport { error, .. } => write!(f, "{error}"),
            Self::Api {
                response, error, ..
            } => {
                write!(f, "the server answered {}", error.variant())?;
                write_response(f, response)
            }
            Self::Body {
                response, failure, ..
            } => {
                write!(f, "{failure}")?;
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
    Token(TokenError),
    Transport(TransportError),
    Body(Box<RawResponse>, BodyFailure),
}

impl CallError {
    pub(crate) fn of<E>(self, operation: &'static Operation, attempts: Attempts) -> Error<E> {
        match self {
            Self::Request(error) => Error::Request {
                operation,
                error,
                attempts,
            },
            Self::MissingCredential => Error::MissingCredential { operation },
            Self::Token(error) => Error::Token {
                operation,
                error,
                attempts,
            },
            Self::Transport(error) => Error::Transport {
                operation,
                error,
                attempts,
            },
            Self::Body(response, failure) => Error::Body {
                operation,
                response,
                failure,
                attempts,
            },
        }
    }

    /// Its name where failures are counted (OpenTelemetry's `error.type`).
    #[cfg(feature = "tracing")]
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Request(_) => "request",
            Self::MissingCredential => "missing_credential",
            Self::Token(_) => "token",
            Self::Transport(error) => match error.kind() {
                TransportErrorKind::Resolve => "resolve",
                TransportErrorKind::Connect => "connect",
                TransportErrorKind::Tls => "tls",
                TransportErrorKind::Timeout => "timeout",
                TransportErrorKind::ConnectionLost => "connection_lost",
            },
            Self::Body(_, BodyFailure::TooLarge { .. }) => "body_too_large",
            Self::Body(..) => "body_truncated",
        }
    }
}
