//! Which connection a request goes over: one that was used before, or a new one.

use reqwest::header::{CONNECTION, HeaderValue};
use reqwest::{Client, Request, Response};

use crate::Operation;

/// Which operations may go over a connection that an earlier call has left open.
///
/// A new connection costs a TCP and a TLS handshake: two round trips more. It gives two things that
/// a kept one cannot give:
///
/// - Its first answer is the answer to its first request. On a kept connection a server, or
///   something in between, can send an answer that nobody asked for; what is already on its way
///   when the next request is sent is taken for the answer to it. No look at the connection
///   beforehand can tell, and HTTP/1.1 has no other sign by which an answer belongs to a request
///   (RFC 9112 section 9.3.2).
/// - The server does not close it just when the request is on its way, after which nobody knows
///   whether the request was processed (RFC 9112 section 9.5).
///
/// Both matter where something is done: an answer that belongs to another request would confirm
/// what has not happened, such as the revocation of a token.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum ConnectionReuse {
    /// Those that only read: GET, HEAD, OPTIONS and TRACE (RFC 9110 section 9.2.1). Every other
    /// request has a connection of its own, which it asks the server to close.
    #[default]
    Reads,
    /// Every operation. For servers that are trusted to answer once, where many requests that are
    /// not safe are sent and the handshakes cost too much.
    Always,
    /// None.
    Never,
}

/// The HTTP clients of a transport.
pub(crate) struct Connections {
    reuse: ConnectionReuse,
    kept: Client,
    new: Client,
}

impl Connections {
    /// `kept` keeps its connections, `new` does not.
    pub(crate) fn new(reuse: ConnectionReuse, kept: Client, new: Client) -> Self {
        Self { reuse, kept, new }
    }

    /// The client that requests are built with.
    pub(crate) fn http(&self) -> &Client {
        match self.reuse {
            ConnectionReuse::Never => &self.new,
            ConnectionReuse::Reads | ConnectionReuse::Always => &self.kept,
        }
    }

    pub(crate) fn reuse(&self) -> ConnectionReuse {
        self.reuse
    }

    /// Sends a request. What it gives is not put in another future: a request is large, and would
    /// be moved once more.
    pub(crate) fn execute(
        &self,
        operation: &Operation,
        mut request: Request,
    ) -> impl Future<Output = reqwest::Result<Response>> {
        let client = if self.may_reuse(operation) {
            &self.kept
        } else {
            let headers = request.headers_mut();
            headers.insert(CONNECTION, HeaderValue::from_static("close"));
            &self.new
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
