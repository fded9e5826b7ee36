// Copied from openapi/monite/examples/revoke.rs by `cargo xtask regenerate`. Do not edit.

//! Revokes an access token at once, for the hour after a leak.
//!
//! ```sh
//! MONITE_CLIENT_ID=… MONITE_CLIENT_SECRET=… MONITE_TOKEN=… \
//!     cargo run --example revoke -- sandbox
//! ```
//!
//! The argument is the environment: `sandbox`, `europe`, `north-america`, or a URL on loopback.

use std::error::Error;
use std::process::ExitCode;

use monite_client::runtime::Outcome;
use monite_client::types::{AccessToken, ClientCredentialsGrant, ClientSecret, RevokeTokenPayload};
use monite_client::{Client, Environment};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<ExitCode, Box<dyn Error>> {
    let client_id = std::env::var("MONITE_CLIENT_ID")?.parse()?;
    let client_secret = ClientSecret::new(std::env::var("MONITE_CLIENT_SECRET")?);
    let leaked = AccessToken::new(std::env::var("MONITE_TOKEN")?);
    let environment = environment(std::env::args().nth(1).as_deref())?;

    // Revoking needs a token of its own. One is made when it is needed.
    let issuer = Client::builder(environment.clone()).build()?;
    let grant = ClientCredentialsGrant::new(client_id, client_secret.clone());
    let client = Client::builder(environment)
        .bearer_token_from(issuer.token_source(grant))
        .build()?;

    let payload = RevokeTokenPayload::new(client_id, client_secret, leaked);
    let Err(error) = client.revoke_token(payload).await else {
        println!("The token is revoked.");
        return Ok(ExitCode::SUCCESS);
    };
    // The error shows no secret, so it may be logged as it is.
    println!("{error}");
    match error.outcome() {
        Outcome::NotApplied(_) => println!("The token is live. Mend the cause and try again."),
        Outcome::Unknown(_) => println!("Take the token as live, and try again."),
    }
    Ok(ExitCode::FAILURE)
}

fn environment(name: Option<&str>) -> Result<Environment, Box<dyn Error>> {
    Ok(match name {
        Some("sandbox") => Environment::Sandbox,
        Some("europe") => Environment::Europe,
        Some("north-america") => Environment::NorthAmerica,
        Some(url) => Environment::custom(url)?,
        None => return Err("name an environment: sandbox, europe or north-america".into()),
    })
}
