// Generated from openapi/monite/openapi.yaml by `cargo xtask regenerate`. Do not edit.

//! The client, its builder and its environments.

use openapi_client_runtime as runtime;

/// The server that requests are sent to. There is no default.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Environment {
    /// For development and tests, with data and credentials of its own
    ///
    /// `https://api.sandbox.monite.com/v1`
    Sandbox,
    /// Production for customers in Europe and everywhere but North America
    ///
    /// `https://api.monite.com/v1`
    Europe,
    /// Production for customers in North America
    ///
    /// `https://us.api.monite.com/v1`
    NorthAmerica,
    /// Any other server, for example a test server or a gateway.
    Custom(runtime::BaseUrl),
}

impl Environment {
    /// Creates an environment from a base URL, for example `http://127.0.0.1:8080/v1`.
    ///
    /// # Errors
    ///
    /// If the URL is invalid, is not `https` (plain `http` is allowed on loopback), or
    /// contains credentials, a query or a fragment.
    pub fn custom(url: &str) -> Result<Self, runtime::BuildError> {
        Ok(Self::Custom(runtime::BaseUrl::parse(url)?))
    }

    fn base_url(&self) -> Result<runtime::BaseUrl, runtime::BaseUrlError> {
        match self {
            Self::Sandbox => runtime::BaseUrl::parse("https://api.sandbox.monite.com/v1"),
            Self::Europe => runtime::BaseUrl::parse("https://api.monite.com/v1"),
            Self::NorthAmerica => runtime::BaseUrl::parse("https://us.api.monite.com/v1"),
            Self::Custom(url) => Ok(url.clone()),
        }
    }
}

/// The API client. It is cheap to clone and can be shared between threads.
///
/// `Debug` prints the base URL and never a credential.
#[derive(Clone, Debug)]
pub struct Client {
    transport: runtime::Transport,
    pub(crate) headers: Headers,
}

impl Client {
    /// Creates a builder for a client of this environment.
    pub fn builder(environment: Environment) -> ClientBuilder {
        ClientBuilder::new(environment)
    }

    /// Returns the transport: the connection pool, the limits and the credentials.
    pub fn transport(&self) -> &runtime::Transport {
        &self.transport
    }
}

/// The headers that are set once per client.
#[derive(Clone, Debug, Default)]
pub(crate) struct Headers {
    monite_version: Option<chrono::NaiveDate>,
}

impl Headers {
    pub(crate) fn monite_version<'a>(
        &'a self,
        value: Option<&'a chrono::NaiveDate>,
    ) -> runtime::encode::OrDefault<'a, chrono::NaiveDate> {
        runtime::encode::OrDefault::new(
            value.or(self.monite_version.as_ref()),
            "2024-05-25",
        )
    }
}

/// Builds a [`Client`].
#[derive(Clone, Debug)]
#[must_use = "a builder does nothing until it is built"]
pub struct ClientBuilder {
    environment: Environment,
    transport: runtime::TransportBuilder,
    headers: Headers,
}

impl ClientBuilder {
    fn new(environment: Environment) -> Self {
        let user_agent = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));
        let transport = runtime::TransportBuilder::new().user_agent(user_agent);
        Self {
            environment,
            transport,
            headers: Headers::default(),
        }
    }

    /// Sets the bearer token (RFC 6750), for operations that need `HTTPBearer`.
    ///
    /// The access token of the partner or of one of its users.
    pub fn bearer_token(mut self, token: impl Into<runtime::Secret>) -> Self {
        self.transport = self
            .transport
            .credential("HTTPBearer", runtime::Credential::bearer(token));
        self
    }

    /// Same as [`Self::bearer_token`], but the token comes from a source: it is obtained when it is first needed and replaced when the server rejects it.
    pub fn bearer_token_from(mut self, source: impl runtime::TokenSource) -> Self {
        let credential = runtime::Credential::bearer_from(source);
        self.transport = self.transport.credential("HTTPBearer", credential);
        self
    }

    /// Sets the header `x-monite-version` of every request. Default: `2024-05-25`.
    ///
    /// The version of the API that the request is written for.
    pub fn monite_version(mut self, monite_version: chrono::NaiveDate) -> Self {
        self.headers.monite_version = Some(monite_version);
        self
    }

    /// Sets the timeout of a whole call: all attempts and the waits between them. Default:
    /// 30 seconds.
    pub fn timeout(mut self, timeout: std::time::Duration) -> Self {
        self.transport = self.transport.timeout(timeout);
        self
    }

    /// Sets the timeout of each attempt that can still be retried. Default: 10 seconds.
    pub fn attempt_timeout(mut self, timeout: std::time::Duration) -> Self {
        self.transport = self.transport.attempt_timeout(timeout);
        self
    }

    /// Sets how often a call is retried. Default: up to two retries, where that is safe.
    pub fn retry(mut self, policy: runtime::RetryPolicy) -> Self {
        self.transport = self.transport.retry(policy);
        self
    }

    /// Replaces the clock and the random source, so that tests need not wait.
    pub fn clock(mut self, clock: impl runtime::Clock) -> Self {
        self.transport = self.transport.clock(clock);
        self
    }

    /// Sets the timeout for connecting, TLS included. Default: 5 seconds.
    pub fn connect_timeout(mut self, timeout: std::time::Duration) -> Self {
        self.transport = self.transport.connect_timeout(timeout);
        self
    }

    /// Sets the maximum size of a response body, in bytes. Default: 16 MiB.
    pub fn max_response_bytes(mut self, bytes: usize) -> Self {
        self.transport = self.transport.max_response_bytes(bytes);
        self
    }

    /// Sets the maximum memory for the decoded values of one response, in bytes. Default:
    /// sixteen times the maximum body size.
    pub fn max_decoded_bytes(mut self, bytes: usize) -> Self {
        self.transport = self.transport.max_decoded_bytes(bytes);
        self
    }

    /// Sets which operations may reuse an open connection. Default: only operations that read
    /// (GET, HEAD, OPTIONS, TRACE).
    pub fn connection_reuse(mut self, reuse: runtime::ConnectionReuse) -> Self {
        self.transport = self.transport.connection_reuse(reuse);
        self
    }

    /// Sets the `User-Agent` header. Default: this crate's name and version.
    pub fn user_agent(mut self, user_agent: &str) -> Self {
        self.transport = self.transport.user_agent(user_agent);
        self
    }

    /// Sends all requests through the HTTP proxy at this URL. Default: no proxy; environment
    /// variables such as `HTTPS_PROXY` are ignored.
    pub fn proxy(mut self, url: impl Into<runtime::Secret>) -> Self {
        self.transport = self.transport.proxy(url);
        self
    }

    /// Creates the client. No request is sent.
    ///
    /// # Errors
    ///
    /// If a setting is invalid or TLS cannot be set up.
    pub fn build(self) -> Result<Client, runtime::BuildError> {
        let transport = self.transport.build(self.environment.base_url()?)?;
        Ok(Client {
            transport,
            headers: self.headers,
        })
    }
}
