//! Calls with bearer tokens from a token source.

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
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Waker};
use std::time::Duration;

use common::{Answer, CREATE, Does, Hand, OK, REVOKE, Refused, Server, builder, call, transport};
use openapi_client_runtime::{
    CachedToken, CallOptions, Credential, IssuedToken, NotApplied, Outcome, RetryPolicy, Secret,
    TokenError,
};

const REFUSED: Outcome = Outcome::NotApplied(NotApplied::Refused);

/// A source of numbered tokens, and their number.
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
async fn a_rejected_token_is_replaced_once() {
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
        .filter_map(|line| line.strip_prefix("authorization: "))
        .collect();
    let expected = [1, 2, 2, 2, 3].map(|number| format!("Bearer token-{number}"));
    assert_eq!(used, expected);
    assert_eq!(clock.pauses(), [0; 0]);
    assert_eq!(count.load(Ordering::Relaxed), 3);
}

#[tokio::test]
async fn tokens_are_not_replaced_if_new_ones_are_rejected_too() {
    static SCRIPT: [Does; 40] = [Answer(401, ""); 40];
    let clock = Hand::default();
    let server = Server::doing(&SCRIPT, &clock).await;
    let (source, count) = numbered();
    let sourced = builder(&clock).credential("Bearer", Credential::bearer_from(source));
    let transport = transport(sourced, &server.url);
    for _ in 0..10 {
        let error = call(&transport, &CREATE, CallOptions::new()).await;
        assert_eq!(error.unwrap_err().outcome(), REFUSED);
    }
    assert_eq!((server.requests(), count.load(Ordering::Relaxed)), (11, 2));
    // After a minute the cause may be another one.
    clock.pass(Duration::from_secs(60));
    let _ = call(&transport, &CREATE, CallOptions::new()).await;
    assert_eq!((server.requests(), count.load(Ordering::Relaxed)), (13, 3));
}

#[tokio::test]
async fn a_rejection_is_returned_if_there_is_no_other_token() {
    let clock = Hand::default();
    let server = Server::doing(&[Answer(401, ""), Answer(401, "")], &clock).await;
    // A source without a cache always returns the same token.
    let same = || ready(Ok(Secret::from("same")));
    let sourced = builder(&clock).credential("Bearer", Credential::bearer_from(same));
    let error = call(
        &transport(sourced, &server.url),
        &CREATE,
        CallOptions::new(),
    )
    .await;
    let error = error.unwrap_err();
    assert!(matches!(error.api(), Some(Refused::Unauthorized)));
    assert_eq!(server.requests(), 1);

    // If the source fails to return another token, the rejection is returned.
    let once = AtomicUsize::new(0);
    let failing = move || {
        let first = once.fetch_add(1, Ordering::Relaxed) == 0;
        ready(if first {
            Ok(Secret::from("first"))
        } else {
            Err(TokenError::new("no more"))
        })
    };
    let sourced = builder(&clock).credential("Bearer", Credential::bearer_from(failing));
    let error = call(
        &transport(sourced, &server.url),
        &CREATE,
        CallOptions::new(),
    )
    .await;
    let error = error.unwrap_err();
    assert!(matches!(error.api(), Some(Refused::Unauthorized)));
    assert_eq!((error.outcome(), server.requests()), (REFUSED, 2));
}

#[tokio::test]
async fn a_token_that_cannot_be_sent_is_not_cached() {
    let clock = Hand::default();
    let server = Server::doing(&[OK], &clock).await;
    let count = AtomicUsize::new(0);
    let source = CachedToken::new(move || {
        let number = count.fetch_add(1, Ordering::Relaxed);
        let text = ["a\nb", "good"].get(number).copied().unwrap_or("good");
        ready(Ok(IssuedToken::new(text, None::<i64>)))
    });
    let sourced = builder(&clock).credential("Bearer", Credential::bearer_from(source));
    let transport = transport(sourced, &server.url);
    let error = call(&transport, &CREATE, CallOptions::new())
        .await
        .unwrap_err();
    assert!(error.to_string().contains("credential"), "{error}");
    assert!(call(&transport, &CREATE, CallOptions::new()).await.is_ok());
}

#[tokio::test]
async fn a_revoked_token_is_not_used_again() {
    let clock = Hand::default();
    let server = Server::doing(&[OK, OK, OK], &clock).await;
    let (source, count) = numbered();
    let sourced = builder(&clock).credential("Bearer", Credential::bearer_from(source));
    let transport = transport(sourced, &server.url);
    assert!(call(&transport, &REVOKE, CallOptions::new()).await.is_ok());
    let guard = transport.guard_revocation(|| Secret::from("token-1"));
    let result = call(&transport, &REVOKE, CallOptions::new()).await;
    guard.complete(&result);
    // Even if the caller did not wait for the response.
    assert!(call(&transport, &REVOKE, CallOptions::new()).await.is_ok());
    assert_eq!(count.load(Ordering::Relaxed), 2);
    drop(transport.guard_revocation(|| Secret::from("token-2")));
    let _ = call(&transport, &REVOKE, CallOptions::new()).await;
    assert_eq!(count.load(Ordering::Relaxed), 3);
}

#[tokio::test]
async fn a_token_that_was_not_revoked_is_kept() {
    let clock = Hand::default();
    let server = Server::doing(&[OK, Answer(422, ""), OK], &clock).await;
    let (source, count) = numbered();
    let sourced = builder(&clock).credential("Bearer", Credential::bearer_from(source));
    let transport = transport(sourced, &server.url);
    assert!(call(&transport, &REVOKE, CallOptions::new()).await.is_ok());
    let guard = transport.guard_revocation(|| Secret::from("token-1"));
    let result = call(&transport, &REVOKE, CallOptions::new()).await;
    assert!(result.is_err());
    guard.complete(&result);
    assert!(call(&transport, &REVOKE, CallOptions::new()).await.is_ok());
    assert_eq!(count.load(Ordering::Relaxed), 1);
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
        "revoke: no token could be obtained; not applied: no request was sent"
    );
    assert!(!format!("{error:?}").contains("canary"));
    assert_eq!(error.attempts().count(), 0);

    // The timeout includes the token source.
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
        "revoke: no token could be obtained: the timeout expired; not applied: no request was sent"
    );
    assert_eq!(server.requests(), 0);
}

/// Polls a future this number of times, lets the server run in between, and drops the future.
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
        // The next call succeeds whatever the dropped one left behind.
        let next = call(&transport, &REVOKE, CallOptions::new()).await;
        assert!(next.is_ok(), "after {times} polls: {}", next.unwrap_err());
    }
    assert!(dropped >= 3, "only {dropped} were dropped on their way");
}
