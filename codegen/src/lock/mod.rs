//! The lock file: what a crate was generated from, which files it has, and why it is stale.

mod cause;
mod record;

pub use cause::{Cause, causes};
pub use record::{FILE, FaultCost, Lock, STAGED, TOOLS, sha256};
