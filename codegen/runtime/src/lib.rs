//! The hand-written part of generated OpenAPI clients.
//!
//! A generated client knows an API; this crate knows HTTP. It sends one request, reads one
//! response and says what happened. It knows nothing about any API.
//!
//! ```
//! use openapi_client_runtime::{BaseUrl, Credential, TransportBuilder};
//!
//! let transport = TransportBuilder::new()
//!     .credential("HTTPBearer", Credential::bearer("a secret"))
//!     .build(BaseUrl::parse("https://api.example.com/v1")?)?;
//! assert_eq!(transport.base_url().as_str(), "https://api.example.com/v1");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The safe choice is the default one:
//!
//! - The base URL is `https`, unless its host is the loopback interface.
//! - Redirects are not followed, and no `Referer` is sent: a credential goes to one origin.
//! - Every call ends: connecting is bounded, the whole call is bounded, the body is capped, and so
//!   is the memory that its values take.
//! - Credentials are set on each request just before it is sent, never as default headers.
//! - `Debug` and `Display` print neither secrets nor text that the server sent.
//! - An error keeps the status, the headers and the body, whatever the body turned out to be.
//! - HTTP/1.1 only, and no proxy from the environment: neither depends on what other crates
//!   switch on in `reqwest`. A proxy is named by [`TransportBuilder::proxy`].
//!
//! - A request is sent again only where that is safe: see [`RetryPolicy`]. One deadline holds for
//!   the whole call.
//! - What is not only read goes over a connection of its own, so that no answer to another request
//!   can confirm it: see [`ConnectionReuse`].
//! - After every failure [`Error::outcome`] tells whether the server may have done what was asked.
//!
//! # Features
//!
//! - `rustls` (default): TLS by rustls, with the platform's root certificates.
//! - `native-tls`: TLS by the platform's library.
//!
//! - `tracing`: a span for each attempt, by OpenTelemetry's names for HTTP.
//!
//! Without a TLS feature only base URLs on the loopback interface can be used.

pub mod encode;
pub mod json;

mod base_url;
mod call;
mod clock;
mod connections;
mod credential;
mod decode_budget;
mod download;
mod error;
mod media_type;
mod metered;
mod multipart;
mod operation;
mod options;
mod outcome;
mod rate_limit;
mod reading;
mod refused_tokens;
mod request_error;
mod response;
mod retry;
mod retry_after;
mod secret;
mod telemetry;
mod token;
mod transport;
mod transport_builder;
mod transport_error;
mod upload;

pub use base_url::{BaseUrl, BaseUrlError};
pub use clock::{Clock, SystemClock};
pub use connections::ConnectionReuse;
pub use credential::{Credential, CredentialError};
pub use download::Download;
pub use encode::{PathStyle, QueryStyle};
pub use error::{Error, Variant};
pub use multipart::Multipart;
pub use operation::Operation;
pub use options::CallOptions;
pub use outcome::{Attempts, NotApplied, Outcome, Unknown};
pub use rate_limit::{RateLimit, Reset};
pub use request_error::{PathFault, RequestError};
/// The HTTP client underneath, whose request and header types appear in this crate's signatures.
pub use reqwest;
pub use response::{BodyFailure, Content, Decode, Decoded, RawResponse, Response};
pub use retry::RetryPolicy;
pub use secret::Secret;
pub use token::{CachedToken, IssuedToken, TokenError, TokenSource};
pub use transport::{Revoking, Transport};
pub use transport_builder::{BuildError, TransportBuilder};
pub use transport_error::{TransportError, TransportErrorKind};
pub use upload::{File, Upload};

/// A future with its type erased, as `IntoFuture` of a request gives it.
pub type BoxFuture<T> = std::pin::Pin<Box<dyn Future<Output = T> + Send>>;
