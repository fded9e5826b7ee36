//! Nothing public prints a secret, whatever the server says.

use std::fmt::Debug;

use monite_client::access_tokens::RevokeTokenError;
use tests::server::{Server, json, reply};

use crate::client_fixture::{CANARIES, builder, client, payload, run};

#[track_caller]
fn silent(what: &str, text: &str) {
    for canary in CANARIES {
        assert!(!text.contains(canary), "{what} prints {canary}: {text}");
    }
}

#[track_caller]
fn debug_is_silent(what: &str, value: &impl Debug) {
    silent(what, &format!("{value:?}"));
    silent(what, &format!("{value:#?}"));
}

#[track_caller]
fn error_is_silent(what: &str, error: &impl std::error::Error) {
    debug_is_silent(what, error);
    silent(what, &format!("{error}"));
    silent(what, &format!("{error:#}"));
    let mut source = error.source();
    while let Some(inner) = source {
        silent(what, &format!("{inner} {inner:?} {inner:#?}"));
        source = inner.source();
    }
}

#[test]
fn what_the_caller_makes_is_silent() {
    let payload = payload();
    debug_is_silent("payload", &payload);
    debug_is_silent("client secret", &payload.client_secret);
    debug_is_silent("token", &payload.token);
    let builder = builder("http://127.0.0.1:9/v1");
    debug_is_silent("builder", &builder);
    let client = builder.build().expect("the client is built");
    debug_is_silent("client", &client);
    debug_is_silent("transport", client.transport());
    let call = client.revoke_token(payload);
    debug_is_silent("call", &call);
    debug_is_silent("request", &call.request().expect("the request is built"));
}

#[test]
fn a_canary_is_on_the_wire_and_nowhere_else() {
    // Without this the test above could pass on a client that sends no secret at all.
    let server = Server::with(vec![json("200 OK", r#"{"message":"ok"}"#)]);
    let client = client(&server.url());
    run(async move { client.revoke_token(payload()).await }).expect("the call succeeds");
    let request = server.request();
    for canary in CANARIES {
        assert!(request.contains(canary), "{canary} is sent");
    }
}

/// A body of every kind of failure that repeats all that was sent.
fn echoes() -> Vec<(&'static str, Vec<u8>)> {
    let echo = CANARIES.join(" ");
    let error = format!(r#"{{"error":{{"message":"{echo}","type":"{echo}"}}}}"#);
    let detail =
        format!(r#"{{"detail":[{{"loc":["body","{echo}"],"msg":"{echo}","type":"{echo}"}}]}}"#);
    let headers = format!(
        "HTTP/1.1 500 Internal Server Error\r\nx-request-id: {}\r\nx-echo: {echo}\r\n\
         content-length: 0\r\nconnection: close\r\n\r\n",
        CANARIES[1]
    );
    vec![
        ("401", json("401 Unauthorized", &error)),
        ("422", json("422 Unprocessable Entity", &detail)),
        ("429", json("429 Too Many Requests", &error)),
        (
            "500",
            reply("500 Internal Server Error", "text/html", &echo),
        ),
        ("echoing headers", headers.into_bytes()),
        ("200 with HTML", reply("200 OK", "text/html", &echo)),
        (
            "200 with an echoing content type",
            reply("200 OK", &echo.replace(' ', "/"), "{}"),
        ),
        ("200 with a string", json("200 OK", &format!("\"{echo}\""))),
        (
            "200 with another type",
            json("200 OK", &format!(r#"{{"message":{{"{echo}":1}}}}"#)),
        ),
        (
            "401 with another shape",
            json("401 Unauthorized", &format!(r#"{{"error":"{echo}"}}"#)),
        ),
        ("401 that is not JSON", json("401 Unauthorized", &echo)),
        ("truncated", {
            let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\
                        content-length: 9999\r\nconnection: close\r\n\r\n";
            format!("{head}{{\"message\":\"{echo}").into_bytes()
        }),
        ("no HTTP at all", format!("{echo}\r\n\r\n").into_bytes()),
    ]
}

#[test]
fn no_error_repeats_what_the_server_echoes() {
    for (what, answer) in echoes() {
        let server = Server::with(vec![answer]);
        let client = client(&server.url());
        let error = run(async move { client.revoke_token(payload()).await });
        let error = error.expect_err("the call fails");
        error_is_silent(what, &error);
        match error.api() {
            Some(RevokeTokenError::Unauthorized(body)) => debug_is_silent(what, body),
            Some(RevokeTokenError::UnprocessableContent(body)) => {
                debug_is_silent(what, body);
                debug_is_silent(what, &body.detail);
            }
            Some(RevokeTokenError::TooManyRequests(body)) => {
                debug_is_silent(what, body);
                debug_is_silent(what, &body.error);
            }
            _ => {}
        }
    }
}

#[test]
fn no_error_repeats_what_could_not_be_sent() {
    let error = builder("http://127.0.0.1:9/v1")
        .bearer_token("canary-bearer\r\nx: y")
        .build()
        .map(|client| run(async move { client.revoke_token(payload()).await }));
    match error {
        Ok(sent) => error_is_silent("an illegal token", &sent.expect_err("it cannot be sent")),
        Err(refused) => error_is_silent("an illegal token", &refused),
    }
    for url in [
        "https://canary-token:canary-bearer@api.example/v1",
        "http://canary-token.example/v1?x=canary-bearer",
    ] {
        let refused = monite_client::Environment::custom(url);
        let refused = refused.expect_err("it is no base URL");
        let text = format!("{refused} {refused:?}");
        assert!(!text.contains("canary-bearer"), "{text}");
    }
}
