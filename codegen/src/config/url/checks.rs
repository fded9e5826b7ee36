//! Checks the URLs of environments, servers and full documents.

use super::syntax::check::{Problem, check_base_url, check_url};
use crate::diagnostic::DiagnosticKind;
use crate::diagnostics;

/// Checks that an environment's URL is a base URL that is safe for credentials.
///
/// # Errors
///
/// The kind of the diagnostic and its message.
pub(in crate::config) fn check(url: &str) -> Result<(), (&'static DiagnosticKind, String)> {
    let problem = match check_base_url(url) {
        Ok(()) => return Ok(()),
        Err(problem) => problem,
    };
    let kind = match problem {
        Problem::Insecure => &diagnostics::INSECURE_URL,
        _ => &diagnostics::INVALID_URL,
    };
    Err((kind, format!("`{url}` {}", text(problem))))
}

/// Returns a problem as a text that follows the URL.
fn text(problem: Problem) -> &'static str {
    match problem {
        Problem::Invalid(text) | Problem::Unfit(text) => text,
        Problem::Scheme => "is neither https nor http",
        Problem::Insecure => "is plain http",
        Problem::Userinfo => "has userinfo",
        Problem::Query => "has a query",
        Problem::Fragment => "has a fragment",
    }
}

/// Checks that a document may be fetched from a URL.
///
/// # Errors
///
/// What is wrong with the URL, in a text that does not repeat a password.
pub fn check_source(url: &str) -> Result<(), String> {
    let shown = if url.contains('@') {
        "the URL".to_owned()
    } else {
        format!("`{url}`")
    };
    check_url(url).map_err(|problem| format!("{shown} {}", text(problem)))
}

/// Whether the URL of a server, which may be a path, can be used as a base URL.
pub(crate) fn is_base_url(url: &str) -> bool {
    if url.starts_with('/') {
        check_base_url(&format!("https://localhost{url}")).is_ok()
    } else {
        check_base_url(url).is_ok()
    }
}

/// Returns why the URL of a server violates RFC 3986, or `None` if it does not.
///
/// A valid URL may still not be usable as a base URL: it may be relative, not https, contain an
/// expression without a variable, or letters beyond ASCII. A bare `https://` is accepted, because
/// real documents have it for URLs that only a response gives.
pub(crate) fn malformed(url: &str) -> Option<&'static str> {
    let scheme = url.trim().get(.."https://".len());
    let is_https = scheme.is_some_and(|scheme| scheme.eq_ignore_ascii_case("https://"));
    match check_url(url) {
        Err(Problem::Invalid(problem)) if is_https && url != "https://" => Some(problem),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{check, check_source, malformed};

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
            "https://a:99999",
            "https://a:b",
            "https://a/%zz",
            "https://a/%4",
            "https://[::1",
            "https://[::1]x",
            "https://[g]",
            "https://1.2.3.999",
            "https://1.2.3",
            "https://a.0x1",
            "https://a..b",
            "https://a%20b",
            "https://xn--a",
            "https://:80",
            "https://a:80:80",
        ] {
            assert_eq!(id(bad), Some("invalid-url"), "{bad}");
        }
    }

    #[test]
    fn what_is_no_url_is_told_from_what_no_client_is_made_for() {
        for other in [
            "/v1",
            "http://a:99999",
            "https://{host}:99999",
            "https://<host> name",
            "https://a?b",
            "https://müller.example",
            "https://xn--mller-kva.example",
            "https://a:",
            "https://",
            "https:",
        ] {
            assert_eq!(malformed(other), None, "{other}");
        }
        for bad in [
            "https://a:99999",
            " https://a",
            "https://a\u{202e}b c",
            "https://:80",
            "https:///v1",
        ] {
            assert!(malformed(bad).is_some(), "{bad}");
        }
    }
}
