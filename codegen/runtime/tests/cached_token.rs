//! A token that is kept: shared, replaced ahead of its end, forgotten.

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
    // It is tried again when a quarter of what was left has passed.
    forward(&clock, 4);
    assert_eq!(poll(&mut source.token()), given("token-1"));
    assert_eq!(issuer.asked(), 2);
    forward(&clock, 1);
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
    // One that waits goes away as well; the next goes on with what was asked for.
    drop(waiting);
    assert!(poll(&mut second).is_pending());
    assert_eq!(issuer.asked(), 1);
    issuer.answer(Ok(100));
    assert_eq!(poll(&mut second), given("token-1"));
}

#[test]
fn what_nobody_waited_for_is_not_the_next_callers_failure() {
    let (clock, issuer) = (Hand::default(), Issuer::default());
    let source = issuer.source(&clock);
    assert!(poll(&mut source.token()).is_pending());
    // It fails while nobody looks after it.
    issuer.answer(Err(()));
    let mut next = source.token();
    assert!(poll(&mut next).is_pending());
    assert_eq!(issuer.asked(), 2);
    issuer.answer(Ok(100));
    assert_eq!(poll(&mut next), given("token-2"));
}

#[test]
fn a_request_that_does_not_end_is_given_up() {
    let (clock, issuer) = (Hand::default(), Issuer::default());
    let source = issuer.source(&clock);
    assert!(poll(&mut source.token()).is_pending());
    forward(&clock, 29);
    assert!(poll(&mut source.token()).is_pending());
    assert_eq!(issuer.asked(), 1);
    forward(&clock, 1);
    let mut next = source.token();
    assert!(poll(&mut next).is_pending());
    assert_eq!(issuer.asked(), 2);
    issuer.answer(Ok(100));
    assert_eq!(poll(&mut next), given("token-2"));
}

#[test]
fn a_token_that_is_revoked_while_it_is_issued_again_does_not_come_back() {
    let clock = Hand::default();
    let asked = Arc::new(AtomicU64::new(0));
    let counted = Arc::clone(&asked);
    // A server that gives the same token as long as it is valid.
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
    assert_eq!(asked.load(Ordering::Relaxed), 3);
}

#[test]
fn the_token_that_is_held_is_told_without_asking() {
    let (clock, issuer) = (Hand::default(), Issuer::default());
    let source = issuer.source(&clock);
    assert_eq!(source.peek(), None);
    assert_eq!(issuer.asked(), 0);
    let source = aging(&clock, &issuer);
    assert_eq!(source.peek(), Some(Secret::from("token-1")));
    source.forget(&Secret::from("token-1"));
    assert_eq!(source.peek(), None);
    assert_eq!(issuer.asked(), 1);
}

/// A source that holds `token-1`, which is about to be replaced.
fn aging(clock: &Hand, issuer: &Issuer) -> CachedToken {
    let source = issuer.source(clock);
    let mut first = source.token();
    assert!(poll(&mut first).is_pending());
    issuer.answer(Ok(100));
    assert_eq!(poll(&mut first), given("token-1"));
    forward(clock, 80);
    source
}

#[test]
fn a_renewal_that_hangs_holds_nobody_up() {
    let (clock, issuer) = (Hand::default(), Issuer::default());
    let source = aging(&clock, &issuer);
    let mut renewing = source.token();
    assert!(poll(&mut renewing).is_pending());
    clock.0.in_vain.notify_one();
    assert_eq!(poll(&mut renewing), given("token-1"));
    assert_eq!(poll(&mut source.token()), given("token-1"));
    // What was asked for is not asked for again, and is there when it is there.
    forward(&clock, 5);
    let mut later = source.token();
    assert!(poll(&mut later).is_pending());
    issuer.answer(Ok(100));
    assert_eq!(poll(&mut later), given("token-2"));
    assert_eq!(issuer.asked(), 2);
}

#[test]
fn a_token_that_is_revoked_during_a_renewal_does_not_come_back() {
    let (clock, issuer) = (Hand::default(), Issuer::default());
    let source = aging(&clock, &issuer);
    let mut renewing = source.token();
    assert!(poll(&mut renewing).is_pending());
    source.forget(&Secret::from("token-1"));
    issuer.answer(Err(()));
    let failed = Poll::Ready(Err("no token could be obtained".to_owned()));
    assert_eq!(poll(&mut renewing), failed);
    assert!(poll(&mut source.token()).is_pending());
}

#[test]
fn a_token_that_is_over_at_once_is_shared_all_the_same() {
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
    assert_eq!(issuer.asked(), 1);
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
