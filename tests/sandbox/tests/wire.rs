//! Misbehaviour as a bare socket sees it: what a client's library would hide.

use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::sync::mpsc;
use std::time::{Duration, SystemTime};

use sandbox::{Builder, Effect, Misbehaviour, Sandbox};

/// No answer of a test takes longer; only a failing test waits for it.
const PATIENCE: Duration = Duration::from_secs(10);
const NOW: u64 = 1_800_000_000;

fn builder() -> Builder {
    Sandbox::builder().clock(|| SystemTime::UNIX_EPOCH + Duration::from_secs(NOW))
}

fn connect(sandbox: &Sandbox) -> TcpStream {
    let url = sandbox.url();
    let address = url.strip_prefix("http://").expect("it is plain HTTP");
    let address = address.strip_suffix("/v1").expect("it has a path");
    let stream = TcpStream::connect(address).expect("it listens");
    stream
        .set_read_timeout(Some(PATIENCE))
        .expect("it is a socket");
    stream
}

/// A connection on which a token was asked for.
fn asked(sandbox: &Sandbox) -> TcpStream {
    let body = format!(
        r#"{{"client_id":"{}","client_secret":"{}","grant_type":"client_credentials"}}"#,
        sandbox.client_id(),
        sandbox.client_secret()
    );
    let request = format!(
        "POST /v1/auth/token HTTP/1.1\r\nhost: sandbox\r\nx-monite-version: 2024-05-25\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    let mut stream = connect(sandbox);
    stream.write_all(request.as_bytes()).expect("it is sent");
    stream
}

/// What comes until the connection ends, and how it ends.
fn received(mut stream: TcpStream) -> (String, Option<ErrorKind>) {
    let mut bytes = Vec::new();
    let ended = stream
        .read_to_end(&mut bytes)
        .err()
        .map(|value| value.kind());
    (String::from_utf8_lossy(&bytes).into_owned(), ended)
}

/// How a connection ends.
const CLOSED: Option<ErrorKind> = None;
const RESET: Option<ErrorKind> = Some(ErrorKind::ConnectionReset);

/// How an answer begins, what its head has, how many bytes of a body come, how it ends.
type Seen = (&'static str, &'static str, usize, Option<ErrorKind>);

fn seen(how: Misbehaviour) -> Option<Seen> {
    const OK: &str = "HTTP/1.1 200 ";
    Some(match how {
        Misbehaviour::DropUnread | Misbehaviour::Reset => ("", "", 0, RESET),
        Misbehaviour::DropRead => ("", "", 0, CLOSED),
        Misbehaviour::Truncate => (OK, "content-length: 999", 11, CLOSED),
        Misbehaviour::Oversized => (OK, "content-type: application/json", 32 << 20, CLOSED),
        Misbehaviour::Html => (OK, "content-type: text/html", 52, CLOSED),
        Misbehaviour::Empty => (OK, "content-length: 0", 0, CLOSED),
        Misbehaviour::WrongType => (OK, "content-type: text/plain", 4, CLOSED),
        Misbehaviour::WrongShape => (OK, "content-type: application/json", 19, CLOSED),
        Misbehaviour::Redirect => (
            "HTTP/1.1 307 ",
            "location: http://127.0.0.1:9/v1/elsewhere",
            0,
            CLOSED,
        ),
        Misbehaviour::TooManyRequests => ("HTTP/1.1 429 ", "retry-after: 1", 61, CLOSED),
        Misbehaviour::ServerError => ("HTTP/1.1 500 ", "content-type: text/html", 52, CLOSED),
        Misbehaviour::Unavailable => (
            "HTTP/1.1 503 ",
            // Two seconds after its date.
            "date: Fri, 15 Jan 2027 08:00:00 GMT\r\nretry-after: Fri, 15 Jan 2027 08:00:02 GMT",
            52,
            CLOSED,
        ),
        // These do not end: see below.
        _ => return None,
    })
}

#[test]
fn every_misbehaviour_that_ends() {
    let sandbox = builder().requests_per_second(1000).start();
    let sandbox = sandbox.expect("there is a port");
    let mut endless = Vec::new();
    for how in Misbehaviour::ALL {
        let Some((start, header, length, ending)) = seen(how) else {
            endless.push(how);
            continue;
        };
        sandbox.misbehave(how, Effect::None);
        let (text, ended) = received(asked(&sandbox));
        assert_eq!(ended, ending, "{how:?}");
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or_default();
        assert!(head.starts_with(start), "{how:?}: {head}");
        assert!(head.contains(header), "{how:?}: {head}");
        assert_eq!(body.len(), length, "{how:?}");
        // The next one is as it should be.
        let (text, _) = received(asked(&sandbox));
        assert!(text.starts_with("HTTP/1.1 200 OK"), "{how:?}: {text}");
    }
    assert_eq!(endless, [Misbehaviour::Delay, Misbehaviour::SlowDrip]);
}

/// A client waits until the sandbox is gone, and the test knows when the waiting has begun.
#[test]
fn every_misbehaviour_that_does_not_end() {
    for (how, last) in [
        (Misbehaviour::Delay, ""),
        (Misbehaviour::SlowDrip, "\r\n\r\n{"),
    ] {
        let (stalled, stalls) = mpsc::channel();
        let sandbox = builder().on_stall(move || stalled.send(()).unwrap_or_default());
        let sandbox = sandbox.start().expect("there is a port");
        sandbox.misbehave(how, Effect::Applied);
        let stream = asked(&sandbox);
        stalls.recv_timeout(PATIENCE).expect("it stalls");
        assert_eq!(sandbox.live_tokens(), 1, "it had its effect before");
        assert_eq!(sandbox.requests().len(), 1);
        stream.set_nonblocking(true).expect("it is a socket");
        let open = !matches!(stream.peek(&mut [0]), Ok(0));
        assert!(open, "{how:?}");
        stream.set_nonblocking(false).expect("it is a socket");
        drop(sandbox);
        let (text, _) = received(stream);
        assert!(text.ends_with(last), "{how:?}: {text}");
        assert_eq!(text.is_empty(), last.is_empty(), "{how:?}: {text}");
    }
}

#[test]
fn a_connection_that_says_nothing_uses_no_misbehaviour_up() {
    let sandbox = Sandbox::start();
    sandbox.misbehave(Misbehaviour::Html, Effect::None);
    // One that comes and goes, and one that stays.
    drop(connect(&sandbox));
    let silent = connect(&sandbox);
    let (text, _) = received(asked(&sandbox));
    assert!(text.contains("<html>"), "{text}");
    drop(silent);
    assert_eq!(sandbox.requests().len(), 1);
}

#[test]
fn what_is_out_of_bounds_is_survived() {
    let sandbox = builder().requests_per_second(0).start();
    let sandbox = sandbox.expect("there is a port");
    let (text, _) = received(asked(&sandbox));
    assert!(text.starts_with("HTTP/1.1 429 "), "{text}");
    assert!(text.contains("retry-after: 1\r\n"), "{text}");

    let announced = |length: usize| format!("POST / HTTP/1.1\r\ncontent-length: {length}\r\n\r\n");
    for length in [2 << 20, usize::MAX] {
        sandbox.misbehave(Misbehaviour::SlowDrip, Effect::Applied);
        let mut stream = connect(&sandbox);
        let request = announced(length);
        stream.write_all(request.as_bytes()).expect("it is sent");
        // Not one that is waited for.
        assert_eq!(received(stream), (String::new(), CLOSED));
    }

    let large = format!(
        "POST /v1/auth/token HTTP/1.1\r\nhost: sandbox\r\ncontent-length: {}\r\n\r\n",
        2 << 20
    );
    let mut stream = connect(&sandbox);
    // The server may answer, and go, before it has read it all.
    let _ = stream.write_all((large + &" ".repeat(2 << 20)).as_bytes());
    let mut start = [0; 13];
    stream.read_exact(&mut start).expect("it answers");
    assert_eq!(String::from_utf8_lossy(&start), "HTTP/1.1 413 ");
}
