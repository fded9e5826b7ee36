//! Credentials (OpenAPI "Security Scheme Object").
//!
//! A credential is added to a request just before it is sent, so that requests that are inspected or
//! stored do not contain it.

use std::fmt;
use std::sync::Arc;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use reqwest::Request;
use reqwest::header::{AUTHORIZATION, COOKIE, HeaderName, HeaderValue};
use zeroize::Zeroizing;

use crate::{Secret, TokenSource, encode};

/// A credential. `Debug` prints its kind and no secret.
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
    /// Creates a bearer token, sent as `Authorization: Bearer …` (RFC 6750 section 2.1).
    pub fn bearer(token: impl Into<Secret>) -> Self {
        Self(Kind::Bearer(token.into()))
    }

    /// Same as [`Credential::bearer`], but with a token from a source. If the server responds 401, the
    /// token is removed from the source, and the call is sent once more with a new token. That is
    /// safe, because a rejected call had no effect.
    pub fn bearer_from(source: impl TokenSource) -> Self {
        Self(Kind::Source(Arc::new(source)))
    }

    /// Creates a user name and a password, sent as `Authorization: Basic …` in UTF-8 (RFC 7617). The
    /// user name must not contain a colon.
    pub fn basic(username: impl Into<Secret>, password: impl Into<Secret>) -> Self {
        Self(Kind::Basic {
            username: username.into(),
            password: password.into(),
        })
    }

    /// Creates an API key that is sent in the header `name`.
    pub fn api_key_header(name: &str, key: impl Into<Secret>) -> Self {
        Self(Kind::Header {
            name: name.to_owned(),
            key: key.into(),
        })
    }

    /// Creates an API key that is sent in the query parameter `name`. Servers and proxies log URLs:
    /// prefer another scheme if the API has one.
    pub fn api_key_query(name: &str, key: impl Into<Secret>) -> Self {
        Self(Kind::Query {
            name: name.to_owned(),
            key: key.into(),
        })
    }

    /// Creates an API key that is sent in the cookie `name` (RFC 6265 section 4.2).
    pub fn api_key_cookie(name: &str, key: impl Into<Secret>) -> Self {
        Self(Kind::Cookie {
            name: name.to_owned(),
            key: key.into(),
        })
    }

    /// Returns the token source, if the credential has one.
    pub(crate) fn source(&self) -> Option<&Arc<dyn TokenSource>> {
        match &self.0 {
            Kind::Source(source) => Some(source),
            _ => None,
        }
    }

    /// Checks that the credential is valid in a request.
    pub(crate) fn check(&self) -> Result<(), CredentialError> {
        match &self.0 {
            Kind::Query { name, .. } if name.is_empty() => Err(CredentialError::Name),
            Kind::Query { .. } | Kind::Source(_) => Ok(()),
            _ => self.header().map(|_| ()),
        }
    }

    /// Adds the credential to a request. It replaces a header of the same name; a cookie is appended.
    pub(crate) fn apply(&self, request: &mut Request) -> Result<(), CredentialError> {
        if let Kind::Query { name, key } = &self.0 {
            let pair = Zeroizing::new(format!(
                "{}={}",
                encode::percent_encode(name),
                encode::percent_encode(key.expose_secret())
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

    /// Returns the header of the credential, marked as sensitive.
    fn header(&self) -> Result<(HeaderName, HeaderValue), CredentialError> {
        let (name, text) = match &self.0 {
            Kind::Bearer(token) => (AUTHORIZATION, ["Bearer ", token.expose_secret()].concat()),
            Kind::Basic { username, password } => {
                let (username, password) = (username.expose_secret(), password.expose_secret());
                if username.contains(':') {
                    return Err(CredentialError::Value);
                }
                let pair = Zeroizing::new(format!("{username}:{password}"));
                let encoded = Zeroizing::new(BASE64_STANDARD.encode(pair.as_bytes()));
                (AUTHORIZATION, ["Basic ", encoded.as_str()].concat())
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
                    // Cookie names and header names are both a `token` of RFC 9110.
                    return Err(CredentialError::Name);
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
        // The text is moved into the header: a copy would leave the secret in memory.
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

/// Why a credential is invalid. It contains no secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CredentialError {
    /// The name is not valid for a header, query parameter or cookie.
    Name,
    /// The secret is empty or contains invalid characters, often a line break or space at its end; or
    /// the user name of [`Credential::basic`] contains a colon.
    Value,
}

impl fmt::Display for CredentialError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Name => "its name is invalid",
            Self::Value => "its value is empty or contains invalid characters",
        })
    }
}

impl std::error::Error for CredentialError {}

#[cfg(test)]
mod tests {
    use reqwest::header::{COOKIE, HeaderValue};
    use reqwest::{Method, Request, Url};

    use super::{Credential, CredentialError};

    fn applied(credential: &Credential) -> Request {
        let mut request = Request::new(Method::GET, Url::parse("http://localhost/a?b=c").unwrap());
        request
            .headers_mut()
            .insert(COOKIE, HeaderValue::from_static("x=y"));
        credential.apply(&mut request).unwrap();
        request
    }

    #[test]
    fn each_kind_is_sent_in_its_place() {
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
    fn invalid_credentials_are_errors() {
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
