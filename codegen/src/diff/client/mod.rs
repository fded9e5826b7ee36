//! Compares what belongs to the client as a whole.

mod compare;
mod constant_headers;
mod credentials;
mod environments;
mod token_sources;

pub(super) use compare::compare;
pub(super) use credentials::matched_schemes;
