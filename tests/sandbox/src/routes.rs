//! What is answered: the document decides what is asked of a request, this module what it does.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{MatchedPath, Request};
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE, DATE, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::response::Response;
use axum::routing::{MethodFilter, on};
use serde_json::{Value, json};

use crate::bucket::Taken;
use crate::document::{Operation, operations};
use crate::loc;
use crate::state::State;

/// The header that carries the version of the API, and is echoed.
const VERSION: HeaderName = HeaderName::from_static("x-monite-version");

/// The time as the sandbox sees it.
pub(crate) type Now = Arc<dyn Fn() -> SystemTime + Send + Sync>;

/// The moment that tokens and limits are counted by.
pub(crate) fn since_epoch(now: &Now) -> Duration {
    now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap_or_default()
}

/// What every request shares.
#[derive(Clone)]
pub(crate) struct Context {
    pub(crate) state: Arc<Mutex<State>>,
    pub(crate) now: Now,
}

impl Context {
    fn date(&self) -> SystemTime {
        (self.now)()
    }

    pub(crate) fn since_epoch(&self) -> Duration {
        since_epoch(&self.now)
    }

    pub(crate) fn with<T>(&self, act: impl FnOnce(&mut State) -> T) -> T {
        act(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Stands on a request whose way is asked for, and not its effect.
#[derive(Clone)]
pub(crate) struct Unapplied;

/// A router with every operation of the document, below `/v1`.
pub(crate) fn router(document: &Value, context: &Context) -> Router {
    let mut router = Router::new();
    for operation in operations(document) {
        let method = Method::from_bytes(operation.method.as_bytes()).ok();
        let Some(filter) = method.and_then(|method| MethodFilter::try_from(method).ok()) else {
            continue;
        };
        let path = format!("/v1{}", operation.path);
        let (context, operation) = (context.clone(), Arc::new(operation));
        let handler = move |request: Request| answer(context, operation, request);
        router = router.route(&path, on(filter, handler));
    }
    let refuse = |status: StatusCode, kind: &'static str| {
        let context = context.clone();
        move |request: Request| {
            let (head, _) = request.into_parts();
            std::future::ready(refused(&context, &head, status, kind))
        }
    };
    // axum adds `Allow`.
    router
        .method_not_allowed_fallback(refuse(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed"))
        .fallback(refuse(StatusCode::NOT_FOUND, "not_found"))
}

/// An error, finished.
pub(crate) fn refused(context: &Context, head: &Parts, status: StatusCode, kind: &str) -> Response {
    finished(context, head, error(status, kind))
}

/// What every answer has; the path's template goes with it for the log.
fn finished(context: &Context, head: &Parts, mut response: Response) -> Response {
    let date = httpdate::fmt_http_date(context.date());
    insert(&mut response, DATE, &date);
    if let Some(version) = head.headers.get(VERSION) {
        response.headers_mut().insert(VERSION, version.clone());
    }
    if let Some(path) = head.extensions.get::<MatchedPath>() {
        response.extensions_mut().insert(path.clone());
    }
    response
}

async fn answer(context: Context, operation: Arc<Operation>, request: Request) -> Response {
    let (head, body) = request.into_parts();
    let response = if head.extensions.get::<Unapplied>().is_some() {
        Response::default()
    } else {
        // It is in memory already.
        let body = axum::body::to_bytes(body, usize::MAX).await;
        judge(
            &context,
            &operation,
            &head.headers,
            &body.unwrap_or_default(),
        )
    };
    finished(&context, &head, response)
}

/// The checks in the order in which a gateway makes them, then what the operation does.
fn judge(context: &Context, operation: &Operation, headers: &HeaderMap, body: &Bytes) -> Response {
    let now = context.since_epoch();
    let taken = context.with(|state| state.bucket.take(now));
    if let Some(wait) = taken.refused {
        let mut response = error(StatusCode::TOO_MANY_REQUESTS, "too_many_requests");
        insert(&mut response, RETRY_AFTER, &whole_seconds(wait).to_string());
        return response;
    }
    let outcome = check_headers(operation, headers)
        .and_then(|()| authorize(context, operation, headers))
        .and_then(|()| loc::body(operation, headers, body).map_err(|detail| invalid(&detail)))
        .and_then(|body| perform(context, &operation.id, &body));
    match outcome {
        Ok(body) => success(context, &body, &taken),
        Err(response) => *response,
    }
}

fn check_headers(operation: &Operation, headers: &HeaderMap) -> Result<(), Box<Response>> {
    let mut problems = Vec::new();
    for header in &operation.headers {
        let Some(value) = headers.get(&header.name) else {
            match header.required {
                true if header.name == VERSION.as_str() => {
                    return Err(Box::new(error(
                        StatusCode::BAD_REQUEST,
                        "missing_api_version",
                    )));
                }
                true => problems.push(missing(&header.name)),
                false => {}
            }
            continue;
        };
        let text = json!(String::from_utf8_lossy(value.as_bytes()));
        for mut problem in loc::check(&header.schema, &text, "header") {
            problem["loc"] = json!(["header", header.name]);
            problems.push(problem);
        }
    }
    if problems.is_empty() {
        Ok(())
    } else {
        Err(invalid(&problems))
    }
}

fn missing(header: &str) -> Value {
    json!({ "loc": ["header", header], "msg": "this is missing", "type": "missing" })
}

fn authorize(
    context: &Context,
    operation: &Operation,
    headers: &HeaderMap,
) -> Result<(), Box<Response>> {
    if !operation.secured {
        return Ok(());
    }
    let value = headers
        .get(AUTHORIZATION)
        .and_then(|header| header.to_str().ok());
    let token = value.and_then(|value| {
        let (scheme, token) = value.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
    });
    let now = context.since_epoch();
    match token {
        Some(token) if context.with(|state| state.is_live(token, now)) => Ok(()),
        _ => {
            let mut response = error(StatusCode::UNAUTHORIZED, "invalid_token");
            insert(&mut response, WWW_AUTHENTICATE, "Bearer");
            Err(Box::new(response))
        }
    }
}

/// What an operation does with a body that is as it should be.
type Act = fn(&mut State, Duration, &Value) -> Value;

/// What the operations do, by their id. Others are checked like these and then not served.
const ACTS: &[(&str, Act)] = &[
    ("create_token", create_token),
    ("revoke_token", revoke_token),
];

fn create_token(state: &mut State, now: Duration, _: &Value) -> Value {
    json!({
        "access_token": state.issue(now),
        "expires_in": state.lifetime.as_secs(),
        "token_type": "Bearer",
    })
}

/// A token that is not valid any more is as good as revoked (RFC 7009 section 2.2).
fn revoke_token(state: &mut State, _: Duration, body: &Value) -> Value {
    state.revoke(text(body, "token"));
    json!({ "message": "The token is not valid any more." })
}

fn text<'a>(body: &'a Value, name: &str) -> &'a str {
    body[name].as_str().unwrap_or_default()
}

fn perform(context: &Context, id: &str, body: &Value) -> Result<Value, Box<Response>> {
    let Some((_, act)) = ACTS.iter().find(|(known, _)| *known == id) else {
        let response = error(StatusCode::NOT_IMPLEMENTED, "not_implemented");
        return Err(Box::new(response));
    };
    let now = context.since_epoch();
    context.with(|state| {
        if state.knows(text(body, "client_id"), text(body, "client_secret")) {
            Ok(act(state, now, body))
        } else {
            Err(Box::new(error(StatusCode::UNAUTHORIZED, "invalid_client")))
        }
    })
}

fn success(context: &Context, body: &Value, taken: &Taken) -> Response {
    let mut response = json_response(StatusCode::OK, body);
    let reset = context.since_epoch() + taken.full_after;
    for (name, value) in [
        ("ratelimit-limit", u64::from(taken.limit)),
        ("ratelimit-remaining", u64::from(taken.remaining)),
        ("ratelimit-reset", whole_seconds(reset)),
    ] {
        insert(
            &mut response,
            HeaderName::from_static(name),
            &value.to_string(),
        );
    }
    response
}

/// Never too few.
fn whole_seconds(duration: Duration) -> u64 {
    duration.as_secs() + u64::from(duration.subsec_nanos() > 0)
}

/// An error in the shape that most have.
fn error(status: StatusCode, kind: &str) -> Response {
    let message = format!(
        "The sandbox refuses this request: {}.",
        kind.replace('_', " ")
    );
    json_response(
        status,
        &json!({ "error": { "message": message, "type": kind } }),
    )
}

fn invalid(detail: &[Value]) -> Box<Response> {
    let body = json!({ "detail": detail });
    Box::new(json_response(StatusCode::UNPROCESSABLE_ENTITY, &body))
}

fn json_response(status: StatusCode, body: &Value) -> Response {
    let mut response = Response::new(Body::from(body.to_string()));
    *response.status_mut() = status;
    insert(&mut response, CONTENT_TYPE, "application/json");
    response
}

fn insert(response: &mut Response, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}
