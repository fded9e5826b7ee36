//! The interface of token sources: [`TokenSource`] and the token that a server issues.

use std::time::Duration;

use crate::{BoxFuture, Secret, TokenError};

/// Supplies the bearer token of each request.
///
/// Functions that return a future implement it:
///
/// ```
/// use openapi_client_runtime::{Credential, Secret, TokenError};
///
/// async fn from_the_environment() -> Result<Secret, TokenError> {
///     std::env::var("API_TOKEN").map(Secret::from).map_err(TokenError::new)
/// }
///
/// let credential = Credential::bearer_from(from_the_environment);
/// # let _ = credential;
/// ```
///
/// [`CachedToken`](crate::CachedToken) caches a token until it expires.
pub trait TokenSource: Send + Sync + 'static {
    /// Returns a token that should be valid.
    ///
    /// The transport calls this before every attempt, so the source has to cache its token. It must
    /// not block the thread: a blocking call cannot be cancelled when the timeout expires.
    fn token(&self) -> BoxFuture<Result<Secret, TokenError>>;

    /// Returns the cached token, if there is one, without requesting a new one. When a token is
    /// rejected and another call has already replaced it, the call continues with this token.
    fn peek(&self) -> Option<Secret> {
        None
    }

    /// Removes a token that the server rejected or that was revoked. The source must not return it
    /// again. Default: nothing happens, which is right for sources without a cache.
    fn forget(&self, token: &Secret) {
        let _ = token;
    }
}

impl<F, T> TokenSource for F
where
    F: Fn() -> T + Send + Sync + 'static,
    T: Future<Output = Result<Secret, TokenError>> + Send + 'static,
{
    fn token(&self) -> BoxFuture<Result<Secret, TokenError>> {
        Box::pin(self())
    }
}

/// A token that a server issued.
#[derive(Clone, Debug)]
pub struct IssuedToken {
    /// The token.
    pub token: Secret,
    /// The lifetime, counted from the request; `None` if the server does not state one.
    pub expires_in: Option<Duration>,
}

impl IssuedToken {
    /// Creates an issued token with its lifetime in seconds (`expires_in` of RFC 6749 section 5.1).
    /// Zero and negative lifetimes have expired; lifetimes beyond `i64::MAX` are cut to it.
    pub fn new(token: impl Into<Secret>, expires_in: Option<impl TryInto<i64>>) -> Self {
        let seconds = |lifetime: i64| Duration::from_secs(u64::try_from(lifetime).unwrap_or(0));
        Self {
            token: token.into(),
            expires_in: expires_in.map(|lifetime| seconds(lifetime.try_into().unwrap_or(i64::MAX))),
        }
    }
}
