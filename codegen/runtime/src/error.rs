//! The error of a call.

use std::convert::Infallible;
use std::fmt;
use std::time::Duration;

use reqwest::StatusCode;
use reqwest::header::HeaderMap;

#[cfg(feature = "tracing")]
use crate::TransportErrorKind;
use crate::{
    Attempts, BodyFailure, NotApplied, Operation, Outcome, RawResponse, RequestError, TokenError,
    TransportError, Unknown,
};

/// The declared errors of an operation. Only the name of the variant is ever printed.
pub trait ErrorVariant {
    /// Returns the name of the variant.
    fn variant(&self) -> &'static str;
}

/// The error type of operations that declare no error.
impl ErrorVariant for Infallible {
    fn variant(&self) -> &'static str {
        match *self {}
    }
}

/// Why a call failed.
///
/// `Debug` and `Display` print the operation, the status, the variant, the length of the body and the
/// outcome. They never print a secret or text from the server, and
/// [`source`](std::error::Error::source) is always `None` for the same reason. The response is
/// available unchanged: [`Error::api`], [`Error::headers`], [`Error::raw`].
#[non_exhaustive]
pub enum Error<E> {
    /// The request could not be built. Nothing was sent.
    #[non_exhaustive]
    Request {
        /// The operation.
        operation: &'static Operation,
        /// Why it could not be built.
        error: RequestError,
        /// The earlier attempts, which were sent with another token.
        attempts: Attempts,
    },
    /// A credential that the operation requires is not configured. Nothing was sent.
    #[non_exhaustive]
    MissingCredential {
        /// The operation. Its `security` names the schemes.
        operation: &'static Operation,
    },
    /// The token source returned an error.
    #[non_exhaustive]
    Token {
        /// The operation.
        operation: &'static Operation,
        /// The error of the source.
        error: TokenError,
        /// The earlier attempts, which were sent with another token.
        attempts: Attempts,
    },
    /// No response arrived.
    #[non_exhaustive]
    Transport {
        /// The operation.
        operation: &'static Operation,
        /// The failure below HTTP.
        error: TransportError,
        /// The attempts of the call.
        attempts: Attempts,
    },
    /// The server responded with a declared error.
    #[non_exhaustive]
    Api {
        /// The operation.
        operation: &'static Operation,
        /// The response, unchanged.
        response: Box<RawResponse>,
        /// The declared error.
        error: E,
        /// The attempts of the call.
        attempts: Attempts,
    },
    /// The body does not have the declared type, or could not be read to its end.
    #[non_exhaustive]
    Body {
        /// The operation.
        operation: &'static Operation,
        /// The response, with the body as far as it was read.
        response: Box<RawResponse>,
        /// Why the body could not be decoded.
        failure: BodyFailure,
        /// The attempts of the call.
        attempts: Attempts,
    },
    /// The API document does not declare the status.
    #[non_exhaustive]
    Undeclared {
        /// The operation.
        operation: &'static Operation,
        /// The response, unchanged.
        response: Box<RawResponse>,
        /// The attempts of the call.
        attempts: Attempts,
    },
}

impl<E> Error<E> {
    /// Returns the operation that was called.
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

    /// Returns the attempts of the call.
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

    /// Returns whether the call may have taken effect on the server although it failed. All attempts
    /// count, not only the last one.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        let recorded = self.attempts().outcome;
        recorded.unwrap_or(Outcome::NotApplied(NotApplied::NeverSent))
    }

    /// Returns the response, if one arrived.
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

    /// Returns the status code, if a response arrived.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.response().map(RawResponse::status)
    }

    /// Returns the headers, unchanged, if a response arrived.
    #[must_use]
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.response().map(RawResponse::headers)
    }

    /// Returns the bytes of the body, unchanged and as far as they were read, if a response arrived.
    /// They are text from the server and may contain secrets.
    #[must_use]
    pub fn raw(&self) -> Option<&[u8]> {
        self.response().map(RawResponse::body)
    }

    /// Returns the declared error, if the server responded with one.
    #[must_use]
    pub fn api(&self) -> Option<&E> {
        match self {
            Self::Api { error, .. } => Some(error),
            _ => None,
        }
    }

    /// Converts into the declared error, if the server responded with one.
    #[must_use]
    pub fn into_api(self) -> Option<E> {
        match self {
            Self::Api { error, .. } => Some(error),
            _ => None,
        }
    }

    /// Returns the request ID, if a response arrived: see [`RawResponse::request_id`].
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.response()?.request_id()
    }

    /// Returns the `Retry-After` time, if a response arrived: see [`RawResponse::retry_after`].
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.response()?.retry_after()
    }
}

impl<E: ErrorVariant> fmt::Debug for Error<E> {
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

impl<E: ErrorVariant> fmt::Display for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.operation().id)?;
        self.write_reason(f)?;
        if let count @ 2.. = self.attempts().count() {
            write!(f, ", after {count} attempts")?;
        }
        if self.operation().is_safe() {
            Ok(())
        } else {
            write!(f, "; {}", self.outcome())
        }
    }
}

impl<E: ErrorVariant> Error<E> {
    /// Returns the text of `Display` without the attempts and the outcome.
    fn reason(&self) -> String {
        struct Reason<'a, E>(&'a Error<E>);
        impl<E: ErrorVariant> fmt::Display for Reason<'_, E> {
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
                write!(f, "the server responded with {}", error.variant())?;
                write_response(f, response)
            }
            Self::Body {
                response, failure, ..
            } => {
                write!(f, "{failure}")?;
                write_response(f, response)
            }
            Self::Undeclared { response, .. } => {
                f.write_str("the server responded with an undeclared status")?;
                write_response(f, response)
            }
        }
    }
}

/// Writes the status as a number, because unknown statuses have no reason phrase.
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

impl<E: ErrorVariant> std::error::Error for Error<E> {}

/// A failure before the response is decoded.
pub(crate) enum CallError {
    Request(RequestError),
    MissingCredential,
    Token(TokenError),
    Transport(TransportError),
    Body(Box<RawResponse>, BodyFailure),
}

impl TokenError {
    /// Creates an error from the failure of the call that requests a token. Its text is printed,
    /// because it contains no secret and no text from the server.
    pub fn from_call<E: ErrorVariant>(error: &Error<E>) -> Self {
        Self::with_message(&error.reason())
    }
}

impl CallError {
    /// Returns what is known about the effect of the attempt.
    pub(crate) fn outcome(&self) -> Outcome {
        match self {
            Self::Request(_) | Self::MissingCredential | Self::Token(_) => {
                Outcome::NotApplied(NotApplied::NeverSent)
            }
            Self::Transport(error) if error.kind().is_before_sending() => {
                Outcome::NotApplied(NotApplied::NeverSent)
            }
            Self::Transport(_) => Outcome::Unknown(Unknown::NoAnswer),
            Self::Body(response, _) => Outcome::of_status(response.status()),
        }
    }

    /// Converts into the error of an operation.
    pub(crate) fn into_error<E>(
        self,
        operation: &'static Operation,
        attempts: Attempts,
    ) -> Error<E> {
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

    /// Returns the name of the failure for OpenTelemetry's attribute `error.type`.
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
