//! The place of a node before and after the conversion.

use std::fmt;

use crate::pointer::Pointer;

/// The place of a node before and after the conversion.
#[derive(Clone, Debug)]
pub(super) struct Spot {
    /// In the document as it is written.
    pub(super) from: Pointer,
    /// In the converted tree.
    pub(super) to: Pointer,
}

impl Spot {
    /// A member of both, under one name.
    pub(super) fn child(&self, token: impl fmt::Display) -> Self {
        Self {
            from: self.from.child(&token),
            to: self.to.child(&token),
        }
    }

    /// The same node of the text at another place in the converted tree.
    pub(super) fn to(&self, to: Pointer) -> Self {
        Self {
            from: self.from.clone(),
            to,
        }
    }

    /// Another node of the text at the same place in the converted tree.
    pub(super) fn from(&self, from: Pointer) -> Self {
        Self {
            from,
            to: self.to.clone(),
        }
    }
}
