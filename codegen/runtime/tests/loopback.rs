//! Calls over a real socket: the request on the wire, and the result of each kind of response.
//!
//! The server is a listener on loopback. It accepts one connection, records the request and writes the
//! given bytes.

// Clippy allows these in test functions, but not in their helpers.
#![allow(clippy::panic, clippy::unwrap_used)]

use std::error::Error as _;
use std::time::Duration;

use openapi_client_runtime::reqwest::Request;
use openapi_client_runtime::{
    BaseUrl, BodyFailure, CallOptions, Credential, Decode, Decoded, Error, ErrorVariant, Operation,
    RawResponse, Response, RetryPolicy, Secret, Transport, TransportBuilder, TransportErrorKind,
    encode,
};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// The text that no error may print: every secret and every text from the server contains it.
const CANARY: &str = "canary-7f3a";

static OPERATION: Operation = Operation {
    id: "revoke_token",
    method: "POST",
    path: "/auth/revoke",
    server: None,
    idempotent: true,
    accept: "application/json",
    security: &[&["HTTPBearer"]],
};

#[derive(Debug)]
struct RevokeToken;

#[derive(Debug)]
enum RevokeTokenError {
    Unauthorized(Message),
}

#[derive(Debug, serde::Deserialize)]
struct Message {
    message: String,
}

impl ErrorVariant for RevokeTokenError {
    fn variant(&self) -> &'static str {
        match self {
            Self::Unauthorized(_) => "Unauthorized",
        }
    }
}

impl Decode for RevokeToken {
    type Success = Message;
    type Error = RevokeTokenError;

    fn decode(response: &RawResponse) -> Decoded<Message, RevokeTokenError> {
        match response.status().as_u16() {
            200 => response.json("application/json").success(),
            401 => response
                .json("application/json")
                .error(RevokeTokenError::Unauthorized),
            _ => Decoded::undeclared(),
        }
    }
}

type Outcome = Result<Response<Message>, Error<RevokeTokenError>>;

/// Starts a server for one request. Returns its base URL and the request.
async fn serve(response: Vec<u8>) -> (String, JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let server = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut seen = Vec::new();
        while !seen.ends_with(b"\"token\":\"canary-7f3a\"}") {
            if stream.read_buf(&mut seen).await.unwrap() == 0 {
                break;
            }
        }
        // The client may close the connection early.
        let _ = stream.write_all(&response).await;
        String::from_utf8(seen).unwrap()
    });
    (url, server)
}

fn base(url: &str) -> BaseUrl {
    BaseUrl::parse(url).unwrap()
}

fn builder() -> TransportBuilder {
    TransportBuilder::new()
        .timeout(Duration::from_secs(20))
        .max_response_bytes(1000)
        .retry(RetryPolicy::none())
        .credential("HTTPBearer", Credential::bearer(CANARY))
}

fn request(transport: &Transport) -> Request {
    let mut headers = openapi_client_runtime::reqwest::header::HeaderMap::new();
    encode::accept(&mut headers, OPERATION.accept).unwrap();
    let body = serde_json::json!({ "token": Secret::from(CANARY) });
    let url = format!("{}{}", transport.base_url(), OPERATION.path);
    transport
        .http()
        .post(url)
        .json(&body)
        .headers(headers)
        .build()
        .unwrap()
}

async fn call(transport: &Transport) -> Outcome {
    let options = CallOptions::new().header("x-extra", CANARY);
    let mut request = request(transport);
    options.apply(&mut request).unwrap();
    transport
        .execute::<RevokeToken>(&OPERATION, Ok(request), &options)
        .await
}

/// Makes one call that gets these bytes as its response.
async fn call_with_response(response: impl Into<Vec<u8>>) -> Outcome {
    let (url, server) = serve(response.into()).await;
    let outcome = call(&builder().build(base(&url)).unwrap()).await;
    server.await.unwrap();
    outcome
}

/// A complete response whose request ID and body contain the canary.
fn http(status: &str, headers: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "HTTP/1.1 {status}\r\n{headers}x-request-id: {CANARY}\r\nretry-after: 7\r\n\
         content-length: {length}\r\n\r\n{body}"
    )
}

const JSON: &str = "content-type: application/json\r\n";
const BODY: &str = "{\"message\":\"canary-7f3a\"}";

/// Asserts that neither `Debug` nor `Display` prints the canary.
#[track_caller]
fn assert_silent(error: &Error<RevokeTokenError>) {
    let text = format!("{error} {error:?} {error:#?}");
    assert!(!text.contains(CANARY), "{text}");
    assert!(error.source().is_none());
}

