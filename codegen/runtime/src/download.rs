//! A response body that is read as a stream.

use std::fmt;

use bytes::Bytes;

use crate::time_limit::TimeLimit;
use crate::{BodyFailure, Transport, TransportErrorKind};

/// A response body that is read as a stream: in chunks, or as a whole up to a limit.
///
/// The timeout of the call ends with the headers. Each chunk has the attempt timeout of the transport
/// ([`TransportBuilder::attempt_timeout`](crate::TransportBuilder::attempt_timeout)). Dropping the
/// body closes the connection.
pub struct Download {
    response: Option<reqwest::Response>,
    transport: Transport,
}

impl Download {
    pub(crate) fn new(response: Option<reqwest::Response>, transport: Transport) -> Self {
        Self {
            response,
            transport,
        }
    }

    /// Returns the number of bytes that are not received yet, if the server sent `Content-Length`.
    #[must_use]
    pub fn length(&self) -> Option<u64> {
        self.response.as_ref()?.content_length()
    }

    /// Reads the next chunk. Returns `None` at the end.
    ///
    /// # Errors
    ///
    /// [`BodyFailure::Truncated`] if the body ends early or the chunk takes too long.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, BodyFailure> {
        let Some(response) = &mut self.response else {
            return Ok(None);
        };
        let timeout = self.transport.shared().attempt_timeout;
        let mut limit = TimeLimit::start(self.transport.clock(), timeout);
        let chunk = match limit.race(response.chunk()).await {
            Some(Ok(chunk)) => Ok(chunk),
            Some(Err(error)) => Err(TransportErrorKind::of(&error)),
            None => Err(TransportErrorKind::Timeout),
        };
        if !matches!(chunk, Ok(Some(_))) {
            self.response = None;
        }
        chunk.map_err(BodyFailure::Truncated)
    }

    /// Reads the rest of the body, up to `limit` bytes.
    ///
    /// # Errors
    ///
    /// Same as [`Download::chunk`], and [`BodyFailure::TooLarge`] if there is more.
    pub async fn bytes(mut self, limit: usize) -> Result<Vec<u8>, BodyFailure> {
        let mut body = Vec::new();
        while let Some(chunk) = self.chunk().await? {
            if chunk.len() > limit.saturating_sub(body.len()) {
                return Err(BodyFailure::TooLarge { limit });
            }
            body.extend_from_slice(&chunk);
        }
        Ok(body)
    }
}

/// Prints the length, if it is known.
impl fmt::Debug for Download {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Download")
            .field("length", &self.length())
            .finish_non_exhaustive()
    }
}
