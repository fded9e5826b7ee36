//! The transport: what all calls of a client share.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use reqwest::Request;

use crate::clock::SharedClock;
use crate::connections::Connections;
use crate::error::CallError;
use crate::rejected_tokens::RejectedTokens;
use crate::retry_budget::RetryBudget;
use crate::{
    BaseUrl, CachedToken, Clock, Credential, Error, IssuedToken, Operation, Outcome, RequestError,
    Response, RetryPolicy, Secret, TokenError, TokenSource,
};

/// The connection to an API: the HTTP client, the base URL, the credentials and the limits.
///
/// It is cheap to clone, and clones share their connections. Created by
/// [`TransportBuilder`](crate::TransportBuilder).
#[derive(Clone)]
pub struct Transport(Arc<Shared>);

pub(crate) struct Shared {
    pub(crate) connections: Connections,
    pub(crate) base_url: BaseUrl,
    pub(crate) servers: BTreeMap<String, BaseUrl>,
    pub(crate) credentials: BTreeMap<String, Credential>,
    pub(crate) timeout: Duration,
    pub(crate) attempt_timeout: Duration,
    pub(crate) connect_timeout: Duration,
    pub(crate) max_response_bytes: usize,
    pub(crate) max_decoded_bytes: usize,
    pub(crate) retry: RetryPolicy,
    pub(crate) retry_budget: RetryBudget,
    pub(crate) rejected_tokens: RejectedTokens,
    pub(crate) clock: SharedClock,
}

/// A token that was added to a request, and its source.
pub(crate) type SourcedToken = (Arc<dyn TokenSource>, Secret);

impl Transport {
    pub(crate) fn new(shared: Shared) -> Self {
        Self(Arc::new(shared))
    }

    /// Returns the base URL of the API.
    #[must_use]
    pub fn base_url(&self) -> &BaseUrl {
        &self.0.base_url
    }

    /// Returns the base URL of an operation: that of the API, unless the operation uses another server.
    ///
    /// # Errors
    ///
    /// [`RequestError::Server`] if no URL is set for that server.
    pub fn base_url_of(&self, operation: &Operation) -> Result<&BaseUrl, RequestError> {
        let Some(documented) = operation.server else {
            return Ok(&self.0.base_url);
        };
        let known = self.0.servers.get(documented);
        known.ok_or_else(|| RequestError::Server {
            documented: documented.to_owned(),
        })
    }

    /// Returns the HTTP client, for building requests. It has no credentials. Requests that are sent
    /// with it directly have no limit on the response body and may reuse a connection.
    #[must_use]
    pub fn http(&self) -> &reqwest::Client {
        self.0.connections.http()
    }

    /// Returns the maximum size of a response body, in bytes.
    #[must_use]
    pub fn max_response_bytes(&self) -> usize {
        self.0.max_response_bytes
    }

    /// Removes a token from every token source of this client. It does not revoke the token: that is an
    /// operation of the API.
    pub fn forget_token(&self, token: &Secret) {
        for source in self.0.credentials.values().filter_map(Credential::source) {
            source.forget(token);
        }
    }

    /// Prepares for a call that revokes a token. When the guard is dropped, the token is removed from
    /// every token source of this client, unless the call is known to have had no effect.
    pub fn guard_revocation(&self, token: impl FnOnce() -> Secret) -> RevocationGuard<'_> {
        RevocationGuard {
            transport: self,
            token: self.has_token_source().then(token),
        }
    }

    /// Creates a token source that requests tokens with this function and uses the clock of this
    /// transport.
    pub fn cached_token<F, T>(&self, issue: F) -> CachedToken
    where
        F: Fn() -> T + Send + Sync + 'static,
        T: Future<Output = Result<IssuedToken, TokenError>> + Send + 'static,
    {
        CachedToken::with_shared_clock(Arc::clone(&self.0.clock), issue)
    }

    pub(crate) fn shared(&self) -> &Shared {
        &self.0
    }

    pub(crate) fn clock(&self) -> &dyn Clock {
        &*self.0.clock
    }

    pub(crate) fn has_token_source(&self) -> bool {
        let mut credentials = self.0.credentials.values();
        credentials.any(|credential| credential.source().is_some())
    }

    /// Adds the credentials that an operation requires to a request.
    ///
    /// Uses the first alternative whose schemes are all configured. Anonymous access comes last,
    /// wherever the API document lists it: a configured credential is meant to be used.
    pub(crate) async fn authorize(
        &self,
        operation: &Operation,
        request: &mut Request,
    ) -> Result<Vec<SourcedToken>, CallError> {
        let mut tokens = Vec::new();
        let base_url = self.base_url_of(operation).map_err(CallError::Request)?;
        if !base_url.has_origin_of(request.url()) {
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
                Ok(tokens)
            } else {
                Err(CallError::MissingCredential)
            };
        };
        for scheme in *schemes {
            let Some(credential) = credentials.get(*scheme) else {
                continue;
            };
            let applied = match credential.source() {
                None => credential.apply(request),
                Some(source) => {
                    let token = source.token().await.map_err(CallError::Token)?;
                    let applied = Credential::bearer(token.clone()).apply(request);
                    if applied.is_err() {
                        // The token is invalid and would fail again.
                        source.forget(&token);
                    }
                    tokens.push((Arc::clone(source), token));
                    applied
                }
            };
            applied.map_err(|_| {
                CallError::Request(RequestError::Credential {
                    scheme: (*scheme).to_owned(),
                })
            })?;
        }
        Ok(tokens)
    }
}

/// Guards a token that is being revoked. If the guard is dropped before
/// [`RevocationGuard::complete`], the token counts as revoked.
#[must_use]
pub struct RevocationGuard<'a> {
    transport: &'a Transport,
    token: Option<Secret>,
}

impl RevocationGuard<'_> {
    /// Records the result of the call. If the call had no effect, the token is kept.
    pub fn complete<T, E>(mut self, result: &Result<Response<T>, Error<E>>) {
        let outcome = result.as_ref().map_err(Error::outcome);
        if matches!(outcome, Err(Outcome::NotApplied(_))) {
            self.token = None;
        }
    }
}

impl Drop for RevocationGuard<'_> {
    fn drop(&mut self) {
        if let Some(token) = &self.token {
            self.transport.forget_token(token);
        }
    }
}

/// Prints the base URL, the limits and the names of the security schemes.
impl fmt::Debug for Transport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transport")
            .field("base_url", &self.0.base_url.as_str())
            .field("credentials", &self.0.credentials)
            .field("timeout", &self.0.timeout)
            .field("attempt_timeout", &self.0.attempt_timeout)
            .field("connect_timeout", &self.0.connect_timeout)
            .field("max_response_bytes", &self.0.max_response_bytes)
            .field("max_decoded_bytes", &self.0.max_decoded_bytes)
            .field("connection_reuse", &self.0.connections.reuse())
            .field("retry", &self.0.retry)
            .finish_non_exhaustive()
    }
}
