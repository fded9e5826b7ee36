//! How each operation of the client is called, and what it makes of an answer.

use std::collections::BTreeMap;

use monite_client::Client;
use monite_client::access_tokens::{CreateToken, CreateTokenError, RevokeToken, RevokeTokenError};
use monite_client::runtime::reqwest::Request;
use monite_client::runtime::reqwest::header::HeaderMap;
use monite_client::runtime::{BoxFuture, CallOptions, Error, ErrorVariant, RequestError, Response};
use monite_client::types::{AccessToken, ClientCredentialsGrant, ClientSecret, RevokeTokenPayload};

/// What a call came to.
pub(crate) struct Answer {
    /// The status, if one came.
    pub(crate) status: Option<u16>,
    pub(crate) meaning: Meaning,
    pub(crate) headers: HeaderMap,
}

/// What the client takes an answer for.
#[derive(Debug, PartialEq)]
pub(crate) enum Meaning {
    Success,
    /// The variant of a declared error, by the status that it stands for.
    Declared(u16),
    /// Anything else, in words.
    Other(String),
}

/// An operation as this program can call it. Its request has what is required, and nothing else.
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
                    Box::pin(async move { answer(call.send().await, of_create) })
                },
                request: |client| create(client).request(),
            },
        ),
        (
            "revoke_token",
            Call {
                send: |client, options| {
                    let call = revoke(client).with(options);
                    Box::pin(async move { answer(call.send().await, of_revoke) })
                },
                request: |client| revoke(client).request(),
            },
        ),
    ])
}

// Which status a variant stands for is said here once more, by hand: a client whose decoding
// confuses two errors of one type could not be told from a right one otherwise.

fn of_create(error: &CreateTokenError) -> Option<u16> {
    match error {
        CreateTokenError::BadRequest(_) => Some(400),
        CreateTokenError::Unauthorized(_) => Some(401),
        CreateTokenError::UnprocessableContent(_) => Some(422),
        CreateTokenError::TooManyRequests(_) => Some(429),
        _ => None,
    }
}

fn of_revoke(error: &RevokeTokenError) -> Option<u16> {
    match error {
        RevokeTokenError::BadRequest(_) => Some(400),
        RevokeTokenError::Unauthorized(_) => Some(401),
        RevokeTokenError::UnprocessableContent(_) => Some(422),
        RevokeTokenError::TooManyRequests(_) => Some(429),
        _ => None,
    }
}

fn create(client: &Client) -> CreateToken {
    let secret = ClientSecret::new("a-secret");
    client.create_token(ClientCredentialsGrant::new(
        uuid::Uuid::from_u128(1),
        secret,
    ))
}

fn revoke(client: &Client) -> RevokeToken {
    let (secret, token) = (ClientSecret::new("a-secret"), AccessToken::new("a-token"));
    client.revoke_token(RevokeTokenPayload::new(
        uuid::Uuid::from_u128(1),
        secret,
        token,
    ))
}

fn answer<T, E: ErrorVariant>(
    result: Result<Response<T>, Error<E>>,
    stands_for: fn(&E) -> Option<u16>,
) -> Answer {
    match result {
        Ok(response) => Answer {
            status: Some(response.status().as_u16()),
            meaning: Meaning::Success,
            headers: response.headers().clone(),
        },
        Err(error) => Answer {
            status: error.status().map(|status| status.as_u16()),
            meaning: match error.api() {
                Some(api) => stands_for(api).map_or_else(
                    || Meaning::Other(format!("{}, which no row here names", api.variant())),
                    Meaning::Declared,
                ),
                None => Meaning::Other(error.to_string()),
            },
            headers: error.headers().cloned().unwrap_or_default(),
        },
    }
}
