//! Which URLs are asked, and where a redirect may lead.

use std::net::IpAddr;

use reqwest::Url;

use crate::failure::{DECIDE, Failure, USAGE};
use crate::gate::Rule;
use crate::zone::{Zone, zone};

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
/// elsewhere to this machine or its networks, whose servers are not for others to choose from.
/// Names are judged when they are looked up.
pub(crate) fn follow(
    from: &Url,
    addresses: Vec<IpAddr>,
    location: &str,
) -> Result<(Url, Rule), Failure> {
    let Ok(mut to) = from.join(location) else {
        let problem = format!("`{}` redirects to something, which is no URL", shown(from));
        let fix = "name the URL of the document itself";
        return Err(Failure::new(DECIDE, problem, fix));
    };
    to.set_fragment(None);
    let rule = Rule::redirected(from, addresses, &to);
    let why = match unsafe_to_ask(&to) {
        None if from.scheme() == "https" && to.scheme() != "https" => Some("is plain http"),
        why => why,
    };
    match why {
        Some(why) => Err(rule.refusal(&to, why)),
        None => rule.judge(&to).map(|()| (to, rule)),
    }
}

fn unsafe_to_ask(url: &Url) -> Option<&'static str> {
    if !url.username().is_empty() || url.password().is_some() {
        return Some("has userinfo");
    }
    match url.scheme() {
        "https" => None,
        "http" if is_here(url) => None,
        "http" => Some("is plain http"),
        _ => Some("is neither https nor http"),
    }
}

/// Whether the host is this machine by what it is called: an address of it, or `localhost`
/// (RFC 6761), whose addresses are judged when they are looked up.
pub(crate) fn is_here(url: &Url) -> bool {
    if let Some(address) = literal(url) {
        return zone(address) == Zone::Machine;
    }
    let host = url.host_str().unwrap_or_default();
    let host = host.strip_suffix('.').unwrap_or(host);
    host == "localhost" || host.ends_with(".localhost")
}

/// The address that stands in place of a name. Other spellings of it (`0x7f.1`, `2130706433`) are
/// gone when a URL is read.
pub(crate) fn literal(url: &Url) -> Option<IpAddr> {
    let host = url.host_str()?;
    host.trim_start_matches('[')
        .trim_end_matches(']')
        .parse()
        .ok()
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
            let failure = read(bad).err().map(|failure| failure.to_string());
            assert!(
                failure.is_some_and(|problem| !problem.contains("hunter2")),
                "{bad}"
            );
        }
    }

    /// Where a redirect leads from a URL that was answered from an address.
    fn may(from: &str, address: &str, location: &str) -> Result<String, String> {
        let from = reqwest::Url::parse(from).unwrap();
        let addresses = address.parse().into_iter().collect();
        let followed = follow(&from, addresses, location);
        let followed = followed.map(|(url, _)| String::from(url));
        followed.map_err(|failure| failure.to_string())
    }

    const REMOTE: &str = "https://example.com/a/b";

    #[test]
    fn a_redirect_leads_to_https_or_stays_on_loopback() {
        let remote = |location: &str| may(REMOTE, "93.184.216.34", location);
        assert_eq!(remote("c").unwrap(), "https://example.com/a/c");
        assert_eq!(remote("//cdn.example/").unwrap(), "https://cdn.example/");
        let here = |location: &str| may("http://127.0.0.1:1/", "127.0.0.1", location);
        assert_eq!(here("/b").unwrap(), "http://127.0.0.1:1/b");
        assert!(here("http://[::1]:2/").is_ok() && here("https://example.com").is_ok());
        assert!(here("http://169.254.169.254/").is_err() && here("https://10.0.0.1/").is_err());
        let inside = |location: &str| may("https://10.0.0.1/", "10.0.0.1", location);
        assert!(inside("https://10.0.0.1:8443/b").is_ok());
        assert!(inside("https://10.0.0.2/").is_err() && inside("https://localhost/").is_err());
        for bad in [
            "http://example.com/a/c",
            "http://127.0.0.1/",
            "https://me:hunter2@example.com/",
            "file:///etc/passwd",
            "https://[",
        ] {
            let failure = remote(bad).unwrap_err();
            assert!(!failure.contains("hunter2"), "{failure}");
        }
    }

    #[test]
    fn this_machine_is_known_by_every_spelling() {
        for host in [
            "localhost",
            "LOCALHOST.",
            "a.localhost",
            "127.0.0.1",
            "127.1",
            "0x7f.0.0.1",
            "0177.0.0.1",
            "2130706433",
            "127.0.0.1.",
            "0.0.0.0",
            "0",
            "[::]",
            "[::1]",
            "[::ffff:127.0.0.1]",
            "[::ffff:7f00:1]",
        ] {
            // From elsewhere, and also where a proxy asked and no address is known.
            for address in ["93.184.216.34", ""] {
                let failure = may(REMOTE, address, &format!("https://{host}/")).unwrap_err();
                assert!(failure.contains("which is on this machine"), "{failure}");
            }
        }
        for host in [
            "169.254.169.254",
            "10.0.0.1",
            "[fd00::1]",
            "[64:ff9b::7f00:1]",
            "[2002:7f00:1::]",
            "[::ffff:10.0.0.1]",
        ] {
            let failure = may(REMOTE, "93.184.216.34", &format!("https://{host}/")).unwrap_err();
            assert!(failure.contains("is not public"), "{failure}");
        }
    }
}
