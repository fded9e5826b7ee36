//! The base URL of an API.
//!
//! It is checked once, so that all other code can append paths to it and send credentials.

use std::fmt;
use std::str::FromStr;

use reqwest::Url;

use crate::RequestError;
use crate::url_syntax::check::{Problem, check_base_url};

/// An absolute URL that the paths of operations are appended to.
///
/// The scheme is `https`, or `http` on loopback. The URL has no credentials, no query, no fragment and
/// no trailing slash.
#[derive(Clone, PartialEq, Eq)]
pub struct BaseUrl {
    text: String,
    url: Url,
}

impl BaseUrl {
    /// Parses a base URL.
    ///
    /// Trailing slashes are removed. Plain `http` is allowed for `localhost`, `127.0.0.0/8` and `[::1]`
    /// only.
    ///
    /// # Errors
    ///
    /// If the text is not a valid base URL. The error does not contain it, because it may contain a
    /// password.
    pub fn parse(text: &str) -> Result<Self, BaseUrlError> {
        // The URL parser would repair some texts that are no URLs, each in its own way.
        check_base_url(text)?;
        let url = Url::parse(text).map_err(|_| BaseUrlError::Syntax(NOT_A_URL))?;
        let text = url.as_str().trim_end_matches('/').to_owned();
        Ok(Self { text, url })
    }

    /// Returns the URL without a trailing slash.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Appends a path, which starts with a slash and may be followed by a query.
    ///
    /// The result is the same as parsing the concatenated text. Scheme and host are not parsed again,
    /// because that takes most of the time and every call does this.
    ///
    /// # Errors
    ///
    /// [`RequestError::Build`] if the result is not a valid URL.
    pub fn append(&self, path: impl AsRef<str>) -> Result<Url, RequestError> {
        let path = [self.path(), path.as_ref()].concat();
        let url = if is_plain_path(&path) {
            self.url.join(&path)
        } else {
            let origin = self.text.strip_suffix(self.path()).unwrap_or(&self.text);
            Url::parse(&[origin, &path].concat())
        };
        url.map_err(|_| RequestError::Build)
    }

    /// Resolves another base URL, which is absolute or a path on the origin of this one.
    pub(crate) fn resolve(&self, text: &str) -> Result<Self, BaseUrlError> {
        if !is_plain_path(text) {
            return Self::parse(text);
        }
        let origin = self.text.strip_suffix(self.path()).unwrap_or(&self.text);
        Self::parse(&[origin, text].concat())
    }

    /// Whether a URL has the same scheme, host and port (RFC 6454 section 4). They are compared in place,
    /// because `Url::origin` would copy them for every call.
    pub(crate) fn has_origin_of(&self, url: &Url) -> bool {
        // `port` is `None` for the default port of the scheme.
        self.url.scheme() == url.scheme()
            && self.url.host_str() == url.host_str()
            && self.url.port() == url.port()
    }

    #[cfg(feature = "tracing")]
    pub(crate) fn host(&self) -> &str {
        self.url.host_str().unwrap_or_default()
    }

    #[cfg(feature = "tracing")]
    pub(crate) fn port(&self) -> Option<u16> {
        self.url.port_or_known_default()
    }

    /// Returns the path without a trailing slash.
    pub(crate) fn path(&self) -> &str {
        self.url.path().trim_end_matches('/')
    }

    pub(crate) fn is_https(&self) -> bool {
        self.url.scheme() == "https"
    }
}

/// Whether a text starts with a path. A second slash would start a host (RFC 3986 section 4.2), and the
/// URL parser treats a backslash as a slash and removes tabs.
fn is_plain_path(text: &str) -> bool {
    let mut bytes = text.bytes();
    let second = |byte: u8| byte.is_ascii_graphic() && byte != b'/' && byte != b'\\';
    bytes.next() == Some(b'/') && bytes.next().is_some_and(second)
}

/// What a text is that passes our rules and not those of the URL parser.
const NOT_A_URL: &str = "is not a URL";

impl From<Problem> for BaseUrlError {
    fn from(problem: Problem) -> Self {
        match problem {
            Problem::Invalid(why) | Problem::Unfit(why) => Self::Syntax(why),
            Problem::Scheme => Self::Scheme,
            Problem::Insecure => Self::PlainHttp,
            Problem::Userinfo => Self::Userinfo,
            Problem::Query => Self::Query,
            Problem::Fragment => Self::Fragment,
        }
    }
}

impl FromStr for BaseUrl {
    type Err = BaseUrlError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("BaseUrl").field(&self.text).finish()
    }
}

