//! Fetches a document within limits of time, size and redirects.

use std::error::Error;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{CONTENT_ENCODING, LOCATION};
use reqwest::redirect::Policy;
use reqwest::{Client, Response, StatusCode, Url};

use crate::failure::{DECIDE, FAILED, Failure};
use crate::gate::{Gate, Network, Refused};
use crate::redirect::follow;
use crate::rule::Rule;
use crate::url::{is_local, without_secrets};

const USER_AGENT: &str = concat!("openapi-client-fetch/", env!("CARGO_PKG_VERSION"));
const MAX_REDIRECTS: usize = 5;

/// A URL to fetch, with the limits.
pub(crate) struct Job {
    pub(crate) url: Url,
    /// Maximum size in bytes.
    pub(crate) max_size: u64,
    /// Maximum time for the whole document.
    pub(crate) timeout: Duration,
}

/// Fetches the bytes at the URL.
pub(crate) fn fetch(job: &Job) -> Result<Vec<u8>, Failure> {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    let runtime = runtime.enable_all().build().map_err(|error| {
        let problem = format!("the HTTP client cannot be started: {error}");
        Failure::new(FAILED, problem, "run it again")
    })?;
    let fetched = runtime.block_on(async { tokio::time::timeout(job.timeout, whole(job)).await });
    // Do not wait for a look-up that is still running.
    runtime.shutdown_background();
    fetched.unwrap_or_else(|_| {
        let (url, seconds) = (without_secrets(&job.url), job.timeout.as_secs_f64());
        let problem = format!("`{url}` was not complete after {seconds} s");
        let fix = "try again, or allow more time with --timeout";
        Err(Failure::new(FAILED, problem, fix))
    })
}

async fn whole(job: &Job) -> Result<Vec<u8>, Failure> {
    let response = final_response(&job.url).await?;
    check_response(&job.url, &response)?;
    let bytes = body(job, response).await?;
    // JSON and YAML never begin with `<`, whatever the declared type is.
    if bytes.trim_ascii_start().starts_with(b"<") {
        let problem = format!(
            "`{}` is HTML or XML, not an OpenAPI document",
            without_secrets(&job.url)
        );
        let fix = "use the URL of the document itself, which such a page often links to";
        return Err(Failure::new(DECIDE, problem, fix));
    }
    Ok(bytes)
}

/// Returns the response after all redirects.
async fn final_response(url: &Url) -> Result<Response, Failure> {
    let network = Network::of_system();
    let (mut next, mut rule) = (url.clone(), Rule::named(url));
    for _ in 0..=MAX_REDIRECTS {
        let (response, addresses) = send(&next, &rule, &network).await?;
        let location = match response.status() {
            StatusCode::MOVED_PERMANENTLY
            | StatusCode::FOUND
            | StatusCode::SEE_OTHER
            | StatusCode::TEMPORARY_REDIRECT
            | StatusCode::PERMANENT_REDIRECT => response.headers().get(LOCATION),
            _ => None,
        };
        let Some(location) = location else {
            return Ok(response);
        };
        // A location that is not text is an invalid URL.
        let location = location.to_str().unwrap_or("http://");
        (next, rule) = follow(&next, addresses, location)?;
    }
    let problem = format!(
        "`{}` redirects more than {MAX_REDIRECTS} times",
        without_secrets(url)
    );
    let fix = "use the URL of the document itself";
    Err(Failure::new(DECIDE, problem, fix))
}

/// Sends one request. Returns the response, and the addresses that it may come from. Compression is
/// not requested, so that the size limit applies to the document.
async fn send(
    url: &Url,
    rule: &Rule,
    network: &Network,
) -> Result<(Response, Vec<IpAddr>), Failure> {
    let gate = Gate::new(url, rule, &network.names);
    let client = Client::builder().redirect(Policy::none()).referer(false);
    let client = client.dns_resolver(Arc::new(gate.clone()));
    let client = if is_local(url) || !network.proxies {
        client.no_proxy()
    } else {
        client
    };
    let response = match client.user_agent(USER_AGENT).build() {
        Ok(client) => client.get(url.clone()).send().await,
        Err(error) => Err(error),
    };
    match response {
        Ok(response) => Ok((response, gate.accepted())),
        Err(error) => Err(match refused(&error) {
            Some(Refused(why)) => rule.refusal(url, why),
            None => request_failure(url, &error),
        }),
    }
}

/// Returns the refused address that prevented a request.
fn refused(error: &reqwest::Error) -> Option<&Refused> {
    let mut cause: &dyn Error = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    cause.downcast_ref()
}

/// Checks that the response can be the document.
fn check_response(url: &Url, response: &Response) -> Result<(), Failure> {
    let status = response.status();
    let url = without_secrets(url);
    let later = status.is_server_error()
        || status == StatusCode::TOO_MANY_REQUESTS
        || status == StatusCode::REQUEST_TIMEOUT;
    let problem = format!("the response of `{url}` has the status {status}");
    if later {
        return Err(Failure::new(FAILED, problem, "try again later"));
    }
    if status != StatusCode::OK {
        let fix = "check the URL; it must be public";
        return Err(Failure::new(DECIDE, problem, fix));
    }
    let encodings = response.headers().get_all(CONTENT_ENCODING);
    if encodings.iter().any(|encoding| encoding != "identity") {
        let problem = format!("`{url}` is compressed, although that was not requested");
        let fix = "download and unpack it, then use the file";
        return Err(Failure::new(DECIDE, problem, fix));
    }
    Ok(())
}

