//! The remaining part of a limit.

use super::ceilings::COPIED;

/// The remaining part of a limit.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Room(usize);

impl Room {
    pub(crate) fn new(ceiling: usize) -> Self {
        Self(ceiling)
    }

    /// Takes a part. Returns `false`, and leaves nothing, if less is left.
    pub(crate) fn take(&mut self, size: usize) -> bool {
        let left = self.0.checked_sub(size);
        self.0 = left.unwrap_or_default();
        left.is_some()
    }

    /// Whether nothing is left.
    pub(crate) fn is_used_up(self) -> bool {
        self.0 == 0
    }
}

/// Returns the room for [`COPIED`].
impl Default for Room {
    fn default() -> Self {
        Self(COPIED)
    }
}
