//! The error of building a request, before anything is sent.

use std::fmt;

/// Why a request could not be built. It names the argument and never contains its value.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RequestError {
    /// The value of a path parameter cannot be part of a path.
    Path {
        /// The name of the parameter.
        name: String,
        /// Why the value is invalid.
        fault: PathFault,
    },
    /// The name or value of a header is invalid (RFC 9110 section 5.5), or the header is set by the
    /// transport itself.
    Header {
        /// The name of the header.
        name: String,
    },
    /// A value cannot be encoded in the style of its parameter: it is nested, or it cannot be
    /// serialised.
    Value {
        /// The name of the parameter.
        name: String,
    },
    /// The credential for a security scheme is not a valid header value.
    Credential {
        /// The name of the scheme in the API document.
        scheme: String,
    },
    /// A reader was already sent. It can be sent only once.
    Consumed,
    /// The operation uses another server than the base URL, and no URL is set for that server: see
    /// [`TransportBuilder::server`](crate::TransportBuilder::server).
    Server {
        /// The URL of the server in the API document.
        documented: String,
    },
    /// The request URL has another origin than the base URL, so no credentials are added to it.
    Origin,
    /// The URL or the body could not be built.
    Build,
}

/// Why the value of a path parameter is invalid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PathFault {
    /// It is `null`, or an empty list or object.
    Absent,
    /// It is empty: the path would name another resource.
    Empty,
    /// It is `.` or `..`: the path would name another resource (RFC 3986 section 5.2.4).
    DotSegment,
}

impl fmt::Display for RequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Path { name, fault } => {
                let fault = match fault {
                    PathFault::Absent => "absent",
                    PathFault::Empty => "empty",
                    PathFault::DotSegment => "a dot segment",
                };
                write!(f, "path parameter {name:?} is {fault}")
            }
            Self::Header { name } => write!(f, "header {name:?} is not valid in a request"),
            Self::Value { name } => write!(f, "parameter {name:?} cannot be encoded in its style"),
            Self::Credential { scheme } => {
                write!(
                    f,
                    "the credential for {scheme:?} is not a valid header value"
                )
            }
            Self::Consumed => f.write_str("a reader was already sent and can be sent only once"),
            Self::Server { documented } => {
                write!(
                    f,
                    "no URL is set for the server {documented:?} of the operation"
                )
            }
            Self::Origin => f.write_str("the request URL has another origin than the base URL"),
            Self::Build => f.write_str("the URL or the body could not be built"),
        }
    }
}

impl std::error::Error for RequestError {}

/// Drops the original error: its text may contain the URL or a value of the body.
impl From<reqwest::Error> for RequestError {
    fn from(_: reqwest::Error) -> Self {
        Self::Build
    }
}
