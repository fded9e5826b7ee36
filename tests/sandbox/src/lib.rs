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
//! Paths, methods, required headers, security and bodies are taken from the document, and every
//! request is checked against them. What creating and revoking a token do is written here: tokens
//! are issued, expire, are revoked and refused; requests are counted. It does not imitate anything
//! else, and its wording is its own.
//!
//! It can be told to misbehave in the ways that networks and proxies do: see [`Misbehaviour`].

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
