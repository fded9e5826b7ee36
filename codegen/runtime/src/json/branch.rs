//! The variants of a union, and how they are compared.

use serde::de::DeserializeOwned;

use super::fit::Fit;
use super::fits::{FitOf, Fits, LostParts, lost_by_all};
use super::node::Node;

/// A variant of a union `U`: how well its type fits, and how it is decoded.
#[expect(missing_debug_implementations, reason = "it contains only functions")]
pub struct Branch<U> {
    pub(super) fit: FitOf,
    pub(super) collect_lost: fn(&Node, &mut LostParts),
    pub(super) read: fn(&Node) -> Option<U>,
}

impl<U> Branch<U> {
    /// Creates the branch of a variant with its decoding function.
    pub const fn new<B: Fits + DeserializeOwned>(
        _: fn(B) -> U,
        read: fn(&Node) -> Option<U>,
    ) -> Self {
        Self {
            fit: B::fit,
            collect_lost: B::collect_lost,
            read,
        }
    }
}

/// Returns the branch that fits best, or the first of several, and its fit.
pub(super) fn best<'a, U>(
    node: &Node,
    branches: impl IntoIterator<Item = &'a Branch<U>>,
) -> Option<(&'a Branch<U>, Fit)> {
    let mut best: Option<(&Branch<U>, Fit)> = None;
    for branch in branches {
        let Some(fit) = (branch.fit)(node) else {
            continue;
        };
        if best.is_none_or(|(_, least)| fit < least) {
            best = Some((branch, fit));
        }
        if fit == Fit::EXACT {
            break;
        }
    }
    best
}

/// Whether several branches together keep more of a value than the best one.
pub(super) fn keep_more<'a, U: 'a>(
    node: &Node,
    branches: impl Iterator<Item = &'a Branch<U>>,
    best: Fit,
) -> bool {
    if best.lost == 0 {
        return false;
    }
    let lost: Vec<LostParts> = branches
        .map(|branch| {
            let mut lost = LostParts::default();
            (branch.collect_lost)(node, &mut lost);
            lost.sorted()
        })
        .collect();
    let all: Vec<&LostParts> = lost.iter().collect();
    all.len() > 1 && lost_by_all(node, &all) < best.lost
}
