//! What every call of a client shares: where to, as whom, within which bounds.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use reqwest::Request;

use crate::error::CallError;
use crate::{BaseUrl, Credential, Operation, RequestError};

/// The connection to an API: HTTP client, base URL, credentials, bounds.
///
/// Cloning is cheap, and clones share their connections. Made by
/// [`TransportBuilder`](crate::TransportBuilder).
#[derive(Clone)]
pub struct Transport(Arc<Shared>);

pub(crate) struct Shared {
    pub(crate) http: reqwest::Client,
    pub(crate) base_url: BaseUrl,
    pub(crate) credentials: BTreeMap<String, Credential>,
    pub(crate) timeout: Duration,
    pub(crate) connect_timeout: Duration,
    pub(crate) max_response_bytes: usize,
}

impl Transport {
    pub(crate) fn new(shared: Shared) -> Self {
        Self(Arc::new(shared))
    }

    /// Where the API lives.
    #[must_use]
    pub fn base_url(&self) -> &BaseUrl {
        &self.0.base_url
    }

    /// The HTTP client, for building requests. It holds no credential; what is sent with it
    /// directly escapes the cap on responses.
    #[must_use]
    pub fn http(&self) -> &reqwest::Client {
        &self.0.http
    }

    /// The largest response body that is read, in bytes.
    #[must_use]
    pub fn max_response_bytes(&self) -> usize {
        self.0.max_response_bytes
    }

    /// Puts the credentials that an operation needs on a request.
    ///
    /// The first alternative whose schemes are all configured is taken. Anonymous access is the
    /// last resort, wherever the document lists it: whoever configured a credential means it.
    pub(crate) fn authorize(
        &self,
        operation: &Operation,
        request: &mut Request,
    ) -> Result<(), CallError> {
        if !self.0.base_url.has_origin_of(request.url()) {
            return Err(CallError::Request(RequestError::Origin));
        }
        let credentials = &self.0.credentials;
        let configured = |schemes: &&&[&str]| {
            !schemes.is_empty()
                && schemes
                    .iter()
                    .all(|scheme| credentials.contains_key(*scheme))
        };
        let Some(schemes) = operation.security.iter().find(configured) else {
            let anonymous = operation.security.is_empty()
                || operation.security.iter().any(|schemes| schemes.is_empty());
            return if anonymous {
                Ok(())
            } else {
                Err(CallError::MissingCredential)
            };
        };
        for scheme in *schemes {
            if let Some(credential) = credentials.get(*scheme) {
                credential.apply(request).map_err(|_| {
                    CallError::Request(RequestError::Credential {
                        scheme: (*scheme).to_owned(),
                    })
                })?;
            }
        }
        Ok(())
    }
}

/// Prints the base URL, the bounds and the names of the security schemes.
impl fmt::Debug for Transport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transport")
            .field("base_url", &self.0.base_url.as_str())
            .field("credentials", &self.0.credentials)
            .field("timeout", &self.0.timeout)
            .field("connect_timeout", &self.0.connect_timeout)
            .field("max_response_bytes", &self.0.max_response_bytes)
            .finish_non_exhaustive()
    }
}
