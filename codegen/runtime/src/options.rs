//! The options of a single call.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use reqwest::Request;
use reqwest::header::HeaderName;

use crate::encode::field_value;
use crate::{RequestError, RetryPolicy, Secret};

/// Headers that callers cannot set. Some contradict the framing or the target of the message
/// (RFC 9112 sections 3.2 and 6), which allows request smuggling; some request a response that the
/// transport cannot read; some are for a proxy and would reach the API.
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

/// Options of one call. By default the settings of the transport apply.
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
    /// Creates options that change nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the timeout of the whole call: all attempts and the waits between them. Default: the
    /// timeout of the transport.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// Sets how often the call is retried. Default: the policy of the transport.
    #[must_use]
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = Some(policy);
        self
    }

    /// Adds a header. It replaces a header of that name which the operation sets, but not a credential.
    /// The name and the value are checked when the request is built: see [`RequestError::Header`].
    #[must_use]
    pub fn header(mut self, name: &str, value: impl Into<Secret>) -> Self {
        self.headers.insert(name.to_ascii_lowercase(), value.into());
        self
    }

    /// Adds the headers to a request.
    ///
    /// # Errors
    ///
    /// [`RequestError::Header`] if a name or a value is invalid, or the header is reserved for the
    /// transport, such as `Host` or `Content-Length`.
    pub fn apply(&self, request: &mut Request) -> Result<(), RequestError> {
        for (name, value) in &self.headers {
            let invalid = || RequestError::Header { name: name.clone() };
            if RESERVED.contains(&name.as_str()) {
                return Err(invalid());
            }
            let header = HeaderName::from_bytes(name.as_bytes()).map_err(|_| invalid())?;
            let mut value = field_value(value.expose_secret()).ok_or_else(invalid)?;
            value.set_sensitive(true);
            request.headers_mut().insert(header, value);
        }
        Ok(())
    }
}

/// Prints the names of the headers and not their values.
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
    fn debug_prints_no_header_values() {
        let text = format!("{:?}", CallOptions::new().header("x-trace", "canary"));
        assert!(
            text.contains("x-trace") && !text.contains("canary"),
            "{text}"
        );
    }
}
