//! A server on loopback that follows the stored document of Monite's API and keeps state: for
//! tests of the client, and of programs that use it.
//!
//! ```
//! use monite_client::types::{ClientCredentialsGrant, ClientSecret};
//! use monite_client::{Client, Environment};
//! use sandbox::Sandbox;
//!
//! let sandbox = Sandbox::start();
//! let client = Client::builder(Environment::custom(&sandbox.url())?).build()?;
//! let secret = ClientSecret::new(sandbox.client_secret());
//! let call = client.create_token(ClientCredentialsGrant::new(sandbox.client_id(), secret));
//! # let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
//! # runtime.block_on(async move {
//! let token = call.await?.into_body();
//! assert_eq!(token.expires_in, 86400);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! # })?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Paths, methods, required headers, security and JSON bodies are taken from the document, and
//! every request is checked against them. What creating and revoking a token do is written here:
//! tokens are issued, expire, are revoked and refused; requests are counted. It does not imitate
//! anything else: one client is known, entities and users are not, other operations of the
//! document are checked and then answered with 501, and its wording is its own.
//!
//! It needs no runtime of its user: it has a thread of its own, and stops when it is dropped. It
//! speaks HTTP/1.1, and closes each connection after one request.
//!
//! No test has to sleep. Tokens and limits go by a clock that can be moved by hand:
//!
//! ```
//! use std::sync::Arc;
//! use std::sync::atomic::{AtomicU64, Ordering};
//! use std::time::{Duration, SystemTime};
//!
//! use sandbox::Sandbox;
//!
//! let seconds = Arc::new(AtomicU64::new(1_800_000_000));
//! let clock = Arc::clone(&seconds);
//! let now = move || SystemTime::UNIX_EPOCH + Duration::from_secs(clock.load(Ordering::Relaxed));
//! let builder = Sandbox::builder().token_lifetime(Duration::from_secs(60));
//! let sandbox = builder.requests_per_second(2).clock(now).start()?;
//! seconds.fetch_add(61, Ordering::Relaxed); // what was issued before is expired now
//! # assert!(!sandbox.is_live("never issued"));
//! # Ok::<(), std::io::Error>(())
//! ```
//!
//! It can be told to misbehave in the ways that networks and proxies do. Each [`Misbehaviour`]
//! that is asked for meets one request, which had its [`Effect`] before or had none; for a matrix
//! of faults there is [`Misbehaviour::ALL`].
//!
//! ```
//! use sandbox::{Effect, Misbehaviour, Sandbox};
//!
//! let sandbox = Sandbox::start();
//! // The next token is revoked in truth, and the answer is lost.
//! sandbox.misbehave(Misbehaviour::Reset, Effect::Applied);
//! # assert!(sandbox.requests().is_empty());
//! ```

mod bucket;
mod document;
mod faults;
mod loc;
mod routes;
mod server;
mod state;

pub use document::corrected;
pub use faults::{Effect, Misbehaviour};
pub use server::{Builder, Recorded, Sandbox};
