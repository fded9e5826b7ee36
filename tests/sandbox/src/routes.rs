//! What is answered: the document decides what is asked of a request, this module what it does.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::http::header::{ALLOW, AUTHORIZATION, CONTENT_TYPE, DATE, RETRY_AFTER, WWW_AUTHENTICATE};
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

/// A router with every operation of the document, below `/v1`.
pub(crate) fn router(document: &Value, context: &Context) -> Router {
    let operations: Vec<Arc<Operation>> = operations(document).into_iter().map(Arc::new).collect();
    let mut router = Router::new();
    for operation in &operations {
        let method = Method::from_bytes(operation.method.as_bytes()).ok();
        let Some(filter) = method.and_then(|it| MethodFilter::try_from(it).ok()) else {
            continue;
        };
        let (context, served) = (context.clone(), Arc::clone(operation));
        let handler = move |request: Request| answer(context, served, request);
        router = router.route(&format!("/v1{}", operation.path), on(filter, handler));
    }
    let (missing, refused) = (context.clone(), context.clone());
    let allowed: Vec<(String, String)> = operations
        .iter()
        .map(|it| (format!("/v1{}", it.path), it.method.clone()))
        .collect();
    router
        .method_not_allowed_fallback(move |request: Request| {
            let path = request.uri().path().to_owned();
            let methods = allowed.iter().filter(|(known, _)| *known == path);
            let methods: Vec<&str> = methods.map(|(_, method)| method.as_str()).collect();
            let mut response = error(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed");
            insert(&mut response, ALLOW, &methods.join(", "));
            std::future::ready(finished(&refused, request.headers(), response))
        })
        .fallback(move |request: Request| {
            let response = error(StatusCode::NOT_FOUND, "not_found");
            std::future::ready(finished(&missing, request.headers(), response))
        })
}

fn finished(context: &Context, asked: &HeaderMap, mut response: Response) -> Response {
    insert(
        &mut response,
        DATE,
        &httpdate::fmt_http_date(context.date()),
    );
    if let Some(version) = asked.get(VERSION) {
        response.headers_mut().insert(VERSION, version.clone());
    }
    response
}

async fn answer(context: Context, operation: Arc<Operation>, request: Request) -> Response {
    const LARGEST: usize = 1 << 20;
    let (head, body) = request.into_parts();
    let response = match axum::body::to_bytes(body, LARGEST).await {
        Ok(body) => judge(&context, &operation, &head.headers, &body),
        Err(_) => error(StatusCode::PAYLOAD_TOO_LARGE, "too_large"),
    };
    finished(&context, &head.headers, response)
}

/// The checks in the order in which a gateway makes them, then what the operation does.
fn judge(context: &Context, operation: &Operation, headers: &HeaderMap, body: &Bytes) -> Response {
    let now = context.since_epoch();
    let taken = context.with(|state| state.bucket.take(now));
    if let Some(wait) = taken.refused {
        let mut response = error(StatusCode::TOO_MANY_REQUESTS, "too_many_requests");
        // Whole seconds, and never too few.
        let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
        insert(&mut response, RETRY_AFTER, &seconds.to_string());
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
    match problems.is_empty() {
        true => Ok(()),
        false => Err(invalid(&problems)),
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
    let value = headers.get(AUTHORIZATION).and_then(|it| it.to_str().ok());
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

/// What the operations of the API do.
fn perform(context: &Context, id: &str, body: &Value) -> Result<Value, Box<Response>> {
    let text = |name: &str| body[name].as_str().unwrap_or_default();
    let known = context.with(|state| state.knows(text("client_id"), text("client_secret")));
    if !known {
        let response = error(StatusCode::UNAUTHORIZED, "invalid_client");
        return Err(Box::new(response));
    }
    let now = context.since_epoch();
    context.with(|state| match id {
        "create_token" => Ok(json!({
            "access_token": state.issue(now),
            "expires_in": state.lifetime.as_secs(),
            "token_type": "Bearer",
        })),
        "revoke_token" => {
            // A token that is not valid any more is as good as revoked (RFC 7009 section 2.2).
            state.revoke(text("token"));
            Ok(json!({ "message": "The token is not valid any more." }))
        }
        _ => Err(Box::new(error(
            StatusCode::NOT_IMPLEMENTED,
            "not_implemented",
        ))),
    })
}

fn success(context: &Context, body: &Value, taken: &Taken) -> Response {
    let mut response = json_response(StatusCode::OK, body);
    let reset = context.since_epoch() + taken.full_after;
    for (name, value) in [
        ("ratelimit-limit", u64::from(taken.limit)),
        ("ratelimit-remaining", u64::from(taken.remaining)),
        ("ratelimit-reset", reset.as_secs() + 1),
    ] {
        insert(
            &mut response,
            HeaderName::from_static(name),
            &value.to_string(),
        );
    }
    response
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
