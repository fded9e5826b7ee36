//! The call by the generated client, as its README shows it.

use std::error::Error;

use monite_client::runtime::ConnectionReuse;
use monite_client::types::{AccessToken, ClientSecret, RevokeTokenPayload};
use monite_client::{Client, Environment};

use crate::case;

/// Revokes a token that many times; the message of the last answer.
pub(crate) async fn calls(base_url: &str, calls: u32) -> Result<String, Box<dyn Error>> {
    let client = Client::builder(Environment::custom(base_url)?)
        .bearer_token(case::BEARER)
        .user_agent(case::USER_AGENT)
        // As the call by hand does; by default what is not only read has a new connection.
        .connection_reuse(ConnectionReuse::Always)
        .build()?;
    let mut message = String::new();
    for _ in 0..calls {
        message = revoke_token(&client, case::CLIENT_SECRET, case::TOKEN).await?;
    }
    Ok(message)
}

async fn revoke_token(
    client: &Client,
    secret: &str,
    token: &str,
) -> Result<String, Box<dyn Error>> {
    let (secret, token) = (ClientSecret::new(secret), AccessToken::new(token));
    let payload = RevokeTokenPayload::new(case::CLIENT_ID, secret, token);
    let answer = client.revoke_token(payload).await?;
    Ok(answer.into_body().message)
}
