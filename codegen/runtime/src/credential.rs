//! How a caller proves who it is (OpenAPI "Security Scheme Object").
//!
//! A credential is put on a request just before it is sent, so that a request that is looked at
//! or kept does not hold it.

use std::fmt;
use std::sync::Arc;

use reqwest::Request;
use reqwest::header::{AUTHORIZATION, COOKIE, HeaderName, HeaderValue};
use zeroize::Zeroizing;

use crate::{Secret, TokenSource, encode};

/// What proves to the server who is calling. `Debug` prints how it travels and nothing else.
#[derive(Clone)]
pub struct Credential(Kind);

#[derive(Clone)]
enum Kind {
    Bearer(Secret),
    Source(Arc<dyn TokenSource>),
    Basic { username: Secret, password: Secret },
    Header { name: String, key: Secret },
    Query { name: String, key: Secret },
    Cookie { name: String, key: Secret },
}

impl Credential {
    /// `Authorization: Bearer …` (RFC 6750 section 2.1).
    pub fn bearer(token: impl Into<Secret>) -> Self {
        Self(Kind::Bearer(token.into()))
    }

    /// As [`Credential::bearer`], with the token that a source gives for each attempt. A token
    /// that the server answers with 401 is forgotten, and the call is made once more with a new
    /// one: a call that was refused had no effect.
    pub fn bearer_from(source: impl TokenSource) -> Self {
        Self(Kind::Source(Arc::new(source)))
    }

    /// `Authorization: Basic …` (RFC 7617), in UTF-8. The user name has no colon.
    pub fn basic(username: impl Into<Secret>, password: impl Into<Secret>) -> Self {
        Self(Kind::Basic {
            username: username.into(),
            password: password.into(),
        })
    }

    /// An API key in a header of this name.
    pub fn api_key_header(name: &str, key: impl Into<Secret>) -> Self {
        Self(Kind::Header {
            name: name.to_owned(),
            key: key.into(),
        })
    }

    /// An API key in a query parameter of this name. Servers and proxies log URLs: prefer another
    /// scheme where the API has one.
    pub fn api_key_query(name: &str, key: impl Into<Secret>) -> Self {
        Self(Kind::Query {
            name: name.to_owned(),
            key: key.into(),
        })
    }

    /// An API key in a cookie of this name (RFC 6265 section 4.2).
    pub fn api_key_cookie(name: &str, key: impl Into<Secret>) -> Self {
        Self(Kind::Cookie {
            name: name.to_owned(),
            key: key.into(),
        })
    }

    /// The source that it is obtained from.
    pub(crate) fn source(&self) -> Option<&Arc<dyn TokenSource>> {
        match &self.0 {
            Kind::Source(source) => Some(source),
            _ => None,
        }
    }

    /// Whether it can stand in a request.
    pub(crate) fn check(&self) -> Result<(), CredentialError> {
        match &self.0 {
            Kind::Query { name, .. } if name.is_empty() => Err(CredentialError::Name),
            Kind::Query { .. } | Kind::Source(_) => Ok(()),
            _ => self.header().map(|_| ()),
        }
    }

    /// Puts it on a request. A header of the same name is replaced, a cookie is added.
    pub(crate) fn apply(&self, request: &mut Request) -> Result<(), CredentialError> {
        if let Kind::Query { name, key } = &self.0 {
            let pair = Zeroizing::new(format!(
                "{}={}",
                encode::percent(name),
                encode::percent(key.expose_secret())
            ));
            let query = request.url().query().filter(|query| !query.is_empty());
            let query = Zeroizing::new(match query {
                Some(query) => format!("{query}&{}", pair.as_str()),
                None => pair.to_string(),
            });
            request.url_mut().set_query(Some(&query));
            return Ok(());
        }
        let (name, value) = self.header()?;
        if name == COOKIE {
            encode::append_cookie(request.headers_mut(), &value)
                .map_err(|()| CredentialError::Value)
        } else {
            request.headers_mut().insert(name, value);
            Ok(())
        }
    }

    /// The header that carries it, marked sensitive.
    fn header(&self) -> Result<(HeaderName, HeaderValue), CredentialError> {
        let (name, text) = match &self.0 {
            Kind::Bearer(token) => (AUTHORIZATION, ["Bearer ", token.expose_secret()].concat()),
            Kind::Basic { username, password } => {
                let (username, password) = (username.expose_secret(), password.expose_secret());
                if username.contains(':') {
                    return Err(CredentialError::Value);
                }
                let pair = Zeroizing::new(format!("{username}:{password}"));
                (
                    AUTHORIZATION,
                    format!("Basic {}", base64(pair.as_bytes()).as_str()),
                )
            }
            Kind::Header { name, key } => {
                let name = HeaderName::from_bytes(name.as_bytes());
                (
                    name.map_err(|_| CredentialError::Name)?,
                    key.expose_secret().to_owned(),
                )
            }
            Kind::Cookie { name, key } => {
                if HeaderName::from_bytes(name.as_bytes()).is_err() {
                    return Err(CredentialError::Name); // both are an RFC 9110 token
                }
                if !key.expose_secret().bytes().all(is_cookie_octet) {
                    return Err(CredentialError::Value);
                }
                (COOKIE, format!("{name}={}", key.expose_secret()))
            }
            Kind::Query { .. } | Kind::Source(_) => return Err(CredentialError::Name),
        };
        let mut text = Zeroizing::new(text);
        if !encode::is_field_value(&text) {
            return Err(CredentialError::Value);
        }
        // The header takes the text itself: a copy would be one more place that holds it.
        let value = HeaderValue::try_from(std::mem::take(&mut *text));
        let mut value = value.map_err(|_| CredentialError::Value)?;
        value.set_sensitive(true);
        Ok((name, value))
    }
}

