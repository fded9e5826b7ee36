//! Which URLs are fetched.

use reqwest::Url;

use crate::{DECIDE, Failure};

/// Reads a URL that a person gave. One with a password is not repeated.
pub(crate) fn parse(given: &str) -> Result<Url, Failure> {
    let url = Url::parse(given).map_err(|error| {
        let problem = format!("the address of the document is no URL: {error}");
        Failure::new(
            DECIDE,
            problem,
            "write it like https://example.com/openapi.json",
        )
    })?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Failure::new(
            DECIDE,
            "the URL of the document has user information, which would be stored and shown",
            "fetch the document by other means, and pass the file",
        ));
    }
    match is_safe(&url) {
        true => Ok(url),
        false => Err(Failure::new(
            DECIDE,
            format!("`{url}` is not https: what is fetched could be anybody's"),
            "write https; http is for loopback",
        )),
    }
}

/// Where a server may lead to: nowhere that is less safe, and never from outside to this machine.
pub(crate) fn follow(from: &Url, location: &str) -> Result<Url, Failure> {
    let refused = |what: String| Failure::new(DECIDE, what, "name the URL that has the document");
    let to = from.join(location);
    let to = to.map_err(|_| refused(format!("`{from}` leads to what is no URL")))?;
    let named = !to.username().is_empty() || to.password().is_some();
    if named || !is_safe(&to) || (is_loopback(&to) && !is_loopback(from)) {
        let place = to.origin().ascii_serialization();
        return Err(refused(format!(
            "`{from}` leads to {place}, which is not followed"
        )));
    }
    Ok(to)
}

fn is_safe(url: &Url) -> bool {
    match url.scheme() {
        "https" => true,
        "http" => is_loopback(url),
        _ => false,
    }
}

fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let address = host.trim_start_matches('[').trim_end_matches(']');
    let address = address.parse::<std::net::IpAddr>();
    host == "localhost" || address.is_ok_and(|it| it.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::{follow, parse};

    #[test]
    fn only_safe_urls_are_fetched() {
        for good in [
            "https://a.example/openapi.json",
            "http://127.0.0.1:8080/x",
            "http://[::1]/x",
        ] {
            assert!(parse(good).is_ok(), "{good}");
        }
        for bad in [
            "http://a.example/x",
            "http://127.0.0.1.a.example/x",
            "file:///etc/passwd",
            "ftp://a.example/x",
            "openapi.json",
            "",
        ] {
            assert!(parse(bad).is_err(), "{bad}");
        }
        let told = parse("https://anna:hunter2@a.example/x").err();
        assert!(told.is_some_and(|it| !it.problem.contains("hunter2")));
    }

    #[test]
    fn a_server_leads_nowhere_that_is_less_safe() {
        let from = parse("https://a.example/x").ok();
        let to = |location| from.as_ref().and_then(|from| follow(from, location).ok());
        assert_eq!(
            to("/y").map(String::from),
            Some("https://a.example/y".to_owned())
        );
        assert!(to("https://b.example/y").is_some());
        for bad in [
            "http://a.example/y",
            "https://localhost/y",
            "http://127.0.0.1/",
            "https://x@b.example/",
            "file:///y",
        ] {
            assert!(to(bad).is_none(), "{bad}");
        }
    }
}
