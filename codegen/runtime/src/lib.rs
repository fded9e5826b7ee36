//! The runtime of generated OpenAPI clients.
//!
//! A generated client describes an API; this crate implements HTTP. It sends requests, decodes
//! responses and reports errors.
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
//! The defaults are safe:
//!
//! - The base URL is `https`, unless its host is loopback.
//! - Redirects are not followed and no `Referer` is sent, so credentials are sent to one origin only.
//! - Every call ends: connecting and the whole call have a timeout; the size of the body and the memory
//!   of its values are limited.
//! - Credentials are added to each request just before it is sent, never as default headers.
//! - `Debug` and `Display` print neither secrets nor text from the server.
//! - An error keeps the status, the headers and the body, even if the body cannot be decoded.
//! - Requests use HTTP/1.1 and no proxy from the environment. Other crates that enable features of
//!   `reqwest` do not change that. [`TransportBuilder::proxy`] sets a proxy.
//! - A request is retried only if that is safe: see [`RetryPolicy`]. The timeout includes all retries.
//! - A request that changes something opens its own connection, so that the response to another request
//!   cannot confirm it: see [`ConnectionReuse`].
//! - After a failure, [`Error::outcome`] returns whether the call may have taken effect.
//!
//! # Features
//!
//! - `rustls` (default): TLS by rustls, with the root certificates of the platform.
//! - `native-tls`: TLS by the library of the platform.
//! - `tracing`: a span for each attempt, with OpenTelemetry's names for HTTP.
//! - `chrono`, `uuid`: dates and UUIDs in unions. Generated clients enable them as needed.
//!
//! Without a TLS feature only base URLs on loopback can be used.

pub mod encode;
pub mod json;

mod attempt;
mod attempt_loop;
mod base_url;
mod cached_token;
mod call;
mod clock;
mod connections;
mod credential;
mod decode_budget;
mod download;
mod error;
mod future;
mod media_type;
mod metered_json;
mod multipart;
mod operation;
mod options;
mod outcome;
mod rate_limit;
mod read_body;
mod rejected_tokens;
mod request_error;
mod response;
mod retry;
mod retry_after;
mod retry_budget;
mod secret;
mod telemetry;
mod time_limit;
mod token_error;
mod token_source;
mod transport;
mod transport_builder;
mod transport_error;
mod upload;
mod url_syntax;

pub use base_url::{BaseUrl, BaseUrlError};
pub use cached_token::CachedToken;
pub use clock::{Clock, SystemClock};
pub use connections::ConnectionReuse;
pub use credential::{Credential, CredentialError};
pub use download::Download;
pub use encode::{PathStyle, QueryStyle};
pub use error::{Error, ErrorVariant};
pub use future::BoxFuture;
pub use multipart::Multipart;
pub use operation::Operation;
pub use options::CallOptions;
pub use outcome::{Attempts, NotApplied, Outcome, Unknown};
pub use rate_limit::{RateLimit, Reset};
pub use request_error::{PathFault, RequestError};
/// The HTTP client, whose request and header types are part of the API of this crate.
pub use reqwest;
pub use response::{BodyFailure, Decode, Decoded, ParsedBody, RawResponse, Response};
pub use retry::RetryPolicy;
pub use secret::Secret;
pub use token_error::TokenError;
pub use token_source::{IssuedToken, TokenSource};
pub use transport::{RevocationGuard, Transport};
pub use transport_builder::{BuildError, TransportBuilder};
pub use transport_error::{TransportError, TransportErrorKind};
pub use upload::{File, Upload};
