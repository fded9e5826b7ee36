//! Shared parts of the black-box proofs.

pub mod clock;
pub mod control;
pub mod digest;
pub mod edits;
pub mod project;
pub mod server;
pub mod workspace;

/// Runs a future to its end, on this thread.
///
/// # Panics
///
/// If there is no runtime to be had.
pub fn block_on<F: Future>(future: F) -> F::Output {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime is built");
    runtime.block_on(future)
}

/// The README's examples, compiled as tests.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;

/// A secret and a token cannot be swapped.
///
/// ```compile_fail,E0308
/// use monite_client::types::{AccessToken, ClientSecret, RevokeTokenPayload};
///
/// let (id, secret, token) = ("".parse().unwrap(), ClientSecret::new("s"), AccessToken::new("t"));
/// RevokeTokenPayload::new(id, token, secret);
/// ```
///
/// What is required cannot be left out.
///
/// ```compile_fail,E0061
/// fn call(client: &monite_client::Client) {
///     client.revoke_token();
/// }
/// ```
///
/// A secret has no `Display`.
///
/// ```compile_fail,E0277
/// println!("{}", monite_client::types::AccessToken::new("t"));
/// ```
#[cfg(doctest)]
pub struct DoesNotCompile;
