//! Emits the code of a client as tokens: the client, the requests and their decoding, and the types that
//! typify does not declare.

mod client;
pub(crate) mod constant;
mod constructor;
mod crate_modules;
mod enumeration;
mod form_body;
mod library;
pub(crate) mod manifest;
mod module;
mod operation;
mod request;
mod responses;
mod style_name;
mod type_usage;
mod types;
mod union;

pub(crate) use constructor::POSITIONAL;
pub(crate) use crate_modules::emit;
pub(crate) use enumeration::unknown_variant;
pub(crate) use union::{order_counts, unknown_branch};
