//! Tests code that uses the client, against a server that follows the API's document and can be
//! told to misbehave.
//!
//! ```sh
//! cargo run --example testing
//! ```

use std::error::Error;

use monite_client::runtime::{CallOptions, Outcome, RetryPolicy};
use monite_client::types::{AccessToken, ClientCredentialsGrant, ClientSecret, RevokeTokenPayload};
use monite_client::{Client, Environment};
use sandbox::{Effect, Misbehaviour, Sandbox};

/// The code under test: answers a leak, and says whether the token is surely dead.
async fn answer_a_leak(client: &Client, payload: RevokeTokenPayload) -> bool {
    client.revoke_token(payload).await.is_ok()
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let sandbox = Sandbox::start();
    let environment = Environment::custom(&sandbox.url())?;
    let secret = ClientSecret::new(sandbox.client_secret());
    let grant = ClientCredentialsGrant::new(sandbox.client_id(), secret.clone());

    let issuer = Client::builder(environment.clone()).build()?;
    let own = issuer.create_token(grant.clone()).await?.into_body();
    let leaked = issuer.create_token(grant).await?.into_body();
    let client = Client::builder(environment)
        .bearer_token(own.access_token)
        .build()?;
    let payload =
        |token: AccessToken| RevokeTokenPayload::new(sandbox.client_id(), secret.clone(), token);

    // Something between client and server answers in its place.
    sandbox.misbehave(Misbehaviour::Html, Effect::None);
    let first = client.revoke_token(payload(leaked.access_token.clone()));
    let error = match first.await {
        Ok(_) => return Err("a page is no confirmation".into()),
        Err(error) => error,
    };
    println!("A page of a proxy confirms nothing: {error}");
    if matches!(error.outcome(), Outcome::NotApplied(_)) {
        return Err("nobody can know that".into());
    }

    // The connection is reset after the token was revoked; the client asks again by itself.
    sandbox.misbehave(Misbehaviour::Reset, Effect::Applied);
    if !answer_a_leak(&client, payload(leaked.access_token.clone())).await {
        return Err("it was repeated, and confirmed".into());
    }
    if sandbox.is_live(leaked.access_token.expose_secret()) {
        return Err("the sandbox knows that it is revoked".into());
    }
    println!("A reset connection is survived.");

    // Without repetition the same is an error, whose outcome is unknown.
    sandbox.misbehave(Misbehaviour::Reset, Effect::Applied);
    let once = CallOptions::new().retry(RetryPolicy::none());
    let call = client.revoke_token(payload(leaked.access_token)).with(once);
    match call.await {
        Ok(_) => Err("nobody answered".into()),
        Err(error) => {
            println!("Without repetition it is not: {error}");
            Ok(())
        }
    }
}
