//! Many concurrent calls whose token is rejected, or whose token source fails.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    missing_docs,
    reason = "tests"
)]

mod common;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use common::{CREATE, Hand, REVOKE, Refused, Result_, builder, call, transport};
use openapi_client_runtime::{
    CachedToken, CallOptions, Credential, IssuedToken, Operation, Secret, TokenError, Transport,
};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;

const HERD: usize = 200;

/// The requests with one token at one path.
struct Door {
    /// The number of requests.
    came: watch::Sender<usize>,
    /// The status to respond with; until it is set the requests wait.
    status: watch::Sender<Option<u16>>,
}

/// By path and token.
type Doors = BTreeMap<(String, String), Arc<Door>>;

/// A server that responds by path and token, when a test sets the status.
#[derive(Clone, Default)]
struct Server {
    doors: Arc<Mutex<Doors>>,
}

impl Server {
    async fn start(&self) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let server = self.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let server = server.clone();
                tokio::spawn(async move { server.serve(stream).await });
            }
        });
        url
    }

    async fn serve(&self, mut stream: TcpStream) {
        loop {
            let mut head = Vec::new();
            while !head.ends_with(b"\r\n\r\n") {
                if stream.read_buf(&mut head).await.is_ok_and(|read| read > 0) {
                    continue;
                }
                return;
            }
            let head = String::from_utf8(head).unwrap();
            let path = head.split(' ').nth(1).unwrap().to_owned();
            let (_, token) = head.split_once("authorization: Bearer ").unwrap();
            let door = self.door(&path, token.lines().next().unwrap());
            door.came.send_modify(|came| *came += 1);
            let mut status = door.status.subscribe();
            let status = status.wait_for(Option::is_some).await.unwrap().unwrap();
            let answer = format!(
                "HTTP/1.1 {status} -\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{{}}"
            );
            let _ = stream.write_all(answer.as_bytes()).await;
        }
    }

    fn door(&self, path: &str, token: &str) -> Arc<Door> {
        let mut doors = self.doors.lock().unwrap();
        let door = doors.entry((path.to_owned(), token.to_owned()));
        let new = || {
            Arc::new(Door {
                came: watch::Sender::new(0),
                status: watch::Sender::new(None),
            })
        };
        Arc::clone(door.or_insert_with(new))
    }

    /// Sets the status for requests with this token.
    fn answer(&self, operation: &Operation, token: &str, status: u16) {
        let door = self.door(operation.path, token);
        door.status.send_replace(Some(status));
    }

    /// Sets the status once this number of requests has arrived.
    async fn answer_all(&self, operation: &Operation, token: &str, status: u16, requests: usize) {
        let door = self.door(operation.path, token);
        let mut came = door.came.subscribe();
        came.wait_for(|came| *came == requests).await.unwrap();
        door.status.send_replace(Some(status));
    }

    fn came(&self, operation: &Operation, token: &str) -> usize {
        *self.door(operation.path, token).came.borrow()
    }
}

/// A source of numbered tokens, and their number. Each one takes a few polls.
fn numbered() -> (CachedToken, Arc<AtomicUsize>) {
    let count = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&count);
    let source = CachedToken::new(move || {
        let number = counted.fetch_add(1, Ordering::Relaxed) + 1;
        async move {
            for _ in 0..5 {
                tokio::task::yield_now().await;
            }
            Ok(IssuedToken::new(format!("token-{number}"), None::<i64>))
        }
    });
    (source, count)
}

struct Scene {
    server: Server,
    transport: Transport,
    issued: Arc<AtomicUsize>,
}

impl Scene {
    async fn set() -> Self {
        let server = Server::default();
        let (source, issued) = numbered();
        let sourced =
            builder(&Hand::default()).credential("Bearer", Credential::bearer_from(source));
        let transport = transport(sourced, &server.start().await);
        Self {
            server,
            transport,
            issued,
        }
    }

    fn calls(&self, operation: &'static Operation, calls: usize) -> JoinSet<Result_> {
        let one = |_| {
            let transport = self.transport.clone();
            async move { call(&transport, operation, CallOptions::new()).await }
        };
        (0..calls).map(one).collect()
    }

    fn issued(&self) -> usize {
        self.issued.load(Ordering::Relaxed)
    }
}

async fn succeeded(calls: JoinSet<Result_>) -> usize {
    let answers = calls.join_all().await;
    answers.iter().filter(|answer| answer.is_ok()).count()
}

