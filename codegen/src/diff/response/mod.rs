//! Compares responses: one variant per status, and the type that `.send()` returns.

mod bodies;
mod compare;
mod statuses;
mod success;
mod success_types;
mod variants;

pub(super) use compare::compare;
pub(super) use success_types::has_success_enum;
