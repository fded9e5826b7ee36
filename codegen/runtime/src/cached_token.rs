//! A token source that caches the token and renews it before it expires.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Poll;
use std::time::Duration;

use crate::clock::{SharedClock, scale};
use crate::time_limit::TimeLimit;
use crate::{BoxFuture, Clock, IssuedToken, Secret, SystemClock, TokenError, TokenSource};

/// A token source for APIs that issue tokens with a lifetime. It requests a token when one is first
/// needed, and caches it.
///
/// - Concurrent callers share one token request and its result, also if it fails. If the caller that
///   started the request is dropped, the next caller continues the request.
/// - A token is renewed before it expires: up to a fifth of its lifetime and up to five minutes ahead,
///   with a random offset per client. One caller renews it; the others use the old token meanwhile.
///   If the renewal fails or takes longer than two seconds, all callers keep the old token, and the
///   renewal is tried again later.
/// - A token that the server rejected, or that was revoked, is removed from the cache. It is returned
///   again only if the server issues it again.
/// - If a token request fails or panics, only the callers that wait for it fail. The next caller
///   starts a new request.
///
/// Clones share the cache.
#[derive(Clone)]
pub struct CachedToken(Arc<Cache>);

type Issued = BoxFuture<Result<IssuedToken, TokenError>>;

struct Cache {
    issue: Box<dyn Fn() -> Issued + Send + Sync>,
    clock: SharedClock,
    /// The token request in flight. The caller that waits for it holds the lock.
    request: tokio::sync::Mutex<Option<TokenRequest>>,
    state: Mutex<State>,
}

/// A token request in flight.
struct TokenRequest {
    issued: Issued,
    /// When the request started. The lifetime of the token is counted from here, so that it is never
    /// used too long.
    started_at: Duration,
}

impl TokenRequest {
    /// The age from which a request whose caller was dropped is not continued: it may never end.
    const ABANDONED_AFTER: Duration = Duration::from_secs(30);
}

#[derive(Default)]
struct State {
    cached: Option<CachedEntry>,
    /// The number of token requests that have ended.
    completed: u64,
    /// The result of the last one, for the callers that waited for it.
    last: Option<Result<Secret, TokenError>>,
    /// Whether a token request is in flight.
    is_requesting: bool,
    /// The tokens that were forgotten since that request started.
    forgotten: Vec<Secret>,
}

struct CachedEntry {
    token: Secret,
    /// When to renew the token, by the clock.
    renew_at: Option<Duration>,
    /// When the token expires, by the clock.
    expires_at: Option<Duration>,
}

/// The result of looking into the cache.
enum Lookup {
    /// Valid.
    Fresh(Secret),
    /// Valid, but due for renewal.
    Expiring(Secret),
    /// Absent or expired.
    Missing,
}

impl State {
    fn lookup(&self, now: Duration) -> Lookup {
        let Some(cached) = &self.cached else {
            return Lookup::Missing;
        };
        let passed = |moment: Option<Duration>| moment.is_some_and(|moment| now >= moment);
        match (passed(cached.expires_at), passed(cached.renew_at)) {
            (true, _) => Lookup::Missing,
            (false, true) => Lookup::Expiring(cached.token.clone()),
            (false, false) => Lookup::Fresh(cached.token.clone()),
        }
    }

    /// Delays the next renewal after a failed one: by a quarter of the remaining lifetime.
    fn postpone_renewal(&mut self, now: Duration) {
        if let Some(cached) = &mut self.cached
            && let Some(expires_at) = cached.expires_at
        {
            cached.renew_at = Some(now + expires_at.saturating_sub(now) / 4);
        }
    }
}

impl CachedToken {
    /// Creates a source that requests tokens with this function.
    pub fn new<F, T>(issue: F) -> Self
    where
        F: Fn() -> T + Send + Sync + 'static,
        T: Future<Output = Result<IssuedToken, TokenError>> + Send + 'static,
    {
        Self::with_clock(SystemClock, issue)
    }

    /// Same as [`CachedToken::new`], but with another clock, for tests.
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
            request: tokio::sync::Mutex::new(None),
            state: Mutex::default(),
        }))
    }
}

impl TokenSource for CachedToken {
    fn token(&self) -> BoxFuture<Result<Secret, TokenError>> {
        let cache = Arc::clone(&self.0);
        Box::pin(async move { cache.token().await })
    }

    fn peek(&self) -> Option<Secret> {
        match self.0.lookup() {
            (Lookup::Fresh(token) | Lookup::Expiring(token), _) => Some(token),
            (Lookup::Missing, _) => None,
        }
    }

    fn forget(&self, token: &Secret) {
        let mut state = self.0.state();
        if state.is_requesting && !state.forgotten.contains(token) {
            state.forgotten.push(token.clone());
        }
        state.cached.take_if(|cached| cached.token == *token);
        state
            .last
            .take_if(|last| last.as_ref().is_ok_and(|last| last == token));
    }
}