/// Asserts that an error prints no canary, keeps the whole response and has this text.
#[track_caller]
fn check(outcome: Outcome, status: u16, raw: &str, display: &str) -> Error<RevokeTokenError> {
    let error = outcome.unwrap_err();
    assert_silent(&error);
    assert_eq!(error.to_string(), format!("{display}; {}", error.outcome()));
    assert_eq!(error.operation(), &OPERATION);
    assert_eq!(error.status().unwrap().as_u16(), status);
    assert_eq!(error.raw(), Some(raw.as_bytes()));
    assert_eq!(error.request_id(), Some(CANARY));
    assert_eq!(error.retry_after(), Some(Duration::from_secs(7)));
    error
}

#[tokio::test]
async fn success() {
    let (url, server) = serve(http("200 OK", JSON, BODY).into()).await;
    let transport = builder().user_agent("test/1").build(base(&url)).unwrap();
    let response = call(&transport).await.unwrap();
    assert_eq!(response.message, CANARY);
    assert_eq!(response.raw(), BODY.as_bytes());
    assert_eq!(
        format!("{response:?}"),
        "Response { operation: \"revoke_token\", status: 200, body_bytes: 25, .. }"
    );
    let sent = server.await.unwrap().to_ascii_lowercase();
    assert!(sent.starts_with("post /auth/revoke http/1.1\r\n"), "{sent}");
    for line in [
        "authorization: bearer canary-7f3a",
        "x-extra: canary-7f3a",
        "accept: application/json",
        "content-type: application/json",
        "user-agent: test/1",
    ] {
        assert_eq!(
            sent.lines().filter(|sent| *sent == line).count(),
            1,
            "{line} in {sent}"
        );
    }
}

#[tokio::test]
async fn declared_error() {
    let outcome = call_with_response(http("401 Unauthorized", JSON, BODY)).await;
    let display = "revoke_token: the server responded with Unauthorized (status 401, 25 bytes)";
    let error = check(outcome, 401, BODY, display);
    let Some(RevokeTokenError::Unauthorized(body)) = error.into_api() else {
        panic!()
    };
    assert_eq!(body.message, CANARY);
}

#[tokio::test]
async fn body_that_is_not_as_declared() {
    let html = call_with_response(http("200 OK", "content-type: text/html\r\n", BODY)).await;
    let mistyped =
        "revoke_token: the body does not have the declared content type (status 200, 25 bytes)";
    check(html, 200, BODY, mistyped);
    check(
        call_with_response(http("200 OK", "", BODY)).await,
        200,
        BODY,
        mistyped,
    );
    let broken = call_with_response(http("200 OK", JSON, "<canary-7f3a")).await;
    let display = "revoke_token: the body is not JSON at line 1 column 1 (status 200, 12 bytes)";
    check(broken, 200, "<canary-7f3a", display);
    let shape = "{\"message\":[\"canary-7f3a\"]}";
    let outcome = call_with_response(http("401 Unauthorized", JSON, shape)).await;
    let error = check(
        outcome,
        401,
        shape,
        "revoke_token: the body does not have the declared type at line 1 column 11 \
         (status 401, 27 bytes)",
    );
    assert!(error.api().is_none());
}

#[tokio::test]
async fn undeclared_status() {
    let display = |status: &str| {
        format!(
            "revoke_token: the server responded with an undeclared status \
             (status {status}, 25 bytes)"
        )
    };
    check(
        call_with_response(http("500 canary-7f3a", JSON, BODY)).await,
        500,
        BODY,
        &display("500"),
    );
    // A redirect to a closed port is not followed.
    let location = "location: http://127.0.0.1:1/canary-7f3a\r\n";
    check(
        call_with_response(http("307 Moved", location, BODY)).await,
        307,
        BODY,
        &display("307"),
    );
}

#[tokio::test]
async fn truncated_body_is_kept() {
    let whole = http("200 OK", JSON, BODY);
    let outcome =
        call_with_response(whole.replace("content-length: 25", "content-length: 99")).await;
    let error = check(
        outcome,
        200,
        BODY,
        "revoke_token: the body ended early: the connection was lost (status 200, 25 bytes)",
    );
    assert!(matches!(
        error,
        Error::Body {
            failure: BodyFailure::Truncated(_),
            ..
        }
    ));
}

#[tokio::test]
async fn oversized_body_is_not_read() {
    let display = |bytes: usize| {
        format!("revoke_token: the body is larger than 1000 bytes (status 200, {bytes} bytes)")
    };
    let body = "x".repeat(5000);
    let announced = http("200 OK", JSON, &body);
    check(
        call_with_response(announced.clone()).await,
        200,
        "",
        &display(0),
    );
    // Without a length the body ends with the connection.
    let streamed = announced.replace("content-length: 5000\r\n", "connection: close\r\n");
    check(
        call_with_response(streamed).await,
        200,
        &"x".repeat(1000),
        &display(1000),
    );
    let exact = format!("{{\"message\":\"{}\"}}", "x".repeat(986));
    assert_eq!(
        call_with_response(http("200 OK", JSON, &exact))
            .await
            .unwrap()
            .raw()
            .len(),
        1000
    );
}

