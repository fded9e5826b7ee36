//! The token cache: sharing, renewal and removal.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    missing_docs,
    reason = "tests"
)]

mod common;

use std::pin::pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use common::Hand;
use openapi_client_runtime::{
    BoxFuture, CachedToken, IssuedToken, Secret, TokenError, TokenSource,
};

fn forward(clock: &Hand, seconds: u64) {
    clock.pass(Duration::from_secs(seconds));
}

/// A token server. Requests arrive by a channel, and tests answer them by hand.
type Given = Result<u64, ()>;
type Asked = tokio::sync::oneshot::Sender<Given>;

#[derive(Clone, Default)]
struct Issuer {
    open: Arc<Mutex<Vec<Asked>>>,
    requested: Arc<AtomicU64>,
}

impl Issuer {
    fn source(&self, clock: &Hand) -> CachedToken {
        let issuer = self.clone();
        CachedToken::with_clock(clock.clone(), move || {
            let number = issuer.requested.fetch_add(1, Ordering::Relaxed) + 1;
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
        let _ = open.expect("a token was requested for").send(answer);
    }

    fn requested(&self) -> u64 {
        self.requested.load(Ordering::Relaxed)
    }
}

type Token = BoxFuture<Result<Secret, TokenError>>;

fn poll(token: &mut Token) -> Poll<Result<String, String>> {
    let polled = token.as_mut().poll(&mut Context::from_waker(Waker::noop()));
    polled.map(|result| match result {
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
    assert_eq!(issuer.requested(), 1);
    issuer.answer(Ok(100));
    for caller in &mut callers {
        assert_eq!(poll(caller), given("token-1"));
    }
    assert_eq!(poll(&mut source.clone().token()), given("token-1"));
    assert_eq!(issuer.requested(), 1);
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
    assert_eq!(issuer.requested(), 1);
    let mut later = source.token();
    assert!(poll(&mut later).is_pending());
    issuer.answer(Ok(100));
    assert_eq!(poll(&mut later), given("token-2"));
}

#[test]
fn a_token_is_renewed_before_it_expires() {
    let (clock, issuer) = (Hand::default(), Issuer::default());
    let source = issuer.source(&clock);
    let mut first = source.token();
    assert!(poll(&mut first).is_pending());
    issuer.answer(Ok(100));
    assert_eq!(poll(&mut first), given("token-1"));
    // A fifth of the lifetime before it expires, with the largest jitter.
    forward(&clock, 79);
    assert_eq!(poll(&mut source.token()), given("token-1"));
    forward(&clock, 1);
    let mut renewing = source.token();
    assert!(poll(&mut renewing).is_pending());
    // Meanwhile, and if the renewal fails, the old token is used.
    assert_eq!(poll(&mut source.token()), given("token-1"));
    issuer.answer(Err(()));
    assert_eq!(poll(&mut renewing), given("token-1"));
    // The renewal is tried again after a quarter of the remaining lifetime.
    forward(&clock, 4);
    assert_eq!(poll(&mut source.token()), given("token-1"));
    assert_eq!(issuer.requested(), 2);
    forward(&clock, 1);
    let mut renewing = source.token();
    assert!(poll(&mut renewing).is_pending());
    issuer.answer(Ok(100));
    assert_eq!(poll(&mut renewing), given("token-3"));
    // An expired token is not used.
    forward(&clock, 100);
    assert!(poll(&mut source.token()).is_pending());
    assert_eq!(issuer.requested(), 4);
}

#[test]
fn a_forgotten_token_is_not_returned_again() {
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
    assert_eq!(issuer.requested(), 2);
}

#[test]
fn a_dropped_caller_does_not_block_others() {
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
    // A waiting caller is dropped as well; the next one continues the request.
    drop(waiting);
    assert!(poll(&mut second).is_pending());
    assert_eq!(issuer.requested(), 1);
    issuer.answer(Ok(100));
    assert_eq!(poll(&mut second), given("token-1"));
}

#[test]
fn a_failure_that_nobody_waited_for_is_not_returned() {
    let (clock, issuer) = (Hand::default(), Issuer::default());
    let source = issuer.source(&clock);
    assert!(poll(&mut source.token()).is_pending());
    // It fails while nobody polls it.
    issuer.answer(Err(()));
    let mut next = source.token();
    assert!(poll(&mut next).is_pending());
    assert_eq!(issuer.requested(), 2);
    issuer.answer(Ok(100));
    assert_eq!(poll(&mut next), given("token-2"));
}

#[test]
fn a_request_that_does_not_end_is_abandoned() {
    let (clock, issuer) = (Hand::default(), Issuer::default());
    let source = issuer.source(&clock);
    assert!(poll(&mut source.token()).is_pending());
    forward(&clock, 29);
    assert!(poll(&mut source.token()).is_pending());
    assert_eq!(issuer.requested(), 1);
    forward(&clock, 1);
    let mut next = source.token();
    assert!(poll(&mut next).is_pending());
    assert_eq!(issuer.requested(), 2);
    issuer.answer(Ok(100));
    assert_eq!(poll(&mut next), given("token-2"));
}

#[test]
fn a_token_that_is_revoked_while_it_is_issued_again_is_not_cached() {
    let clock = Hand::default();
    let requested = Arc::new(AtomicU64::new(0));
    let counted = Arc::clone(&requested);
    // A server that issues the same token while it is valid.
    let source = CachedToken::with_clock(clock.clone(), move || {
        let number = counted.fetch_add(1, Ordering::Relaxed);
        async move {
            tokio::task::yield_now().await;
            let token = if number < 2 { "first" } else { "second" };
            Ok(IssuedToken::new(token, Some(100)))
        }
    });
    let mut first = source.token();
    assert!(poll(&mut first).is_pending());
    assert_eq!(poll(&mut first), given("first"));
    forward(&clock, 80);
    let mut renewing = source.token();
    assert!(poll(&mut renewing).is_pending());
    source.forget(&Secret::from("first"));
    assert!(poll(&mut renewing).is_pending());
    assert_eq!(poll(&mut renewing), given("second"));
    assert_eq!(requested.load(Ordering::Relaxed), 3);
}

#[test]
fn peeking_requests_no_token() {
    let (clock, issuer) = (Hand::default(), Issuer::default());
    let source = issuer.source(&clock);
    assert_eq!(source.peek(), None);
    assert_eq!(issuer.requested(), 0);
    let source = expiring(&clock, &issuer);
    assert_eq!(source.peek(), Some(Secret::from("token-1")));
    source.forget(&Secret::from("token-1"));
    assert_eq!(source.peek(), None);
    assert_eq!(issuer.requested(), 1);
}

/// A source that has cached `token-1`, which is due for renewal.
fn expiring(clock: &Hand, issuer: &Issuer) -> CachedToken {
    let source = issuer.source(clock);
    let mut first = source.token();
    assert!(poll(&mut first).is_pending());
    issuer.answer(Ok(100));
    assert_eq!(poll(&mut first), given("token-1"));
    forward(clock, 80);
    source
}

#[test]
fn a_renewal_that_hangs_blocks_nobody() {
    let (clock, issuer) = (Hand::default(), Issuer::default());
    let source = expiring(&clock, &issuer);
    let mut renewing = source.token();
    assert!(poll(&mut renewing).is_pending());
    clock.0.in_vain.notify_one();
    assert_eq!(poll(&mut renewing), given("token-1"));
    assert_eq!(poll(&mut source.token()), given("token-1"));
    // The request in flight is continued and not repeated.
    forward(&clock, 5);
    let mut later = source.token();
    assert!(poll(&mut later).is_pending());
    issuer.answer(Ok(100));
    assert_eq!(poll(&mut later), given("token-2"));
    assert_eq!(issuer.requested(), 2);
}

#[test]
fn a_token_that_is_revoked_during_a_renewal_is_not_cached() {
    let (clock, issuer) = (Hand::default(), Issuer::default());
    let source = expiring(&clock, &issuer);
    let mut renewing = source.token();
    assert!(poll(&mut renewing).is_pending());
    source.forget(&Secret::from("token-1"));
    issuer.answer(Err(()));
    let failed = Poll::Ready(Err("no token could be obtained".to_owned()));
    assert_eq!(poll(&mut renewing), failed);
    assert!(poll(&mut source.token()).is_pending());
}

#[test]
fn a_token_that_expires_at_once_is_shared() {
    let (clock, issuer) = (Hand::default(), Issuer::default());
    let source = issuer.source(&clock);
    let mut callers = [source.token(), source.token(), source.token()];
    for caller in &mut callers {
        assert!(poll(caller).is_pending());
    }
    issuer.answer(Ok(0));
    for caller in &mut callers {
        assert_eq!(poll(caller), given("token-1"));
    }
    assert_eq!(issuer.requested(), 1);
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
            .is_some_and(|error| error.to_string() == "canary")
    );
}
