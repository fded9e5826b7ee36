//! What the sandbox answers, asked without the client that it is made to test.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use sandbox::{Builder, Effect, Misbehaviour, Sandbox};
use serde_json::{Value, json};

/// A clock that is moved by hand.
#[derive(Clone, Default)]
struct Hand(Arc<AtomicU64>);

impl Hand {
    fn forward(&self, milliseconds: u64) {
        self.0.fetch_add(milliseconds, Ordering::Relaxed);
    }

    fn builder(&self) -> Builder {
        let clock = self.clone();
        Sandbox::builder().clock(move || {
            let passed = Duration::from_millis(clock.0.load(Ordering::Relaxed));
            SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000) + passed
        })
    }
}

struct Answer {
    status: u16,
    headers: reqwest::header::HeaderMap,
    body: Value,
}

impl Answer {
    fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name);
        value.map_or("", |header| header.to_str().expect("it is text"))
    }
}

fn run<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime is built");
    runtime.block_on(future)
}

fn http() -> reqwest::Client {
    let builder = reqwest::Client::builder().no_proxy();
    let builder = builder.redirect(reqwest::redirect::Policy::none());
    builder.build().expect("a client is built")
}

fn ask(
    sandbox: &Sandbox,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> Answer {
    let method = method.parse().expect("it is a method");
    let mut request = http().request(method, format!("{}{path}", sandbox.url()));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    run(async {
        let response = request
            .body(body.to_owned())
            .send()
            .await
            .expect("it answers");
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let body = response.bytes().await.expect("it has a body");
        let body = serde_json::from_slice(&body).unwrap_or(Value::Null);
        Answer {
            status,
            headers,
            body,
        }
    })
}

const VERSION: (&str, &str) = ("x-monite-version", "2024-05-25");
const JSON: (&str, &str) = ("content-type", "application/json");

fn grant(sandbox: &Sandbox) -> Value {
    json!({
        "client_id": sandbox.client_id(),
        "client_secret": sandbox.client_secret(),
        "grant_type": "client_credentials",
    })
}

/// A new token of the sandbox.
fn token(sandbox: &Sandbox) -> String {
    let body = grant(sandbox).to_string();
    let answer = ask(sandbox, "POST", "/auth/token", &[VERSION, JSON], &body);
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.body["access_token"]
        .as_str()
        .expect("it is text")
        .to_owned()
}

fn revoke(sandbox: &Sandbox, bearer: &str, token: &str) -> Answer {
    let body = json!({
        "client_id": sandbox.client_id(),
        "client_secret": sandbox.client_secret(),
        "token": token,
    });
    let authorization = format!("Bearer {bearer}");
    let headers = [VERSION, JSON, ("authorization", authorization.as_str())];
    ask(sandbox, "POST", "/auth/revoke", &headers, &body.to_string())
}

#[test]
fn a_token_is_issued_used_revoked_and_refused() {
    let sandbox = Sandbox::start();
    let (one, other) = (token(&sandbox), token(&sandbox));
    assert_eq!(one.len(), 41);
    assert_ne!(one, other);
    assert_eq!(revoke(&sandbox, &one, &other).status, 200);
    assert!(!sandbox.is_live(&other) && sandbox.is_live(&one));
    let refused = revoke(&sandbox, &other, &one);
    assert_eq!(
        (refused.status, refused.header("www-authenticate")),
        (401, "Bearer")
    );
    // What is invalid already, or never was valid, is as good as revoked.
    assert_eq!(revoke(&sandbox, &one, &other).status, 200);
    assert_eq!(revoke(&sandbox, &one, "unknown").status, 200);
    assert_eq!(revoke(&sandbox, &one, &one).status, 200);
    assert_eq!(revoke(&sandbox, &one, &one).status, 401);
}

#[test]
fn a_user_gets_a_token_too() {
    let sandbox = Sandbox::start();
    let mut body = grant(&sandbox);
    body["grant_type"] = json!("entity_user");
    body["entity_user_id"] = json!("00000000-0000-4000-8000-000000000001");
    let headers = [VERSION, JSON];
    let answer = ask(&sandbox, "POST", "/auth/token", &headers, &body.to_string());
    assert_eq!(answer.status, 200, "{}", answer.body);
    let token = answer.body["access_token"].as_str().expect("it is text");
    assert!(token.len() == 41 && sandbox.is_live(token));
    assert_eq!(answer.body["expires_in"], 86_400);
    assert_eq!(answer.body["token_type"], "Bearer");
}

#[test]
fn a_token_expires() {
    let clock = Hand::default();
    let builder = clock.builder().token_lifetime(Duration::from_secs(60));
    let sandbox = builder.start().expect("there is a port");
    let token = token(&sandbox);
    clock.forward(59_999);
    assert_eq!(revoke(&sandbox, &token, "other").status, 200);
    clock.forward(1);
    assert_eq!(revoke(&sandbox, &token, "other").status, 401);
}

#[test]
fn requests_are_counted() {
    let clock = Hand::default();
    let sandbox = clock.builder().requests_per_second(2).start();
    let sandbox = sandbox.expect("there is a port");
    let body = grant(&sandbox).to_string();
    let create = || ask(&sandbox, "POST", "/auth/token", &[VERSION, JSON], &body);
    let first = create();
    assert_eq!(first.header("ratelimit-limit"), "2");
    assert_eq!(first.header("ratelimit-remaining"), "1");
    assert_eq!(first.header("ratelimit-reset"), "1800000001");
    assert_eq!(create().status, 200);
    let refused = create();
    assert_eq!((refused.status, refused.header("retry-after")), (429, "1"));
    assert_eq!(refused.body["error"]["type"], "too_many_requests");
    clock.forward(500);
    assert_eq!(create().status, 200);
    assert_eq!(create().status, 429);
}

#[test]
fn what_the_document_does_not_allow_is_refused() {
    let sandbox = Sandbox::builder().requests_per_second(1000).start();
    let sandbox = sandbox.expect("there is a port");
    let good = grant(&sandbox);
    let with = |member: &str, value: Value| {
        let mut body = good.clone();
        body[member] = value;
        body.to_string()
    };
    let without = |member: &str| {
        let mut body = good.clone();
        body.as_object_mut().expect("it is one").remove(member);
        body.to_string()
    };
    let user = with("grant_type", json!("entity_user"));
    let at = |steps: Value| json!({ "at": steps });
    let table = [
        (
            "its id is none",
            with("client_id", json!("canary")),
            at(json!(["body", "client_id"])),
        ),
        (
            "a wrong type",
            with("client_secret", json!(7)),
            at(json!(["body", "client_secret"])),
        ),
        (
            "a missing one",
            without("client_secret"),
            at(json!(["body", "client_secret"])),
        ),
        (
            "too many",
            with("extra", json!("canary")),
            at(json!(["body", "extra"])),
        ),
        (
            "no such kind",
            with("grant_type", json!("canary")),
            at(json!(["body", "grant_type"])),
        ),
        (
            "no kind",
            without("grant_type"),
            at(json!(["body", "grant_type"])),
        ),
        (
            "without its user",
            user,
            at(json!(["body", "entity_user_id"])),
        ),
        ("no object", "[]".to_owned(), at(json!(["body"]))),
        ("no JSON", "{canary".to_owned(), at(json!(["body"]))),
        ("nothing", String::new(), at(json!(["body"]))),
    ];
    for (what, body, place) in table {
        let answer = ask(&sandbox, "POST", "/auth/token", &[VERSION, JSON], &body);
        assert_eq!(answer.status, 422, "{what}: {}", answer.body);
        let detail = answer.body["detail"].as_array().expect("there is detail");
        assert_eq!(detail.len(), 1, "{what}: {detail:?}");
        assert_eq!(detail[0]["loc"], place["at"], "{what}");
        assert!(
            !answer.body.to_string().contains("canary"),
            "{what} is echoed"
        );
        assert_eq!(answer.header("x-monite-version"), "2024-05-25");
    }
}

/// Method, path, headers, body; the status, and the type of the error.
type Case<'a> = (
    &'a str,
    &'a str,
    &'a [(&'a str, &'a str)],
    &'a str,
    u16,
    &'a str,
);

