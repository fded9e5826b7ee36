//! How each operation of the client is called, and what it makes of an answer.

use std::collections::BTreeMap;

use monite_client::runtime::reqwest::Request;
use monite_client::runtime::reqwest::header::HeaderMap;
use monite_client::runtime::{BoxFuture, CallOptions, Error, RequestError, Response, Variant};
use monite_client::types::{AccessToken, ClientCredentialsGrant, ClientSecret, RevokeTokenPayload};
use monite_client::{Client, access_tokens};

/// What a call came to.
pub(crate) struct Answer {
    /// The status, if one came.
    pub(crate) status: Option<u16>,
    /// `Success`, the declared error's variant, or what went wrong.
    pub(crate) variant: String,
    pub(crate) headers: HeaderMap,
}

/// An operation as this program can call it.
pub(crate) struct Call {
    pub(crate) send: fn(&Client, CallOptions) -> BoxFuture<Answer>,
    pub(crate) request: fn(&Client) -> Result<Request, RequestError>,
}

/// Every operation, by its id in the corrected document.
pub(crate) fn table() -> BTreeMap<&'static str, Call> {
    BTreeMap::from([
        (
            "create_token",
            Call {
                send: |client, options| {
                    let call = create(client).with(options);
                    Box::pin(async move { answer(call.send().await) })
                },
                request: |client| create(client).request(),
            },
        ),
        (
            "revoke_token",
            Call {
                send: |client, options| {
                    let call = revoke(client).with(options);
                    Box::pin(async move { answer(call.send().await) })
                },
                request: |client| revoke(client).request(),
            },
        ),
    ])
}

fn create(client: &Client) -> access_tokens::CreateToken {
    let secret = ClientSecret::new("a-secret");
    client.create_token(ClientCredentialsGrant::new(
        uuid::Uuid::from_u128(1),
        secret,
    ))
}

fn revoke(client: &Client) -> access_tokens::RevokeToken {
    let (secret, token) = (ClientSecret::new("a-secret"), AccessToken::new("a-token"));
    client.revoke_token(RevokeTokenPayload::new(
        uuid::Uuid::from_u128(1),
        secret,
        token,
    ))
}

fn answer<T, E: Variant>(result: Result<Response<T>, Error<E>>) -> Answer {
    match result {
        Ok(response) => Answer {
            status: Some(response.status().as_u16()),
            variant: "Success".to_owned(),
            headers: response.headers().clone(),
        },
        Err(error) => Answer {
            status: error.status().map(|status| status.as_u16()),
            variant: match error.api() {
                Some(api) => api.variant().to_owned(),
                None => error.to_string(),
            },
            headers: error.headers().cloned().unwrap_or_default(),
        },
    }
}
