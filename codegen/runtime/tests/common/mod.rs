//! A scripted server on loopback, and a manual clock.

#![allow(
    dead_code,
    unreachable_pub,
    reason = "each test file uses a part of it"
)]

use std::future::ready;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use openapi_client_runtime::{
    BaseUrl, BoxFuture, CallOptions, Clock, Credential, Decode, Decoded, Error, ErrorVariant,
    Operation, RawResponse, Response, Transport, TransportBuilder,
};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

pub static REVOKE: Operation = Operation {
    id: "revoke",
    method: "POST",
    path: "/revoke",
    server: None,
    idempotent: true,
    accept: "application/json",
    security: &[&["Bearer"]],
};
pub static CREATE: Operation = Operation {
    id: "create",
    path: "/create",
    server: None,
    idempotent: false,
    ..REVOKE
};

pub struct Call;

#[derive(Debug)]
pub enum Refused {
    Unauthorized,
    TooMany,
}

impl ErrorVariant for Refused {
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

/// A clock whose time passes only while a call waits: every pause ends at once and is recorded. The time
/// limit of an attempt expires when the server does not respond.
#[derive(Clone, Default)]
pub struct Hand(pub Arc<Moved>);

#[derive(Default)]
pub struct Moved {
    milliseconds: AtomicU64,
    pauses: Mutex<Vec<Duration>>,
    pub limits: Mutex<Vec<Duration>>,
    pub in_vain: tokio::sync::Notify,
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
    pub fn pass(&self, duration: Duration) {
        let milliseconds = u64::try_from(duration.as_millis()).unwrap();
        self.0
            .milliseconds
            .fetch_add(milliseconds, Ordering::Relaxed);
    }

    pub fn pauses(&self) -> Vec<u128> {
        let pauses = self.0.pauses.lock().unwrap();
        pauses.iter().map(Duration::as_millis).collect()
    }
}

/// The reaction of the server to one request.
#[derive(Clone, Copy)]
pub enum Does {
    Answer(u16, &'static str),
    /// Reads the request and closes the connection.
    HangUp,
    /// Reads the request and waits until the client closes the connection.
    Silence,
    /// Sends the head of a response and half of its body.
    Half,
}

pub use Does::{Answer, Half, HangUp, Silence};

pub const OK: Does = Answer(200, "content-type: application/json\r\n");

pub struct Server {
    pub url: String,
    pub seen: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// Starts a server with one reaction per request, in order. It does not respond to further requests.
    pub async fn doing(script: &'static [Does], clock: &Hand) -> Self {
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
                // The client may have closed the connection.
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

    pub fn requests(&self) -> usize {
        self.seen.lock().unwrap().len()
    }
}

pub fn builder(clock: &Hand) -> TransportBuilder {
    TransportBuilder::new()
        .credential("Bearer", Credential::bearer("static"))
        .clock(clock.clone())
}

pub fn transport(builder: TransportBuilder, url: &str) -> Transport {
    builder.build(BaseUrl::parse(url).unwrap()).unwrap()
}

pub type Result_ = Result<Response<serde_json::Value>, Error<Refused>>;

pub async fn call(
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

pub async fn played(
    script: &'static [Does],
    operation: &'static Operation,
    options: CallOptions,
) -> (Result_, Hand, usize) {
    let clock = Hand::default();
    let server = Server::doing(script, &clock).await;
    let result = call(&transport(builder(&clock), &server.url), operation, options).await;
    (result, clock, server.requests())
}