#[test]
fn what_stands_around_the_body_is_checked() {
    let sandbox = Sandbox::start();
    let body = grant(&sandbox).to_string();
    let wrong = with_secret(&sandbox, "wrong");
    let bad_version = ("x-monite-version", "yesterday");
    let text = ("content-type", "text/plain");
    let mut stranger = grant(&sandbox);
    stranger["client_id"] = json!("00000000-0000-4000-8000-000000000000");
    let stranger = stranger.to_string();
    let unknown = ("authorization", "Bearer unknown");
    let basic = ("authorization", "Basic dTpw");
    let cases: [Case<'_>; 11] = [
        (
            "POST",
            "/auth/token",
            &[JSON],
            &body,
            400,
            "missing_api_version",
        ),
        ("POST", "/auth/token", &[bad_version, JSON], &body, 422, ""),
        ("POST", "/auth/token", &[VERSION, text], &body, 422, ""),
        (
            "POST",
            "/auth/token",
            &[VERSION, JSON],
            &wrong,
            401,
            "invalid_client",
        ),
        (
            "POST",
            "/auth/token",
            &[VERSION, JSON],
            &stranger,
            401,
            "invalid_client",
        ),
        (
            "POST",
            "/auth/revoke",
            &[VERSION, JSON, unknown],
            &body,
            401,
            "invalid_token",
        ),
        (
            "POST",
            "/auth/revoke",
            &[VERSION, JSON, basic],
            &body,
            401,
            "invalid_token",
        ),
        (
            "POST",
            "/auth/revoke",
            &[VERSION, JSON],
            &body,
            401,
            "invalid_token",
        ),
        (
            "GET",
            "/auth/token",
            &[VERSION],
            "",
            405,
            "method_not_allowed",
        ),
        (
            "POST",
            "/auth/tokens",
            &[VERSION, JSON],
            &body,
            404,
            "not_found",
        ),
        ("POST", "/auth/token", &[VERSION, JSON], &body, 200, ""),
    ];
    for (method, path, headers, body, status, kind) in cases {
        let answer = ask(&sandbox, method, path, headers, body);
        assert_eq!(
            answer.status, status,
            "{method} {path} {kind}: {}",
            answer.body
        );
        let found = answer.body.pointer("/error/type").and_then(Value::as_str);
        assert_eq!(found.unwrap_or_default(), kind);
        let allow = if status == 405 { "POST" } else { "" };
        assert_eq!(answer.header("allow"), allow);
        let asks = if kind == "invalid_token" {
            "Bearer"
        } else {
            ""
        };
        assert_eq!(answer.header("www-authenticate"), asks);
        let version = headers.iter().find(|(name, _)| *name == VERSION.0);
        let version = version.map_or("", |(_, value)| *value);
        assert_eq!(answer.header("x-monite-version"), version);
        assert!(httpdate::parse_http_date(answer.header("date")).is_ok());
        if version == bad_version.1 {
            let loc = json!(["header", "x-monite-version"]);
            assert_eq!(answer.body["detail"][0]["loc"], loc);
        }
    }
    assert_eq!(sandbox.requests().len(), cases.len());
}

