//! Prism serves the document and judges what the client sends.
//!
//! It answers a request that does not fit all the same, and tells so by the header
//! `sl-violations`. A good request has none; requests that are made bad on purpose must have one,
//! or the judge would not be looking.

use std::path::Path;
use std::process::Command;

use monite_client::runtime::reqwest::header::{HeaderMap, HeaderName};
use monite_client::runtime::reqwest::{Body, Request};
use monite_client::runtime::{CallOptions, RetryPolicy};
use monite_client::{Client, Environment};
use serde_json::Value;

use crate::calls::{Answer, Call, table};
use crate::install::Tools;
use crate::peer::{Peer, free_port};
use crate::{Failure, say};

const VIOLATIONS: HeaderName = HeaderName::from_static("sl-violations");

/// Runs every call, good and bad; what was judged, in words.
pub(crate) fn run(tools: &Tools, document: &Path, parsed: &Value) -> Result<String, Failure> {
    let port = free_port()?;
    let mut prism = Command::new("node");
    prism
        .arg(&tools.prism)
        .args(["mock", "--host", "127.0.0.1", "--port", &port.to_string()])
        .arg(document)
        .env("NO_UPDATE_NOTIFIER", "1");
    let _prism = Peer::start(&mut prism, "Prism is listening")?;
    say(
        "Serving",
        &format!("the stored document by Prism on port {port}"),
    );
    let broken = |what: String| Failure::Broken(what);
    let environment = Environment::custom(&format!("http://127.0.0.1:{port}"))
        .map_err(|error| broken(error.to_string()))?;
    let client = Client::builder(environment)
        .bearer_token("a-bearer-token")
        .retry(RetryPolicy::none())
        .build()
        .map_err(|error| broken(error.to_string()))?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| broken(error.to_string()))?;
    let judged = runtime.block_on(judge(&client, parsed));
    match judged.problems.is_empty() {
        true => Ok(format!(
            "{} operations, {} statuses, {} bad requests refused, by Prism",
            judged.operations, judged.statuses, judged.bad
        )),
        false => Err(Failure::Found(judged.problems)),
    }
}

#[derive(Default)]
struct Judged {
    operations: usize,
    statuses: usize,
    bad: usize,
    problems: Vec<String>,
}

/// An operation of the document: its id, and the statuses that it declares.
fn declared(document: &Value) -> Vec<(&str, Vec<u16>)> {
    let paths = document["paths"].as_object().into_iter().flatten();
    let operations = paths.flat_map(|(_, item)| item.as_object().into_iter().flatten());
    operations
        .map(|(_, operation)| {
            let responses = operation["responses"].as_object().into_iter().flatten();
            let statuses = responses.filter_map(|(status, _)| status.parse().ok());
            let id = operation["operationId"].as_str().unwrap_or_default();
            (id, statuses.collect())
        })
        .collect()
}

async fn judge(client: &Client, document: &Value) -> Judged {
    let mut judged = Judged::default();
    let table = table();
    for (id, statuses) in declared(document) {
        let Some(call) = table.get(id) else {
            let problem = format!("{id} is in the document, and nothing here calls it");
            judged.problems.push(problem);
            continue;
        };
        judged.operations += 1;
        for status in statuses {
            let options = CallOptions::new().header("prefer", format!("code={status}"));
            let answer = (call.send)(client, options).await;
            judged.problems.extend(fault(id, status, &answer));
            judged.statuses += 1;
        }
        judged.bad(id, call, client).await;
    }
    judged
}

/// What is wrong with the answer to a good request.
fn fault(id: &str, status: u16, answer: &Answer) -> Option<String> {
    if let Some(violations) = answer.headers.get(VIOLATIONS) {
        return Some(format!(
            "{id}: Prism objects to a good request: {violations:?}"
        ));
    }
    let success = (200..300).contains(&status);
    let decoded = match answer.variant.as_str() {
        "Success" => success,
        // A variant is a word; what is not one is the text of another error.
        other => !success && !other.contains(' '),
    };
    match decoded && answer.status == Some(status) {
        true => None,
        false => Some(format!(
            "{id}: status {status} was asked for, and the client says {:?}: {}",
            answer.status, answer.variant
        )),
    }
}

