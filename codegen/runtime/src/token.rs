//! Bearer tokens that are obtained when they are needed.

use std::error::Error as StdError;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Poll;
use std::time::Duration;

use crate::call::Limit;
use crate::clock::SharedClock;
use crate::retry::part;
use crate::{BoxFuture, Clock, Error, Secret, SystemClock, Variant};

/// Gives the bearer token for each request.
///
/// A function that gives a future is one:
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
pub trait TokenSource: Send + Sync + 'static {
    /// A token that is believed to be valid.
    ///
    /// It is called for every attempt, so a source keeps what it has obtained. It must not block:
    /// the call's deadline cannot end what does not wait.
    fn token(&self) -> BoxFuture<Result<Secret, TokenError>>;

    /// The token that it would give at once, if it keeps one. Calls whose token was refused go on
    /// with it, where another call has already asked for it.
    fn held(&self) -> Option<Secret> {
        None
    }

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
    /// that is not positive has passed; one that no `i64` holds is as long as that.
    pub fn new(token: impl Into<Secret>, expires_in: Option<impl TryInto<i64>>) -> Self {
        let seconds = |lifetime: i64| Duration::from_secs(u64::try_from(lifetime).unwrap_or(0));
        Self {
            token: token.into(),
            expires_in: expires_in.map(|it| seconds(it.try_into().unwrap_or(i64::MAX))),
        }
    }
}

/// Obtains a token when it is first needed and keeps it: the source for an API that issues tokens
/// for a time.
///
/// - Callers that need a token at the same time share one request for it, also when it fails. A
///   caller that goes away leaves the request to the next one, so that no token is issued that
///   nobody holds.
/// - A token is replaced ahead of its expiry, by up to a fifth of its lifetime and up to five
///   minutes, at a moment that differs between clients. While one caller does so, the others go
///   on with the old one; so does everyone if it fails or takes longer than two seconds, and it is
///   tried again some time later.
/// - A token that the server refuses, or that was revoked, is forgotten; it is not given again
///   unless it is issued again.
/// - A request that fails or panics costs the callers that wait for it no more than their call: the
///   next one asks again.
///
/// Clones share the token.
#[derive(Clone)]
pub struct CachedToken(Arc<Cache>);

type Issued = BoxFuture<Result<IssuedToken, TokenError>>;

struct Cache {
    issue: Box<dyn Fn() -> Issued + Send + Sync>,
    clock: SharedClock,
    /// The request for a new token. It is held by the one caller that waits for it.
    asking: tokio::sync::Mutex<Option<Asking>>,
    state: Mutex<State>,
}

/// A request that is under way.
struct Asking {
    issued: Issued,
    /// Its lifetime is counted from here, so that a token is never used too long.
    since: Duration,
}

impl Asking {
    /// One that is so old when its caller goes away is not gone on with: it may never end.
    const ABANDONED: Duration = Duration::from_secs(30);
}

#[derive(Default)]
struct State {
    held: Option<Held>,
    /// How many requests for a token have ended.
    asked: u64,
    /// What the last one came to, for those who waited for it.
    last: Option<Result<Secret, TokenError>>,
    /// Whether a request is under way, and what was forgotten since it began.
    is_asking: bool,
    forgotten: Vec<Secret>,
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

impl State {
    fn look(&self, now: Duration) -> Now {
        let Some(held) = &self.held else {
            return Now::Nothing;
        };
        let passed = |moment: Option<Duration>| moment.is_some_and(|moment| now >= moment);
        match (passed(held.expires_at), passed(held.renew_at)) {
            (true, _) => Now::Nothing,
            (false, true) => Now::Aging(held.token.clone()),
            (false, false) => Now::Good(held.token.clone()),
        }
    }

    /// A failed renewal is not tried again at once: a quarter of what is left later.
    fn postpone(&mut self, now: Duration) {
        if let Some(held) = &mut self.held
            && let Some(expires_at) = held.expires_at
        {
            held.renew_at = Some(now + expires_at.saturating_sub(now) / 4);
        }
    }
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
            asking: tokio::sync::Mutex::new(None),
            state: Mutex::default(),
        }))
    }
}

impl TokenSource for CachedToken {
    fn token(&self) -> BoxFuture<Result<Secret, TokenError>> {
        let cache = Arc::clone(&self.0);
        Box::pin(async move { cache.token().await })
    }

    fn held(&self) -> Option<Secret> {
        match self.0.look() {
            (Now::Good(token) | Now::Aging(token), _) => Some(token),
            (Now::Nothing, _) => None,
        }
    }

    fn forget(&self, token: &Secret) {
        let mut state = self.0.state();
        if state.is_asking && !state.forgotten.contains(token) {
            state.forgotten.push(token.clone());
        }
        state.held.take_if(|held| held.token == *token);
        state
            .last
            .take_if(|last| last.as_ref().is_ok_and(|last| last == token));
    }
}

