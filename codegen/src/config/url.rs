//! URLs of environments, as far as a client relies on their form, and of full documents.

use crate::finding::Kind;
use crate::kinds;

/// Whether a URL is absolute, without userinfo, query and fragment, and safe for credentials.
pub(super) fn check(url: &str) -> Result<(), (&'static Kind, String)> {
    let query = url.split('#').next().is_some_and(|it| it.contains('?'));
    let problem = match form(url) {
        Ok(()) if query => Problem::Invalid("has a query"),
        Ok(()) => return Ok(()),
        Err(problem) => problem,
    };
    let kind = match problem {
        Problem::Invalid(_) => &kinds::INVALID_URL,
        Problem::Insecure => &kinds::INSECURE_URL,
    };
    Err((kind, format!("`{url}` {}", problem.text())))
}

/// Whether a document may be fetched from a URL.
///
/// # Errors
///
/// What is wrong with it, in a text that repeats no password.
pub fn check_source(url: &str) -> Result<(), String> {
    let shown = match url.contains('@') {
        true => "the URL".to_owned(),
        false => format!("`{url}`"),
    };
    form(url).map_err(|problem| format!("{shown} {}", problem.text()))
}

enum Problem {
    Invalid(&'static str),
    Insecure,
}

impl Problem {
    fn text(&self) -> &'static str {
        match self {
            Self::Invalid(text) => text,
            Self::Insecure => "is plain http",
        }
    }
}

/// Whether a URL is absolute, without userinfo and fragment, with https, or http on loopback.
fn form(url: &str) -> Result<(), Problem> {
    let invalid = |problem| Err(Problem::Invalid(problem));
    let Some((scheme, rest)) = url.split_once("://") else {
        return invalid("is not absolute");
    };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if authority.contains('@') {
        return invalid("has userinfo");
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
        "http" => Err(Problem::Insecure),
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
    use super::{check, check_source};

    #[test]
    fn a_document_is_fetched_by_https_and_no_password_is_repeated() {
        for good in [
            "https://example.com/openapi.yaml?version=2",
            "https://cdn.example/api@1.0/openapi.yaml",
            "http://127.0.0.1:8080/",
        ] {
            assert_eq!(check_source(good), Ok(()), "{good}");
        }
        for bad in [
            "openapi.yaml",
            "http://example.com/",
            "file:///etc/passwd",
            "https://example.com/#top",
            "https://me:hunter2@example.com/",
            "https:///me:hunter2@example.com/",
            "https://me:hunter2\\@example.com/",
        ] {
            let problem = check_source(bad).expect_err(bad);
            assert!(!problem.contains("hunter2"), "{problem}");
        }
    }

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
