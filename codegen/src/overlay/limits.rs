//! Bounds on what one overlay may cost.

use serde_json::Value;

use super::work::Extent;
use crate::bounds::{ADDED, Room};

/// How many nodes may be looked at to find what the targets match.
const STEPS: usize = 100_000_000;

/// What an overlay may still do.
pub(super) struct Limits {
    /// The document before it.
    pub(super) extent: Extent,
    pub(super) steps: Room,
    /// How many bytes it may add.
    pub(super) added: Room,
}

impl Limits {
    pub(super) fn of(root: &Value) -> Self {
        Self {
            extent: Extent::of(root),
            steps: Room::new(STEPS),
            added: Room::new(ADDED),
        }
    }

    /// Whether no further action can be applied.
    pub(super) fn reached(&self) -> bool {
        self.steps.is_used_up() || self.added.is_used_up()
    }
}
