//! A server on loopback that gives one answer to every request of a connection, in one piece.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use crate::case;

/// A client that is done has hung up long before.
const PATIENCE: Duration = Duration::from_secs(10);

/// Each connection is served by itself, one after the other.
pub(crate) struct Server {
    port: u16,
    connections: mpsc::Receiver<Connection>,
}

/// What came over a connection that has ended.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Connection {
    /// The first request's lines, those of the header sorted.
    pub(crate) request: Vec<String>,
    /// How many requests came, all of them equal.
    pub(crate) requests: u32,
}

impl Server {
    pub(crate) fn start() -> std::io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0))?;
        let port = listener.local_addr()?.port();
        let (sender, connections) = mpsc::channel();
        thread::spawn(move || {
            for stream in listener.incoming() {
                let Ok(connection) = stream.and_then(serve) else {
                    continue;
                };
                if sender.send(connection).is_err() {
                    return;
                }
            }
        });
        Ok(Self { port, connections })
    }

    /// By name, as real servers are: an address is dearer to parse, and the call by hand parses it
    /// more often.
    pub(crate) fn url(&self) -> String {
        format!("http://localhost:{}/v1", self.port)
    }

    /// The connections that have ended since this was asked last, once there is one.
    pub(crate) fn connections(&self) -> Vec<Connection> {
        let first = self.connections.recv_timeout(PATIENCE).ok();
        let rest = self.connections.try_iter();
        first.into_iter().chain(rest).collect()
    }
}

fn serve(mut stream: TcpStream) -> std::io::Result<Connection> {
    stream.set_nodelay(true)?;
    let answer = answer();
    let (mut first, mut requests) = (Vec::new(), 0);
    loop {
        let request = read(&mut stream)?;
        if request.is_empty() {
            break;
        }
        if requests == 0 {
            first.clone_from(&request);
        } else if first != request {
            return Err(std::io::Error::other("a request differs from the first"));
        }
        requests += 1;
        stream.write_all(answer.as_bytes())?;
    }
    Ok(Connection {
        request: lines(&first),
        requests,
    })
}

fn answer() -> String {
    let body = serde_json::json!({ "message": case::MESSAGE }).to_string();
    let length = body.len();
    format!(
        "HTTP/1.1 200 OK\r\ndate: Sun, 06 Nov 1994 08:49:37 GMT\r\n\
         content-type: application/json\r\ncontent-length: {length}\r\n\
         x-request-id: 3f0c1f0e\r\n\r\n{body}"
    )
}

/// The next request; nothing at the connection's end.
fn read(stream: &mut TcpStream) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut chunk = [0; 4096];
    while !is_complete(&bytes) {
        let read = stream.read(&mut chunk)?;
        if read == 0 {
            break;
        }
        bytes.extend_from_slice(&chunk[..read]);
    }
    Ok(bytes)
}

/// Whether the head and as much of a body as it announces are there.
fn is_complete(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let Some((head, body)) = text.split_once("\r\n\r\n") else {
        return false;
    };
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "));
    let length = length.and_then(|length| length.parse().ok());
    body.len() >= length.unwrap_or(0)
}

/// The request line, the fields in one order (RFC 9110 section 5.3 gives none a meaning here), and
/// the body.
fn lines(request: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(request);
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
    let mut lines: Vec<String> = head.split("\r\n").map(str::to_owned).collect();
    if let Some((_, fields)) = lines.split_first_mut() {
        fields.sort();
    }
    lines.push(body.to_owned());
    lines
}
