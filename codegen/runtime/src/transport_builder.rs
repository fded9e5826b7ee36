//! Configures a transport. The default of each setting is documented at its setter.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use reqwest::ClientBuilder;

use crate::clock::SharedClock;
use crate::connections::Connections;
use crate::encode::field_value;
use crate::rejected_tokens::RejectedTokens;
use crate::retry_budget::RetryBudget;
use crate::transport::Shared;
use crate::{
    BaseUrl, BaseUrlError, Clock, ConnectionReuse, Credential, CredentialError, RetryPolicy,
    Secret, SystemClock, Transport,
};

const TIMEOUT: Duration = Duration::from_secs(30);
const ATTEMPT_TIMEOUT: Duration = Duration::from_secs(10);
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// Shorter than the idle timeout of most servers and load balancers: a request on a connection that
/// they have just closed gets no response.
const IDLE_TIMEOUT: Duration = Duration::from_secs(30);
const MAX_RESPONSE_BYTES: usize = 16 * 1024 * 1024;
/// Twice the memory that small objects usually take per byte of JSON.
const DECODED_BYTES_PER_BODY_BYTE: usize = 16;
const USER_AGENT: &str = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));
const HAS_TLS: bool = cfg!(any(feature = "rustls", feature = "native-tls"));

/// Configures and creates a [`Transport`].
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
    /// Creates a builder with the default of every setting.
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

    /// Sets the credential for a security scheme, by the name of the scheme in the API document. It is
    /// sent only with operations that require the scheme. Replaces an earlier credential.
    pub fn credential(mut self, scheme: &str, credential: Credential) -> Self {
        self.credentials.insert(scheme.to_owned(), credential);
        self
    }

    /// Sets the URL of a server that only some operations use. `documented` is the URL of that server
    /// in the API document.
    pub fn server(mut self, documented: &str, url: BaseUrl) -> Self {
        self.servers.insert(documented.to_owned(), url);
        self
    }

    /// Sets the servers that only some operations use, by their URLs in the API document. Each is used
    /// as documented unless [`TransportBuilder::server`] replaces it. Relative URLs are resolved
    /// against the base URL.
    ///
    /// If the base URL is not from the API document (a test server, a gateway), pass only relative
    /// URLs here: absolute ones would send credentials to hosts that were not chosen.
    pub fn documented_servers(mut self, documented: &'static [&'static str]) -> Self {
        self.documented = documented;
        self
    }

    /// Sets the timeout of a whole call: obtaining a token, every attempt up to the last byte of its
    /// body, and the waits between attempts. Default: 30 seconds.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Sets the timeout of each attempt that can still be retried. The last attempt, and one that is
    /// not safe to retry, may use all remaining time of the call. Default: 10 seconds.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.attempt_timeout = timeout;
        self
    }

    /// Sets how often a call is retried. Default: [`RetryPolicy::new`].
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// Replaces the clock and the random source, so that tests need not wait. The connect timeout
    /// still uses real time. Default: [`SystemClock`].
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// Sets the timeout for connecting, TLS included, in real time. It is at most half of the attempt
    /// timeout and of the call timeout, so that a failure to connect is reported as one: such a
    /// request had no effect, while one that timed out may have had. Default: 5 seconds.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// Sets the maximum size of a response body, in bytes. A call with a larger response fails.
    /// Default: 16 MiB.
    pub fn max_response_bytes(mut self, bytes: usize) -> Self {
        self.max_response_bytes = bytes;
        self
    }

    /// Sets the maximum memory for the decoded values of one response, in bytes. Decoding can take a
    /// hundred times the size of the body. A call whose response would take more fails; the estimate,
    /// made while decoding, is an upper bound. Default: sixteen times
    /// [`TransportBuilder::max_response_bytes`], which is 256 MiB by default.
    pub fn max_decoded_bytes(mut self, bytes: usize) -> Self {
        self.max_decoded_bytes = Some(bytes);
        self
    }

    /// Sets which operations may reuse an open connection. Default: [`ConnectionReuse::Reads`].
    pub fn connection_reuse(mut self, reuse: ConnectionReuse) -> Self {
        self.connection_reuse = reuse;
        self
    }

    /// Sets the `User-Agent` header (RFC 9110 section 10.1.5). Default: the name and version of this
    /// crate.
    pub fn user_agent(mut self, user_agent: &str) -> Self {
        user_agent.clone_into(&mut self.user_agent);
        self
    }

    /// Sends all requests through the HTTP proxy at this URL, which may contain a user name and a
    /// password. Default: no proxy; environment variables such as `HTTPS_PROXY` are ignored.
    pub fn proxy(mut self, url: impl Into<Secret>) -> Self {
        self.proxy = Some(url.into());
        self
    }

    /// Creates the transport for an API at this URL. No connection is opened yet.
    ///
    /// # Errors
    ///
    /// If a credential, a server URL, the user agent or the proxy is invalid, or TLS is needed and
    /// not available: see [`BuildError`]. No error contains their values.
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
            max_decoded_bytes: self.max_decoded_bytes.unwrap_or_else(|| {
                self.max_response_bytes
                    .saturating_mul(DECODED_BYTES_PER_BODY_BYTE)
            }),
            retry: self.retry,
            retry_budget: RetryBudget::new(),
            rejected_tokens: RejectedTokens::default(),
            clock: self.clock,
        }))
    }

    fn connections(&self, https: bool) -> Result<Connections, BuildError> {
        let client = |builder: ClientBuilder| builder.build().map_err(|_| BuildError::Client);
        let reusing = self.http(https)?.pool_idle_timeout(IDLE_TIMEOUT);
        let fresh = self.http(https)?.pool_max_idle_per_host(0);
        Ok(Connections::new(
            self.connection_reuse,
            client(reusing)?,
            client(fresh)?,
        ))
    }

    /// Sets every option explicitly, even if the value is the default of `reqwest`: these defaults
    /// change when another crate in the build enables features of `reqwest`.
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

/// Prints neither credentials nor the URL of the proxy.
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

/// Why a [`Transport`] could not be created. It contains no secret.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BuildError {
    /// The base URL, or the URL of another server, is invalid.
    BaseUrl(BaseUrlError),
    /// A credential is invalid.
    Credential {
        /// The name of its security scheme in the API document.
        scheme: String,
        /// Why it is invalid.
        reason: CredentialError,
    },
    /// The user agent is not a valid header value.
    UserAgent,
    /// The URL of the proxy is invalid.
    Proxy,
    /// A proxy is set, but the base URL is plain `http` on loopback: a proxy would send the request to
    /// another machine.
    PlainProxy,
    /// The base URL is `https`, but neither the feature `rustls` nor `native-tls` is enabled.
    NoTls,
    /// The HTTP client could not be created, for example because the certificates of the platform are
    /// missing.
    Client,
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BaseUrl(reason) => reason.fmt(f),
            Self::Credential { scheme, reason } => {
                write!(f, "the credential for {scheme:?} is invalid: {reason}")
            }
            Self::UserAgent => f.write_str("the user agent is not a valid header value"),
            Self::Proxy => f.write_str("the proxy URL is invalid"),
            Self::PlainProxy => f.write_str("a plain http base URL cannot be used with a proxy"),
            Self::NoTls => f.write_str("an https URL needs the feature `rustls` or `native-tls`"),
            Self::Client => f.write_str("the HTTP client could not be created"),
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
