//! `cargo xtask demo`: the long way round. A token is made, used, revoked, and then refused.

use std::error::Error;
use std::process::ExitCode;

use monite_client::access_tokens::RevokeTokenError;
use monite_client::types::{AccessToken, ClientCredentialsGrant, ClientSecret, RevokeTokenPayload};
use monite_client::{Client, Environment};
use sandbox::Sandbox;

fn say(verb: &str, text: &str) {
    println!("{verb:>12} {text}");
}

fn main() -> ExitCode {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let shown = match runtime {
        Ok(runtime) => runtime.block_on(show()),
        Err(error) => Err(error.into()),
    };
    match shown {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{:>12} {error}", "problem:");
            ExitCode::from(101)
        }
    }
}

async fn show() -> Result<(), Box<dyn Error>> {
    let sandbox = Sandbox::start();
    say("Sandbox", "follows the stored document, on loopback");
    let id = sandbox.client_id();
    let secret = || ClientSecret::new(sandbox.client_secret());
    let environment = Environment::custom(&sandbox.url())?;
    let issuer = Client::builder(environment.clone()).build()?;

    let leaked = create(&issuer, id, secret()).await?;
    let own = create(&issuer, id, secret()).await?;
    let with = |token: &AccessToken| {
        let builder = Client::builder(environment.clone());
        builder.bearer_token(token.clone()).build()
    };

    // A token is used by calling with it, here to revoke another one.
    let spare = create(&issuer, id, secret()).await?;
    with(&leaked)?
        .revoke_token(RevokeTokenPayload::new(id, secret(), spare))
        .await?;
    say("Used", "the leaked token works: it revoked another one");

    let revoking = with(&own)?;
    let payload = RevokeTokenPayload::new(id, secret(), leaked.clone());
    let answer = revoking.revoke_token(payload.clone()).await?;
    say("Revoked", &format!("the leaked token: {}", answer.message));
    if let Some(remaining) = answer.rate_limit().and_then(|limit| limit.remaining) {
        say(
            "Limit",
            &format!("{remaining} requests are left in this second"),
        );
    }
    revoking.revoke_token(payload.clone()).await?;
    say("Revoked", "again, which is as good (RFC 7009 section 2.2)");

    let refused = with(&leaked)?.revoke_token(payload).await;
    match refused {
        Err(error) if matches!(error.api(), Some(RevokeTokenError::Unauthorized(_))) => {
            say("Refused", &error.to_string());
            Ok(())
        }
        Err(error) => Err(error.into()),
        Ok(_) => Err("the revoked token still works".into()),
    }
}

async fn create(
    issuer: &Client,
    id: uuid::Uuid,
    secret: ClientSecret,
) -> Result<AccessToken, Box<dyn Error>> {
    let grant = ClientCredentialsGrant::new(id, secret);
    let created = issuer.create_token(grant).await?.into_body();
    let (token, seconds) = (created.access_token, created.expires_in);
    say(
        "Created",
        &format!("{token:?}, valid for {seconds} seconds"),
    );
    Ok(token)
}
