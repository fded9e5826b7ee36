//! What a call does when an attempt fails, against a real server on loopback and a clock that is
//! moved by hand: nothing here waits.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    missing_docs,
    reason = "tests"
)]

use std::future::{pending, ready};
use std::pin::pin;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, SystemTime};

use openapi_client_runtime::{
    BaseUrl, BoxFuture, CachedToken, CallOptions, Clock, Credential, Decode, Decoded, Error,
    IssuedToken, NotApplied, Operation, Outcome, RawResponse, Response, RetryPolicy, Secret,
    TokenError, Transport, TransportBuilder, TransportErrorKind, Unknown, Variant,
};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

static REVOKE: Operation = Operation {
    id: "revoke",
    method: "POST",
    path: "/revoke",
    idempotent: true,
    accept: "application/json",
    security: &[&["Bearer"]],
};
static CREATE: Operation = Operation {
    id: "create",
    path: "/create",
    idempotent: false,
    ..REVOKE
};

struct Call;

#[derive(Debug)]
enum Refused {
    Unauthorized,
    TooMany,
}

impl Variant for Refused {
    fn variant(&self) -> &'static str {
        match self {
            Self::Unauthorized => "Unauthorized",
            Self::TooMany => "TooMany",
        }
    }
}

impl Decode for Call {
    type Success = serde_json::Value;
    type Error = Refused;

    fn decode(response: &RawResponse) -> Decoded<Self::Success, Self::Error> {
        match response.status().as_u16() {
            200 => response.json("application/json").success(),
            401 => response.empty().error(|()| Refused::Unauthorized),
            429 => response.empty().error(|()| Refused::TooMany),
            _ => Decoded::undeclared(),
        }
    }
}

/// Time that passes only while a call waits: every pause is over at once, and is recorded. An
/// attempt's time ends when the server says that the client waits in vain.
#[derive(Clone, Default)]
struct Hand(Arc<Moved>);

#[derive(Default)]
struct Moved {
    milliseconds: AtomicU64,
    pauses: Mutex<Vec<Duration>>,
    limits: Mutex<Vec<Duration>>,
    in_vain: tokio::sync::Notify,
}

impl Clock for Hand {
    fn now(&self) -> Duration {
        Duration::from_millis(self.0.milliseconds.load(Ordering::Relaxed))
    }

    fn date(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + self.now()
    }

    fn pause(&self, duration: Duration) -> BoxFuture<()> {
        self.0.pauses.lock().unwrap().push(duration);
        self.pass(duration);
        Box::pin(ready(()))
    }

    fn limit(&self, duration: Duration) -> BoxFuture<()> {
        self.0.limits.lock().unwrap().push(duration);
        let clock = self.clone();
        Box::pin(async move {
            clock.0.in_vain.notified().await;
            clock.pass(duration);
        })
    }

    fn jitter(&self) -> f64 {
        1.0
    }
}

impl Hand {
    fn pass(&self, duration: Duration) {
        let milliseconds = u64::try_from(duration.as_millis()).unwrap();
        self.0
            .milliseconds
            .fetch_add(milliseconds, Ordering::Relaxed);
    }

    fn pauses(&self) -> Vec<u128> {
        let pauses = self.0.pauses.lock().unwrap();
        pauses.iter().map(Duration::as_millis).collect()
    }
}

/// What the server does with one request.
#[derive(Clone, Copy)]
enum Does {
    Answer(u16, &'static str),
    /// Reads it and hangs up.
    HangUp,
    /// Reads it and says nothing until the client goes away.
    Silence,
    /// Sends the head of an answer and half of its body.
    Half,
}

use Does::{Answer, Half, HangUp, Silence};

const OK: Does = Answer(200, "content-type: application/json\r\n");

struct Server {
    url: String,
    seen: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// Does one thing per request, in order; beyond the last it does not answer at all.
    async fn doing(script: &'static [Does], clock: &Hand) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let seen = Arc::new(Mutex::new(Vec::new()));
        let (log, clock) = (Arc::clone(&seen), clock.clone());
        tokio::spawn(async move {
            for does in script {
                let (mut stream, _) = listener.accept().await.unwrap();
                let mut head = Vec::new();
                while !head.ends_with(b"\r\n\r\n") {
                    if stream.read_buf(&mut head).await.unwrap() == 0 {
                        break;
                    }
                }
                log.lock().unwrap().push(String::from_utf8(head).unwrap());
                let text = match does {
                    Answer(status, headers) => format!(
                        "HTTP/1.1 {status} -\r\n{headers}connection: close\r\ncontent-length: 2\r\n\r\n{{}}"
                    ),
                    Half => "HTTP/1.1 200 -\r\ncontent-type: application/json\r\n\
                             content-length: 9\r\n\r\n{"
                        .to_owned(),
                    HangUp | Silence => String::new(),
                };
                // A client that has gone away reads nothing.
                let _ = stream.write_all(text.as_bytes()).await;
                if matches!(does, Silence) {
                    clock.0.in_vain.notify_one();
                    while stream
                        .read_buf(&mut Vec::new())
                        .await
                        .is_ok_and(|read| read > 0)
                    {}
                }
            }
        });
        Self { url, seen }
    }

