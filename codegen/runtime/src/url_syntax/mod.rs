//! What a URL is that a client can send requests to.

pub(crate) mod check;
mod punycode;
