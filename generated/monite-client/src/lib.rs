// Generated from openapi/monite/openapi.yaml by `cargo xtask regenerate`. Do not edit.

//! Client for Monite Partner API (version 2024-05-25 of its document).
//!
//! Start with [`Client::builder`]. Each operation is a method of [`Client`]: it takes the required
//! arguments and returns a request. Set optional arguments on the request, then send it with
//! `.send().await` or just `.await`. `.request()` builds the HTTP request without sending it.
//!
//! | operation | request |
//! | --- | --- |
//! | [`Client::revoke_token`] Revoke an access token | `POST /auth/revoke` |
//! | [`Client::create_token`] Create an access token | `POST /auth/token` |
//!
#![doc = include_str!("../GUIDE.md")]

#[rustfmt::skip]
mod client;

#[rustfmt::skip]
pub mod access_tokens;

#[rustfmt::skip]
pub mod types;

pub use client::*;
pub use openapi_client_runtime as runtime;
