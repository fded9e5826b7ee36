//! Groups changes by what a reviewer decides about.

mod change_group;
mod describe;
mod grouping;

pub use change_group::{ChangeGroup, RuleChanges};
pub(super) use grouping::group;
