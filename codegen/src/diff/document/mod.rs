//! Compares the documents node by node: documented constraints, prose, and whatever no change covers.

mod changed_node;
mod component_renames;
mod constraints;
mod nodes;
mod walk;

pub(super) use changed_node::ChangedNode;
pub(super) use constraints::take_documented_constraints;
pub(super) use nodes::{changed_callbacks, changed_nodes, uncovered};
