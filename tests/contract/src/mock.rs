//! Prism serves the document and judges what the client sends.
//!
//! It answers a request that does not fit all the same, and tells so by the header
//! `sl-violations`. A good request has none; requests that are made bad on purpose must have one
//! that names what is bad, or the judge would not be looking.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use monite_client::runtime::reqwest::header::{HeaderMap, HeaderName};
use monite_client::runtime::reqwest::{Request, StatusCode};
use monite_client::runtime::{CallOptions, RetryPolicy};
use monite_client::{Client, Environment};
use serde_json::Value;

use crate::bad::{TOKEN, authorized, requests};
use crate::calls::{Answer, Call, Meaning, table};
use crate::declared::{Operation, exact, operations, uncovered};
use crate::install::{Tools, source};
use crate::peer::{Peer, free_port};
use crate::{Failure, block_on, say};

const VIOLATIONS: HeaderName = HeaderName::from_static("sl-violations");

/// Runs every call, good and bad; what was judged, in words.
pub(crate) fn run(tools: &Tools, path: &Path, document: &Value) -> Result<String, Failure> {
    let port = free_port()?;
    let _prism = Peer::start(&mut prism(tools, port, path), "Prism is listening")?;
    say(
        "Serving",
        &format!("the stored document by Prism on port {port}"),
    );
    let broken = |what: String| Failure::Broken(what);
    let environment = Environment::custom(&format!("http://127.0.0.1:{port}"))
        .map_err(|error| broken(error.to_string()))?;
    let client = Client::builder(environment)
        .bearer_token(TOKEN)
        .retry(RetryPolicy::none())
        .build()
        .map_err(|error| broken(error.to_string()))?;
    let judged = block_on(judge(&client, document))?;
    if judged.problems.is_empty() {
        Ok(format!(
            "{} operations, {} statuses, {} bad requests refused, by Prism",
            judged.operations, judged.statuses, judged.bad
        ))
    } else {
        Err(Failure::Found(judged.problems))
    }
}

/// One process, whatever `NODE_ENV` says, that ends when this one is gone (`leash.js`). Prism has
/// no telemetry to switch off; the document refers to nothing outside of itself.
fn prism(tools: &Tools, port: u16, document: &Path) -> Command {
    let mut command = Command::new("node");
    command
        .arg("--require")
        .arg(source("prism/leash.js"))
        .arg(&tools.prism)
        .args(["mock", "--no-multiprocess", "--host", "127.0.0.1"])
        .args(["--port", &port.to_string()])
        .arg(document)
        .env_remove("NODE_OPTIONS");
    command
}

#[derive(Default)]
struct Judged {
    operations: usize,
    statuses: usize,
    bad: usize,
    problems: Vec<String>,
}

