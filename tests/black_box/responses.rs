//! The generated client against a real socket: every documented answer, and what should never come.

use monite_client::access_tokens::RevokeTokenError;
use monite_client::runtime::Error;
use tests::server::{Server, json, reply};

use crate::client_fixture::{client, payload, run};

type Failure = Error<RevokeTokenError>;

/// Sends one revocation and gives what came of it.
#[track_caller]
fn revoke(answer: Vec<u8>) -> Result<monite_client::types::MessageResponse, Failure> {
    let server = Server::with(vec![answer]);
    let client = client(&server.url());
    let result = run(async move { client.revoke_token(payload()).await });
    result.map(monite_client::runtime::Response::into_body)
}

#[track_caller]
fn failure(answer: Vec<u8>) -> Failure {
    revoke(answer).expect_err("the call fails")
}

#[test]
fn a_revocation_is_confirmed() {
    let revoked = revoke(json("200 OK", r#"{"message":"The token is dead"}"#));
    assert_eq!(
        revoked.expect("the call succeeds").message,
        "The token is dead"
    );
}

#[test]
fn the_variant_follows_the_status_and_not_the_shape() {
    let body = r#"{"error":{"message":"no"}}"#;
    let unauthorized = failure(json("401 Unauthorized", body));
    assert!(matches!(
        unauthorized.api(),
        Some(RevokeTokenError::Unauthorized(_))
    ));
    let limited = failure(json("429 Too Many Requests", body));
    assert!(matches!(
        limited.api(),
        Some(RevokeTokenError::TooManyRequests(_))
    ));
    let (Some(RevokeTokenError::Unauthorized(one)), Some(RevokeTokenError::TooManyRequests(two))) =
        (unauthorized.api(), limited.api())
    else {
        panic!("both are decoded");
    };
    assert_eq!(one, two, "the bodies have one shape");
    assert_eq!(one.error.message, "no");
}

#[test]
fn validation_errors_keep_their_places() {
    let body = r#"{"detail":[{"loc":["body",0,"token"],"msg":"too short","type":"value_error"}]}"#;
    let error = failure(json("422 Unprocessable Entity", body));
    let Some(RevokeTokenError::UnprocessableContent(invalid)) = error.api() else {
        panic!("it is decoded as 422");
    };
    let detail = invalid.detail.as_deref().expect("there is detail");
    assert_eq!(detail[0].msg, "too short");
    assert_eq!(detail[0].loc.len(), 3);
    assert_eq!(serde_json::to_string(invalid).expect("it is written"), body);

    let bare = failure(json("422 Unprocessable Entity", "{}"));
    let Some(RevokeTokenError::UnprocessableContent(invalid)) = bare.api() else {
        panic!("it is decoded without detail");
    };
    assert_eq!(invalid.detail, None);
}

/// Status, headers and body are there, whatever the body is.
#[track_caller]
fn kept(error: &Failure, status: u16, body: &[u8]) {
    assert_eq!(error.status().map(|status| status.as_u16()), Some(status));
    assert_eq!(error.raw(), Some(body));
    assert_eq!(error.request_id(), Some("req-1"));
    assert!(
        error
            .headers()
            .is_some_and(|headers| headers.contains_key("x-request-id"))
    );
}

#[test]
fn what_the_document_does_not_know_is_kept() {
    let html = "<html>Bad day</html>";
    let error = failure(reply("500 Internal Server Error", "text/html", html));
    assert!(matches!(error, Error::Undeclared { .. }), "{error:?}");
    kept(&error, 500, html.as_bytes());
}

#[test]
fn a_declared_status_with_another_body_is_kept() {
    for (content_type, body) in [
        ("text/html", "<html>Log in</html>"),
        ("application/json", "not json"),
        ("application/json", r#"{"other":"shape"}"#),
        ("application/json", ""),
    ] {
        for status in ["200 OK", "401 Unauthorized"] {
            let error = failure(reply(status, content_type, body));
            assert!(
                matches!(error, Error::Body { .. }),
                "{status} {content_type} {body}: {error:?}"
            );
            let code = status.split(' ').next().and_then(|code| code.parse().ok());
            kept(&error, code.expect("a status"), body.as_bytes());
        }
    }
}

#[test]
fn a_truncated_body_is_kept_as_far_as_it_came() {
    let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 999\r\n\
                x-request-id: req-1\r\nconnection: close\r\n\r\n";
    let error = failure(format!("{head}{{\"message\":").into_bytes());
    assert!(matches!(error, Error::Body { .. }), "{error:?}");
    kept(&error, 200, b"{\"message\":");
}

#[test]
fn an_oversized_body_is_refused() {
    let large = format!(r#"{{"message":"{}"}}"#, "x".repeat(4096));
    let server = Server::with(vec![json("200 OK", &large)]);
    let builder = crate::client_fixture::builder(&server.url()).max_response_bytes(1024);
    let client = builder.build().expect("the client is built");
    let error =
        run(async move { client.revoke_token(payload()).await }).expect_err("it is too large");
    assert!(matches!(error, Error::Body { .. }), "{error:?}");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(200));
}

#[test]
fn a_redirect_is_not_followed() {
    let target = Server::with(vec![json("200 OK", r#"{"message":"wrong place"}"#)]);
    let answer = format!(
        "HTTP/1.1 307 Temporary Redirect\r\nlocation: {}/auth/revoke\r\ncontent-length: 0\r\n\
         connection: close\r\n\r\n",
        target.url()
    );
    let error = failure(answer.into_bytes());
    assert_eq!(error.status().map(|status| status.as_u16()), Some(307));
    assert_eq!(
        target.remaining_requests(),
        0,
        "the secret went to one place"
    );
}
