//! A body that is read while it comes.

use std::fmt;

use bytes::Bytes;

use crate::call::Limit;
use crate::{BodyFailure, Transport, TransportErrorKind};

/// The body of a success, as it comes: in pieces, or whole up to a limit of the caller's choice.
///
/// Each piece has the time that an attempt has; the call's own timeout ended with the headers. A body
/// that is dropped ends its connection.
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

    /// How many bytes are still to come, where the server said so (`Content-Length`).
    #[must_use]
    pub fn length(&self) -> Option<u64> {
        self.response.as_ref()?.content_length()
    }

    /// The next piece; `None` at the end.
    ///
    /// # Errors
    ///
    /// [`BodyFailure::Truncated`] if it ends early, or the next piece takes too long.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, BodyFailure> {
        let Some(response) = &mut self.response else {
            return Ok(None);
        };
        let limit = self.transport.shared().attempt_timeout;
        let mut limit = Limit(self.transport.clock().limit(limit));
        let piece = match limit.race(response.chunk()).await {
            Some(Ok(piece)) => Ok(piece),
            Some(Err(error)) => Err(TransportErrorKind::of(&error)),
            None => Err(TransportErrorKind::Timeout),
        };
        if !matches!(piece, Ok(Some(_))) {
            self.response = None;
        }
        piece.map_err(BodyFailure::Truncated)
    }

    /// The whole body, if it is of at most so many bytes.
    ///
    /// # Errors
    ///
    /// As [`Download::chunk`], and [`BodyFailure::TooLarge`].
    pub async fn bytes(mut self, limit: usize) -> Result<Vec<u8>, BodyFailure> {
        let mut body = Vec::new();
        while let Some(piece) = self.chunk().await? {
            if piece.len() > limit.saturating_sub(body.len()) {
                return Err(BodyFailure::TooLarge { limit });
            }
            body.extend_from_slice(&piece);
        }
        Ok(body)
    }
}

/// Prints the length, where it is known.
impl fmt::Debug for Download {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Download")
            .field("length", &self.length())
            .finish_non_exhaustive()
    }
}
