//! Why a request could not be built. Nothing has been sent then.

use std::fmt;

/// Why a request could not be built. It names what is wrong and never quotes a value.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RequestError {
    /// A path parameter has no text that can stand in a path.
    Path {
        /// The parameter's name.
        name: String,
        /// What is wrong with the value.
        fault: PathFault,
    },
    /// A header's name or value is not legal (RFC 9110 section 5.5), or the header is one that
    /// the transport sets itself.
    Header {
        /// The header's name.
        name: String,
    },
    /// A value does not fit its parameter's style: it is nested, or it cannot be serialised.
    Value {
        /// The parameter's name.
        name: String,
    },
    /// The credential for a security scheme is not legal in a request.
    Credential {
        /// The scheme's name in the API's document.
        scheme: String,
    },
    /// A reader was read before: it can be sent once.
    Consumed,
    /// The operation has a server of its own, and no URL is known for it: see
    /// [`TransportBuilder::server`](crate::TransportBuilder::server).
    Server {
        /// The server's URL in the API's document.
        documented: String,
    },
    /// The request's URL is not on the transport's origin, so it gets no credential.
    Origin,
    /// The URL or the body could not be put together.
    Build,
}

/// What is wrong with the value of a path parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PathFault {
    /// It is null, or an empty list or object.
    Absent,
    /// It is empty: another path would be called.
    Empty,
    /// It is `.` or `..`: another path would be called (RFC 3986 section 5.2.4).
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
            Self::Header { name } => write!(f, "header {name:?} is not legal in a request"),
            Self::Value { name } => write!(f, "parameter {name:?} does not fit its style"),
            Self::Credential { scheme } => {
                write!(f, "the credential for {scheme:?} is not legal in a request")
            }
            Self::Consumed => f.write_str("a reader was sent before, and can be sent once"),
            Self::Server { documented } => {
                write!(
                    f,
                    "no URL is set for the operation's own server {documented:?}"
                )
            }
            Self::Origin => f.write_str("the URL is not on the transport's origin"),
            Self::Build => f.write_str("the URL or the body could not be put together"),
        }
    }
}

impl std::error::Error for RequestError {}

/// The error is dropped: its text may quote the URL or a value of the body.
impl From<reqwest::Error> for RequestError {
    fn from(_: reqwest::Error) -> Self {
        Self::Build
    }
}
