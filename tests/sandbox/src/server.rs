//! The server itself: a thread of its own, one request per connection.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, SystemTime};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{MatchedPath, Request};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::Response;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tower::ServiceExt;
use uuid::Uuid;

use crate::bucket::Bucket;
use crate::document::corrected;
use crate::faults::{Effect, Misbehaviour, Script};
use crate::routes::{Context, Now, Unapplied, refused, router, since_epoch};
use crate::state::State;

/// No request is larger.
const LARGEST: usize = 1 << 20;

/// A request as it came. It has no `Debug`, since it holds secrets.
#[derive(Clone)]
pub struct Recorded {
    /// The HTTP method.
    pub method: String,
    /// The path, with its query.
    pub path: String,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
}

type Heard = Arc<dyn Fn(&str) + Send + Sync>;
type Stalled = Arc<dyn Fn() + Send + Sync>;

/// What connections share.
#[derive(Clone)]
struct Shared {
    router: Router,
    context: Context,
    queue: Arc<Mutex<VecDeque<(Misbehaviour, Effect)>>>,
    recorded: Arc<Mutex<Vec<Recorded>>>,
    heard: Heard,
    stalled: Stalled,
}

/// What is locked is never left half changed.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Configures a [`Sandbox`].
pub struct Builder {
    port: u16,
    client_id: Uuid,
    client_secret: String,
    lifetime: Duration,
    limit: u32,
    now: Now,
    heard: Heard,
    stalled: Stalled,
}

impl Builder {
    /// The port on 127.0.0.1. Default: any free one.
    #[must_use]
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// The credentials of the one client that is known. Default: some of its own.
    #[must_use]
    pub fn client(mut self, id: Uuid, secret: &str) -> Self {
        (self.client_id, self.client_secret) = (id, secret.to_owned());
        self
    }

    /// How long a token is valid. Default: 86400 seconds.
    #[must_use]
    pub fn token_lifetime(mut self, lifetime: Duration) -> Self {
        self.lifetime = lifetime;
        self
    }

    /// How many requests are taken in a second. Default: 30.
    #[must_use]
    pub fn requests_per_second(mut self, limit: u32) -> Self {
        self.limit = limit;
        self
    }

    /// Where the time is taken from. Default: the operating system.
    #[must_use]
    pub fn clock(mut self, now: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        self.now = Arc::new(now);
        self
    }

    /// Is called when a misbehaviour has begun to leave a client waiting.
    #[must_use]
    pub fn on_stall(mut self, stalled: impl Fn() + Send + Sync + 'static) -> Self {
        self.stalled = Arc::new(stalled);
        self
    }

    /// Is called with a line for each request: its method, the template of its path and the
    /// status, or how the sandbox misbehaved. Nothing else of it is in there: people put tokens
    /// in paths too.
    #[must_use]
    pub fn on_request(mut self, heard: impl Fn(&str) + Send + Sync + 'static) -> Self {
        self.heard = Arc::new(heard);
        self
    }

    /// Starts the server.
    ///
    /// # Errors
    ///
    /// If the port is taken.
    pub fn start(self) -> std::io::Result<Sandbox> {
        let (id, secret) = (self.client_id, self.client_secret);
        let bucket = Bucket::new(self.limit, since_epoch(&self.now));
        let state = State::new(id, &secret, self.lifetime, bucket);
        let context = Context {
            state: Arc::new(Mutex::new(state)),
            now: self.now,
        };
        let shared = Shared {
            router: router(&corrected(), &context),
            context,
            queue: Arc::default(),
            recorded: Arc::default(),
            heard: self.heard,
            stalled: self.stalled,
        };
        let listener = std::net::TcpListener::bind(("127.0.0.1", self.port))?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        let (stop, stopped) = oneshot::channel::<Infallible>();
        let serving = shared.clone();
        let thread = std::thread::spawn(move || {
            runtime.block_on(async move {
                tokio::select! {
                    () = serve(listener, serving) => {}
                    _ = stopped => {}
                }
            });
        });
        Ok(Sandbox {
            address,
            client_id: id,
            client_secret: secret,
            shared,
            running: Some((stop, thread)),
        })
    }
}

