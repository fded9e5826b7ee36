//! Cuts a slice out of a full document, and verifies the slice that is stored.

mod changes;
mod compare;
mod cut;
mod extract;
mod gone;
mod left_out;
mod operation;
mod reference_graph;
mod summary;
mod verify;

pub use changes::{Changed, changes};
pub use cut::{Job, Slice, cut};
pub use gone::gone;
pub use operation::{Operation, operations};
pub use summary::{explain, offered, size};
pub use verify::{Expected, Verdict, Verification, expect, verify};
