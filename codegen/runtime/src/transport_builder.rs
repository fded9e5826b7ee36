//! How a transport is configured, and the defaults that hold otherwise.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use reqwest::ClientBuilder;

use crate::clock::SharedClock;
use crate::connections::Connections;
use crate::encode::field_value;
use crate::refused_tokens::RefusedTokens;
use crate::retry::Budget;
use crate::transport::Shared;
use crate::{
    BaseUrl, BaseUrlError, Clock, ConnectionReuse, Credential, CredentialError, RetryPolicy,
    Secret, SystemClock, Transport,
};

const TIMEOUT: Duration = Duration::from_secs(30);
const ATTEMPT_TIMEOUT: Duration = Duration::from_secs(10);
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// Below what servers and balancers in front of them commonly have: a connection that they have
/// just closed would take a request and give no answer.
const IDLE_TIMEOUT: Duration = Duration::from_secs(30);
const MAX_RESPONSE_BYTES: usize = 16 * 1024 * 1024;
/// What objects of a few members commonly take, and twice that.
const DECODED_PER_BYTE: usize = 16;
const USER_AGENT: &str = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));
const HAS_TLS: bool = cfg!(any(feature = "rustls", feature = "native-tls"));

/// Configures a [`Transport`].
#[derive(Clone)]
#[must_use]
pub struct TransportBuilder {
    credentials: BTreeMap<String, Credential>,
    servers: BTreeMap<String, BaseUrl>,
    documented: &'static [&'static str],
    timeout: Duration,
    attempt_timeout: Duration,
    connect_timeout: Duration,
    max_response_bytes: usize,
    max_decoded_bytes: Option<usize>,
    connection_reuse: ConnectionReuse,
    retry: RetryPolicy,
    clock: SharedClock,
    user_agent: String,
    proxy: Option<Secret>,
}

impl TransportBuilder {
    /// The defaults that each setter names.
    pub fn new() -> Self {
        Self {
            credentials: BTreeMap::new(),
            servers: BTreeMap::new(),
            documented: &[],
            timeout: TIMEOUT,
            attempt_timeout: ATTEMPT_TIMEOUT,
            connect_timeout: CONNECT_TIMEOUT,
            max_response_bytes: MAX_RESPONSE_BYTES,
            max_decoded_bytes: None,
            connection_reuse: ConnectionReuse::default(),
            retry: RetryPolicy::new(),
            clock: Arc::new(SystemClock),
            user_agent: USER_AGENT.to_owned(),
            proxy: None,
        }
    }

    /// The credential for a security scheme, by the scheme's name in the API's document. Sent
    /// only with operations that require the scheme. Replaces an earlier one.
    pub fn credential(mut self, scheme: &str, credential: Credential) -> Self {
        self.credentials.insert(scheme.to_owned(), credential);
        self
    }

    /// Where an operation goes whose document gives it a server of its own, by that server's URL in
    /// the document.
    pub fn server(mut self, documented: &str, url: BaseUrl) -> Self {
        self.servers.insert(documented.to_owned(), url);
        self
    }