#[tokio::test]
async fn calls_with_one_rejected_token_continue_with_another() {
    let scene = Scene::set().await;
    let calls = scene.calls(&CREATE, HERD);
    scene.server.answer(&CREATE, "token-2", 200);
    scene.server.answer_all(&CREATE, "token-1", 401, HERD).await;
    assert_eq!(succeeded(calls).await, HERD);
    assert_eq!(scene.issued(), 2);
    assert_eq!(scene.server.came(&CREATE, "token-2"), HERD);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn calls_on_several_threads_continue_with_another() {
    let scene = Scene::set().await;
    let calls = scene.calls(&CREATE, HERD);
    scene.server.answer(&CREATE, "token-2", 200);
    scene.server.answer_all(&CREATE, "token-1", 401, HERD).await;
    assert_eq!(succeeded(calls).await, HERD);
    assert_eq!(scene.issued(), 2);
}

#[tokio::test]
async fn a_late_rejection_of_an_old_token_costs_nothing() {
    let scene = Scene::set().await;
    let late = scene.calls(&REVOKE, HERD);
    let mut came = scene.server.door("/revoke", "token-1").came.subscribe();
    came.wait_for(|came| *came == HERD).await.unwrap();
    for (number, refused) in ["token-1", "token-2"].into_iter().enumerate() {
        let calls = scene.calls(&CREATE, HERD);
        let next = format!("token-{}", number + 2);
        scene.server.answer(&CREATE, &next, 200);
        scene.server.answer_all(&CREATE, refused, 401, HERD).await;
        assert_eq!(succeeded(calls).await, HERD);
        // From now on the server rejects this one as well.
        let door = scene.server.door("/create", &next);
        door.status.send_replace(None);
        door.came.send_replace(0);
    }
    scene.server.answer(&REVOKE, "token-3", 200);
    scene.server.answer(&REVOKE, "token-1", 401);
    assert_eq!(succeeded(late).await, HERD);
    assert_eq!(scene.issued(), 3);
    assert_eq!(scene.server.came(&REVOKE, "token-2"), 0);
}

#[tokio::test]
async fn calls_that_no_token_helps_request_one() {
    let scene = Scene::set().await;
    let calls = scene.calls(&CREATE, HERD);
    scene.server.answer(&CREATE, "token-2", 401);
    scene.server.answer_all(&CREATE, "token-1", 401, HERD).await;
    for answer in calls.join_all().await {
        let error = answer.expect_err("it is refused");
        assert!(matches!(error.api(), Some(Refused::Unauthorized)));
    }
    assert_eq!(scene.issued(), 2);
}

/// A source that runs `first` for its first request, and returns a token for every other.
fn at_first<T>(first: impl Fn() -> T + Send + Sync + 'static) -> CachedToken
where
    T: Future<Output = Result<IssuedToken, TokenError>> + Send + 'static,
{
    let asked = AtomicUsize::new(0);
    CachedToken::new(move || {
        let first = (asked.fetch_add(1, Ordering::Relaxed) == 0).then(&first);
        async move {
            match first {
                Some(first) => first.await,
                None => Ok(IssuedToken::new("good", None::<i64>)),
            }
        }
    })
}

async fn sourced(source: CachedToken) -> Transport {
    let server = Server::default();
    server.answer(&CREATE, "good", 200);
    let builder = builder(&Hand::default());
    let sourced = builder.credential("Bearer", Credential::bearer_from(source));
    transport(sourced, &server.start().await)
}

#[tokio::test]
async fn a_source_that_panics_is_called_again() {
    let source = at_first(|| async {
        tokio::task::yield_now().await;
        panic!("it is meant to");
    });
    let transport = sourced(source).await;
    let both = (0..2).map(|_| {
        let transport = transport.clone();
        async move { call(&transport, &CREATE, CallOptions::new()).await }
    });
    let mut calls: JoinSet<Result_> = both.collect();
    let mut panicked = 0;
    while let Some(ended) = calls.join_next().await {
        match ended {
            Ok(answer) => assert!(answer.is_ok()),
            Err(error) => panicked += usize::from(error.is_panic()),
        }
    }
    // The call that waited for it did not panic.
    assert_eq!(panicked, 1);
    let next = call(&transport, &CREATE, CallOptions::new()).await;
    assert!(next.is_ok());
}

#[tokio::test]
async fn a_source_whose_task_was_aborted_is_called_again() {
    let source = at_first(|| async {
        let task = tokio::spawn(std::future::pending::<Secret>());
        task.abort();
        let token = task.await.map_err(TokenError::new)?;
        Ok(IssuedToken::new(token, None::<i64>))
    });
    let transport = sourced(source).await;
    let first = call(&transport, &CREATE, CallOptions::new()).await;
    assert!(first.is_err());
    let next = call(&transport, &CREATE, CallOptions::new()).await;
    assert!(next.is_ok());
}
