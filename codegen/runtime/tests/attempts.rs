//! Retries, against a real server on loopback and with a manual clock, so that no test waits.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    missing_docs,
    reason = "tests"
)]

mod common;

use std::cell::Cell;
use std::time::Duration;

use common::{
    Answer, CREATE, Call, Does, Half, Hand, HangUp, OK, REVOKE, Refused, Server, Silence, builder,
    call, played, transport,
};
use openapi_client_runtime::{
    CallOptions, Clock, Error, NotApplied, Outcome, RequestError, RetryPolicy, TransportErrorKind,
    Unknown,
};
use tokio::net::TcpListener;

const NO_ANSWER: Outcome = Outcome::Unknown(Unknown::NoAnswer);
const EARLIER: Outcome = Outcome::Unknown(Unknown::EarlierRequest);
const REFUSED: Outcome = Outcome::NotApplied(NotApplied::Refused);
const FAILED: Outcome = Outcome::Unknown(Unknown::ServerFailed);

#[tokio::test]
async fn an_idempotent_call_is_retried_until_it_succeeds() {
    let script = &[HangUp, Answer(503, "retry-after: 2\r\n"), OK];
    let (result, clock, requests) = played(script, &REVOKE, CallOptions::new()).await;
    assert!(result.is_ok());
    assert_eq!(requests, 3);
    assert_eq!(clock.pauses(), [250, 2500]);
    let (result, _, requests) = played(&[Half, OK], &REVOKE, CallOptions::new()).await;
    assert!(result.is_ok());
    assert_eq!(requests, 2);
}

