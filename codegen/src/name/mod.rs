//! Eighth stage: every Rust name is decided once.
//!
//! A name is valid, unique in its scope, no keyword, nothing that Rust, Cargo or the client needs
//! itself, and of bounded length. File names are such names as well.

mod case;
mod derived;
mod letters;
mod reserved;
mod scope;
mod stage;
mod status;

pub(crate) use case::{pascal, snake};
pub(crate) use derived::{companion, features, null_setter, setter, unknown};
pub(crate) use letters::may_be_confused;
pub(crate) use scope::{Numbers, Scope, rules};
pub use stage::{Named, name};
pub(crate) use stage::{OperationNames, reserved_crate};
pub(crate) use status::variant;
