//! Chooses whether a request reuses a connection or opens a new one.

use reqwest::header::{CONNECTION, HeaderValue};
use reqwest::{Client, Request, Response};

use crate::Operation;

/// Which operations may reuse an open connection.
///
/// A new connection costs two more round trips, for the TCP and the TLS handshake. It has two
/// advantages over a reused one:
///
/// - Its first response belongs to its first request. On a reused connection, a server or proxy can
///   send a response without a request. If that response is already in transit when the next request
///   is sent, it is taken as the response to that request. The client cannot detect this, because
///   HTTP/1.1 matches responses to requests by their order only (RFC 9112 section 9.3.2).
/// - The server does not close it while the request is in transit, which would leave it unknown
///   whether the request was processed (RFC 9112 section 9.5).
///
/// Both matter for operations that change something: the response to another request would confirm
/// a change that did not happen, for example the revocation of a token.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum ConnectionReuse {
    /// Operations that only read: GET, HEAD, OPTIONS and TRACE (RFC 9110 section 9.2.1). Every other
    /// request opens its own connection and asks the server to close it.
    #[default]
    Reads,
    /// All operations. Use this if the server is trusted to send one response per request, and the
    /// handshakes of many requests that change something cost too much.
    Always,
    /// No operation.
    Never,
}

/// The HTTP clients of a transport: one that keeps connections open and one that does not.
pub(crate) struct Connections {
    reuse: ConnectionReuse,
    reusing: Client,
    fresh: Client,
}

impl Connections {
    /// Creates the pair: `reusing` keeps its connections open, `fresh` does not.
    pub(crate) fn new(reuse: ConnectionReuse, reusing: Client, fresh: Client) -> Self {
        Self {
            reuse,
            reusing,
            fresh,
        }
    }

    /// Returns the client that requests are built with.
    pub(crate) fn http(&self) -> &Client {
        match self.reuse {
            ConnectionReuse::Never => &self.fresh,
            ConnectionReuse::Reads | ConnectionReuse::Always => &self.reusing,
        }
    }

    pub(crate) fn reuse(&self) -> ConnectionReuse {
        self.reuse
    }

    /// Sends a request. It returns the future of the HTTP client itself: wrapped in another future, the
    /// request, which is large, would be moved once more.
    pub(crate) fn execute(
        &self,
        operation: &Operation,
        mut request: Request,
    ) -> impl Future<Output = reqwest::Result<Response>> {
        let client = if self.may_reuse(operation) {
            &self.reusing
        } else {
            let headers = request.headers_mut();
            headers.insert(CONNECTION, HeaderValue::from_static("close"));
            &self.fresh
        };
        client.execute(request)
    }

    fn may_reuse(&self, operation: &Operation) -> bool {
        match self.reuse {
            ConnectionReuse::Always => true,
            ConnectionReuse::Reads => operation.is_safe(),
            ConnectionReuse::Never => false,
        }
    }
}
