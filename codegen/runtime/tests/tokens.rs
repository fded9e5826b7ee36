//! Bearer tokens that are obtained when they are needed: shared, replaced ahead of their end,
//! forgotten; alone and within calls.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    missing_docs,
    reason = "tests"
)]

mod common;

use std::future::{pending, ready};
use std::pin::pin;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use common::{Answer, CREATE, Does, Hand, OK, REVOKE, Refused, Server, builder, call, transport};
use openapi_client_runtime::{
    BoxFuture, CachedToken, CallOptions, Credential, IssuedToken, NotApplied, Outcome, RetryPolicy,
    Secret, TokenError, TokenSource,
};

const REFUSED: Outcome = Outcome::NotApplied(NotApplied::Refused);

fn forward(clock: &Hand, seconds: u64) {
    clock.pass(Duration::from_secs(seconds));
}

/// A server of tokens: each is asked for by a channel, and answered by hand.
type Given = Result<u64, ()>;
type Asked = tokio::sync::oneshot::Sender<Given>;

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

    fn answer(&self, answer: Given) {
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

fn given(name: &str) -> Poll<Result<String, String>> {
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
        assert_eq!(poll(caller), given("token-1"));
    }
    assert_eq!(poll(&mut source.clone().token()), given("token-1"));
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
    assert_eq!(poll(&mut later), given("token-2"));
}

#[test]
fn a_token_is_replaced_ahead_of_its_end() {
    let (clock, issuer) = (Hand::default(), Issuer::default());
    let source = issuer.source(&clock);
    let mut first = source.token();
    assert!(poll(&mut first).is_pending());
    issuer.answer(Ok(100));
    assert_eq!(poll(&mut first), given("token-1"));
    // A fifth of the lifetime ahead, with the largest jitter.
    forward(&clock, 79);
    assert_eq!(poll(&mut source.token()), given("token-1"));
    forward(&clock, 1);
    let mut renewing = source.token();
    assert!(poll(&mut renewing).is_pending());
    // Meanwhile, and if it fails, the old one is good enough.
    assert_eq!(poll(&mut source.token()), given("token-1"));
    issuer.answer(Err(()));
    assert_eq!(poll(&mut renewing), given("token-1"));
    let mut renewing = source.token();
    assert!(poll(&mut renewing).is_pending());
    issuer.answer(Ok(100));
    assert_eq!(poll(&mut renewing), given("token-3"));
    // Past its end it is not used.
    forward(&clock, 100);
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
    assert_eq!(poll(&mut first), given("token-1"));
    source.forget(&Secret::from("another"));
    assert_eq!(poll(&mut source.token()), given("token-1"));
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
    assert_eq!(poll(&mut second), given("token-2"));
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

/// A source whose tokens are numbered.
fn numbered() -> (CachedToken, Arc<AtomicUsize>) {
    let count = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&count);
    let source = CachedToken::new(move || {
        let number = counted.fetch_add(1, Ordering::Relaxed) + 1;
        ready(Ok(IssuedToken {
            token: Secret::from(format!("token-{number}")),
            expires_in: None,
        }))
    });
    (source, count)
}

#[tokio::test]
async fn a_refused_token_is_replaced_once() {
    let clock = Hand::default();
    let script = &[Answer(401, ""), OK, OK, Answer(401, ""), Answer(401, "")];
    let server = Server::doing(script, &clock).await;
    let (source, count) = numbered();
    let sourced = builder(&clock)
        .credential("Bearer", Credential::bearer_from(source))
        .retry(RetryPolicy::none());
    let transport = transport(sourced, &server.url);
    assert!(call(&transport, &CREATE, CallOptions::new()).await.is_ok());
    assert!(call(&transport, &CREATE, CallOptions::new()).await.is_ok());
    let error = call(&transport, &CREATE, CallOptions::new())
        .await
        .unwrap_err();
    assert!(matches!(error.api(), Some(Refused::Unauthorized)));
    assert_eq!((error.outcome(), error.attempts().count()), (REFUSED, 2));
    let seen = server.seen.lock().unwrap().join("");
    let used: Vec<&str> = seen
        .lines()
        .filter_map(|it| it.strip_prefix("authorization: "))
        .collect();
    let expected = [1, 2, 2, 2, 3].map(|number| format!("Bearer token-{number}"));
    assert_eq!(used, expected);
    assert_eq!(clock.pauses(), [0; 0]);
    assert_eq!(count.load(Ordering::Relaxed), 3);
}

