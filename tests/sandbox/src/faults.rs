//! What networks, proxies and servers in trouble do to an answer, as bytes.

use std::time::{Duration, SystemTime};

/// A way to misbehave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Misbehaviour {
    /// Reads the request and never answers.
    Delay,
    /// Hangs up without reading the request, of which most systems make a reset. It has no effect.
    DropUnread,
    /// Reads the request and hangs up.
    DropRead,
    /// Resets the connection (TCP RST) after reading the request.
    Reset,
    /// Announces more of a body than it sends.
    Truncate,
    /// Sends the head and the first byte of a body, and then nothing.
    SlowDrip,
    /// Sends a body that does not end for a long time: 32 MiB.
    Oversized,
    /// A page of a proxy, with status 200.
    Html,
    /// Status 200 without a body.
    Empty,
    /// Status 200 with text.
    WrongType,
    /// Status 200 with JSON of another shape.
    WrongShape,
    /// Status 307 to another origin.
    Redirect,
    /// Status 429 with `Retry-After` in seconds.
    TooManyRequests,
    /// Status 500 with a page.
    ServerError,
    /// Status 503 with `Retry-After` as a date.
    Unavailable,
}

/// Whether a request that is answered badly had its effect before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// It had.
    Applied,
    /// It had not.
    None,
}

/// Where a redirect leads: a port that nobody listens on.
const ELSEWHERE: &str = "http://127.0.0.1:9/v1/elsewhere";

/// What becomes of the connection.
pub(crate) enum Script {
    /// It ends before the request is read.
    Unread,
    /// These bytes, then it ends.
    Send(Vec<u8>),
    /// These bytes, then nothing until the client goes away.
    Stall(Vec<u8>),
    /// These bytes, then a lot more.
    Flood(Vec<u8>),
    /// It ends by a reset.
    Reset,
}

impl Misbehaviour {
    /// Every one.
    pub const ALL: [Self; 15] = [
        Self::Delay,
        Self::DropUnread,
        Self::DropRead,
        Self::Reset,
        Self::Truncate,
        Self::SlowDrip,
        Self::Oversized,
        Self::Html,
        Self::Empty,
        Self::WrongType,
        Self::WrongShape,
        Self::Redirect,
        Self::TooManyRequests,
        Self::ServerError,
        Self::Unavailable,
    ];

    /// Its name on a command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Delay => "delay",
            Self::DropUnread => "drop-unread",
            Self::DropRead => "drop-read",
            Self::Reset => "reset",
            Self::Truncate => "truncate",
            Self::SlowDrip => "slow-drip",
            Self::Oversized => "oversized",
            Self::Html => "html",
            Self::Empty => "empty",
            Self::WrongType => "wrong-type",
            Self::WrongShape => "wrong-shape",
            Self::Redirect => "redirect",
            Self::TooManyRequests => "too-many-requests",
            Self::ServerError => "server-error",
            Self::Unavailable => "unavailable",
        }
    }

    pub(crate) fn script(self, now: SystemTime) -> Script {
        const JSON: &str = "application/json";
        const PAGE: &str = "<html><body>Please log in to continue.</body></html>";
        let later = httpdate::fmt_http_date(now + Duration::from_secs(2));
        let date = httpdate::fmt_http_date(now);
        match self {
            Self::Delay => Script::Stall(Vec::new()),
            Self::DropUnread => Script::Unread,
            Self::DropRead => Script::Send(Vec::new()),
            Self::Reset => Script::Reset,
            Self::Truncate => {
                let text = head(200, JSON, Some(999), "") + "{\"message\":";
                Script::Send(text.into_bytes())
            }
            Self::SlowDrip => Script::Stall((head(200, JSON, Some(999), "") + "{").into_bytes()),
            Self::Oversized => Script::Flood(head(200, JSON, None, "").into_bytes()),
            Self::Html => whole(200, "text/html", "", PAGE),
            Self::Empty => whole(200, JSON, "", ""),
            Self::WrongType => whole(200, "text/plain", "", "done"),
            Self::WrongShape => whole(200, JSON, "", "[1, {\"done\": true}]"),
            Self::Redirect => whole(307, JSON, &format!("location: {ELSEWHERE}\r\n"), ""),
            Self::TooManyRequests => {
                let body = r#"{"error":{"message":"Slow down.","type":"too_many_requests"}}"#;
                whole(429, JSON, "retry-after: 1\r\n", body)
            }
            Self::ServerError => whole(500, "text/html", "", PAGE),
            Self::Unavailable => {
                let headers = format!("date: {date}\r\nretry-after: {later}\r\n");
                whole(503, "text/html", &headers, PAGE)
            }
        }
    }
}

fn head(status: u16, content_type: &str, length: Option<usize>, headers: &str) -> String {
    let length = length.map(|length| format!("content-length: {length}\r\n"));
    format!(
        "HTTP/1.1 {status} -\r\ncontent-type: {content_type}\r\n{}{headers}connection: close\r\n\r\n",
        length.unwrap_or_default()
    )
}

fn whole(status: u16, content_type: &str, headers: &str, body: &str) -> Script {
    let head = head(status, content_type, Some(body.len()), headers);
    Script::Send((head + body).into_bytes())
}