/// A running server. It stops when it is dropped.
pub struct Sandbox {
    address: SocketAddr,
    client_id: Uuid,
    client_secret: String,
    shared: Shared,
    running: Option<(oneshot::Sender<Infallible>, JoinHandle<()>)>,
}

impl Sandbox {
    /// Starts a server on a free port.
    ///
    /// # Panics
    ///
    /// If loopback has no free port.
    #[must_use]
    pub fn start() -> Self {
        let started = Self::builder().start();
        started.unwrap_or_else(|error| panic!("no server on loopback: {error}"))
    }

    /// Configures a server.
    #[must_use]
    pub fn builder() -> Builder {
        Builder {
            port: 0,
            client_id: Uuid::from_u128(0x5a2d_b0c5_0000_4000_8000_0000_0000_0001),
            client_secret: "sandbox-client-secret".to_owned(),
            lifetime: Duration::from_secs(86_400),
            limit: 30,
            now: Arc::new(SystemTime::now),
            heard: Arc::new(|_| {}),
            stalled: Arc::new(|| {}),
        }
    }

    /// Its base URL.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}/v1", self.address)
    }

    /// The id of the client that it knows.
    #[must_use]
    pub fn client_id(&self) -> Uuid {
        self.client_id
    }

    /// The secret of the client that it knows.
    #[must_use]
    pub fn client_secret(&self) -> &str {
        &self.client_secret
    }

    /// Answers the next request so that has not been spoken for.
    pub fn misbehave(&self, how: Misbehaviour, effect: Effect) {
        locked(&self.shared.queue).push_back((how, effect));
    }

    /// Every request that was read, in the order of their arrival.
    #[must_use]
    pub fn requests(&self) -> Vec<Recorded> {
        locked(&self.shared.recorded).clone()
    }

    /// Whether a token would be accepted now.
    #[must_use]
    pub fn is_live(&self, token: &str) -> bool {
        let now = self.shared.context.since_epoch();
        self.shared.context.with(|state| state.is_live(token, now))
    }

    /// How many tokens would be accepted now.
    #[must_use]
    pub fn live_tokens(&self) -> usize {
        let now = self.shared.context.since_epoch();
        self.shared.context.with(|state| state.live(now))
    }

    /// Waits until the server ends by itself, which it does not.
    pub fn wait(mut self) {
        if let Some((stop, thread)) = self.running.take() {
            let _ = thread.join();
            drop(stop);
        }
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        if let Some((stop, thread)) = self.running.take() {
            drop(stop);
            // What panicked in the thread has been printed there.
            let _ = thread.join();
        }
    }
}

async fn serve(listener: std::net::TcpListener, shared: Shared) {
    let Ok(listener) = TcpListener::from_std(listener) else {
        return;
    };
    loop {
        match listener.accept().await {
            Ok((stream, _)) => drop(tokio::spawn(connection(stream, shared.clone()))),
            // No room for another one; those that are open may end.
            Err(_) => tokio::task::yield_now().await,
        }
    }
}

/// One request, answered well or badly.
async fn connection(stream: TcpStream, shared: Shared) {
    // A connection that says nothing (a probe of the port, a browser's second one) is no request
    // and uses up no misbehaviour.
    if !matches!(stream.peek(&mut [0]).await, Ok(1..)) {
        return;
    }
    let fault = locked(&shared.queue).pop_front();
    match fault {
        None => well(stream, shared).await,
        Some((how, effect)) => {
            // The client may go away at any point, which is what this is for.
            let _ = badly(stream, how, effect, &shared).await;
        }
    }
}

async fn well(stream: TcpStream, shared: Shared) {
    let service = service_fn(move |request: hyper::Request<hyper::body::Incoming>| {
        let shared = shared.clone();
        async move {
            let (head, body) = request.into_parts();
            let method = head.method.clone();
            let response = match axum::body::to_bytes(Body::new(body), LARGEST).await {
                Ok(body) => shared.answer(Request::from_parts(head, body)).await,
                Err(_) => refused(
                    &shared.context,
                    &head,
                    StatusCode::PAYLOAD_TOO_LARGE,
                    "too_large",
                ),
            };
            let status = response.status().as_u16();
            (shared.heard)(&format!("{} {status}", way(&method, &response)));
            Ok::<Response, Infallible>(response)
        }
    });
    // One request per connection, so that a misbehaviour is met by the next request.
    let _ = hyper::server::conn::http1::Builder::new()
        .keep_alive(false)
        .serve_connection(TokioIo::new(stream), service)
        .await;
}