#[tokio::test]
async fn a_revoked_token_is_not_used_again() {
    let clock = Hand::default();
    let server = Server::doing(&[OK, OK], &clock).await;
    let (source, count) = numbered();
    let sourced = builder(&clock).credential("Bearer", Credential::bearer_from(source));
    let transport = transport(sourced, &server.url);
    assert!(call(&transport, &REVOKE, CallOptions::new()).await.is_ok());
    transport.forget_token(&Secret::from("token-1"));
    assert!(call(&transport, &REVOKE, CallOptions::new()).await.is_ok());
    assert_eq!(count.load(Ordering::Relaxed), 2);
}

#[tokio::test]
async fn without_a_token_nothing_is_sent() {
    let clock = Hand::default();
    let server = Server::doing(&[OK], &clock).await;
    let failing = || ready(Err(TokenError::new("canary-7f3a")));
    let sourced = builder(&clock).credential("Bearer", Credential::bearer_from(failing));
    let error = call(
        &transport(sourced, &server.url),
        &REVOKE,
        CallOptions::new(),
    )
    .await;
    let error = error.unwrap_err();
    assert_eq!(
        error.to_string(),
        "revoke: no token could be obtained; not applied: nothing was sent"
    );
    assert!(!format!("{error:?}").contains("canary"));
    assert_eq!(error.attempts().count(), 0);

    // A source that does not answer is bounded as well.
    let silent = || pending::<Result<Secret, TokenError>>();
    let sourced = builder(&clock).credential("Bearer", Credential::bearer_from(silent));
    clock.0.in_vain.notify_one();
    let error = call(
        &transport(sourced, &server.url),
        &REVOKE,
        CallOptions::new(),
    )
    .await;
    assert_eq!(
        error.unwrap_err().to_string(),
        "revoke: no token could be obtained: the timeout passed; not applied: nothing was sent"
    );
    assert_eq!(server.requests(), 0);
}

/// Polls a future so often, lets its server go on in between, and drops it.
async fn polled<F: Future>(future: F, times: usize) -> bool {
    let mut future = pin!(future);
    for _ in 0..times {
        let mut context = Context::from_waker(Waker::noop());
        if future.as_mut().poll(&mut context).is_ready() {
            return true;
        }
        for _ in 0..20 {
            tokio::task::yield_now().await;
        }
    }
    false
}

#[tokio::test]
async fn a_call_can_be_dropped_at_any_point() {
    static SCRIPT: [Does; 400] = [OK; 400];
    let clock = Hand::default();
    let server = Server::doing(&SCRIPT, &clock).await;
    let (source, _) = numbered();
    let slow = CachedToken::new(move || {
        let source = source.clone();
        async move {
            tokio::task::yield_now().await;
            let token = openapi_client_runtime::TokenSource::token(&source).await?;
            Ok(IssuedToken {
                token,
                expires_in: Some(Duration::ZERO),
            })
        }
    });
    let sourced = builder(&clock).credential("Bearer", Credential::bearer_from(slow));
    let transport = transport(sourced, &server.url);
    let mut dropped = 0;
    for times in 0..12 {
        if !polled(call(&transport, &REVOKE, CallOptions::new()), times).await {
            dropped += 1;
        }
        // Whatever was left behind, the next call goes through.
        let next = call(&transport, &REVOKE, CallOptions::new()).await;
        assert!(next.is_ok(), "after {times} polls: {}", next.unwrap_err());
    }
    assert!(dropped >= 3, "only {dropped} were dropped on their way");
}
