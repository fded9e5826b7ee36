//! The request, and its bounds.

use std::time::Duration;

use reqwest::header::{ACCEPT, LOCATION};
use reqwest::redirect::Policy;
use reqwest::{Client, Response, StatusCode, Url};

use crate::url::follow;
use crate::{DECIDE, FAILED, Failure};

/// How often a server may lead elsewhere.
const REDIRECTS: usize = 5;

/// What is sent, so that a server's owner knows whom to ask.
const AGENT: &str = concat!("monite-client-xtask/", env!("CARGO_PKG_VERSION"));

const MEDIA_TYPES: &str = "application/json, application/yaml, text/yaml, */*;q=0.5";

/// What a server may cost.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bounds {
    pub(crate) time: Duration,
    pub(crate) bytes: u64,
}

/// The document at a URL.
pub(crate) async fn document(url: Url, bounds: Bounds) -> Result<Vec<u8>, Failure> {
    let shown = url.to_string();
    let fetched = tokio::time::timeout(bounds.time, fetch(url, bounds.bytes));
    fetched.await.unwrap_or_else(|_| {
        let seconds = bounds.time.as_secs();
        let problem = format!("`{shown}` was not there after {seconds} s");
        Err(Failure::new(
            FAILED,
            problem,
            "run it again, or with a longer --timeout",
        ))
    })
}

async fn fetch(mut url: Url, limit: u64) -> Result<Vec<u8>, Failure> {
    let client = Client::builder()
        .user_agent(AGENT)
        .redirect(Policy::none())
        .referer(false)
        .no_proxy()
        .tls_backend_rustls()
        .build()
        .map_err(|error| unreachable(&url, &error))?;
    for _ in 0..=REDIRECTS {
        let response = client.get(url.clone()).header(ACCEPT, MEDIA_TYPES).send();
        let response = response.await.map_err(|error| unreachable(&url, &error))?;
        let location = response.headers().get(LOCATION);
        let location = location.and_then(|it| it.to_str().ok());
        match location {
            Some(location) if response.status().is_redirection() => url = follow(&url, location)?,
            _ => return read(url, response, limit).await,
        }
    }
    Err(Failure::new(
        DECIDE,
        format!("`{url}` leads on, more than {REDIRECTS} times"),
        "name the URL that has the document",
    ))
}

async fn read(url: Url, mut response: Response, limit: u64) -> Result<Vec<u8>, Failure> {
    let status = response.status();
    if status != StatusCode::OK {
        let problem = format!("`{url}` is answered with {status}");
        let code = if status.is_server_error() {
            FAILED
        } else {
            DECIDE
        };
        return Err(Failure::new(
            code,
            problem,
            "check the URL, or try again later",
        ));
    }
    let mut document = Vec::new();
    while let Some(chunk) = response
        .chunk()
        .await
        .map_err(|error| unreachable(&url, &error))?
    {
        let size = document.len().saturating_add(chunk.len());
        if u64::try_from(size).unwrap_or(u64::MAX) > limit {
            let problem = format!("`{url}` is larger than {} MiB", limit >> 20);
            return Err(Failure::new(
                DECIDE,
                problem,
                "allow for it with --max-size",
            ));
        }
        document.extend_from_slice(&chunk);
    }
    Ok(document)
}

/// The innermost reason: those around it only repeat the URL.
fn unreachable(url: &Url, error: &reqwest::Error) -> Failure {
    let mut reason: &dyn std::error::Error = error;
    while let Some(inner) = reason.source() {
        reason = inner;
    }
    let problem = format!("`{url}` cannot be fetched: {reason}");
    Failure::new(
        FAILED,
        problem,
        "check the URL and the network, then run it again",
    )
}
