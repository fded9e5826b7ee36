//! A server on loopback that says exactly what a test tells it to, byte for byte.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// No request of a test is larger, no wait longer.
const LIMIT: usize = 1 << 20;
const PATIENCE: Duration = Duration::from_secs(10);

/// Serves one connection per reply, then stops.
pub struct Server {
    address: SocketAddr,
    requests: mpsc::Receiver<String>,
}

impl Server {
    /// Starts a server that gives these replies, one per connection, as they are.
    ///
    /// # Panics
    ///
    /// If loopback has no free port.
    pub fn with(replies: Vec<Vec<u8>>) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("loopback has a free port");
        let address = listener
            .local_addr()
            .expect("a bound socket has an address");
        let (sender, requests) = mpsc::channel();
        thread::spawn(move || {
            for reply in replies {
                let Ok((stream, _)) = listener.accept() else {
                    return;
                };
                let _ = serve(stream, &reply, &sender);
            }
        });
        Self { address, requests }
    }

    /// The base URL, with the path that Monite's servers have.
    pub fn url(&self) -> String {
        format!("http://{}/v1", self.address)
    }

    /// The port that it listens at.
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// The next request as it came over the wire.
    ///
    /// # Panics
    ///
    /// If none came.
    pub fn request(&self) -> String {
        self.requests
            .recv_timeout(PATIENCE)
            .expect("a request came")
    }

    /// How many further requests came.
    pub fn remaining_requests(&self) -> usize {
        self.requests.try_iter().count()
    }
}

/// Reads a request, passes it on, and replies: who has the reply finds the request recorded.
fn serve(
    mut stream: TcpStream,
    reply: &[u8],
    requests: &mpsc::Sender<String>,
) -> std::io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    let mut bytes = Vec::new();
    let mut chunk = [0; 4096];
    while !complete(&bytes) && bytes.len() < LIMIT {
        let read = stream.read(&mut chunk)?;
        if read == 0 {
            break;
        }
        bytes.extend_from_slice(&chunk[..read]);
    }
    let _ = requests.send(String::from_utf8_lossy(&bytes).into_owned());
    // The client may well hang up in the middle of a reply that it refuses.
    stream.write_all(reply)
}

/// Whether the head and as much of a body as it announces are there.
fn complete(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let Some((head, body)) = text.split_once("\r\n\r\n") else {
        return false;
    };
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length")
            .then(|| value.trim().parse::<usize>().ok())?
    });
    body.len() >= length.unwrap_or(0)
}

/// A reply with a body of this type, its length declared truly.
pub fn reply(status: &str, content_type: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!(
        "HTTP/1.1 {status}\r\ncontent-type: {content_type}\r\ncontent-length: {length}\r\n\
         x-request-id: req-1\r\nconnection: close\r\n\r\n{body}"
    )
    .into_bytes()
}

/// A JSON reply.
pub fn json(status: &str, body: &str) -> Vec<u8> {
    reply(status, "application/json", body)
}

#[cfg(test)]
mod tests {
    use super::complete;

    #[test]
    fn a_request_is_complete_with_its_body() {
        assert!(!complete(b"POST / HTTP/1.1\r\ncontent-length: 2\r\n\r\n{"));
        assert!(complete(b"POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}"));
        assert!(complete(b"GET / HTTP/1.1\r\n\r\n"));
    }
}
