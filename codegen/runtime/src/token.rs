//! Bearer tokens that are obtained when they are needed.

use std::error::Error as StdError;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::clock::SharedClock;
use crate::{BoxFuture, Clock, Error, Secret, SystemClock, Variant};

/// Gives the bearer token for each request.
///
/// A function that gives a future is one:
///
/// ```
/// use openapi_client_runtime::{Credential, Secret, TokenError};
///
/// async fn from_the_vault() -> Result<Secret, TokenError> {
///     std::fs::read_to_string("/run/secrets/token").map(Secret::from).map_err(TokenError::new)
/// }
///
/// let credential = Credential::bearer_from(from_the_vault);
/// # let _ = credential;
/// ```
pub trait TokenSource: Send + Sync + 'static {
    /// A token that is believed to be valid.
    ///
    /// It is called for every attempt, so a source keeps what it has obtained.
    fn token(&self) -> BoxFuture<Result<Secret, TokenError>>;

    /// The server refused this token, or it was revoked: it is not to be given again.
    fn forget(&self, token: &Secret) {
        // A source that keeps nothing has nothing to forget.
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

/// Why no token could be obtained. Cheap to clone, since several callers may share one failure.
#[derive(Clone)]
pub struct TokenError {
    said: Option<Arc<str>>,
    error: Option<Arc<dyn StdError + Send + Sync>>,
}

impl TokenError {
    /// Takes over an error, whose text is not printed: nobody knows what it quotes.
    pub fn new(error: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self {
            said: None,
            error: Some(Arc::from(error.into())),
        }
    }

    /// Takes over the failure of a call, whose text is printed: it quotes nothing.
    pub fn of_call<E: Variant>(error: &Error<E>) -> Self {
        Self {
            said: Some(error.reason().into()),
            error: None,
        }
    }

    pub(crate) fn timeout() -> Self {
        Self {
            said: Some("the timeout passed".into()),
            error: None,
        }
    }

    /// The error that was taken over. Its text may hold anything.
    #[must_use]
    pub fn expose_error(&self) -> Option<&(dyn StdError + Send + Sync + 'static)> {
        self.error.as_deref()
    }
}

impl fmt::Display for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.said {
            Some(said) => write!(f, "no token could be obtained: {said}"),
            None => f.write_str("no token could be obtained"),
        }
    }
}

impl fmt::Debug for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenError")
            .field("said", &self.said)
            .finish_non_exhaustive()
    }
}

/// Without a source: what was taken over can quote anything.
impl StdError for TokenError {}

/// A token as a server issues it.
#[derive(Clone, Debug)]
pub struct IssuedToken {
    /// The token.
    pub token: Secret,
    /// For how long it is valid from now on; `None` where the server does not say.
    pub expires_in: Option<Duration>,
}

impl IssuedToken {
    /// A token with its lifetime in seconds, as `expires_in` of RFC 6749 section 5.1 has it. One
    /// that is not positive has passed.
    pub fn new(token: impl Into<Secret>, expires_in: Option<impl Into<i64>>) -> Self {
        let seconds = |lifetime: i64| Duration::from_secs(u64::try_from(lifetime).unwrap_or(0));
        Self {
            token: token.into(),
            expires_in: expires_in.map(|lifetime| seconds(lifetime.into())),
        }
    }
}

/// Obtains a token when it is first needed and keeps it: the source for an API that issues tokens
/// for a time.
///
/// - Callers that need a token at the same time share one request for it, also when it fails.
/// - A token is replaced ahead of its expiry, by up to a fifth of its lifetime and up to five
///   minutes, at a moment that differs between clients. While one caller does so, the others go
///   on with the old one; so does everyone if it fails.
/// - A token that the server refuses, or that was revoked, is forgotten.
/// - A caller that goes away in the middle leaves nothing locked.
///
/// Clones share the token.
#[derive(Clone)]
pub struct CachedToken(Arc<Cache>);

type Issue = dyn Fn() -> BoxFuture<Result<IssuedToken, TokenError>> + Send + Sync;

struct Cache {
    issue: Box<Issue>,
    clock: SharedClock,
    /// Held by the one caller that asks for a new token.
    asking: tokio::sync::Mutex<()>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    held: Option<Held>,
    /// How many requests for a token have ended.
    asked: u64,
    /// What the last one failed with.
    failed: Option<TokenError>,
}

struct Held {
    token: Secret,
    /// Moments of the clock.
    renew_at: Option<Duration>,
    expires_at: Option<Duration>,
}