/// Why a text is not a valid [`BaseUrl`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BaseUrlError {
    /// It is not an absolute URL with a host (RFC 3986 section 4.3), or its host cannot exist. The
    /// text says what is wrong, without a part of the URL: "has no host".
    Syntax(&'static str),
    /// Its scheme is neither `https` nor `http`.
    Scheme,
    /// It is `http` to another machine, which would send credentials unencrypted.
    PlainHttp,
    /// It contains a user name or a password (RFC 3986 section 3.2.1).
    Userinfo,
    /// It contains a query.
    Query,
    /// It contains a fragment.
    Fragment,
}

impl fmt::Display for BaseUrlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Syntax(why) => return write!(f, "the base URL {why}"),
            Self::Scheme => "the scheme of the base URL is not https",
            Self::PlainHttp => "the base URL is plain http to a host that is not loopback",
            Self::Userinfo => "the base URL contains a user name or password",
            Self::Query => "the base URL contains a query",
            Self::Fragment => "the base URL contains a fragment",
        })
    }
}

impl std::error::Error for BaseUrlError {}

#[cfg(test)]
mod tests {
    use reqwest::Url;

    use super::{BaseUrl, BaseUrlError};

    #[track_caller]
    fn check(text: &str, expected: Result<&str, BaseUrlError>) {
        let url = BaseUrl::parse(text);
        assert_eq!(
            url.as_ref().map(BaseUrl::as_str).map_err(|error| *error),
            expected
        );
    }

    #[test]
    fn accepts() {
        check("https://api.example.com", Ok("https://api.example.com"));
        check(
            "https://api.example.com/v1/",
            Ok("https://api.example.com/v1"),
        );
        check(
            "HTTPS://API.example.com:443//",
            Ok("https://api.example.com"),
        );
        check("http://localhost:8080/v1", Ok("http://localhost:8080/v1"));
        check("http://127.9.9.9", Ok("http://127.9.9.9"));
        check("http://[::1]:1", Ok("http://[::1]:1"));
    }

    #[test]
    fn refuses() {
        let syntax = |why| Err(BaseUrlError::Syntax(why));
        check("", syntax("is not absolute"));
        check("/v1", syntax("is not absolute"));
        check(
            "https://a b",
            syntax("has a space or an invisible character"),
        );
        check(
            "https://api.exa\nmple.com",
            syntax("has a space or an invisible character"),
        );
        check("ftp://localhost", Err(BaseUrlError::Scheme));
        check("http://api.example.com", Err(BaseUrlError::PlainHttp));
        check("http://localhost.example.com", Err(BaseUrlError::PlainHttp));
        check("http://127.0.0.1.example.com", Err(BaseUrlError::PlainHttp));
        check(
            "https://user:canary@example.com",
            Err(BaseUrlError::Userinfo),
        );
        check("https://example.com/?", Err(BaseUrlError::Query));
        check("https://example.com/#a", Err(BaseUrlError::Fragment));
    }

    #[test]
    fn an_origin_is_scheme_host_and_port() {
        let base_url = BaseUrl::parse("https://api.example.com/v1").unwrap();
        let check = |url: &str, expected| {
            let url = Url::parse(url).unwrap();
            assert_eq!(base_url.has_origin_of(&url), expected, "{url}");
        };
        check("https://api.example.com/v2?a", true);
        check("https://API.example.com:443", true);
        check("http://api.example.com/v1", false);
        check("http://api.example.com:443/v1", false);
        check("https://api.example.com:8443/v1", false);
        check("https://example.com/v1", false);
        check("https://api.example.com.example.org/v1", false);
        check("blob:https://api.example.com/v1", false);
        check("data:text/plain,a", false);
    }

    /// The URL is that of the concatenated text, however odd the path is.
    #[test]
    fn a_path_is_appended_as_text() {
        let bases = [
            "https://api.example.com",
            "https://api.example.com:8443/v1/",
            "http://[::1]:1//v1",
            "http://localhost/a%20b",
        ];
        let paths = [
            "/auth/revoke",
            "/a?b=c&d=%2F",
            "/a?b=//c#d",
            "/%7Ba%7D/ü b",
            "/a/../../b/./c",
            "//example.org/a",
            "/\\example.org/a",
            "/\t/example.org/a",
            "\\\\example.org",
            "/",
            "",
            "?a",
            "a",
            ".example.org/",
            ":1/",
            "@example.org/",
            ":a",
        ];
        for base in bases {
            let base = BaseUrl::parse(base).unwrap();
            for path in paths {
                let text = format!("{base}{path}");
                assert_eq!(base.append(path).ok(), Url::parse(&text).ok(), "{text:?}");
            }
        }
    }
}