impl Cache {
    /// Locks the state. Code that holds the lock must neither panic nor call back into the cache.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn lookup(&self) -> (Lookup, u64) {
        let now = self.clock.now();
        let state = self.state();
        (state.lookup(now), state.completed)
    }

    async fn token(&self) -> Result<Secret, TokenError> {
        let (cached, completed_before) = self.lookup();
        match cached {
            Lookup::Fresh(token) => Ok(token),
            Lookup::Expiring(token) => match self.request.try_lock() {
                Ok(request) => self.renew(request).await,
                Err(_) => Ok(token),
            },
            Lookup::Missing => {
                let request = self.request.lock().await;
                let (cached, completed) = self.lookup();
                match cached {
                    Lookup::Fresh(token) | Lookup::Expiring(token) => Ok(token),
                    Lookup::Missing if completed != completed_before => {
                        self.last_result(request).await
                    }
                    Lookup::Missing => self.fetch(request).await,
                }
            }
        }
    }

    /// Returns the result of the request that ended meanwhile, unless its token was already revoked.
    async fn last_result(&self, request: RequestSlot<'_>) -> Result<Secret, TokenError> {
        let last = self.state().last.clone();
        match last {
            Some(last) => last,
            None => self.fetch(request).await,
        }
    }

    /// Renews a token that is still valid. If that fails or takes too long, the old token is returned.
    async fn renew(&self, request: RequestSlot<'_>) -> Result<Secret, TokenError> {
        const RENEWAL_TIMEOUT: Duration = Duration::from_secs(2);
        // Another caller may have renewed or revoked it meanwhile.
        if let (Lookup::Fresh(token), _) = self.lookup() {
            return Ok(token);
        }
        let mut limit = TimeLimit::start(&*self.clock, RENEWAL_TIMEOUT);
        let renewed = limit.race(self.fetch(request)).await;
        if let Some(Ok(token)) = renewed {
            return Ok(token);
        }
        let now = self.clock.now();
        let cached = {
            let mut state = self.state();
            state.postpone_renewal(now);
            state.lookup(now)
        };
        match (cached, renewed) {
            (Lookup::Fresh(token) | Lookup::Expiring(token), _) => Ok(token),
            (Lookup::Missing, Some(failed)) => failed,
            (Lookup::Missing, None) => self.fetch(self.request.lock().await).await,
        }
    }

    /// Waits for the request in flight, or starts one. A request that a dropped caller left behind is
    /// continued.
    async fn fetch(&self, mut slot: RequestSlot<'_>) -> Result<Secret, TokenError> {
        let now = self.clock.now();
        slot.take_if(|request| {
            now.saturating_sub(request.started_at) >= TokenRequest::ABANDONED_AFTER
        });
        let inherited = slot.is_some();
        let (mut issued, mut started_at) = self.poll_request(&mut slot).await;
        let must_retry = match &issued {
            // Nobody polled the inherited request for a while, so it may have timed out.
            Err(_) => inherited,
            Ok(issued) => self.state().forgotten.contains(&issued.token),
        };
        if must_retry {
            (issued, started_at) = self.poll_request(&mut slot).await;
        }
        let issued =
            issued.map(|issued| (issued.token.clone(), self.cache_entry(issued, started_at)));
        let mut state = self.state();
        state.completed += 1;
        let result = issued.map(|(token, cached)| {
            state.cached = Some(cached);
            token
        });
        state.last = Some(result.clone());
        result
    }

    /// Waits for the request in flight, or a new one. Returns its result and when it started. The
    /// request is taken out of its slot while it is polled, so that one that panics is gone and the
    /// next caller starts a new one.
    async fn poll_request(
        &self,
        slot: &mut RequestSlot<'_>,
    ) -> (Result<IssuedToken, TokenError>, Duration) {
        std::future::poll_fn(|context| {
            let mut request = slot.take().unwrap_or_else(|| self.start_request());
            let polled = request.issued.as_mut().poll(context);
            match polled {
                Poll::Ready(issued) => {
                    self.state().is_requesting = false;
                    Poll::Ready((issued, request.started_at))
                }
                Poll::Pending => {
                    **slot = Some(request);
                    Poll::Pending
                }
            }
        })
        .await
    }

    fn start_request(&self) -> TokenRequest {
        {
            let mut state = self.state();
            state.is_requesting = true;
            state.forgotten.clear();
        }
        TokenRequest {
            started_at: self.clock.now(),
            issued: (self.issue)(),
        }
    }

    fn cache_entry(&self, issued: IssuedToken, started_at: Duration) -> CachedEntry {
        const MAX_RENEWAL_LEAD: Duration = Duration::from_secs(300);
        let jitter = self.clock.jitter();
        let lead = |lifetime: Duration| {
            let longest = (lifetime / 5).min(MAX_RENEWAL_LEAD);
            longest / 2 + scale(longest / 2, jitter)
        };
        let after = |lifetime: Duration| started_at.checked_add(lifetime);
        let expires_at = issued.expires_in.and_then(after);
        let renewal = |lifetime: Duration| after(lifetime.saturating_sub(lead(lifetime)));
        CachedEntry {
            token: issued.token,
            renew_at: issued.expires_in.and_then(renewal),
            expires_at,
        }
    }
}

/// The locked slot of the token request in flight.
type RequestSlot<'a> = tokio::sync::MutexGuard<'a, Option<TokenRequest>>;

/// Prints no token.
impl fmt::Debug for CachedToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CachedToken([redacted])")
    }
}
