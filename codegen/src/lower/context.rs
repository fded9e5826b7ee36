//! What rules may look at beyond their own schema, and how much work they may do.

use std::cell::Cell;

use serde_json::Value;

use crate::bounds::Room;
use crate::resolve::References;

/// How many comparisons of schemas a document may need in all. Branches are compared in pairs, and
/// members that refer to the same schemas again at every level.
const COMPARISONS: usize = 500_000;

/// What every rule is given.
pub(super) struct Context<'a> {
    /// The targets of references: schemas as they are in the document.
    pub(super) references: &'a References<'a>,
    /// The remaining bytes that rules may copy.
    room: Cell<Room>,
    /// The remaining number of comparisons.
    comparisons: Cell<Room>,
}

impl<'a> Context<'a> {
    pub(super) fn new(references: &'a References<'a>) -> Self {
        Self {
            references,
            room: Cell::default(),
            comparisons: Cell::new(Room::new(COMPARISONS)),
        }
    }

    /// The end of a chain of references; `None` for a cycle or a missing target.
    pub(super) fn resolve<'b>(&'b self, node: &'b Value) -> Option<&'b Value> {
        self.references.resolve(node)
    }

    /// Whether a rule may copy so many bytes.
    pub(super) fn copies(&self, bytes: usize) -> bool {
        take(&self.room, bytes)
    }

    /// Whether rules have copied all that they may.
    pub(super) fn is_full(&self) -> bool {
        self.room.get().is_used_up()
    }

    /// Whether schemas may be compared in so many steps.
    pub(super) fn compares(&self, steps: usize) -> bool {
        take(&self.comparisons, steps)
    }
}

fn take(room: &Cell<Room>, size: usize) -> bool {
    let mut left = room.get();
    let fits = left.take(size);
    room.set(left);
    fits
}
