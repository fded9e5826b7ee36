//! Which URLs are asked, and where a redirect may lead.

use std::net::IpAddr;

use reqwest::Url;

use crate::failure::{DECIDE, Failure, USAGE};

/// The URL of the command line. It is not repeated in the complaint, since it may hold a password.
pub(crate) fn read(text: &str) -> Result<Url, Failure> {
    let refuse = |why: &str| {
        let problem = format!("the URL {why}");
        let fix = "name the document by an https URL without userinfo";
        Failure::new(USAGE, problem, fix)
    };
    let mut url = Url::parse(text).map_err(|_| refuse("is not absolute"))?;
    url.set_fragment(None);
    match unsafe_to_ask(&url) {
        None => Ok(url),
        Some(why) => Err(refuse(why)),
    }
}

/// Where a redirect leads, if it may be followed: never from https to http, and never from
/// elsewhere to this machine, whose servers are not for others to choose from.
pub(crate) fn follow(from: &Url, location: &str) -> Result<Url, Failure> {
    let refuse = |to: &str, why: &str| {
        let problem = format!("`{}` redirects to {to}, which {why}", shown(from));
        let fix = "name the URL of the document itself";
        Failure::new(DECIDE, problem, fix)
    };
    let Ok(mut to) = from.join(location) else {
        return Err(refuse("something", "is no URL"));
    };
    to.set_fragment(None);
    let why = match unsafe_to_ask(&to) {
        Some(why) => Some(why),
        None if from.scheme() == "https" && to.scheme() != "https" => Some("is plain http"),
        None if is_loopback(&to) && !is_loopback(from) => Some("is on this machine"),
        None => None,
    };
    match why {
        None => Ok(to),
        Some(why) => Err(refuse(&format!("`{}`", shown(&to)), why)),
    }
}

fn unsafe_to_ask(url: &Url) -> Option<&'static str> {
    if !url.username().is_empty() || url.password().is_some() {
        return Some("has userinfo");
    }
    match url.scheme() {
        "https" => None,
        "http" if is_loopback(url) => None,
        "http" => Some("is plain http"),
        _ => Some("is neither https nor http"),
    }
}

/// Whether the host is this machine.
pub(crate) fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || address.parse().is_ok_and(|it: IpAddr| it.is_loopback())
}

/// The URL without what may be a secret: userinfo, and the query, which signed redirects have.
pub(crate) fn shown(url: &Url) -> String {
    let mut url = url.clone();
    // A URL that can have neither has neither.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url.set_query(None);
    url.into()
}

#[cfg(test)]
mod tests {
    use super::{follow, read};

    #[test]
    fn only_https_and_loopback_are_asked() {
        for good in [
            "https://example.com/openapi.yaml?version=2#top",
            "http://localhost:8080/",
            "http://127.0.0.1/",
            "http://[::1]:80/",
        ] {
            assert!(read(good).is_ok(), "{good}");
        }
        for bad in [
            "/openapi.yaml",
            "http://example.com/",
            "http://localhost.example.com/",
            "http://127.0.0.1.example.com/",
            "file:///etc/passwd",
            "ftp://example.com/",
            "https://hunter2@example.com/",
            "https://:hunter2@example.com/",
        ] {
            let failure = read(bad).err().map(|it| it.to_string());
            assert!(failure.is_some_and(|it| !it.contains("hunter2")), "{bad}");
        }
    }

    #[test]
    fn a_redirect_leads_to_https_or_stays_on_loopback() {
        let may = |from: &str, location: &str| {
            let from = reqwest::Url::parse(from).unwrap();
            let followed = follow(&from, location).map(String::from);
            followed.map_err(|failure| failure.to_string())
        };
        let remote = "https://example.com/a/b";
        assert_eq!(may(remote, "c").unwrap(), "https://example.com/a/c");
        assert_eq!(
            may(remote, "//cdn.example/").unwrap(),
            "https://cdn.example/"
        );
        assert_eq!(
            may("http://127.0.0.1:1/", "/b").unwrap(),
            "http://127.0.0.1:1/b"
        );
        for bad in [
            "http://example.com/a/c",
            "http://127.0.0.1/",
            "https://localhost/",
            "https://me:hunter2@example.com/",
            "file:///etc/passwd",
            "https://[",
        ] {
            let failure = may(remote, bad).unwrap_err();
            assert!(!failure.contains("hunter2"), "{failure}");
        }
    }
}
