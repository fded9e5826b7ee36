//! What every call of a client shares: where to, as whom, within which bounds.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use reqwest::Request;

use crate::clock::SharedClock;
use crate::connections::Connections;
use crate::error::CallError;
use crate::refused_tokens::RefusedTokens;
use crate::retry::Budget;
use crate::{
    BaseUrl, CachedToken, Clock, Credential, Error, IssuedToken, Operation, Outcome, RequestError,
    Response, RetryPolicy, Secret, TokenError, TokenSource,
};

/// The connection to an API: HTTP client, base URL, credentials, bounds.
///
/// Cloning is cheap, and clones share their connections. Made by
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
    pub(crate) budget: Budget,
    pub(crate) refused_tokens: RefusedTokens,
    pub(crate) clock: SharedClock,
}

/// A token that was put on a request, and the source that it came from.
pub(crate) type SourcedToken = (Arc<dyn TokenSource>, Secret);

impl Transport {
    pub(crate) fn new(shared: Shared) -> Self {
        Self(Arc::new(shared))
    }

    /// Where the API lives.
    #[must_use]
    pub fn base_url(&self) -> &BaseUrl {
        &self.0.base_url
    }

    /// Where an operation lives: at the API's URL, unless it has a server of its own.
    ///
    /// # Errors
    ///
    /// [`RequestError::Server`] if that has no URL.
    pub fn base_url_of(&self, operation: &Operation) -> Result<&BaseUrl, RequestError> {
        let Some(documented) = operation.server else {
            return Ok(&self.0.base_url);
        };
        let known = self.0.servers.get(documented);
        known.ok_or_else(|| RequestError::Server {
            documented: documented.to_owned(),
        })
    }

    /// The HTTP client, for building requests. It holds no credential; what is sent with it
    /// directly escapes the cap on responses, and may go over a connection that was used before.
    #[must_use]
    pub fn http(&self) -> &reqwest::Client {
        self.0.connections.http()
    }

    /// The largest response body that is read, in bytes.
    #[must_use]
    pub fn max_response_bytes(&self) -> usize {
        self.0.max_response_bytes
    }

    /// A token is not valid any more: no source of this transport gives it again. The server is not
    /// told: to revoke a token is an operation of the API.
    pub fn forget_token(&self, token: &Secret) {
        for source in self.0.credentials.values().filter_map(Credential::source) {
            source.forget(token);
        }
    }

    /// Before a call that revokes a token: unless the token surely was not revoked, no source gives
    /// it again, also where the call is dropped on its way.
    pub fn revoking(&self, token: impl FnOnce() -> Secret) -> Revoking<'_> {
        Revoking {
            transport: self,
            token: self.has_token_source().then(token),
        }
    }

    /// A source of tokens that goes by this transport's clock.
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

    /// Puts the credentials that an operation needs on a request.
    ///
    /// The first alternative whose schemes are all configured is taken. Anonymous access is the
    /// last resort, wherever the document lists it: whoever configured a credential means it.
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
                        // It will not be better the next time.
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

/// A token that is being revoked. Dropped without an answer it counts as revoked.
#[must_use]
pub struct Revoking<'a> {
    transport: &'a Transport,
    token: Option<Secret>,
}

impl Revoking<'_> {
    /// The call has ended so.
    pub fn answered<T, E>(mut self, answer: &Result<Response<T>, Error<E>>) {
        let outcome = answer.as_ref().map_err(Error::outcome);
        if matches!(outcome, Err(Outcome::NotApplied(_))) {
            self.token = None;
        }
    }
}

impl Drop for Revoking<'_> {
    fn drop(&mut self) {
        if let Some(token) = &self.token {
            self.transport.forget_token(token);
        }
    }
}

/// Prints the base URL, the bounds and the names of the security schemes.
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
