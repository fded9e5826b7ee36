// Generated from openapi/monite/openapi.yaml by `cargo xtask regenerate`. Do not edit.

//! The client, its builder and its environments.

use openapi_client_runtime as runtime;

/// Where requests go. There is no default: which one is meant must be said.
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
    /// A server of your own choice, for tests or behind a gateway.
    Custom(runtime::BaseUrl),
}

impl Environment {
    /// A server by its base URL, such as `http://127.0.0.1:8080/v1`.
    ///
    /// # Errors
    ///
    /// If the URL is none, is not `https` (loopback excepted), or has user information, a
    /// query or a fragment.
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

/// The client: cheap to clone, safe to share between threads.
///
/// `Debug` shows where it sends to and never a credential.
#[derive(Clone, Debug)]
pub struct Client {
    transport: runtime::Transport,
    pub(crate) headers: Headers,
}

impl Client {
    /// Starts a client for an environment.
    pub fn builder(environment: Environment) -> ClientBuilder {
        ClientBuilder::new(environment)
    }

    /// What carries the requests: connection pool, limits, credentials.
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

/// Collects what a [`Client`] is made of.
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

    /// As [`Self::bearer_token`], with a token that is obtained when it is needed, and anew when the server refuses it.
    pub fn bearer_token_from(mut self, source: impl runtime::TokenSource) -> Self {
        let credential = runtime::Credential::bearer_from(source);
        self.transport = self.transport.credential("HTTPBearer", credential);
        self
    }

    /// Sets the header `x-monite-version` of every request. Unless set, `2024-05-25` is sent.
    ///
    /// The version of the API that the request is written for.
    pub fn monite_version(mut self, monite_version: chrono::NaiveDate) -> Self {
        self.headers.monite_version = Some(monite_version);
        self
    }

    /// Limits a whole call: its attempts, and the waits between them. 30 seconds unless set.
    pub fn timeout(mut self, timeout: std::time::Duration) -> Self {
        self.transport = self.transport.timeout(timeout);
        self
    }

    /// Limits an attempt that another one may follow. 10 seconds unless set.
    pub fn attempt_timeout(mut self, timeout: std::time::Duration) -> Self {
        self.transport = self.transport.attempt_timeout(timeout);
        self
    }

    /// Sets how often a call is repeated where that is safe.
    pub fn retry(mut self, policy: runtime::RetryPolicy) -> Self {
        self.transport = self.transport.retry(policy);
        self
    }

    /// Replaces time and chance, for tests that do not wait.
    pub fn clock(mut self, clock: impl runtime::Clock) -> Self {
        self.transport = self.transport.clock(clock);
        self
    }

    /// Limits connecting, TLS included. 5 seconds unless set.
    pub fn connect_timeout(mut self, timeout: std::time::Duration) -> Self {
        self.transport = self.transport.connect_timeout(timeout);
        self
    }

    /// Limits a response's body, in bytes. 16 MiB unless set.
    pub fn max_response_bytes(mut self, bytes: usize) -> Self {
        self.transport = self.transport.max_response_bytes(bytes);
        self
    }

    /// Limits the memory that a response's values take, in bytes. Sixteen times the largest
    /// body unless set.
    pub fn max_decoded_bytes(mut self, bytes: usize) -> Self {
        self.transport = self.transport.max_decoded_bytes(bytes);
        self
    }

    /// Sets which operations may go over a connection that an earlier call has left open.
    /// Only those that read unless set.
    pub fn connection_reuse(mut self, reuse: runtime::ConnectionReuse) -> Self {
        self.transport = self.transport.connection_reuse(reuse);
        self
    }

    /// Replaces the `User-Agent`.
    pub fn user_agent(mut self, user_agent: &str) -> Self {
        self.transport = self.transport.user_agent(user_agent);
        self
    }

    /// Sends through a proxy. The environment's proxy variables are not read.
    pub fn proxy(mut self, url: impl Into<runtime::Secret>) -> Self {
        self.transport = self.transport.proxy(url);
        self
    }

    /// Makes the client. Nothing is sent.
    ///
    /// # Errors
    ///
    /// If a setting is unusable or TLS cannot be set up.
    pub fn build(self) -> Result<Client, runtime::BuildError> {
        let transport = self.transport.build(self.environment.base_url()?)?;
        Ok(Client {
            transport,
            headers: self.headers,
        })
    }
}