impl Judged {
    /// Sends each request that lacks one thing.
    async fn bad(&mut self, id: &str, call: &Call, client: &Client) {
        let Ok(good) = (call.request)(client) else {
            self.problems
                .push(format!("{id}: its request cannot be built"));
            return;
        };
        for (what, request) in lacking(&good) {
            let sent = client.transport().http().execute(request).await;
            let refused = |headers: &HeaderMap| headers.contains_key(VIOLATIONS);
            match sent {
                Ok(response) if refused(response.headers()) => self.bad += 1,
                Ok(response) if response.status().is_client_error() => self.bad += 1,
                Ok(response) => self.problems.push(format!(
                    "{id}: Prism takes a request without {what}, with status {}",
                    response.status()
                )),
                Err(_) => self.problems.push(format!("{id}: Prism does not answer")),
            }
        }
    }
}

/// The request without its version header, without each member of its body, and with one that
/// nobody knows.
fn lacking(good: &Request) -> Vec<(String, Request)> {
    let body = good.body().and_then(Body::as_bytes).unwrap_or_default();
    let body: Value = serde_json::from_slice(body).unwrap_or_default();
    let mut requests = Vec::new();
    let authorized = || {
        let mut request = good.try_clone()?;
        let bearer = "Bearer a-bearer-token".parse().ok()?;
        request.headers_mut().insert("authorization", bearer);
        Some(request)
    };
    if let Some(mut request) = authorized() {
        request.headers_mut().remove("x-monite-version");
        requests.push(("its version header".to_owned(), request));
    }
    for name in body.as_object().into_iter().flatten().map(|(name, _)| name) {
        let mut less = body.clone();
        if let (Some(members), Some(mut request)) = (less.as_object_mut(), authorized()) {
            members.remove(name);
            *request.body_mut() = Some(Body::from(less.to_string()));
            requests.push((format!("its member {name}"), request));
        }
    }
    let mut more = body;
    if let (Some(members), Some(mut request)) = (more.as_object_mut(), authorized()) {
        members.insert("surplus".to_owned(), Value::Bool(true));
        *request.body_mut() = Some(Body::from(more.to_string()));
        requests.push(("a bound on its members".to_owned(), request));
    }
    requests
}

#[cfg(test)]
mod tests {
    use monite_client::runtime::reqwest::header::{HeaderMap, HeaderValue};
    use serde_json::json;

    use super::{VIOLATIONS, declared, fault};
    use crate::calls::{Answer, table};

    fn answer(status: u16, variant: &str) -> Answer {
        Answer {
            status: Some(status),
            variant: variant.to_owned(),
            headers: HeaderMap::new(),
        }
    }

    #[test]
    fn a_fault_is_seen() {
        assert_eq!(fault("a", 200, &answer(200, "Success")), None);
        assert_eq!(fault("a", 401, &answer(401, "Unauthorized")), None);
        assert!(fault("a", 401, &answer(200, "Success")).is_some());
        assert!(fault("a", 401, &answer(422, "UnprocessableContent")).is_some());
        assert!(fault("a", 200, &answer(200, "a: the body is empty")).is_some());
        assert!(fault("a", 401, &answer(401, "a: the body is empty")).is_some());
        let mut objected = answer(200, "Success");
        let value = HeaderValue::from_static("[]");
        objected.headers.insert(VIOLATIONS, value);
        assert!(fault("a", 200, &objected).is_some());
    }

    #[test]
    fn every_operation_of_the_document_is_called() {
        let document = sandbox::corrected();
        let declared = declared(&document);
        assert_eq!(declared.len(), table().len());
        for (id, statuses) in declared {
            assert!(table().contains_key(id), "{id}");
            assert!(statuses.len() > 3, "{id}: {statuses:?}");
        }
        let more = json!({ "paths": { "/a": { "get": { "operationId": "b", "responses": {} } } } });
        assert_eq!(super::declared(&more), [("b", Vec::new())]);
    }
}