    /// The servers that the document gives to operations of their own. Unless
    /// [`TransportBuilder::server`] says otherwise each is where the document has it.
    ///
    /// They are for a base URL that is the document's too. Beside a base URL of the caller's choice
    /// (a test, a gateway) credentials would leave for hosts that were not chosen: there only those
    /// are known that are relative to it.
    pub fn documented_servers(mut self, documented: &'static [&'static str]) -> Self {
        self.documented = documented;
        self
    }

    /// Bounds a whole call: obtaining a token, every attempt up to the last byte of its body, and
    /// the waits in between. Default: 30 seconds.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Bounds an attempt that another one may follow. The last one, and one that cannot be
    /// repeated safely, has what is left of the whole call. Default: 10 seconds.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.attempt_timeout = timeout;
        self
    }

    /// How often a call is repeated. Default: [`RetryPolicy::new`].
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// Replaces time and chance, for tests. Connecting alone is bounded by the real time.
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// Bounds connecting, TLS included, in real time. It is held to half of what an attempt and a
    /// call have: a request that found no connection surely had no effect, one that ran out of time
    /// may have had it. Default: 5 seconds.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// The largest response body that is read, in bytes. A call whose response is larger fails.
    /// Default: 16 MiB.
    pub fn max_response_bytes(mut self, bytes: usize) -> Self {
        self.max_response_bytes = bytes;
        self
    }

    /// The most memory that the values of one response may take, in bytes: what a server sends can
    /// become a hundred times as much. A call whose response would take more fails. It is estimated
    /// from above while it is read. Default: sixteen times the largest body, which is 256 MiB unless
    /// [`TransportBuilder::max_response_bytes`] says otherwise.
    pub fn max_decoded_bytes(mut self, bytes: usize) -> Self {
        self.max_decoded_bytes = Some(bytes);
        self
    }

    /// Which operations may go over a connection that an earlier call has left open. Default:
    /// [`ConnectionReuse::Reads`].
    pub fn connection_reuse(mut self, reuse: ConnectionReuse) -> Self {
        self.connection_reuse = reuse;
        self
    }

    /// The `User-Agent` header (RFC 9110 section 10.1.5). Default: this crate's name and version.
    pub fn user_agent(mut self, user_agent: &str) -> Self {
        user_agent.clone_into(&mut self.user_agent);
        self
    }

    /// Sends everything through an HTTP proxy at this URL, which may hold a user name and
    /// password. Default: no proxy; the environment (`HTTPS_PROXY`) is not consulted.
    pub fn proxy(mut self, url: impl Into<Secret>) -> Self {
        self.proxy = Some(url.into());
        self
    }

    /// Makes the transport to an API at this URL. Nothing is connected yet.
    ///
    /// # Errors
    ///
    /// If a credential, the user agent or the proxy cannot be used. No error quotes them.
    pub fn build(self, base_url: BaseUrl) -> Result<Transport, BuildError> {
        for (scheme, credential) in &self.credentials {
            credential
                .check()
                .map_err(|reason| BuildError::Credential {
                    scheme: scheme.clone(),
                    reason,
                })?;
        }
        let mut servers = self.servers.clone();
        for documented in self.documented {
            if !servers.contains_key(*documented) {
                let url = base_url.resolve(documented)?;
                servers.insert((*documented).to_owned(), url);
            }
        }
        let urls = || servers.values().chain([&base_url]);
        let https = urls().all(BaseUrl::is_https);
        if urls().any(BaseUrl::is_https) && !HAS_TLS {
            return Err(BuildError::NoTls);
        }
        Ok(Transport::new(Shared {
            connections: self.connections(https)?,
            base_url,
            servers,
            credentials: self.credentials,
            timeout: self.timeout,
            attempt_timeout: self.attempt_timeout,
            connect_timeout: self.connect_timeout,
            max_response_bytes: self.max_response_bytes,
            max_decoded_bytes: self
                .max_decoded_bytes
                .unwrap_or_else(|| self.max_response_bytes.saturating_mul(DECODED_PER_BYTE)),
            retry: self.retry,
            budget: Budget::new(),
            refused_tokens: RefusedTokens::default(),
            clock: self.clock,
        }))
    }

    fn connections(&self, https: bool) -> Result<Connections, BuildError> {
        let client = |builder: ClientBuilder| builder.build().map_err(|_| BuildError::Client);
        let kept = self.http(https)?.pool_idle_timeout(IDLE_TIMEOUT);
        let new = self.http(https)?.pool_max_idle_per_host(0);
        Ok(Connections::new(
            self.connection_reuse,
            client(kept)?,
            client(new)?,
        ))
    }

    /// Every choice is made here, also those that are `reqwest`'s defaults today: the defaults
    /// change when another crate in the build switches on one of its features.
    fn http(&self, https: bool) -> Result<ClientBuilder, BuildError> {
        let shortest = self.timeout.min(self.attempt_timeout);
        let user_agent = field_value(&self.user_agent).ok_or(BuildError::UserAgent)?;
        let mut builder = reqwest::Client::builder()
            .user_agent(user_agent)
            .connect_timeout(self.connect_timeout.min(shortest / 2))
            .redirect(reqwest::redirect::Policy::none())
            .referer(false)
            .retry(reqwest::retry::never())
            .https_only(https)
            .http1_only()
            .no_gzip()
            .no_brotli()
            .no_zstd()
            .no_deflate()
            .no_hickory_dns()
            .no_proxy();
        #[cfg(any(feature = "rustls", feature = "native-tls"))]
        {
            builder = builder.tls_version_min(reqwest::tls::Version::TLS_1_2);
        }
        #[cfg(feature = "rustls")]
        {
            builder = builder.tls_backend_rustls();
        }
        #[cfg(all(feature = "native-tls", not(feature = "rustls")))]
        {
            builder = builder.tls_backend_native();
        }
        if let Some(proxy) = &self.proxy {
            if !https {
                return Err(BuildError::PlainProxy);
            }
            let proxy = reqwest::Proxy::all(proxy.expose_secret());
            builder = builder.proxy(proxy.map_err(|_| BuildError::Proxy)?);
        }
        Ok(builder)
    }
}

/// Prints neither credentials nor the proxy's URL.
impl fmt::Debug for TransportBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TransportBuilder")
            .field("credentials", &self.credentials)
            .field("timeout", &self.timeout)
            .field("attempt_timeout", &self.attempt_timeout)
            .field("connect_timeout", &self.connect_timeout)
            .field("max_response_bytes", &self.max_response_bytes)
            .field("max_decoded_bytes", &self.max_decoded_bytes)
            .field("connection_reuse", &self.connection_reuse)
            .field("retry", &self.retry)
            .field("user_agent", &self.user_agent)
            .field("proxy", &self.proxy)
            .finish()
    }
}

/// Why a [`Transport`] could not be made.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BuildError {
    /// The base URL cannot be used.
    BaseUrl(BaseUrlError),
    /// A credential cannot stand in a request.
    Credential {
        /// The security scheme it was given for.
        scheme: String,
        /// What is wrong with it.
        reason: CredentialError,
    },
    /// The user agent is no legal header value.
    UserAgent,
    /// The proxy's URL cannot be used.
    Proxy,
    /// The base URL is plain `http` on this machine: through a proxy it would leave the machine.
    PlainProxy,
    /// The base URL is `https`, and this crate was built without a TLS feature.
    NoTls,
    /// The HTTP client could not be set up, for example without the platform's certificates.
    Client,
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BaseUrl(reason) => reason.fmt(f),
            Self::Credential { scheme, reason } => {
                write!(f, "the credential for {scheme:?} cannot be used: {reason}")
            }
            Self::UserAgent => f.write_str("the user agent is not a legal header value"),
            Self::Proxy => f.write_str("the proxy's URL cannot be used"),
            Self::PlainProxy => f.write_str("a plain http base URL cannot be used with a proxy"),
            Self::NoTls => f.write_str("https needs the feature `rustls` or `native-tls`"),
            Self::Client => f.write_str("the HTTP client could not be set up"),
        }
    }
}

impl std::error::Error for BuildError {}

impl From<BaseUrlError> for BuildError {
    fn from(reason: BaseUrlError) -> Self {
        Self::BaseUrl(reason)
    }
}

impl Default for TransportBuilder {
    fn default() -> Self {
        Self::new()
    }
}