    fn requests(&self) -> usize {
        self.seen.lock().unwrap().len()
    }
}

fn builder(clock: &Hand) -> TransportBuilder {
    TransportBuilder::new()
        .credential("Bearer", Credential::bearer("static"))
        .clock(clock.clone())
}

fn transport(builder: TransportBuilder, url: &str) -> Transport {
    builder.build(BaseUrl::parse(url).unwrap()).unwrap()
}

type Result_ = Result<Response<serde_json::Value>, Error<Refused>>;

async fn call(
    transport: &Transport,
    operation: &'static Operation,
    options: CallOptions,
) -> Result_ {
    let url = format!("{}{}", transport.base_url(), operation.path);
    let request = transport.http().post(url).build().unwrap();
    let request = Ok(request);
    transport
        .execute::<Call>(operation, request, &options)
        .await
}

async fn played(
    script: &'static [Does],
    operation: &'static Operation,
    options: CallOptions,
) -> (Result_, Hand, usize) {
    let clock = Hand::default();
    let server = Server::doing(script, &clock).await;
    let result = call(&transport(builder(&clock), &server.url), operation, options).await;
    (result, clock, server.requests())
}

const NO_ANSWER: Outcome = Outcome::Unknown(Unknown::NoAnswer);
const EARLIER: Outcome = Outcome::Unknown(Unknown::EarlierRequest);
const REFUSED: Outcome = Outcome::NotApplied(NotApplied::Refused);
const FAILED: Outcome = Outcome::Unknown(Unknown::ServerFailed);

#[tokio::test]
async fn an_idempotent_call_is_repeated_until_it_succeeds() {
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
async fn what_may_have_been_applied_is_not_repeated() {
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
async fn what_the_server_refused_for_now_is_repeated() {
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
async fn the_outcome_counts_every_request() {
    // The first request may have been applied; that the second was refused does not undo it.
    let script = &[HangUp, Answer(422, "")];
    let (result, _, requests) = played(script, &REVOKE, CallOptions::new()).await;
    let error = result.unwrap_err();
    assert_eq!((requests, error.outcome()), (2, EARLIER));
    assert_eq!(
        error.to_string(),
        "revoke: the server answered with a status that is not declared (status 422, 2 bytes), \
         after 2 requests; it may have been applied by an earlier request"
    );
    // Two refusals are still a refusal.
    let script = &[Answer(429, ""), Answer(401, "")];
    let (result, ..) = played(script, &CREATE, CallOptions::new()).await;
    assert_eq!(result.unwrap_err().outcome(), REFUSED);
}

#[tokio::test]
async fn a_request_that_never_left_is_repeated_and_surely_not_applied() {
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
async fn one_deadline_holds_for_the_whole_call() {
    // Three attempts of ten seconds and two waits would pass thirty seconds.
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

    // A wait that would pass it is not begun.
    let script = &[Answer(503, "retry-after: 4\r\n"), OK];
    let hasty = CallOptions::new().timeout(Duration::from_secs(4));
    let (result, clock, requests) = played(script, &REVOKE, hasty).await;
    assert_eq!(
        result.unwrap_err().retry_after(),
        Some(Duration::from_secs(4))
    );
    assert_eq!((requests, clock.now()), (1, Duration::ZERO));

    // What cannot be repeated has all the time.
    let (_, clock, requests) = played(&[Silence], &CREATE, CallOptions::new()).await;
    assert_eq!((requests, clock.now()), (1, Duration::from_secs(30)));
}

#[tokio::test]
async fn a_client_repeats_only_so_much() {
    static SCRIPT: [Does; 40] = [Answer(503, ""); 40];
    let clock = Hand::default();
    let server = Server::doing(&SCRIPT, &clock).await;
    let transport = transport(builder(&clock), &server.url);
    for _ in 0..6 {
        let _ = call(&transport, &REVOKE, CallOptions::new()).await;
    }
    // Six calls, and ten repetitions for all of them.
    assert_eq!(server.requests(), 16);
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
        if let Poll::Ready(_) = future.as_mut().poll(&mut context) {
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
