// Copied from openapi/monite/examples/rotate.rs by `cargo xtask regenerate`. Do not edit.

//! Replaces an access token that is in use: makes a new one, hands it over, and only then revokes
//! the old one.
//!
//! ```sh
//! MONITE_CLIENT_ID=… MONITE_CLIENT_SECRET=… MONITE_TOKEN=… \
//!     cargo run --example rotate -- https://…
//! ```
//!
//! Without an argument it goes to Monite's sandbox.

use std::error::Error;
use std::time::Duration;

use monite_client::runtime::{CallOptions, RetryPolicy};
use monite_client::types::{AccessToken, ClientCredentialsGrant, ClientSecret, RevokeTokenPayload};
use monite_client::{Client, Environment};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let client_id = std::env::var("MONITE_CLIENT_ID")?.parse()?;
    let client_secret = ClientSecret::new(std::env::var("MONITE_CLIENT_SECRET")?);
    let old = AccessToken::new(std::env::var("MONITE_TOKEN")?);
    let environment = match std::env::args().nth(1) {
        Some(url) => Environment::custom(&url)?,
        None => Environment::Sandbox,
    };

    let issuer = Client::builder(environment.clone()).build()?;
    let grant = ClientCredentialsGrant::new(client_id, client_secret.clone());
    let created = issuer.create_token(grant).await?.into_body();
    println!(
        "A new token is valid for {} seconds: {:?}",
        created.expires_in, created.access_token
    );
    hand_over(&created.access_token);

    // Nobody uses the old token any more. There is time to be stubborn.
    let patient = CallOptions::new()
        .timeout(Duration::from_secs(120))
        .retry(RetryPolicy::new().retries(8));
    let client = Client::builder(environment)
        .bearer_token(created.access_token)
        .build()?;
    let payload = RevokeTokenPayload::new(client_id, client_secret, old);
    client.revoke_token(payload).with(patient).await?;
    println!("The old token is revoked.");
    Ok(())
}

/// Stands for what a service does with its new token, such as writing it to a vault.
fn hand_over(token: &AccessToken) {
    let length = token.expose_secret().len();
    println!("It is handed over: {length} characters that are not printed.");
}
