//! Checks the requested URL and the targets of redirects.

use std::net::IpAddr;

use reqwest::Url;

use crate::failure::{DECIDE, Failure, USAGE};
use crate::rule::Rule;
use crate::url::{is_local, without_secrets};

/// Parses the URL of the command line. Errors do not quote it, because it may have a password.
pub(crate) fn read(text: &str) -> Result<Url, Failure> {
    let refuse = |why: &str| {
        let problem = format!("the URL {why}");
        let fix = "use an https URL without userinfo";
        Failure::new(USAGE, problem, fix)
    };
    let mut url = Url::parse(text).map_err(|_| refuse("is not absolute"))?;
    url.set_fragment(None);
    match why_unsafe(&url) {
        None => Ok(url),
        Some(why) => Err(refuse(why)),
    }
}

/// Returns the target of a redirect, if it may be followed: never from https to http, and never from
/// outside to this machine or its networks. Names are checked after the look-up.
pub(crate) fn follow(
    from: &Url,
    addresses: Vec<IpAddr>,
    location: &str,
) -> Result<(Url, Rule), Failure> {
    let Ok(mut to) = from.join(location) else {
        let problem = format!("`{}` redirects to an invalid URL", without_secrets(from));
        let fix = "use the URL of the document itself";
        return Err(Failure::new(DECIDE, problem, fix));
    };
    to.set_fragment(None);
    let rule = Rule::redirected(from, addresses, &to);
    let why = match why_unsafe(&to) {
        None if from.scheme() == "https" && to.scheme() != "https" => Some("is plain http"),
        why => why,
    };
    match why {
        Some(why) => Err(rule.refusal(&to, why)),
        None => rule.check(&to).map(|()| (to, rule)),
    }
}

/// Returns why a URL must not be requested.
fn why_unsafe(url: &Url) -> Option<&'static str> {
    if !url.username().is_empty() || url.password().is_some() {
        return Some("has userinfo");
    }
    match url.scheme() {
        "https" => None,
        "http" if is_local(url) => None,
        "http" => Some("is plain http"),
        _ => Some("is neither https nor http"),
    }
}

#[cfg(test)]
mod tests {
    use super::{follow, read};

    #[test]
    fn only_https_and_loopback_are_requested() {
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

    /// Follows a redirect of a URL that was answered from an address.
    fn follow_from(from: &str, address: &str, location: &str) -> Result<String, String> {
        let from = reqwest::Url::parse(from).unwrap();
        let addresses = address.parse().into_iter().collect();
        let followed = follow(&from, addresses, location);
        let followed = followed.map(|(url, _)| String::from(url));
        followed.map_err(|failure| failure.to_string())
    }

    const REMOTE: &str = "https://example.com/a/b";

    #[test]
    fn a_redirect_leads_to_https_or_stays_on_loopback() {
        let remote = |location: &str| follow_from(REMOTE, "93.184.216.34", location);
        assert_eq!(remote("c").unwrap(), "https://example.com/a/c");
        assert_eq!(remote("//cdn.example/").unwrap(), "https://cdn.example/");
        let local = |location: &str| follow_from("http://127.0.0.1:1/", "127.0.0.1", location);
        assert_eq!(local("/b").unwrap(), "http://127.0.0.1:1/b");
        assert!(local("http://[::1]:2/").is_ok() && local("https://example.com").is_ok());
        assert!(local("http://169.254.169.254/").is_err() && local("https://10.0.0.1/").is_err());
        let inside = |location: &str| follow_from("https://10.0.0.1/", "10.0.0.1", location);
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
    fn this_machine_is_recognised_in_every_notation() {
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
            // From outside, and through a proxy, which gives no address.
            for address in ["93.184.216.34", ""] {
                let failure =
                    follow_from(REMOTE, address, &format!("https://{host}/")).unwrap_err();
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
            let failure =
                follow_from(REMOTE, "93.184.216.34", &format!("https://{host}/")).unwrap_err();
            assert!(failure.contains("is not public"), "{failure}");
        }
    }
}
