//! A server that sends an unsolicited response: whether it is taken as the response to the next request.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    missing_docs,
    reason = "tests"
)]

mod common;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use common::{Call, Hand, REVOKE, builder, transport};
use openapi_client_runtime::{CallOptions, ConnectionReuse, Operation, Transport};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

static READ: Operation = Operation {
    id: "read",
    method: "GET",
    ..REVOKE
};

/// When the server sends the unsolicited response.
#[derive(Clone, Copy)]
enum Stray {
    /// Together with the response.
    AtOnce,
    /// When the next request arrives.
    Late,
}

/// Responds to each request with its number, and once more with `"stray"`.
struct Server {
    url: String,
    connections: Arc<AtomicUsize>,
}

impl Server {
    async fn start(stray: Stray) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let connections = Arc::new(AtomicUsize::new(0));
        let (counted, requests) = (Arc::clone(&connections), Arc::new(AtomicUsize::new(0)));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                counted.fetch_add(1, Ordering::Relaxed);
                tokio::spawn(serve(stream, stray, Arc::clone(&requests)));
            }
        });
        Self { url, connections }
    }

    fn connections(&self) -> usize {
        self.connections.load(Ordering::Relaxed)
    }
}

fn answer(body: &str) -> Vec<u8> {
    let length = body.len();
    let head = "HTTP/1.1 200 -\r\ncontent-type: application/json";
    format!("{head}\r\ncontent-length: {length}\r\n\r\n{body}").into_bytes()
}

async fn serve(mut stream: TcpStream, stray: Stray, requests: Arc<AtomicUsize>) {
    let mut is_first = true;
    loop {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            if !stream.read_buf(&mut head).await.is_ok_and(|read| read > 0) {
                return;
            }
        }
        if matches!(stray, Stray::Late) && !is_first {
            let _ = stream.write_all(&answer("\"stray\"")).await;
        }
        is_first = false;
        let number = requests.fetch_add(1, Ordering::Relaxed);
        let _ = stream.write_all(&answer(&number.to_string())).await;
        if matches!(stray, Stray::AtOnce) {
            tokio::task::yield_now().await;
            let _ = stream.write_all(&answer("\"stray\"")).await;
        }
    }
}

async fn read(transport: &Transport, operation: &'static Operation) -> serde_json::Value {
    let url = format!("{}{}", transport.base_url(), operation.path);
    let method = operation.method.parse().unwrap();
    let request = Ok(transport.http().request(method, url).build().unwrap());
    let options = CallOptions::new();
    let answer = transport.execute::<Call>(operation, request, &options);
    answer.await.expect("an answer came").into_body()
}

/// Makes this number of calls in turn. Returns how many responses belonged to another request.
async fn wrong(transport: &Transport, operation: &'static Operation, calls: usize) -> usize {
    let mut wrong = 0;
    for number in 0..calls {
        let answer = read(transport, operation).await;
        wrong += usize::from(answer != serde_json::json!(number));
    }
    wrong
}

fn transport_with(reuse: ConnectionReuse, server: &Server) -> Transport {
    let builder = builder(&Hand::default()).connection_reuse(reuse);
    transport(builder, &server.url)
}

#[tokio::test]
async fn calls_that_change_something_open_their_own_connection() {
    for stray in [Stray::AtOnce, Stray::Late] {
        let server = Server::start(stray).await;
        let transport = transport_with(ConnectionReuse::default(), &server);
        assert_eq!(wrong(&transport, &REVOKE, 400).await, 0);
        assert_eq!(server.connections(), 400);
    }
}

#[tokio::test]
async fn a_reused_connection_can_return_the_response_to_another_request() {
    let cases = [
        (ConnectionReuse::Always, &REVOKE, 1),
        (ConnectionReuse::Always, &READ, 1),
        (ConnectionReuse::Reads, &READ, 1),
        (ConnectionReuse::Reads, &REVOKE, 0),
        (ConnectionReuse::Never, &REVOKE, 0),
        (ConnectionReuse::Never, &READ, 0),
    ];
    for (reuse, operation, expected) in cases {
        let server = Server::start(Stray::Late).await;
        let transport = transport_with(reuse, &server);
        let wrong = wrong(&transport, operation, 2).await;
        assert_eq!(wrong, expected, "{reuse:?}, {}", operation.id);
    }
}

#[tokio::test]
async fn reads_do_not_share_their_connection_with_changes() {
    let server = Server::start(Stray::Late).await;
    let transport = transport_with(ConnectionReuse::default(), &server);
    assert_eq!(wrong(&transport, &READ, 1).await, 0);
    let answer = read(&transport, &REVOKE).await;
    assert_eq!(answer, serde_json::json!(1));
    assert_eq!(server.connections(), 2);
}
