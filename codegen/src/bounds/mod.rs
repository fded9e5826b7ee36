//! Limits on what a document may cost, and the checks that enforce them.

mod ceilings;
mod client_size;
mod room;
mod weight;

pub use ceilings::{ADDED, BYTES, COPIED, KEY, MEMBERS, NODES, OPERATIONS, PARTS};
pub(crate) use client_size::{operations, parts};
pub(crate) use room::Room;
pub(crate) use weight::{NODE, members, weight};
