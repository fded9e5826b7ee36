//! The request as it will be sent: a pure function of its arguments, and the bytes on the wire.

use monite_client::access_tokens::RevokeToken;
use monite_client::runtime::CallOptions;
use monite_client::types::{
    ClientCredentialsGrant, ClientSecret, EntityUserGrant, ObtainTokenPayload,
};
use tests::server::{Server, json};

use crate::client_fixture::{builder, client, payload, run};

/// A request as text: line, headers in order of their names, body.
fn shown(request: &reqwest::Request) -> String {
    let mut text = format!("{} {}\n", request.method(), request.url());
    let mut headers: Vec<String> = request
        .headers()
        .iter()
        .map(|(name, value)| format!("{name}: {}\n", String::from_utf8_lossy(value.as_bytes())))
        .collect();
    headers.sort();
    text.extend(headers);
    let body = request
        .body()
        .and_then(reqwest::Body::as_bytes)
        .unwrap_or_default();
    text + "\n" + &String::from_utf8_lossy(body)
}

#[test]
fn the_request_is_seen_without_being_sent() {
    let client = client("http://127.0.0.1:9/v1");
    let request = client
        .revoke_token(payload())
        .request()
        .expect("the request is built");
    insta::assert_snapshot!("wire_revoke_token", shown(&request));
}

#[test]
fn each_kind_of_grant_is_sent_as_itself() {
    let client = client("http://127.0.0.1:9/v1");
    let id = |text: &str| text.parse::<uuid::Uuid>().expect("it is a UUID");
    let secret = ClientSecret::new("canary-client-secret");
    let partner = id("49f1a5cb-ba93-4c6b-8d08-30ba4e4a8b8e");
    let of_partner = ClientCredentialsGrant::new(partner, secret.clone());
    let call = client.create_token(of_partner);
    let request = call.request().expect("the request is built");
    insta::assert_snapshot!("wire_create_token_of_partner", shown(&request));

    let user = id("9d2b4c8f-2387-4429-bc8f-1a7c0e6b8c5f");
    let of_user = EntityUserGrant::new(partner, secret, user);
    let request = client.create_token(of_user.clone()).request();
    let request = request.expect("the request is built");
    insta::assert_snapshot!("wire_create_token_of_user", shown(&request));

    // What is stored and read again is still the same kind.
    let stored = serde_json::to_string(&ObtainTokenPayload::from(of_user.clone()));
    let read: Result<ObtainTokenPayload, _> =
        serde_json::from_str(&stored.expect("it can be written"));
    assert_eq!(read.expect("it can be read"), of_user.into());
}

#[test]
fn the_wire_carries_the_request_and_the_credential() {
    let server = Server::with(vec![json("200 OK", r#"{"message":"ok"}"#)]);
    let client = client(&server.url());
    run(async move { client.revoke_token(payload()).await }).expect("the call succeeds");
    let sent = server.request();
    let mut lines: Vec<&str> = sent
        .lines()
        .filter(|line| !line.starts_with("host:"))
        .collect();
    // The order of headers has no meaning (RFC 9110 section 5.3).
    if let Some(end) = lines.iter().position(|line| line.is_empty()) {
        lines[1..end].sort_unstable();
    }
    insta::assert_snapshot!("wire_revoke_token_sent", lines.join("\n"));
}

#[test]
fn the_version_is_set_per_client_and_per_call() {
    let date = |text: &str| text.parse::<chrono::NaiveDate>().expect("it is a date");
    let version = |call: RevokeToken| {
        let request = call.request().expect("the request is built");
        let value = request
            .headers()
            .get("x-monite-version")
            .expect("the header is there");
        value.to_str().expect("it is text").to_owned()
    };
    let client = builder("http://127.0.0.1:9/v1")
        .monite_version(date("2025-01-02"))
        .build();
    let client = client.expect("the client is built");
    assert_eq!(version(client.revoke_token(payload())), "2025-01-02");
    let call = client
        .revoke_token(payload())
        .monite_version(date("2026-03-04"));
    assert_eq!(version(call), "2026-03-04");
}

#[test]
fn a_call_is_sent_by_either_way_and_with_its_own_headers() {
    let ok = || json("200 OK", r#"{"message":"ok"}"#);
    let server = Server::with(vec![ok(), ok()]);
    let client = client(&server.url());
    let options = CallOptions::new().header("x-trace", "7");
    run(async move {
        client
            .revoke_token(payload())
            .with(options)
            .send()
            .await
            .expect("send() sends");
        client.revoke_token(payload()).await.expect(".await sends");
    });
    assert!(server.request().contains("x-trace: 7"));
    assert!(
        !server.request().contains("x-trace"),
        "options go for one call"
    );
}

#[test]
fn plain_http_is_for_loopback_alone() {
    let environment = monite_client::Environment::custom("http://api.example/v1");
    insta::assert_snapshot!(
        "plain_http_refused",
        environment.expect_err("it is refused")
    );
}

#[test]
fn nothing_is_sent_without_a_credential() {
    let server = Server::with(vec![json("200 OK", r#"{"message":"ok"}"#)]);
    let environment = monite_client::Environment::custom(&server.url()).expect("it is loopback");
    let client = monite_client::Client::builder(environment)
        .build()
        .expect("it is built");
    let error = run(async move { client.revoke_token(payload()).await });
    insta::assert_snapshot!("credential_missing", error.expect_err("it is refused"));
    assert_eq!(server.remaining_requests(), 0);
}
