//! The request: bounded in time, size and redirects.

use std::error::Error;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{CONTENT_ENCODING, LOCATION};
use reqwest::redirect::Policy;
use reqwest::{Client, Response, StatusCode, Url};

use crate::address::{follow, is_here, shown};
use crate::failure::{DECIDE, FAILED, Failure};
use crate::gate::{Gate, Network, Refused, Rule};

const USER_AGENT: &str = concat!("openapi-client-fetch/", env!("CARGO_PKG_VERSION"));
const REDIRECTS: usize = 5;

/// What is fetched, and its bounds.
pub(crate) struct Job {
    pub(crate) url: Url,
    /// The largest size in bytes.
    pub(crate) most: u64,
    /// The time for all of it.
    pub(crate) timeout: Duration,
}

/// The bytes at the URL.
pub(crate) fn fetch(job: &Job) -> Result<Vec<u8>, Failure> {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    let runtime = runtime.enable_all().build().map_err(|error| {
        let problem = format!("no request can be made: {error}");
        Failure::new(FAILED, problem, "run it again")
    })?;
    let fetched = runtime.block_on(async { tokio::time::timeout(job.timeout, whole(job)).await });
    // A host that is still being looked up must not hold up the end.
    runtime.shutdown_background();
    fetched.unwrap_or_else(|_| {
        let (url, seconds) = (shown(&job.url), job.timeout.as_secs_f64());
        let problem = format!("`{url}` was not there in full after {seconds} s");
        let fix = "try again, or give it more time with --timeout";
        Err(Failure::new(FAILED, problem, fix))
    })
}

async fn whole(job: &Job) -> Result<Vec<u8>, Failure> {
    let response = answer(&job.url).await?;
    judge(&job.url, &response)?;
    let bytes = body(job, response).await?;
    // No JSON and no YAML begins like this, whatever type is declared.
    if bytes.trim_ascii_start().starts_with(b"<") {
        let problem = format!("`{}` is a page or XML, and no document", shown(&job.url));
        let fix = "name the URL of the document itself, which such a page often links to";
        return Err(Failure::new(DECIDE, problem, fix));
    }
    Ok(bytes)
}

/// The answer at the end of the redirects.
async fn answer(url: &Url) -> Result<Response, Failure> {
    let network = Network::of_system();
    let (mut next, mut rule) = (url.clone(), Rule::named(url));
    for _ in 0..=REDIRECTS {
        let (response, addresses) = ask(&next, &rule, &network).await?;
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
        // What is not text leads nowhere.
        let location = location.to_str().unwrap_or("http://");
        (next, rule) = follow(&next, addresses, location)?;
    }
    let problem = format!("`{}` redirects more than {REDIRECTS} times", shown(url));
    let fix = "name the URL of the document itself";
    Err(Failure::new(DECIDE, problem, fix))
}

/// The answer, and the addresses that it may come from. Compression is not asked for, so the bytes
/// that are counted are the document's.
async fn ask(
    url: &Url,
    rule: &Rule,
    network: &Network,
) -> Result<(Response, Vec<IpAddr>), Failure> {
    let gate = Gate::new(url, rule, &network.names);
    let client = Client::builder().redirect(Policy::none()).referer(false);
    let client = client.dns_resolver(Arc::new(gate.clone()));
    let client = if is_here(url) || !network.proxies {
        client.no_proxy()
    } else {
        client
    };
    let response = match client.user_agent(USER_AGENT).build() {
        Ok(client) => client.get(url.clone()).send().await,
        Err(error) => Err(error),
    };
    match response {
        Ok(response) => Ok((response, gate.found())),
        Err(error) => Err(match refused(&error) {
            Some(Refused(why)) => rule.refusal(url, why),
            None => broken(url, &error),
        }),
    }
}

/// Whether a request was not made because of where it would have gone.
fn refused(error: &reqwest::Error) -> Option<&Refused> {
    let mut cause: &dyn Error = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    cause.downcast_ref()
}

