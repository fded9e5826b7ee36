//! The measure by which unions compare types.

/// How well a type fits a value. The smaller one of two is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fit {
    /// The number of values that decoding would lose: undeclared members, and numbers that would be
    /// rounded.
    pub(super) lost: usize,
    /// Whether it fits only because an enum accepts a value that it does not list.
    pub(super) unlisted: bool,
}

impl Fit {
    /// Fits without loss.
    pub(super) const EXACT: Self = Self {
        unlisted: false,
        lost: 0,
    };

    /// Fits, but this number of values would be lost.
    pub(super) const fn losing(lost: usize) -> Self {
        Self {
            unlisted: false,
            lost,
        }
    }

    /// Fits as a value that an enum does not list.
    pub(super) const UNLISTED: Self = Self {
        unlisted: true,
        lost: 0,
    };
}
