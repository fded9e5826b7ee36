//! The table of rules: what can change, which version bump it requires, and why.

#[macro_use]
mod rule;
mod calls;
mod table;
mod types;

pub use rule::{Level, Rule};
pub use table::ALL;

pub(super) use calls::*;
pub(super) use types::*;