async fn judge(client: &Client, document: &Value) -> Judged {
    let (table, operations) = (table(), operations(document));
    let calls: BTreeSet<&str> = table.keys().copied().collect();
    let mut judged = Judged {
        problems: uncovered(&operations, &calls),
        ..Judged::default()
    };
    for operation in &operations {
        let Some(call) = table.get(operation.id.as_str()) else {
            continue;
        };
        judged.operations += 1;
        for status in operation.statuses.iter().filter_map(|status| exact(status)) {
            let options = CallOptions::new().header("prefer", format!("code={status}"));
            let answer = (call.send)(client, options).await;
            judged
                .problems
                .extend(fault(&operation.id, status, &answer));
            judged.statuses += 1;
        }
        judged.bad(operation, call, client).await;
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
    let expected = match status {
        200..300 => Meaning::Success,
        other => Meaning::Declared(other),
    };
    if answer.meaning == expected && answer.status == Some(status) {
        None
    } else {
        Some(format!(
            "{id}: status {status} was asked for, the status is {:?}, and the client takes it for \
         {:?}",
            answer.status, answer.meaning
        ))
    }
}

impl Judged {
    /// Sends the good request by hand, and each that is bad in one way.
    async fn bad(&mut self, operation: &Operation, call: &Call, client: &Client) {
        let id = &operation.id;
        let good = (call.request)(client).ok();
        let bad = good.as_ref().and_then(|good| requests(good, operation));
        let good = good.and_then(|good| authorized(&good, operation));
        let (Some(good), Some(bad)) = (good, bad) else {
            let problem = format!("{id}: its request cannot be built and taken apart");
            self.problems.push(problem);
            return;
        };
        // Were this one refused too, the refusals below would prove nothing.
        match sent(client, good).await {
            Some((_, None)) => {}
            Some((_, Some(violations))) => self.problems.push(format!(
                "{id}: Prism objects to a good request sent by hand: {violations}"
            )),
            None => self.problems.push(format!("{id}: Prism does not answer")),
        }
        for bad in bad {
            let answer = sent(client, bad.request).await;
            match overlooked(answer, &bad.named) {
                None => self.bad += 1,
                Some(instead) => self
                    .problems
                    .push(format!("{id}: a request with {}: {instead}", bad.what)),
            }
        }
    }
}

/// What Prism answers a request that is sent as it is, and its objections.
async fn sent(client: &Client, request: Request) -> Option<(StatusCode, Option<String>)> {
    let response = client.transport().http().execute(request).await.ok()?;
    let said = |headers: &HeaderMap| {
        let value = headers.get(VIOLATIONS)?;
        Some(String::from_utf8_lossy(value.as_bytes()).into_owned())
    };
    Some((response.status(), said(response.headers())))
}

/// What came instead of a refusal for the right reason.
fn overlooked(answer: Option<(StatusCode, Option<String>)>, named: &str) -> Option<String> {
    match answer {
        Some((status, Some(said))) if status.is_client_error() => {
            let right = said.to_lowercase().contains(named);
            (!right).then(|| format!("Prism objects, but not to {named}: {said}"))
        }
        Some((status, Some(said))) => Some(format!("Prism answers {status} and objects: {said}")),
        Some((status, None)) => Some(format!("Prism answers {status} and does not object")),
        None => Some("Prism does not answer".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use monite_client::runtime::reqwest::StatusCode;
    use monite_client::runtime::reqwest::header::{HeaderMap, HeaderValue};

    use super::{VIOLATIONS, fault, overlooked};
    use crate::calls::{Answer, Meaning, table};
    use crate::declared::{operations, uncovered};

    fn answer(status: u16, meaning: Meaning) -> Answer {
        Answer {
            status: Some(status),
            meaning,
            headers: HeaderMap::new(),
        }
    }

    #[test]
    fn a_fault_is_seen() {
        let success = || answer(200, Meaning::Success);
        let other = || Meaning::Other("the body is empty".to_owned());
        assert_eq!(fault("a", 200, &success()), None);
        let unauthorized = answer(401, Meaning::Declared(401));
        assert_eq!(fault("a", 401, &unauthorized), None);
        assert!(fault("a", 401, &success()).is_some());
        assert!(fault("a", 401, &answer(422, Meaning::Declared(422))).is_some());
        assert!(fault("a", 200, &answer(200, other())).is_some());
        assert!(fault("a", 401, &answer(401, other())).is_some());
        let confused = answer(401, Meaning::Declared(429));
        assert!(fault("a", 401, &confused).is_some(), "another's variant");
        let mut objected = success();
        let value = HeaderValue::from_static("[]");
        objected.headers.insert(VIOLATIONS, value);
        assert!(fault("a", 200, &objected).is_some());
    }

    #[test]
    fn a_refusal_counts_when_it_names_the_reason() {
        let refused = |status: u16, said: Option<&str>| {
            let status = StatusCode::from_u16(status).unwrap();
            overlooked(Some((status, said.map(str::to_owned))), "token")
        };
        assert_eq!(refused(422, Some("must have 'token'")), None);
        assert!(refused(422, Some("must have 'client_id'")).is_some());
        assert!(refused(200, Some("must have 'token'")).is_some());
        assert!(refused(404, None).is_some());
        assert!(overlooked(None, "token").is_some());
    }

    #[test]
    fn every_operation_of_the_document_is_called() {
        let declared = operations(&sandbox::corrected());
        let calls: BTreeSet<&str> = table().into_keys().collect();
        assert_eq!(uncovered(&declared, &calls), [""; 0]);
        assert!(declared.iter().any(|value| value.secured));
        assert!(declared.iter().all(|value| !value.headers.is_empty()));
    }
}
