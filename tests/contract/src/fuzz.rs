//! schemathesis makes requests out of the document and judges what the sandbox answers.

use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use monite_client::runtime::reqwest::Url;
use monite_client::types::{ClientCredentialsGrant, ClientSecret};
use monite_client::{Client, Environment};
use sandbox::Sandbox;
use serde_json::Value;

use crate::declared::operations;
use crate::install::{Tools, source};
use crate::peer::finish;
use crate::verdict::{Given, Run, checks};
use crate::{Failure, block_on, say};

/// How long it may take; it takes seconds.
const PATIENCE: Duration = Duration::from_secs(120);

/// What the sandbox has told so far.
type Told = Arc<Mutex<Given>>;

/// Runs it to its end; what was judged, in words.
pub(crate) fn run(tools: &Tools, path: &Path, document: &Value) -> Result<String, Failure> {
    let told = Told::default();
    let sandbox = start(&told)?;
    let token = token(&sandbox)?;
    locked(&told).clear(); // the request for the token is not one of the judge's
    say(
        "Asking",
        &format!("the sandbox on {} by schemathesis", sandbox.url()),
    );
    let folder = path.parent().unwrap_or(path);
    let mut command = schemathesis(tools, path, folder, &sandbox);
    // The token is handed over where process lists do not show it.
    command.env("SANDBOX_TOKEN", token);
    let status = finish(&mut command, PATIENCE)?;
    let read = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap_or_default();
    let verdict = Run {
        operations: &operations(document),
        report: serde_json::from_str(&read(REPORT)).unwrap_or_default(),
        checks: checks(&read(EVENTS)),
        given: below(&sandbox, &locked(&told))?,
    }
    .verdict()?;
    if status.success() {
        Ok(verdict)
    } else {
        Err(Failure::Broken(format!("schemathesis failed: {status}")))
    }
}

const REPORT: &str = "report.json";
const EVENTS: &str = "events.ndjson";

fn schemathesis(tools: &Tools, document: &Path, folder: &Path, sandbox: &Sandbox) -> Command {
    let mut command = Command::new(&tools.schemathesis);
    command
        .arg("--config-file")
        .arg(source("schemathesis.toml"))
        .arg("run")
        .arg(document)
        .args(["--url", &sandbox.url(), "--no-color"])
        .args(["--report-json-path", REPORT])
        .args(["--report-ndjson-path", EVENTS])
        // It has no telemetry to switch off; but a proxy of the surroundings would be taken even
        // for loopback.
        .envs([("no_proxy", "*"), ("NO_PROXY", "*")])
        // It leaves folders of its own where it runs.
        .current_dir(folder)
        .stdin(Stdio::null());
    command
}

fn locked(told: &Told) -> MutexGuard<'_, Given> {
    told.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What was told, with paths as the document has them: below the sandbox's base path.
fn below(sandbox: &Sandbox, told: &Given) -> Result<Given, Failure> {
    let base = Url::parse(&sandbox.url()).map_err(|error| Failure::Broken(error.to_string()))?;
    let from = format!(" {}/", base.path().trim_end_matches('/'));
    let told = told.iter();
    Ok(told
        .map(|(line, times)| (line.replacen(&from, " /", 1), *times))
        .collect())
}

/// The sandbox without its limit, which is proven elsewhere; here it would hide every other
/// answer.
fn start(told: &Told) -> Result<Sandbox, Failure> {
    let heard = Arc::clone(told);
    let sandbox = Sandbox::builder()
        .requests_per_second(1_000_000)
        .on_request(move |line| {
            *locked(&heard).entry(line.to_owned()).or_default() += 1;
        });
    let started = sandbox.start();
    started.map_err(|error| Failure::Broken(format!("the sandbox does not start: {error}")))
}

fn token(sandbox: &Sandbox) -> Result<String, Failure> {
    let broken = |what: String| Failure::Broken(what);
    let environment =
        Environment::custom(&sandbox.url()).map_err(|error| broken(error.to_string()))?;
    let client = Client::builder(environment).build();
    let client = client.map_err(|error| broken(error.to_string()))?;
    let secret = ClientSecret::new(sandbox.client_secret());
    let call = client.create_token(ClientCredentialsGrant::new(sandbox.client_id(), secret));
    let created = block_on(call.send())?;
    let created = created.map_err(|error| broken(error.to_string()))?;
    Ok(created.access_token.expose_secret().to_owned())
}
