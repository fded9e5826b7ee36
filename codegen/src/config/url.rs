//! URLs of environments, as far as a client relies on their form.

use crate::finding::Kind;
use crate::kinds;

/// Whether a URL is absolute, without userinfo, query and fragment, and safe for credentials.
pub(super) fn check(url: &str) -> Result<(), (&'static Kind, String)> {
    let invalid = |problem: &str| Err((&kinds::INVALID_URL, format!("`{url}` {problem}")));
    let Some((scheme, rest)) = url.split_once("://") else {
        return invalid("is not absolute");
    };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if authority.contains('@') {
        return invalid("has userinfo");
    }
    if rest.contains('?') {
        return invalid("has a query");
    }
    if rest.contains('#') {
        return invalid("has a fragment");
    }
    let host = host(authority);
    if host.is_empty() || !is_host(host) || !is_path(rest) {
        return invalid("is no URL");
    }
    match scheme {
        "https" => Ok(()),
        "http" if is_loopback(host) => Ok(()),
        "http" => Err((&kinds::INSECURE_URL, format!("`{url}` is plain http"))),
        _ => invalid("is neither https nor http"),
    }
}

/// Whether a base URL can be made of a server's: of an absolute one, or of a path.
pub(crate) fn is_base_url(url: &str) -> bool {
    match url.starts_with('/') {
        true => check(&format!("https://localhost{url}")).is_ok(),
        false => check(url).is_ok(),
    }
}

fn host(authority: &str) -> &str {
    match authority
        .strip_prefix('[')
        .and_then(|rest| rest.split_once(']'))
    {
        Some((address, _)) => address,
        None => authority.split(':').next().unwrap_or_default(),
    }
}

fn is_host(host: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-._:".contains(&byte);
    host.bytes().all(allowed)
}

fn is_path(rest: &str) -> bool {
    let unsafe_in_urls = |byte: u8| !byte.is_ascii_graphic() || b"{}|\\^`<>\"".contains(&byte);
    !rest.bytes().any(unsafe_in_urls)
}

fn is_loopback(host: &str) -> bool {
    host == "localhost"
        || host
            .parse::<std::net::IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn only_safe_absolute_urls_pass() {
        let id = |url| check(url).err().map(|(kind, _)| kind.id);
        for good in [
            "https://api.example.com/v1",
            "https://api.example.com:8443",
            "http://localhost:8080/v1",
            "http://127.0.0.1",
            "http://[::1]:80/",
        ] {
            assert_eq!(id(good), None, "{good}");
        }
        assert_eq!(id("http://api.example.com"), Some("insecure-url"));
        for bad in [
            "/v1",
            "api.example.com",
            "ftp://a",
            "https://u:p@a/",
            "https://a?x",
            "https://a#x",
            "https://",
            "https://a b",
            "https://{host}/",
        ] {
            assert_eq!(id(bad), Some("invalid-url"), "{bad}");
        }
    }
}
