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
            said: Some(error.to_string().into()),
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
        Self(Arc::new(Cache {
            issue: Box::new(move || Box::pin(issue())),
            clock: Arc::new(clock),
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

#[cfg(test)]
mod tests {
    use std::pin::pin;
    use std::sync::atomic::{AtomicU64, Ordering};
    use std::sync::{Arc, Mutex};
    use std::task::{Context, Poll, Waker};
    use std::time::{Duration, SystemTime};

    use super::{CachedToken, IssuedToken, TokenError, TokenSource};
    use crate::{BoxFuture, Clock, Secret};

    /// A clock that is moved by hand.
    #[derive(Clone, Default)]
    struct Hand(Arc<AtomicU64>);

    impl Hand {
        fn forward(&self, seconds: u64) {
            self.0.fetch_add(seconds, Ordering::Relaxed);
        }
    }

    impl Clock for Hand {
        fn now(&self) -> Duration {
            Duration::from_secs(self.0.load(Ordering::Relaxed))
        }

        fn date(&self) -> SystemTime {
            SystemTime::UNIX_EPOCH
        }

        fn pause(&self, _: Duration) -> BoxFuture<()> {
            Box::pin(std::future::ready(()))
        }

        fn limit(&self, _: Duration) -> BoxFuture<()> {
            Box::pin(std::future::pending())
        }

        fn jitter(&self) -> f64 {
            1.0
        }
    }

    /// A server of tokens: each is asked for by a channel, and answered by hand.
    type Answer = Result<u64, ()>;
    type Asked = tokio::sync::oneshot::Sender<Answer>;

    #[derive(Clone, Default)]
    struct Issuer {
        open: Arc<Mutex<Vec<Asked>>>,
        asked: Arc<AtomicU64>,
    }

    impl Issuer {
        fn source(&self, clock: &Hand) -> CachedToken {
            let issuer = self.clone();
            CachedToken::with_clock(clock.clone(), move || {
                let number = issuer.asked.fetch_add(1, Ordering::Relaxed) + 1;
                let (ask, answer) = tokio::sync::oneshot::channel();
                issuer.open.lock().unwrap().push(ask);
                async move {
                    match answer.await {
                        Ok(Ok(lifetime)) => Ok(IssuedToken {
                            token: Secret::from(format!("token-{number}")),
                            expires_in: Some(Duration::from_secs(lifetime)),
                        }),
                        _ => Err(TokenError::new(format!("canary-{number}"))),
                    }
                }
            })
        }

        fn answer(&self, answer: Answer) {
            let open = self.open.lock().unwrap().pop();
            let _ = open.expect("a token was asked for").send(answer);
        }

        fn asked(&self) -> u64 {
            self.asked.load(Ordering::Relaxed)
        }
    }

    type Token = BoxFuture<Result<Secret, TokenError>>;

    fn poll(token: &mut Token) -> Poll<Result<String, String>> {
        let polled = token.as_mut().poll(&mut Context::from_waker(Waker::noop()));
        polled.map(|it| match it {
            Ok(token) => Ok(token.expose_secret().to_owned()),
            Err(error) => Err(error.to_string()),
        })
    }

    fn ready(name: &str) -> Poll<Result<String, String>> {
        Poll::Ready(Ok(name.to_owned()))
    }

    #[test]
    fn callers_share_one_request() {
        let (clock, issuer) = (Hand::default(), Issuer::default());
        let source = issuer.source(&clock);
        let mut callers = [source.token(), source.token(), source.token()];
        for caller in &mut callers {
            assert!(poll(caller).is_pending());
        }
        assert_eq!(issuer.asked(), 1);
        issuer.answer(Ok(100));
        for caller in &mut callers {
            assert_eq!(poll(caller), ready("token-1"));
        }
        assert_eq!(poll(&mut source.clone().token()), ready("token-1"));
        assert_eq!(issuer.asked(), 1);
    }

    #[test]
    fn callers_share_a_failure_and_later_ones_try_again() {
        let (clock, issuer) = (Hand::default(), Issuer::default());
        let source = issuer.source(&clock);
        let mut callers = [source.token(), source.token()];
        for caller in &mut callers {
            assert!(poll(caller).is_pending());
        }
        issuer.answer(Err(()));
        let failed = Poll::Ready(Err("no token could be obtained".to_owned()));
        for caller in &mut callers {
            assert_eq!(poll(caller), failed);
        }
        assert_eq!(issuer.asked(), 1);
        let mut later = source.token();
        assert!(poll(&mut later).is_pending());
        issuer.answer(Ok(100));
        assert_eq!(poll(&mut later), ready("token-2"));
    }

    #[test]
    fn a_token_is_replaced_ahead_of_its_end() {
        let (clock, issuer) = (Hand::default(), Issuer::default());
        let source = issuer.source(&clock);
        let mut first = source.token();
        assert!(poll(&mut first).is_pending());
        issuer.answer(Ok(100));
        assert_eq!(poll(&mut first), ready("token-1"));
        // A fifth of the lifetime ahead, with the largest jitter.
        clock.forward(79);
        assert_eq!(poll(&mut source.token()), ready("token-1"));
        clock.forward(1);
        let mut renewing = source.token();
        assert!(poll(&mut renewing).is_pending());
        // Meanwhile, and if it fails, the old one is good enough.
        assert_eq!(poll(&mut source.token()), ready("token-1"));
        issuer.answer(Err(()));
        assert_eq!(poll(&mut renewing), ready("token-1"));
        let mut renewing = source.token();
        assert!(poll(&mut renewing).is_pending());
        issuer.answer(Ok(100));
        assert_eq!(poll(&mut renewing), ready("token-3"));
        // Past its end it is not used.
        clock.forward(100);
        assert!(poll(&mut source.token()).is_pending());
        assert_eq!(issuer.asked(), 4);
    }

    #[test]
    fn a_forgotten_token_is_not_given_again() {
        let (clock, issuer) = (Hand::default(), Issuer::default());
        let source = issuer.source(&clock);
        let mut first = source.token();
        assert!(poll(&mut first).is_pending());
        issuer.answer(Ok(100));
        assert_eq!(poll(&mut first), ready("token-1"));
        source.forget(&Secret::from("another"));
        assert_eq!(poll(&mut source.token()), ready("token-1"));
        source.forget(&Secret::from("token-1"));
        assert!(poll(&mut source.token()).is_pending());
        assert_eq!(issuer.asked(), 2);
    }

    #[test]
    fn a_caller_that_goes_away_leaves_the_way_free() {
        let (clock, issuer) = (Hand::default(), Issuer::default());
        let source = issuer.source(&clock);
        let mut waiting = source.token();
        let mut second = source.token();
        {
            let mut gone = source.token();
            assert!(poll(&mut gone).is_pending());
            assert!(poll(&mut waiting).is_pending());
            assert!(poll(&mut second).is_pending());
        }
        // One that waits goes away as well; the next asks by itself.
        drop(waiting);
        assert!(poll(&mut second).is_pending());
        assert_eq!(issuer.asked(), 2);
        issuer.answer(Ok(100));
        assert_eq!(poll(&mut second), ready("token-2"));
    }

    #[test]
    fn nothing_is_printed() {
        let source = CachedToken::new(|| async {
            Ok(IssuedToken {
                token: Secret::from("canary"),
                expires_in: None,
            })
        });
        let mut future = pin!(source.token());
        let mut context = Context::from_waker(Waker::noop());
        let Poll::Ready(Ok(token)) = future.as_mut().poll(&mut context) else {
            panic!("it is there at once");
        };
        let error = TokenError::new("canary");
        let text = format!("{source:?} {token:?} {error:?} {error} {error:#?}");
        assert!(!text.contains("canary"), "{text}");
        assert!(
            error
                .expose_error()
                .is_some_and(|it| it.to_string() == "canary")
        );
    }
}