/// Reads the body, and stops as soon as it is too large.
async fn body(job: &Job, mut response: Response) -> Result<Vec<u8>, Failure> {
    let too_large = || {
        let problem = format!(
            "`{}` is larger than {}",
            without_secrets(&job.url),
            size(job.max_size)
        );
        let fix = "check that this is the right document; --max-size allows up to 64 MiB";
        Failure::new(DECIDE, problem, fix)
    };
    if response
        .content_length()
        .is_some_and(|length| length > job.max_size)
    {
        return Err(too_large());
    }
    let mut body = Vec::new();
    loop {
        let chunk = response.chunk().await;
        let Some(chunk) = chunk.map_err(|error| request_failure(&job.url, &error))? else {
            return Ok(body);
        };
        if (body.len() as u64).saturating_add(chunk.len() as u64) > job.max_size {
            return Err(too_large());
        }
        body.extend_from_slice(&chunk);
    }
}

/// Returns the failure about a request without a response. Only the innermost cause is specific.
fn request_failure(url: &Url, error: &reqwest::Error) -> Failure {
    let mut cause: &dyn Error = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    // The outermost error quotes the URL with its query.
    let cause = match error.source() {
        Some(_) => cause.to_string(),
        None => "the request cannot be sent".to_owned(),
    };
    let problem = format!("`{}` cannot be fetched: {cause}", without_secrets(url));
    Failure::new(
        FAILED,
        problem,
        "check the URL and the network, then try again",
    )
}

fn size(bytes: u64) -> String {
    const MIB: u64 = 1 << 20;
    match bytes % MIB {
        0 if bytes > 0 => format!("{} MiB", bytes / MIB),
        _ => format!("{bytes} bytes"),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::net::{IpAddr, TcpListener};
    use std::sync::Arc;

    use reqwest::Url;

    use super::send;
    use crate::gate::{Answer, Names, Network};
    use crate::redirect::follow;
    use crate::rule::Rule;

    /// A resolver with fixed addresses.
    struct Table(BTreeMap<&'static str, &'static str>);

    impl Names for Table {
        fn addresses(&self, host: &str) -> Answer {
            let found = self.0.get(host).copied().unwrap_or_default();
            let found = found
                .split(' ')
                .map(|address| address.parse().unwrap())
                .collect();
            Box::pin(async { Ok(found) })
        }
    }

    /// Returns the failure of a request, or "sent".
    fn outcome(url: &Url, rule: &Rule) -> String {
        let names = [
            ("here.example", "127.0.0.1"),
            ("mixed.example", "1.1.1.1 127.0.0.1"),
            ("mapped.example", "::ffff:127.0.0.1"),
            ("any.example", "0.0.0.0"),
            ("cloud.example", "169.254.169.254"),
            ("inside.example", "192.168.0.1"),
            ("localhost", "1.1.1.1"),
            ("home.localhost", "127.0.0.1"),
        ];
        let network = Network {
            names: Arc::new(Table(names.into())),
            proxies: false,
        };
        let mut runtime = tokio::runtime::Builder::new_current_thread();
        let runtime = runtime.enable_all().build().unwrap();
        let sent = runtime.block_on(send(url, rule, &network));
        sent.map_or_else(|failure| failure.to_string(), |_| "sent".to_owned())
    }

    #[test]
    fn a_name_is_checked_by_its_addresses() {
        let here = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        here.set_nonblocking(true).unwrap();
        let port = here.local_addr().unwrap().port();
        let from = Url::parse("https://docs.example/").unwrap();
        let public: IpAddr = "93.184.216.34".parse().unwrap();
        for (host, why) in [
            ("here.example", "which is on this machine"),
            ("mixed.example", "which is on this machine"),
            ("mapped.example", "which is on this machine"),
            ("any.example", "which is on this machine"),
            ("cloud.example", "is not public"),
            ("inside.example", "is not public"),
        ] {
            let to = format!("https://{host}:{port}/?key=hunter2");
            let (to, rule) = follow(&from, vec![public], &to).unwrap();
            let outcome = outcome(&to, &rule);
            assert!(
                outcome.contains(why) && !outcome.contains("hunter2"),
                "{outcome}"
            );
            assert!(
                outcome.starts_with("problem: `https://docs.example/` redirects to"),
                "{outcome}"
            );
        }
        assert!(here.accept().is_err(), "no connection was made");
    }

    #[test]
    fn plain_http_stays_on_this_machine() {
        let url = Url::parse("http://localhost:9/").unwrap();
        let outcome = outcome(&url, &Rule::named(&url));
        assert!(
            outcome.contains("is plain http, but is not on this machine"),
            "{outcome}"
        );
    }

    #[test]
    fn the_url_of_the_command_line_may_be_local() {
        let here = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let url = format!(
            "http://home.localhost:{}/",
            here.local_addr().unwrap().port()
        );
        let url = Url::parse(&url).unwrap();
        let server = std::thread::spawn(move || here.accept().is_ok());
        // The connection is accepted and closed without a response.
        let outcome = outcome(&url, &Rule::named(&url));
        assert!(outcome.contains("cannot be fetched"), "{outcome}");
        assert!(server.join().unwrap(), "a connection was made");
    }
}