/// `cookie-octet` of RFC 6265 section 4.1.1.
fn is_cookie_octet(byte: u8) -> bool {
    byte.is_ascii_graphic() && !matches!(byte, b'"' | b',' | b';' | b'\\')
}

/// Base 64 with padding (RFC 4648 section 4).
fn base64(bytes: &[u8]) -> Zeroizing<String> {
    let mut text = Zeroizing::new(String::with_capacity(bytes.len().div_ceil(3) * 4));
    for chunk in bytes.chunks(3) {
        let octet = |index: usize| u32::from(chunk.get(index).copied().unwrap_or(0));
        let group = (octet(0) << 16) | (octet(1) << 8) | octet(2);
        for sextet in 0..4 {
            if sextet > chunk.len() {
                text.push('=');
            } else {
                text.push(base64_digit((group >> (18 - 6 * sextet)) & 0x3f));
            }
        }
    }
    text
}

fn base64_digit(sextet: u32) -> char {
    let digit = match sextet {
        0..=25 => u32::from(b'A') + sextet,
        26..=51 => u32::from(b'a') + (sextet - 26),
        52..=61 => u32::from(b'0') + (sextet - 52),
        62 => u32::from(b'+'),
        _ => u32::from(b'/'),
    };
    char::from_u32(digit).unwrap_or('=')
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            Kind::Bearer(_) => "Credential(bearer, [redacted])",
            Kind::Source(_) => "Credential(bearer, from a source)",
            Kind::Basic { .. } => "Credential(basic, [redacted])",
            Kind::Header { .. } => "Credential(header, [redacted])",
            Kind::Query { .. } => "Credential(query, [redacted])",
            Kind::Cookie { .. } => "Credential(cookie, [redacted])",
        })
    }
}

/// What makes a credential unfit for a request. It quotes nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CredentialError {
    /// The name is not that of a header, query parameter or cookie.
    Name,
    /// The secret is empty, or holds characters that cannot be sent, often a line break or space
    /// at its end; or the user name of [`Credential::basic`] holds a colon.
    Value,
}

impl fmt::Display for CredentialError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Name => "its name cannot be sent",
            Self::Value => "its value is empty or holds characters that cannot be sent",
        })
    }
}

impl std::error::Error for CredentialError {}

#[cfg(test)]
mod tests {
    use reqwest::header::{COOKIE, HeaderValue};
    use reqwest::{Method, Request, Url};

    use super::{Credential, CredentialError, base64};

    fn applied(credential: &Credential) -> Request {
        let mut request = Request::new(Method::GET, Url::parse("http://localhost/a?b=c").unwrap());
        request
            .headers_mut()
            .insert(COOKIE, HeaderValue::from_static("x=y"));
        credential.apply(&mut request).unwrap();
        request
    }

    #[test]
    fn base64_pads() {
        // RFC 4648 section 10
        for (plain, encoded) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(base64(plain.as_bytes()).as_str(), encoded);
        }
        assert_eq!(base64(&[0xfb, 0xff]).as_str(), "+/8=");
    }

    #[test]
    fn each_kind_finds_its_place() {
        // RFC 7617 section 2
        let basic = applied(&Credential::basic("Aladdin", "open sesame"));
        assert_eq!(
            basic.headers()["authorization"],
            "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="
        );
        assert!(basic.headers()["authorization"].is_sensitive());
        let bearer = applied(&Credential::bearer("abc"));
        assert_eq!(bearer.headers()["authorization"], "Bearer abc");
        assert_eq!(
            applied(&Credential::api_key_header("X-Key", "k")).headers()["x-key"],
            "k"
        );
        let query = applied(&Credential::api_key_query("key", "a&b"));
        assert_eq!(query.url().query(), Some("b=c&key=a%26b"));
        let cookie = applied(&Credential::api_key_cookie("sid", "k"));
        assert_eq!(cookie.headers()[COOKIE], "x=y; sid=k");
    }

    #[test]
    fn illegal_ones_are_errors() {
        assert_eq!(Credential::bearer("").check(), Err(CredentialError::Value));
        assert_eq!(
            Credential::bearer("\u{fc}").check(),
            Err(CredentialError::Value)
        );
        assert_eq!(
            Credential::bearer("a\nb").check(),
            Err(CredentialError::Value)
        );
        assert_eq!(
            Credential::basic("a:b", "c").check(),
            Err(CredentialError::Value)
        );
        assert_eq!(
            Credential::api_key_header("a b", "c").check(),
            Err(CredentialError::Name)
        );
        assert_eq!(
            Credential::api_key_cookie("a", "b;c").check(),
            Err(CredentialError::Value)
        );
    }
}
