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
//! - Every call ends: connecting is bounded, the whole call is bounded, the body is capped.
//! - Credentials are set on each request just before it is sent, never as default headers.
//! - `Debug` and `Display` print neither secrets nor text that the server sent.
//! - An error keeps the status, the headers and the body, whatever the body turned out to be.
//! - HTTP/1.1 only, and no proxy from the environment: neither depends on what other crates
//!   switch on in `reqwest`. A proxy is named by [`TransportBuilder::proxy`].
//!
//! One call is one attempt: nothing is repeated.
//!
//! # Features
//!
//! - `rustls` (default): TLS by rustls, with the platform's root certificates.
//! - `native-tls`: TLS by the platform's library.
//!
//! Without either, only base URLs on the loopback interface can be used.

pub mod encode;

mod base_url;
mod call;
mod credential;
mod error;
mod media_type;
mod operation;
mod options;
mod request_error;
mod response;
mod secret;
mod transport;
mod transport_builder;
mod transport_error;

pub use base_url::{BaseUrl, BaseUrlError};
pub use credential::{Credential, CredentialError};
pub use encode::{PathStyle, QueryStyle};
pub use error::{Error, Variant};
pub use operation::Operation;
pub use options::CallOptions;
pub use request_error::{PathFault, RequestError};
/// The HTTP client underneath, whose request and header types appear in this crate's signatures.
pub use reqwest;
pub use response::{BodyFailure, Content, Decode, Decoded, RawResponse, Response};
pub use secret::Secret;
pub use transport::Transport;
pub use transport_builder::{BuildError, TransportBuilder};
pub use transport_error::{TransportError, TransportErrorKind};

/// A future with its type erased, as `IntoFuture` of a request gives it.
pub type BoxFuture<T> = std::pin::Pin<Box<dyn Future<Output = T> + Send>>;