/// Whether the answer can be the document.
fn judge(url: &Url, response: &Response) -> Result<(), Failure> {
    let status = response.status();
    let url = shown(url);
    let later = status.is_server_error()
        || status == StatusCode::TOO_MANY_REQUESTS
        || status == StatusCode::REQUEST_TIMEOUT;
    let problem = format!("`{url}` was answered with {status}");
    if later {
        return Err(Failure::new(FAILED, problem, "try again later"));
    }
    if status != StatusCode::OK {
        let fix = "check the URL; it must be readable without signing in";
        return Err(Failure::new(DECIDE, problem, fix));
    }
    let encodings = response.headers().get_all(CONTENT_ENCODING);
    if encodings.iter().any(|encoding| encoding != "identity") {
        let problem = format!("`{url}` is compressed, which was not asked for");
        let fix = "download and unpack it, then name the file";
        return Err(Failure::new(DECIDE, problem, fix));
    }
    Ok(())
}

/// The body, given up as soon as it is known to be too large.
async fn body(job: &Job, mut response: Response) -> Result<Vec<u8>, Failure> {
    let too_large = || {
        let problem = format!("`{}` is larger than {}", shown(&job.url), size(job.most));
        let fix = "see what it is; --max-size allows up to 64 MiB";
        Failure::new(DECIDE, problem, fix)
    };
    if response
        .content_length()
        .is_some_and(|length| length > job.most)
    {
        return Err(too_large());
    }
    let mut body = Vec::new();
    loop {
        let chunk = response.chunk().await;
        let Some(chunk) = chunk.map_err(|error| broken(&job.url, &error))? else {
            return Ok(body);
        };
        if (body.len() as u64).saturating_add(chunk.len() as u64) > job.most {
            return Err(too_large());
        }
        body.extend_from_slice(&chunk);
    }
}

/// The innermost cause says it: the others only say that something happened.
fn broken(url: &Url, error: &reqwest::Error) -> Failure {
    let mut cause: &dyn Error = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    // The outermost error repeats the URL with its query.
    let cause = match error.source() {
        Some(_) => cause.to_string(),
        None => "the request cannot be made".to_owned(),
    };
    let problem = format!("`{}` cannot be fetched: {cause}", shown(url));
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

    use super::ask;
    use crate::address::follow;
    use crate::gate::{Answer, Names, Network, Rule};

    /// Names that lead where a test says.
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

    /// What is said of a request; whether it is made is seen on loopback.
    fn said(url: &Url, rule: &Rule) -> String {
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
        let asked = runtime.block_on(ask(url, rule, &network));
        asked.map_or_else(|failure| failure.to_string(), |_| "asked".to_owned())
    }

    #[test]
    fn a_name_is_judged_by_where_it_leads() {
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
            let said = said(&to, &rule);
            assert!(said.contains(why) && !said.contains("hunter2"), "{said}");
            assert!(
                said.starts_with("problem: `https://docs.example/` redirects to"),
                "{said}"
            );
        }
        assert!(here.accept().is_err(), "nobody was asked");
    }

    #[test]
    fn plain_http_stays_on_this_machine_whatever_it_is_called() {
        let url = Url::parse("http://localhost:9/").unwrap();
        let said = said(&url, &Rule::named(&url));
        assert!(
            said.contains("is plain http, and not on this machine"),
            "{said}"
        );
    }

    #[test]
    fn the_url_of_the_command_line_may_be_here() {
        let here = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let url = format!(
            "http://home.localhost:{}/",
            here.local_addr().unwrap().port()
        );
        let url = Url::parse(&url).unwrap();
        let server = std::thread::spawn(move || here.accept().is_ok());
        // The connection is taken and closed, which is no answer.
        let said = said(&url, &Rule::named(&url));
        assert!(said.contains("cannot be fetched"), "{said}");
        assert!(server.join().unwrap(), "it was asked");
    }
}