#[tokio::test]
async fn a_call_that_may_have_been_applied_is_not_retried() {
    for (script, outcome) in [
        (&[HangUp, OK] as &'static [Does], NO_ANSWER),
        (&[Answer(503, ""), OK], FAILED),
        (&[Half, OK], Outcome::Unknown(Unknown::NotConfirmed)),
    ] {
        let (result, clock, requests) = played(script, &CREATE, CallOptions::new()).await;
        let error = result.unwrap_err();
        assert_eq!(error.outcome(), outcome, "{error}");
        assert_eq!((requests, error.attempts().count()), (1, 1));
        assert_eq!(clock.pauses(), [0; 0]);
    }
}

#[tokio::test]
async fn a_call_that_is_rate_limited_is_retried() {
    let script = &[Answer(429, "retry-after: 1\r\n"), OK];
    let (result, clock, requests) = played(script, &CREATE, CallOptions::new()).await;
    assert!(result.is_ok());
    assert_eq!((requests, clock.pauses()), (2, vec![1250]));
    let none = CallOptions::new().retry(RetryPolicy::none());
    let (result, _, requests) = played(script, &CREATE, none).await;
    let error = result.unwrap_err();
    assert!(matches!(error.api(), Some(Refused::TooMany)));
    assert_eq!((requests, error.outcome()), (1, REFUSED));
    assert_eq!(error.retry_after(), Some(Duration::from_secs(1)));
}

#[tokio::test]
async fn the_outcome_includes_every_attempt() {
    // The first request may have been applied, even though the second one was rejected.
    let script = &[HangUp, Answer(422, "")];
    let (result, _, requests) = played(script, &REVOKE, CallOptions::new()).await;
    let error = result.unwrap_err();
    assert_eq!((requests, error.outcome()), (2, EARLIER));
    assert_eq!(
        error.to_string(),
        "revoke: the server responded with an undeclared status (status 422, 2 bytes), \
         after 2 attempts; may have been applied: an earlier attempt has an unknown outcome"
    );
    // Two rejected requests were not applied.
    let script = &[Answer(429, ""), Answer(401, "")];
    let (result, ..) = played(script, &CREATE, CallOptions::new()).await;
    assert_eq!(result.unwrap_err().outcome(), REFUSED);
}

#[tokio::test]
async fn a_request_that_was_never_sent_is_retried_and_not_applied() {
    let clock = Hand::default();
    let closed = {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        format!("http://{}", listener.local_addr().unwrap())
    };
    let error = call(
        &transport(builder(&clock), &closed),
        &CREATE,
        CallOptions::new(),
    )
    .await;
    let error = error.unwrap_err();
    assert_eq!(error.outcome(), Outcome::NotApplied(NotApplied::NeverSent));
    assert_eq!(error.attempts().count(), 3);
    assert_eq!(clock.pauses(), [250, 500]);
}

#[tokio::test]
async fn the_timeout_includes_all_attempts() {
    // Three attempts of ten seconds and two waits would take more than thirty seconds.
    let script = &[Silence, Silence, Silence];
    let (result, clock, requests) = played(script, &REVOKE, CallOptions::new()).await;
    let error = result.unwrap_err();
    let Error::Transport { error: failure, .. } = &error else {
        panic!("{error}")
    };
    assert_eq!(failure.kind(), TransportErrorKind::Timeout);
    assert_eq!((requests, error.outcome()), (3, NO_ANSWER));
    assert_eq!(clock.now(), Duration::from_secs(30));
    let limits: Vec<u128> = clock
        .0
        .limits
        .lock()
        .unwrap()
        .iter()
        .map(Duration::as_millis)
        .collect();
    assert_eq!(limits, [10_000, 10_000, 9_250]);

    // A wait that would exceed the timeout is not started.
    let script = &[Answer(503, "retry-after: 4\r\n"), OK];
    let hasty = CallOptions::new().timeout(Duration::from_secs(4));
    let (result, clock, requests) = played(script, &REVOKE, hasty).await;
    assert_eq!(
        result.unwrap_err().retry_after(),
        Some(Duration::from_secs(4))
    );
    assert_eq!((requests, clock.now()), (1, Duration::ZERO));

    // An attempt that cannot be retried may use all the time.
    let (_, clock, requests) = played(&[Silence], &CREATE, CallOptions::new()).await;
    assert_eq!((requests, clock.now()), (1, Duration::from_secs(30)));
}

#[tokio::test]
async fn the_retry_budget_is_limited() {
    static SCRIPT: [Does; 40] = [Answer(503, ""); 40];
    let clock = Hand::default();
    let server = Server::doing(&SCRIPT, &clock).await;
    let transport = transport(builder(&clock), &server.url);
    for _ in 0..6 {
        let _ = call(&transport, &REVOKE, CallOptions::new()).await;
    }
    // Six calls share ten retries.
    assert_eq!(server.requests(), 16);
}

#[tokio::test]
async fn a_request_is_built_once_per_attempt() {
    // How often the request can be built; the requests that are sent; the outcome.
    for (most, sent, outcome) in [
        (9, 3, None),
        (1, 1, Some(FAILED)),
        (0, 0, Some(Outcome::NotApplied(NotApplied::NeverSent))),
    ] {
        let clock = Hand::default();
        let server = Server::doing(&[Answer(503, ""), HangUp, OK], &clock).await;
        let transport = transport(builder(&clock), &server.url);
        let built = Cell::new(0);
        let request = || {
            if built.get() == most {
                return Err(RequestError::Build);
            }
            built.set(built.get() + 1);
            let url = transport.base_url().append(REVOKE.path)?;
            Ok(transport.http().post(url).build()?)
        };
        let options = CallOptions::new();
        let result = transport.call::<Call>(&REVOKE, request, &options).await;
        assert_eq!(result.err().map(|error| error.outcome()), outcome);
        assert_eq!((built.get(), server.requests()), (sent, sent));
        let seen = server.seen.lock().unwrap();
        assert!(seen.iter().all(|request| *request == seen[0]));
    }
}

#[tokio::test]
async fn an_attempt_without_enough_time_is_not_started() {
    // Half a second would be left, in which a second attempt would probably time out.
    let script = &[Answer(429, "retry-after: 9\r\n"), OK];
    let hasty = CallOptions::new().timeout(Duration::from_millis(9_750));
    let (result, _, requests) = played(script, &CREATE, hasty).await;
    assert_eq!((result.unwrap_err().outcome(), requests), (REFUSED, 1));
}

#[tokio::test]
async fn the_last_attempt_may_use_all_the_time() {
    let limits = |clock: &Hand| -> Vec<u128> {
        let limits = clock.0.limits.lock().unwrap();
        limits.iter().map(Duration::as_millis).collect()
    };
    // There is no time for another attempt.
    let hasty = CallOptions::new().timeout(Duration::from_millis(10_200));
    let (_, clock, _) = played(&[Silence], &REVOKE, hasty).await;
    assert_eq!(limits(&clock), [10_200]);
    // The budget is empty.
    static SCRIPT: [Does; 40] = [Answer(503, "retry-after: 0\r\n"); 40];
    let clock = Hand::default();
    let server = Server::doing(&SCRIPT, &clock).await;
    let still = RetryPolicy::new().backoff(Duration::ZERO, Duration::ZERO);
    let transport = transport(builder(&clock).retry(still), &server.url);
    for _ in 0..6 {
        let _ = call(&transport, &REVOKE, CallOptions::new()).await;
    }
    assert_eq!(server.requests(), 16);
    assert_eq!(limits(&clock).last(), Some(&30_000));
}

#[tokio::test]
async fn a_gateway_timeout_leaves_the_outcome_unknown() {
    let none = || CallOptions::new().retry(RetryPolicy::none());
    for script in [&[Answer(408, "")], &[Answer(499, "")]] {
        let (result, ..) = played(script, &CREATE, none()).await;
        assert_eq!(result.unwrap_err().outcome(), FAILED);
    }
}

#[tokio::test]
async fn a_request_that_cannot_be_sent_is_not_retried() {
    let clock = Hand::default();
    let transport = transport(builder(&clock), "http://127.0.0.1:9");
    let url = format!("http://127.0.0.1:9/{}", "a".repeat(70_000));
    let request = transport.http().post(url).build().unwrap();
    let options = CallOptions::new();
    let sent = transport.execute::<common::Call>(&REVOKE, Ok(request), &options);
    let error = sent.await.unwrap_err();
    assert!(matches!(error, Error::Request { .. }), "{error}");
    assert_eq!(error.outcome(), Outcome::NotApplied(NotApplied::NeverSent));
    assert_eq!(error.attempts().count(), 0);
}