fn with_secret(sandbox: &Sandbox, secret: &str) -> String {
    let mut body = grant(sandbox);
    body["client_secret"] = json!(secret);
    body.to_string()
}

/// What a client sees of each way to misbehave: a status, or the stage at which it fails.
#[test]
fn every_misbehaviour_is_what_it_says() {
    let expected = |how| match how {
        Misbehaviour::Html | Misbehaviour::Empty => "200",
        Misbehaviour::WrongType | Misbehaviour::WrongShape => "200",
        Misbehaviour::Redirect => "307",
        Misbehaviour::TooManyRequests => "429",
        Misbehaviour::ServerError => "500",
        Misbehaviour::Unavailable => "503",
        Misbehaviour::Oversized => "200, 33554432 bytes",
        Misbehaviour::Truncate | Misbehaviour::SlowDrip => "200, and a broken body",
        _ => "no answer",
    };
    for how in Misbehaviour::ALL {
        for effect in [Effect::Applied, Effect::None] {
            let (stalled, stalls) = tokio::sync::mpsc::unbounded_channel();
            let sandbox = Sandbox::builder()
                .on_stall(move || stalled.send(()).unwrap_or_default())
                .start();
            let sandbox = sandbox.expect("there is a port");
            let (bearer, token) = (token(&sandbox), token(&sandbox));
            sandbox.misbehave(how, effect);
            let seen = run(seen(how, &sandbox, &bearer, &token, stalls));
            assert_eq!(seen, expected(how), "{how:?}");
            let unread = how == Misbehaviour::DropUnread;
            let applied = effect == Effect::Applied && !unread;
            assert_eq!(sandbox.is_live(&token), !applied, "{how:?} {effect:?}");
            assert_eq!(sandbox.requests().len(), if unread { 2 } else { 3 });
        }
    }
}

async fn seen(
    how: Misbehaviour,
    sandbox: &Sandbox,
    bearer: &str,
    token: &str,
    mut stalls: tokio::sync::mpsc::UnboundedReceiver<()>,
) -> String {
    let request = http()
        .post(format!("{}/auth/revoke", sandbox.url()))
        .header("x-monite-version", "2024-05-25")
        .bearer_auth(bearer)
        .json(&json!({
            "client_id": sandbox.client_id(),
            "client_secret": sandbox.client_secret(),
            "token": token,
        }));
    let exchange = async {
        // With the others a stall comes after the head, which may still be on its way.
        let never = async {
            match how {
                Misbehaviour::Delay => drop(stalls.recv().await),
                _ => std::future::pending().await,
            }
        };
        let sent = tokio::select! {
            sent = request.send() => sent.ok(),
            () = never => None,
        };
        let Some(response) = sent else {
            return "no answer".to_owned();
        };
        let status = response.status().as_u16();
        let body = tokio::select! {
            body = response.bytes() => body.ok(),
            _ = stalls.recv() => None,
        };
        match body {
            Some(body) if body.len() > 1 << 20 => format!("{status}, {} bytes", body.len()),
            Some(_) => status.to_string(),
            None => format!("{status}, and a broken body"),
        }
    };
    exchange.await
}

#[test]
fn it_stops_when_it_is_dropped() {
    let sandbox = Sandbox::start();
    let url = sandbox.url();
    drop(sandbox);
    let gone = run(async { http().get(url).send().await });
    assert!(gone.is_err_and(|error| error.is_connect()));
}
