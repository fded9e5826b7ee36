//! Responses that are large, or become large when they are decoded: limits of time and memory.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    missing_docs,
    reason = "tests"
)]

mod common;

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, SystemTime};

use common::{Hand, REVOKE, Refused, builder, transport};
use openapi_client_runtime::{
    BodyFailure, BoxFuture, CallOptions, Clock, Decode, Decoded, Error, Outcome, RawResponse,
    Response, Transport, Unknown,
};
use serde::Deserialize;
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

const NOT_CONFIRMED: Outcome = Outcome::Unknown(Unknown::NotConfirmed);
const KIBIBYTE: usize = 1024;

/// A server that responds to every request with this JSON.
async fn serving(body: String) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let head = format!(
        "HTTP/1.1 200 -\r\ncontent-type: application/json\r\nconnection: close\r\n\
         content-length: {}\r\n\r\n",
        body.len()
    );
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut read = Vec::new();
            while !read.ends_with(b"\r\n\r\n") {
                stream.read_buf(&mut read).await.unwrap();
            }
            let _ = stream.write_all(head.as_bytes()).await;
            let _ = stream.write_all(body.as_bytes()).await;
        }
    });
    url
}

async fn call<D: Decode>(transport: &Transport) -> Result<Response<D::Success>, Error<D::Error>> {
    let url = format!("{}/revoke", transport.base_url());
    let request = Ok(transport.http().post(url).build().unwrap());
    let options = CallOptions::new();
    transport.execute::<D>(&REVOKE, request, &options).await
}

/// An operation whose response has the type `T`.
struct Of<T>(T);

impl<T: for<'de> Deserialize<'de> + Send + 'static> Decode for Of<T> {
    type Success = T;
    type Error = Refused;

    fn decode(response: &RawResponse) -> Decoded<T, Refused> {
        response.json("application/json").success()
    }
}

/// A list of about this many bytes that repeats an element.
fn list_of(element: &str, bytes: usize) -> String {
    let elements = vec![element; bytes / (element.len() + 1)];
    format!("[{}]", elements.join(","))
}

/// A transport with a maximum body of 64 KiB, so that values may take 1 MiB.
async fn small(body: String) -> Transport {
    let builder = builder(&Hand::default()).max_response_bytes(64 * KIBIBYTE);
    transport(builder, &serving(body).await)
}

fn failure<T>(answer: Result<Response<T>, Error<Refused>>) -> (BodyFailure, usize) {
    let error = answer.map(|_| ()).expect_err("it is refused");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(200));
    assert_eq!(error.outcome(), NOT_CONFIRMED);
    let Error::Body { failure, .. } = &error else {
        panic!("{error:?}");
    };
    (*failure, error.raw().expect("it is kept").len())
}

#[tokio::test]
async fn values_take_no_more_memory_than_allowed() {
    #[derive(Deserialize)]
    struct Wide {
        #[expect(dead_code, reason = "for its size")]
        room: Option<[[u64; 16]; 16]>,
    }
    let limit = 16 * 64 * KIBIBYTE;
    let expected = BodyFailure::TooMuchMemory { limit };
    for element in ["{\"\":0}", "0", "[]", "[[[[]]]]", "\"a\"", "{\"a\":{}}"] {
        let body = list_of(element, 60 * KIBIBYTE);
        let (failed, kept) = failure(call::<Of<Value>>(&small(body.clone()).await).await);
        assert_eq!((failed, kept), (expected, body.len()), "{element}");
    }
    // The memory of a struct depends on its type, not on the JSON.
    let body = list_of("{}", 60 * KIBIBYTE);
    let (failed, _) = failure(call::<Of<Vec<Wide>>>(&small(body).await).await);
    assert_eq!(failed, expected);
    assert_eq!(
        failed.to_string(),
        "decoding the body would take more than 1048576 bytes of memory"
    );
}

#[tokio::test]
async fn values_that_take_little_are_decoded() {
    #[derive(Deserialize)]
    struct Narrow {
        a: u8,
        name: String,
    }
    let body = list_of("1", 60 * KIBIBYTE);
    let transport = small(body).await;
    let read = call::<Of<Vec<u8>>>(&transport).await.ok();
    assert!(read.is_some_and(|read| read.iter().all(|one| *one == 1)));
    let body = list_of("{\"a\":1,\"name\":\"somebody\"}", 60 * KIBIBYTE);
    let read = call::<Of<Vec<Narrow>>>(&small(body).await).await.ok();
    let read = read.expect("it is read");
    assert!(read.iter().all(|one| one.a == 1 && one.name == "somebody"));
    // As a list of untyped values it takes more than this transport allows.
    let member = format!("\"{}\"", "x".repeat(200));
    let body = list_of(&member, 60 * KIBIBYTE);
    assert!(call::<Of<Value>>(&small(body).await).await.is_ok());
}

