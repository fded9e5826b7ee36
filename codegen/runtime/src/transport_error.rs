//! Why no complete response arrived, as far as HTTP and the operating system tell.

use std::error::Error as _;
use std::fmt;
use std::io;

/// A failure below HTTP. Its text is its kind alone.
pub struct TransportError {
    kind: TransportErrorKind,
    error: Option<reqwest::Error>,
}

impl TransportError {
    /// What failed.
    #[must_use]
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }

    /// The HTTP client's own error, without its URL; none where the call's own time ended. Its
    /// text may quote the peer, for example the names in a certificate: do not log it where the
    /// peer is not trusted.
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

/// Without a source: the HTTP client's error can quote the peer.
impl std::error::Error for TransportError {}

/// What failed below HTTP.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// The host's name could not be resolved. The request was not sent.
    Resolve,
    /// No connection, or none in time. The request was not sent.
    Connect,
    /// The TLS handshake failed, for example over the certificate. The request was not sent.
    /// With `native-tls` this is reported as [`TransportErrorKind::Connect`].
    Tls,
    /// The call's timeout passed. The request may have been processed.
    Timeout,
    /// The connection ended or spoke no HTTP. The request may have been processed.
    ConnectionLost,
}

impl TransportErrorKind {
    /// Whether the request surely did not leave: a failure before there was a connection.
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

/// rustls reports a failed handshake as an IO error of one of two kinds, which sockets do not
/// have while connecting. It may be wrapped in another IO error.
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
        // An IO error gives what it wraps by `get_ref`; its `source` is one step further.
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
            Self::Connect => "no connection could be made",
            Self::Tls => "the TLS handshake failed",
            Self::Timeout => "the timeout passed",
            Self::ConnectionLost => "the connection was lost",
        })
    }
}