impl Cache {
    /// Nothing is called while it is locked that could panic or come back here.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn look(&self) -> (Now, u64) {
        let now = self.clock.now();
        let state = self.state();
        (state.look(now), state.asked)
    }

    async fn token(&self) -> Result<Secret, TokenError> {
        let (now, asked) = self.look();
        match now {
            Now::Good(token) => Ok(token),
            Now::Aging(token) => match self.asking.try_lock() {
                Ok(asking) => self.renew(asking).await,
                Err(_) => Ok(token),
            },
            Now::Nothing => {
                let asking = self.asking.lock().await;
                let (now, ended) = self.look();
                match now {
                    Now::Good(token) | Now::Aging(token) => Ok(token),
                    Now::Nothing if ended != asked => self.shared(asking).await,
                    Now::Nothing => self.ask(asking).await,
                }
            }
        }
    }

    /// What the request that ended meanwhile came to, unless that was revoked already.
    async fn shared(&self, asking: Slot<'_>) -> Result<Secret, TokenError> {
        let last = self.state().last.clone();
        match last {
            Some(last) => last,
            None => self.ask(asking).await,
        }
    }

    /// Replaces a token that is still valid, which is given if that does not succeed soon.
    async fn renew(&self, asking: Slot<'_>) -> Result<Secret, TokenError> {
        const SOON: Duration = Duration::from_secs(2);
        // Another caller may have renewed it in between, and it may have been revoked.
        if let (Now::Good(token), _) = self.look() {
            return Ok(token);
        }
        let mut limit = Limit(self.clock.limit(SOON));
        let renewed = limit.race(self.ask(asking)).await;
        if let Some(Ok(token)) = renewed {
            return Ok(token);
        }
        let now = self.clock.now();
        let held = {
            let mut state = self.state();
            state.postpone(now);
            state.look(now)
        };
        match (held, renewed) {
            (Now::Good(token) | Now::Aging(token), _) => Ok(token),
            (Now::Nothing, Some(failed)) => failed,
            (Now::Nothing, None) => self.ask(self.asking.lock().await).await,
        }
    }

    /// Waits for the request that is under way, or makes one. It goes on where it was when the
    /// caller before went away.
    async fn ask(&self, mut asking: Slot<'_>) -> Result<Secret, TokenError> {
        let now = self.clock.now();
        asking.take_if(|request| now.saturating_sub(request.since) >= Asking::ABANDONED);
        let inherited = asking.is_some();
        let (mut issued, mut since) = self.issued(&mut asking).await;
        let of_no_use = match &issued {
            // Nobody may have looked after it for long enough.
            Err(_) => inherited,
            Ok(issued) => self.state().forgotten.contains(&issued.token),
        };
        if of_no_use {
            (issued, since) = self.issued(&mut asking).await;
        }
        let issued = issued.map(|issued| (issued.token.clone(), self.hold(issued, since)));
        let mut state = self.state();
        state.asked += 1;
        let given = issued.map(|(token, held)| {
            state.held = Some(held);
            token
        });
        state.last = Some(given.clone());
        given
    }

    /// What the request that is under way comes to, or a new one, and when it began. While it is
    /// polled it is kept nowhere, so that one that panics is gone and the next caller asks again.
    async fn issued(&self, asking: &mut Slot<'_>) -> (Result<IssuedToken, TokenError>, Duration) {
        std::future::poll_fn(|context| {
            let mut request = asking.take().unwrap_or_else(|| self.request());
            let polled = request.issued.as_mut().poll(context);
            match polled {
                Poll::Ready(issued) => {
                    self.state().is_asking = false;
                    Poll::Ready((issued, request.since))
                }
                Poll::Pending => {
                    **asking = Some(request);
                    Poll::Pending
                }
            }
        })
        .await
    }

    fn request(&self) -> Asking {
        {
            let mut state = self.state();
            state.is_asking = true;
            state.forgotten.clear();
        }
        Asking {
            since: self.clock.now(),
            issued: (self.issue)(),
        }
    }

    fn hold(&self, issued: IssuedToken, since: Duration) -> Held {
        const FURTHEST: Duration = Duration::from_secs(300);
        let jitter = self.clock.jitter();
        let ahead = |lifetime: Duration| {
            let most = (lifetime / 5).min(FURTHEST);
            most / 2 + part(most / 2, jitter)
        };
        let after = |lifetime: Duration| since.checked_add(lifetime);
        let expires_at = issued.expires_in.and_then(after);
        let renewed = |lifetime: Duration| after(lifetime.saturating_sub(ahead(lifetime)));
        Held {
            token: issued.token,
            renew_at: issued.expires_in.and_then(renewed),
            expires_at,
        }
    }
}

/// The place of the request for a token, held.
type Slot<'a> = tokio::sync::MutexGuard<'a, Option<Asking>>;

/// Prints nothing of the token.
impl fmt::Debug for CachedToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CachedToken([redacted])")
    }
}
