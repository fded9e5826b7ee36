//! The same call written by hand with `reqwest`, as a careful author would: with the client
//! settings that the generated client has, a timeout, and a look at the status and the media type
//! before the body is decoded. It repeats nothing, caps nothing, and keeps nothing of an answer.

use std::error::Error;
use std::time::Duration;

use reqwest::StatusCode;
use reqwest::header::{ACCEPT, CONTENT_TYPE};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::case;

const TIMEOUT: Duration = Duration::from_secs(10);

struct Client {
    http: reqwest::Client,
    base_url: String,
    bearer: String,
}

#[derive(Serialize)]
struct RevokeToken<'a> {
    client_id: Uuid,
    client_secret: &'a str,
    token: &'a str,
}

#[derive(Deserialize)]
struct Message {
    message: String,
}

/// Revokes a token that many times; the message of the last answer.
pub(crate) async fn calls(base_url: &str, calls: u32) -> Result<String, Box<dyn Error>> {
    let client = Client {
        http: http()?,
        base_url: base_url.to_owned(),
        bearer: case::BEARER.to_owned(),
    };
    let mut message = String::new();
    for _ in 0..calls {
        message = revoke_token(&client, case::CLIENT_SECRET, case::TOKEN).await?;
    }
    Ok(message)
}

async fn revoke_token(
    client: &Client,
    client_secret: &str,
    token: &str,
) -> Result<String, Box<dyn Error>> {
    let payload = RevokeToken {
        client_id: case::CLIENT_ID,
        client_secret,
        token,
    };
    let response = client
        .http
        .post(format!("{}/auth/revoke", client.base_url))
        .timeout(TIMEOUT)
        .header(ACCEPT, "application/json")
        .header("x-monite-version", "2024-05-25")
        .bearer_auth(&client.bearer) // which marks it sensitive
        .json(&payload)
        .send()
        .await?;
    if response.status() != StatusCode::OK {
        return Err(format!("the server answered {}", response.status()).into());
    }
    let media_type = response.headers().get(CONTENT_TYPE);
    let media_type = media_type.and_then(|value| value.to_str().ok());
    let essence = media_type.and_then(|value| value.split(';').next());
    if !essence.is_some_and(|name| name.trim().eq_ignore_ascii_case("application/json")) {
        return Err("the answer is not JSON".into());
    }
    let body = response.bytes().await?;
    let answer: Message = serde_json::from_slice(&body)?;
    Ok(answer.message)
}

/// The settings of the runtime's transport.
fn http() -> reqwest::Result<reqwest::Client> {
    reqwest::Client::builder()
        .user_agent(case::USER_AGENT)
        .connect_timeout(Duration::from_secs(10))
        .redirect(reqwest::redirect::Policy::none())
        .referer(false)
        .retry(reqwest::retry::never())
        .http1_only()
        .no_gzip()
        .no_brotli()
        .no_zstd()
        .no_deflate()
        .no_proxy()
        .build()
}
