//! What the proofs of the client have in common: its secrets, its payload, a runtime.

use std::future::Future;

use monite_client::runtime::RetryPolicy;
use monite_client::types::{AccessToken, ClientSecret, RevokeTokenPayload};
use monite_client::{Client, ClientBuilder, Environment};

/// Texts that must never be printed.
pub const CANARIES: [&str; 3] = ["canary-client-secret", "canary-token", "canary-bearer"];

/// A payload that holds two of them.
pub fn payload() -> RevokeTokenPayload {
    let client_id = "6cea7b4e-1d5f-4a8b-9d5c-0c5a2f1f3b6d"
        .parse()
        .expect("it is a UUID");
    RevokeTokenPayload::new(
        client_id,
        ClientSecret::new("canary-client-secret"),
        AccessToken::new("canary-token"),
    )
}

/// A builder that holds the third. One answer is one result: nothing is repeated.
pub fn builder(url: &str) -> ClientBuilder {
    let environment = Environment::custom(url).expect("loopback may be plain HTTP");
    let builder = Client::builder(environment).retry(RetryPolicy::none());
    builder.bearer_token("canary-bearer")
}

/// A client for a server on loopback.
pub fn client(url: &str) -> Client {
    builder(url).build().expect("the client is built")
}

/// Runs a future to its end. It is `Send` and owns all it needs, or this does not compile.
pub fn run<F>(future: F) -> F::Output
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    tests::block_on(future)
}
