//! Failures below HTTP: no response arrived, or an incomplete one.

use std::error::Error as _;
use std::fmt;
use std::io;

/// A failure below HTTP. `Debug` and `Display` print only its kind.
pub struct TransportError {
    kind: TransportErrorKind,
    error: Option<reqwest::Error>,
}

impl TransportError {
    /// Returns the kind of the failure.
    #[must_use]
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }

    /// Returns the error of the HTTP client, without the URL; `None` if the timeout of the call expired.
    /// Its text may contain data from the server, for example the names in a certificate: do not log
    /// it if the server is not trusted.
    #[must_use]
    pub fn expose_error(&self) -> Option<&reqwest::Error> {
        self.error.as_ref()
    }

    pub(crate) fn timeout() -> Self {
        Self {
            kind: TransportErrorKind::Timeout,
            error: None,
        }
    }
}

impl From<reqwest::Error> for TransportError {
    fn from(error: reqwest::Error) -> Self {
        Self {
            kind: TransportErrorKind::of(&error),
            error: Some(error.without_url()),
        }
    }
}

impl fmt::Debug for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TransportError")
            .field("kind", &self.kind)
            .finish_non_exhaustive()
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kind.fmt(f)
    }
}

/// It has no source, because the error of the HTTP client may contain data from the server.
impl std::error::Error for TransportError {}

/// The kind of a failure below HTTP.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// The host name could not be resolved. The request was not sent.
    Resolve,
    /// The connection failed or timed out. The request was not sent.
    Connect,
    /// The TLS handshake failed, for example because of the certificate. The request was not sent. With
    /// the feature `native-tls` this is reported as [`TransportErrorKind::Connect`].
    Tls,
    /// The timeout expired. The request may have been processed.
    Timeout,
    /// The connection was closed, or the response was not HTTP. The request may have been processed.
    ConnectionLost,
}

impl TransportErrorKind {
    /// Whether the failure happened before the request was sent.
    #[must_use]
    pub fn is_before_sending(self) -> bool {
        matches!(self, Self::Resolve | Self::Connect | Self::Tls)
    }

    pub(crate) fn of(error: &reqwest::Error) -> Self {
        if error.is_dns() {
            Self::Resolve
        } else if error.is_connect() {
            if is_handshake(error) {
                Self::Tls
            } else {
                Self::Connect
            }
        } else if error.is_timeout() {
            Self::Timeout
        } else {
            Self::ConnectionLost
        }
    }
}

/// Whether a TLS handshake failed. rustls reports that as an IO error of one of two kinds, which do not
/// occur when a socket connects. It may be wrapped in another IO error.
fn is_handshake(error: &reqwest::Error) -> bool {
    let mut source = error.source();
    while let Some(error) = source {
        let io = error.downcast_ref::<io::Error>();
        if io.is_some_and(|io| {
            matches!(
                io.kind(),
                io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof
            )
        }) {
            return true;
        }
        // `get_ref` returns the wrapped error; `source` would skip it.
        source = match io.and_then(io::Error::get_ref) {
            Some(inner) => Some(inner),
            None => error.source(),
        };
    }
    false
}

impl fmt::Display for TransportErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Resolve => "the host name could not be resolved",
            Self::Connect => "the connection could not be opened",
            Self::Tls => "the TLS handshake failed",
            Self::Timeout => "the timeout expired",
            Self::ConnectionLost => "the connection was lost",
        })
    }
}