#[tokio::test]
async fn the_memory_limit_is_set_apart_from_the_body_limit() {
    let body = list_of("{\"a\":1}", 200 * KIBIBYTE);
    let url = serving(body.clone()).await;
    let builder = builder(&Hand::default()).max_decoded_bytes(1000);
    let tight = transport(builder.clone(), &url);
    let limit = 1000;
    let (failed, kept) = failure(call::<Of<Value>>(&tight).await);
    assert_eq!(failed, BodyFailure::TooMuchMemory { limit });
    assert_eq!(kept, body.len());
    let wide = transport(builder.max_decoded_bytes(usize::MAX), &url);
    let read = call::<Of<Value>>(&wide).await.expect("it is read");
    assert_eq!(read.to_string(), body);
    assert_eq!(read.raw(), body.as_bytes());
}

/// The progress of decoding: started, and allowed to continue.
static BEGUN: AtomicBool = AtomicBool::new(false);
static GATE: (Mutex<bool>, Condvar) = (Mutex::new(false), Condvar::new());

/// An operation whose decoding blocks until it is allowed to continue.
struct Slow;

impl Decode for Slow {
    type Success = Value;
    type Error = Refused;

    fn decode(response: &RawResponse) -> Decoded<Value, Refused> {
        BEGUN.store(true, Ordering::Release);
        let (gate, opened) = &GATE;
        let mut open = gate.lock().unwrap();
        while !*open {
            open = opened.wait(open).unwrap();
        }
        response.json("application/json").success()
    }
}

async fn the_timeout_expires_while_a_body_is_decoded() {
    let body = list_of("{\"a\":1}", 200 * KIBIBYTE);
    let clock = Hand::default();
    let transport = transport(builder(&clock), &serving(body.clone()).await);
    let ending = {
        let clock = clock.clone();
        tokio::spawn(async move {
            while !BEGUN.load(Ordering::Acquire) {
                tokio::task::yield_now().await;
            }
            clock.0.in_vain.notify_one();
        })
    };
    // The caller's thread is free meanwhile, or the timeout would never expire.
    let (failed, kept) = failure(call::<Slow>(&transport).await);
    assert_eq!(failed, BodyFailure::NotReadInTime);
    assert_eq!(kept, body.len());
    ending.await.unwrap();
    *GATE.0.lock().unwrap() = true;
    GATE.1.notify_all();
}

#[test]
fn the_timeout_stops_decoding() {
    let mut single = tokio::runtime::Builder::new_current_thread();
    let mut several = tokio::runtime::Builder::new_multi_thread();
    for runtime in [&mut single, several.worker_threads(2)] {
        BEGUN.store(false, Ordering::Release);
        *GATE.0.lock().unwrap() = false;
        let runtime = runtime.enable_all().build().unwrap();
        runtime.block_on(the_timeout_expires_while_a_body_is_decoded());
    }
}

/// A clock on which the second time limit of a call, which is that of decoding, expires at once.
#[derive(Default)]
struct Impatient(Hand, AtomicUsize);

impl Clock for Impatient {
    fn now(&self) -> Duration {
        self.0.now()
    }

    fn date(&self) -> SystemTime {
        self.0.date()
    }

    fn pause(&self, duration: Duration) -> BoxFuture<()> {
        self.0.pause(duration)
    }

    fn limit(&self, duration: Duration) -> BoxFuture<()> {
        if self.1.fetch_add(1, Ordering::Relaxed) == 1 {
            return Box::pin(std::future::ready(()));
        }
        self.0.limit(duration)
    }

    fn jitter(&self) -> f64 {
        self.0.jitter()
    }
}

#[test]
fn a_runtime_without_a_free_thread_ends_the_call_in_time() {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    let runtime = runtime
        .max_blocking_threads(1)
        .enable_all()
        .build()
        .unwrap();
    let gate = Arc::new((Mutex::new(false), Condvar::new()));
    let held = Arc::clone(&gate);
    runtime.spawn_blocking(move || {
        let mut open = held.0.lock().unwrap();
        while !*open {
            open = held.1.wait(open).unwrap();
        }
    });
    runtime.block_on(async {
        let body = list_of("{\"a\":1}", 200 * KIBIBYTE);
        let clock = Impatient::default();
        let transport = transport(builder(&clock.0).clock(clock), &serving(body).await);
        let (failed, _) = failure(call::<Of<Value>>(&transport).await);
        assert_eq!(failed, BodyFailure::NotReadInTime);
        *gate.0.lock().unwrap() = true;
        gate.1.notify_all();
        // From now on there is a free thread.
        assert!(call::<Of<Value>>(&transport).await.is_ok());
    });
}

/// An operation whose decoding panics.
struct Broken;

impl Decode for Broken {
    type Success = Value;
    type Error = Refused;

    fn decode(_: &RawResponse) -> Decoded<Value, Refused> {
        panic!("it is meant to");
    }
}

#[tokio::test]
async fn a_panic_in_decoding_is_resumed_in_the_caller() {
    let body = list_of("{\"a\":1}", 200 * KIBIBYTE);
    let transport = transport(builder(&Hand::default()), &serving(body).await);
    let call = tokio::spawn(async move { call::<Broken>(&transport).await.map(|_| ()) });
    assert!(call.await.err().is_some_and(|error| error.is_panic()));
}