impl Shared {
    fn record(&self, request: &axum::http::Request<Bytes>) {
        locked(&self.recorded).push(Recorded {
            method: request.method().to_string(),
            path: request.uri().to_string(),
            headers: request.headers().clone(),
            body: request.body().clone(),
        });
    }

    async fn answer(&self, request: axum::http::Request<Bytes>) -> Response {
        self.record(&request);
        let answered = self.router.clone().oneshot(request.map(Body::from)).await;
        answered.unwrap_or_else(|never: Infallible| match never {})
    }
}

/// What of a request may be shown.
fn way(method: &Method, response: &Response) -> String {
    let path = response.extensions().get::<MatchedPath>();
    format!(
        "{method} {}",
        path.map_or("(no operation)", |value| value.as_str())
    )
}

async fn badly(
    mut stream: TcpStream,
    how: Misbehaviour,
    effect: Effect,
    shared: &Shared,
) -> std::io::Result<()> {
    let script = how.script((shared.context.now)());
    let mut asked = String::new();
    if !matches!(script, Script::Unread) {
        let mut request = read(&mut stream).await?;
        let method = request.method().clone();
        if effect == Effect::None {
            request.extensions_mut().insert(Unapplied);
        }
        asked = way(&method, &shared.answer(request).await) + " ";
    }
    (shared.heard)(&format!("{asked}misbehaves: {}", how.name()));
    match script {
        Script::Unread => Ok(()),
        Script::Send(bytes) => stream.write_all(&bytes).await,
        Script::Reset => stream.set_zero_linger(),
        Script::Stall(bytes) => {
            stream.write_all(&bytes).await?;
            (shared.stalled)();
            // It ends when the client hangs up.
            while stream.read(&mut [0; 16]).await? > 0 {}
            Ok(())
        }
        Script::Flood(head) => {
            stream.write_all(&head).await?;
            let piece = [b' '; 1 << 14];
            for _ in 0..2048 {
                stream.write_all(&piece).await?;
            }
            Ok(())
        }
    }
}

/// Reads a request from the bare connection: what follows is no HTTP that a library would send.
async fn read(stream: &mut TcpStream) -> std::io::Result<axum::http::Request<Bytes>> {
    let invalid = || std::io::Error::from(std::io::ErrorKind::InvalidData);
    let mut bytes = Vec::new();
    let (start, body_at, length) = loop {
        if let Some(found) = head(&bytes) {
            break found;
        }
        if bytes.len() > LARGEST || stream.read_buf(&mut bytes).await? == 0 {
            return Err(invalid());
        }
    };
    if length > LARGEST {
        return Err(invalid());
    }
    while bytes.len() < body_at + length {
        if stream.read_buf(&mut bytes).await? == 0 {
            return Err(invalid());
        }
    }
    let body = Bytes::copy_from_slice(bytes.get(body_at..).unwrap_or_default());
    start.body(body).map_err(|_| invalid())
}

type Head = (axum::http::request::Builder, usize, usize);

/// The head of a request, where its body begins, and how long that is.
fn head(bytes: &[u8]) -> Option<Head> {
    let end = bytes.windows(4).position(|other| other == b"\r\n\r\n")?;
    let text = std::str::from_utf8(bytes.get(..end)?).ok()?;
    let mut lines = text.split("\r\n");
    let mut start = lines.next()?.split(' ');
    let (method, path) = (start.next()?, start.next()?);
    let mut request = axum::http::Request::builder().method(method).uri(path);
    let mut length = 0;
    for (name, value) in lines.filter_map(|line| line.split_once(':')) {
        if name.eq_ignore_ascii_case("content-length") {
            length = value.trim().parse().unwrap_or(0);
        }
        request = request.header(name, value.trim());
    }
    Some((request, end + 4, length))
}