#[track_caller]
fn check_transport(outcome: Outcome, expected: TransportErrorKind) {
    let error = outcome.unwrap_err();
    assert_silent(&error);
    assert!(error.status().is_none() && error.raw().is_none());
    let Error::Transport { error, .. } = error else {
        panic!("{error}")
    };
    assert_eq!(error.kind(), expected, "{:?}", error.expose_error());
    assert!(
        error
            .expose_error()
            .is_none_or(|error| error.url().is_none())
    );
}

#[tokio::test]
async fn failures_below_http() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/canary-7f3a", listener.local_addr().unwrap());
    // The backlog of the operating system accepts the connection, and nothing responds.
    let hasty = builder()
        .timeout(Duration::from_millis(20))
        .build(base(&url))
        .unwrap();
    check_transport(call(&hasty).await, TransportErrorKind::Timeout);
    let patient = builder().build(base(&url)).unwrap();
    let options = CallOptions::new().timeout(Duration::from_millis(20));
    let hasty = Ok(request(&patient));
    let outcome = patient
        .execute::<RevokeToken>(&OPERATION, hasty, &options)
        .await;
    check_transport(outcome, TransportErrorKind::Timeout);
    drop(listener);
    check_transport(call(&patient).await, TransportErrorKind::Connect);
    check_transport(
        call_with_response("").await,
        TransportErrorKind::ConnectionLost,
    );
    check_transport(
        call_with_response("canary-7f3a\r\n\r\n").await,
        TransportErrorKind::ConnectionLost,
    );
}

#[cfg(feature = "rustls")]
#[tokio::test]
async fn peer_without_tls() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    let server = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut hello = [0; 1];
        stream.read_exact(&mut hello).await.unwrap();
        let _ = stream.write_all(b"HTTP/1.1 400 canary-7f3a\r\n\r\n").await;
    });
    check_transport(
        call(&builder().build(base(&url)).unwrap()).await,
        TransportErrorKind::Tls,
    );
    server.await.unwrap();
}

#[tokio::test]
async fn nothing_is_sent_without_a_credential_or_to_another_origin() {
    let url = "http://127.0.0.1:1";
    let without = TransportBuilder::new().build(base(url)).unwrap();
    let error = call(&without).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "revoke_token: no credential is configured for HTTPBearer; not applied: no request was sent"
    );
    let transport = builder().build(base(url)).unwrap();
    let foreign = transport.http().get("http://127.0.0.1:2/").build().unwrap();
    let error = transport
        .execute::<RevokeToken>(&OPERATION, Ok(foreign), &CallOptions::new())
        .await
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "revoke_token: the request could not be built: \
         the request URL has another origin than the base URL; not applied: no request was sent"
    );
}

#[tokio::test]
async fn anonymous_access_is_the_last_resort() {
    static OPTIONAL: Operation = Operation {
        security: &[&[], &["HTTPBearer", "Other"], &["HTTPBearer"]],
        ..OPERATION
    };
    for (credential, expected) in [(true, 1), (false, 0)] {
        let (url, server) = serve(http("200 OK", JSON, BODY).into()).await;
        let anonymous = TransportBuilder::new();
        let transport = if credential { builder() } else { anonymous }
            .build(base(&url))
            .unwrap();
        let outcome = transport
            .execute::<RevokeToken>(&OPTIONAL, Ok(request(&transport)), &CallOptions::new())
            .await;
        assert!(outcome.is_ok());
        let sent = server.await.unwrap().to_ascii_lowercase();
        assert_eq!(sent.matches("authorization:").count(), expected);
    }
}

#[test]
fn configuration_prints_no_secret() {
    let builder = builder().proxy(format!("http://u:{CANARY}@localhost"));
    let api = || base("https://api.example.com");
    let transport = builder.clone().build(api());
    let illegal = builder
        .clone()
        .credential("B", Credential::bearer(format!("{CANARY}\n")));
    let text = format!(
        "{builder:?} {transport:?} {:?} {:?}",
        illegal.build(api()).err(),
        Credential::basic(CANARY, CANARY)
    );
    assert!(!text.contains(CANARY), "{text}");
    let plain = TransportBuilder::new().proxy("http://localhost:1");
    assert!(plain.build(base("http://localhost")).is_err());
}

#[test]
fn futures_and_values_are_send() {
    fn assert_send<T: Send>(_: &T) {}
    fn assert_shared<T: Send + Sync + 'static>() {}
    assert_shared::<Transport>();
    assert_shared::<Error<RevokeTokenError>>();
    assert_shared::<Response<Message>>();
    assert_shared::<CallOptions>();
    let transport = builder().build(base("http://localhost")).unwrap();
    assert_send(&call(&transport));
}
