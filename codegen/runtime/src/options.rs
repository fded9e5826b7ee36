//! What a caller may change about a single call.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use reqwest::Request;
use reqwest::header::HeaderName;

use crate::encode::field_value;
use crate::{RequestError, RetryPolicy, Secret};

/// Headers that the transport owns: set by hand they contradict the message's framing or target
/// (RFC 9112 sections 3.2 and 6), which is how requests are smuggled; ask for an answer that the
/// transport cannot read; or tell the API what is meant for a proxy.
const RESERVED: [&str; 13] = [
    "accept-encoding",
    "connection",
    "content-length",
    "expect",
    "host",
    "http2-settings",
    "keep-alive",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// Options of one call. The default changes nothing.
///
/// ```
/// use std::time::Duration;
/// use openapi_client_runtime::CallOptions;
///
/// let options = CallOptions::new().timeout(Duration::from_secs(5)).header("x-trace", "abc");
/// ```
#[derive(Clone, Default)]
pub struct CallOptions {
    pub(crate) timeout: Option<Duration>,
    pub(crate) retry: Option<RetryPolicy>,
    headers: BTreeMap<String, Secret>,
}

impl CallOptions {
    /// Options that change nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Bounds the whole call, its attempts and the waits between them, in place of the
    /// transport's timeout.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// How often the call is repeated, in place of the transport's policy.
    #[must_use]
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = Some(policy);
        self
    }

    /// Sends a further header. It replaces a header of that name that the operation sets; it
    /// does not replace a credential. The name and value are checked when the request is sent:
    /// see [`RequestError::Header`].
    #[must_use]
    pub fn header(mut self, name: &str, value: impl Into<Secret>) -> Self {
        self.headers.insert(name.to_ascii_lowercase(), value.into());
        self
    }

    /// Puts the headers on a request.
    ///
    /// # Errors
    ///
    /// [`RequestError::Header`] if a name or value is not legal in a request.
    pub fn apply(&self, request: &mut Request) -> Result<(), RequestError> {
        for (name, value) in &self.headers {
            let illegal = || RequestError::Header { name: name.clone() };
            if RESERVED.contains(&name.as_str()) {
                return Err(illegal());
            }
            let header = HeaderName::from_bytes(name.as_bytes()).map_err(|_| illegal())?;
            let mut value = field_value(value.expose_secret()).ok_or_else(illegal)?;
            value.set_sensitive(true);
            request.headers_mut().insert(header, value);
        }
        Ok(())
    }
}

/// Prints the names of the headers, not their values.
impl fmt::Debug for CallOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&String> = self.headers.keys().collect();
        f.debug_struct("CallOptions")
            .field("timeout", &self.timeout)
            .field("retry", &self.retry)
            .field("headers", &names)
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use reqwest::{Method, Request, Url};

    use super::CallOptions;

    fn apply(options: &CallOptions) -> Option<Request> {
        let mut request = Request::new(Method::GET, Url::parse("http://localhost").unwrap());
        options.apply(&mut request).ok().map(|()| request)
    }

    #[test]
    fn headers_are_checked_and_sensitive() {
        let request = apply(&CallOptions::new().header("X-Trace", "abc")).unwrap();
        assert_eq!(request.headers()["x-trace"], "abc");
        assert!(request.headers()["x-trace"].is_sensitive());
        assert!(apply(&CallOptions::new().header("x-trace", "a\r\nb: c")).is_none());
        assert!(apply(&CallOptions::new().header("x trace", "a")).is_none());
        for reserved in ["Content-Length", "Proxy-Authorization", "Accept-Encoding"] {
            assert!(apply(&CallOptions::new().header(reserved, "1")).is_none());
        }
    }

    #[test]
    fn debug_names_headers_only() {
        let text = format!("{:?}", CallOptions::new().header("x-trace", "canary"));
        assert!(
            text.contains("x-trace") && !text.contains("canary"),
            "{text}"
        );
    }
}