/// What there is at a moment.
enum Now {
    Good(Secret),
    /// Valid, but close to its end.
    Aging(Secret),
    Nothing,
}

impl CachedToken {
    /// A source that obtains tokens by this function.
    pub fn new<F, T>(issue: F) -> Self
    where
        F: Fn() -> T + Send + Sync + 'static,
        T: Future<Output = Result<IssuedToken, TokenError>> + Send + 'static,
    {
        Self::with_clock(SystemClock, issue)
    }

    /// As [`CachedToken::new`], with a time of its own, for tests.
    pub fn with_clock<F, T>(clock: impl Clock, issue: F) -> Self
    where
        F: Fn() -> T + Send + Sync + 'static,
        T: Future<Output = Result<IssuedToken, TokenError>> + Send + 'static,
    {
        Self::with_shared_clock(Arc::new(clock), issue)
    }

    pub(crate) fn with_shared_clock<F, T>(clock: SharedClock, issue: F) -> Self
    where
        F: Fn() -> T + Send + Sync + 'static,
        T: Future<Output = Result<IssuedToken, TokenError>> + Send + 'static,
    {
        Self(Arc::new(Cache {
            issue: Box::new(move || Box::pin(issue())),
            clock,
            asking: tokio::sync::Mutex::new(()),
            state: Mutex::default(),
        }))
    }
}

impl TokenSource for CachedToken {
    fn token(&self) -> BoxFuture<Result<Secret, TokenError>> {
        let cache = Arc::clone(&self.0);
        Box::pin(async move { cache.token().await })
    }

    fn forget(&self, token: &Secret) {
        self.0.state().held.take_if(|held| held.token == *token);
    }
}

impl Cache {
    /// No code that can panic runs while it is locked, so a poisoned lock is as good.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn look(&self, state: &State) -> Now {
        let Some(held) = &state.held else {
            return Now::Nothing;
        };
        let now = self.clock.now();
        let passed = |moment: Option<Duration>| moment.is_some_and(|moment| now >= moment);
        match (passed(held.expires_at), passed(held.renew_at)) {
            (true, _) => Now::Nothing,
            (false, true) => Now::Aging(held.token.clone()),
            (false, false) => Now::Good(held.token.clone()),
        }
    }

    async fn token(&self) -> Result<Secret, TokenError> {
        let (now, asked) = {
            let state = self.state();
            (self.look(&state), state.asked)
        };
        match now {
            Now::Good(token) => Ok(token),
            Now::Aging(token) => match self.asking.try_lock() {
                Ok(_asking) => Ok(self.ask().await.unwrap_or(token)),
                Err(_) => Ok(token),
            },
            Now::Nothing => {
                let _asking = self.asking.lock().await;
                let (now, failed) = {
                    let state = self.state();
                    let failed = state.failed.clone().filter(|_| state.asked != asked);
                    (self.look(&state), failed)
                };
                match (now, failed) {
                    (Now::Good(token) | Now::Aging(token), _) => Ok(token),
                    (Now::Nothing, Some(failed)) => Err(failed),
                    (Now::Nothing, None) => self.ask().await,
                }
            }
        }
    }

    async fn ask(&self) -> Result<Secret, TokenError> {
        let asked_at = self.clock.now();
        let issued = (self.issue)().await;
        let mut state = self.state();
        state.asked += 1;
        match issued {
            Ok(issued) => {
                let token = issued.token.clone();
                state.held = Some(self.hold(issued, asked_at));
                state.failed = None;
                Ok(token)
            }
            Err(error) => {
                state.failed = Some(error.clone());
                Err(error)
            }
        }
    }

    /// Its lifetime is counted from before it was asked for: it is never used too long.
    fn hold(&self, issued: IssuedToken, asked_at: Duration) -> Held {
        const FURTHEST: Duration = Duration::from_secs(300);
        let ahead = |lifetime: Duration| {
            let most = (lifetime / 5).min(FURTHEST);
            most.mul_f64(0.5 + self.clock.jitter().clamp(0.0, 1.0) / 2.0)
        };
        let expires_at = issued
            .expires_in
            .and_then(|lifetime| asked_at.checked_add(lifetime));
        let renew_at = issued
            .expires_in
            .and_then(|lifetime| asked_at.checked_add(lifetime.saturating_sub(ahead(lifetime))));
        Held {
            token: issued.token,
            renew_at,
            expires_at,
        }
    }
}

/// Prints nothing of the token.
impl fmt::Debug for CachedToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CachedToken([redacted])")
    }
}
