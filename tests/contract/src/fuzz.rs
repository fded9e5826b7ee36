//! schemathesis makes requests out of the document and judges what the sandbox answers.

use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::Duration;

use monite_client::types::{ClientCredentialsGrant, ClientSecret};
use monite_client::{Client, Environment};
use sandbox::Sandbox;
use serde_json::Value;

use crate::install::Tools;
use crate::{Failure, say};

/// Runs it to its end; what was judged, in words.
pub(crate) fn run(tools: &Tools, document: &Path) -> Result<String, Failure> {
    let broken = |what: String| Failure::Broken(what);
    // The limit is proven elsewhere; here it would hide every other answer.
    let sandbox = Sandbox::builder().requests_per_second(1_000_000).start();
    let sandbox = sandbox.map_err(|error| broken(error.to_string()))?;
    let token = token(&sandbox)?;
    let folder = document.parent().unwrap_or(document);
    let report = folder.join("schemathesis.json");
    let config = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemathesis.toml");
    say(
        "Asking",
        &format!("the sandbox on {} by schemathesis", sandbox.url()),
    );
    let mut child = Command::new(&tools.schemathesis)
        .arg("--config-file")
        .arg(config)
        .arg("run")
        .arg(document)
        .args(["--url", &sandbox.url(), "--no-color"])
        .arg("--report-json-path")
        .arg(&report)
        // The token is handed over where process lists do not show it.
        .env("SANDBOX_TOKEN", token)
        // It must have nobody to call.
        .env("DO_NOT_TRACK", "1")
        .current_dir(folder)
        .stdin(Stdio::null())
        .spawn()
        .map_err(|error| broken(format!("schemathesis cannot be run: {error}")))?;
    let status = ended(&mut child)?;
    let counts = counts(&report);
    match status.code() {
        Some(0) => Ok(format!("{counts}, by schemathesis")),
        Some(1) => {
            let what = format!("schemathesis found failures ({counts})");
            Err(Failure::Found(vec![what]))
        }
        _ => Err(broken(format!("schemathesis did not finish: {status}"))),
    }
}

/// Waits for its end, which comes within minutes or is brought about.
fn ended(child: &mut Child) -> Result<ExitStatus, Failure> {
    const STEP: Duration = Duration::from_millis(100);
    const STEPS: u32 = 6000;
    for _ in 0..STEPS {
        match child.try_wait() {
            Ok(Some(status)) => return Ok(status),
            Ok(None) => std::thread::sleep(STEP),
            Err(error) => return Err(Failure::Broken(error.to_string())),
        }
    }
    // One that has ended in this moment cannot be ended.
    let _ = child.kill();
    let _ = child.wait();
    let what = format!("schemathesis did not finish in {:?}", STEP * STEPS);
    Err(Failure::Broken(what))
}

/// What its report says in numbers.
fn counts(report: &Path) -> String {
    let text = std::fs::read_to_string(report).unwrap_or_default();
    let report: Value = serde_json::from_str(&text).unwrap_or_default();
    let number = |pointer: &str| report.pointer(pointer).and_then(Value::as_u64);
    let shown = |pointer: &str| number(pointer).map_or("?".to_owned(), |it| it.to_string());
    format!(
        "{} operations, {} requests, {} failures",
        shown("/operations/tested"),
        shown("/test_cases/generated"),
        shown("/test_cases/unique_failures"),
    )
}

fn token(sandbox: &Sandbox) -> Result<String, Failure> {
    let broken = |what: String| Failure::Broken(what);
    let environment =
        Environment::custom(&sandbox.url()).map_err(|error| broken(error.to_string()))?;
    let client = Client::builder(environment).build();
    let client = client.map_err(|error| broken(error.to_string()))?;
    let secret = ClientSecret::new(sandbox.client_secret());
    let call = client.create_token(ClientCredentialsGrant::new(sandbox.client_id(), secret));
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| broken(error.to_string()))?;
    let created = runtime.block_on(call.send());
    let created = created.map_err(|error| broken(error.to_string()))?;
    Ok(created.access_token.expose_secret().to_owned())
}
