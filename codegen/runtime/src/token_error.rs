//! The error of a token source.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;

/// Why no token could be obtained. It is cheap to clone, because several callers may share one
/// failure.
#[derive(Clone)]
pub struct TokenError {
    message: Option<Arc<str>>,
    error: Option<Arc<dyn StdError + Send + Sync>>,
}

impl TokenError {
    /// Creates an error from another one. `Debug` and `Display` do not print the text of that
    /// error, because it may contain secrets.
    pub fn new(error: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self {
            message: None,
            error: Some(Arc::from(error.into())),
        }
    }

    /// Creates an error with a message that is safe to print: it contains no secret and no text
    /// from a server.
    pub(crate) fn with_message(message: &str) -> Self {
        Self {
            message: Some(message.into()),
            error: None,
        }
    }

    pub(crate) fn timeout() -> Self {
        Self::with_message("the timeout expired")
    }

    /// Returns the error that was passed to [`TokenError::new`]. Its text may contain secrets.
    #[must_use]
    pub fn expose_error(&self) -> Option<&(dyn StdError + Send + Sync + 'static)> {
        self.error.as_deref()
    }
}

impl fmt::Display for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.message {
            Some(message) => write!(f, "no token could be obtained: {message}"),
            None => f.write_str("no token could be obtained"),
        }
    }
}

impl fmt::Debug for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenError")
            .field("message", &self.message)
            .finish_non_exhaustive()
    }
}

/// It has no [`source`](StdError::source), because the text of the original error may contain
/// secrets.
impl StdError for TokenError {}
