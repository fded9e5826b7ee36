//! Limits on what an overlay may cost.

use serde_json::Value;

use super::work::Extent;
use crate::bounds::{ADDED, Room};

/// Maximum number of nodes to visit when evaluating targets.
const MAX_STEPS: usize = 100_000_000;

/// The remaining budgets of an overlay.
pub(super) struct Limits {
    /// The size of the document.
    pub(super) extent: Extent,
    /// Nodes that may still be visited.
    pub(super) steps: Room,
    /// Bytes that the overlay may still add.
    pub(super) added: Room,
}

impl Limits {
    /// Creates the limits for a document.
    pub(super) fn of(root: &Value) -> Self {
        Self {
            extent: Extent::of(root),
            steps: Room::new(MAX_STEPS),
            added: Room::new(ADDED),
        }
    }

    /// Whether no further action can be applied.
    pub(super) fn reached(&self) -> bool {
        self.steps.is_used_up() || self.added.is_used_up()
    }
}
