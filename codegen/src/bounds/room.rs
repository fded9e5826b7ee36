//! What is left of a ceiling.

use super::ceilings::COPIED;

/// What is left of a ceiling.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Room(usize);

impl Room {
    pub(crate) fn new(ceiling: usize) -> Self {
        Self(ceiling)
    }

    /// Takes a part of it; `false` where less is left, which leaves nothing.
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

/// The room for [`COPIED`].
impl Default for Room {
    fn default() -> Self {
        Self(COPIED)
    }
}
