//! Matches the branches of two unions.

use crate::model::{Branch, Constant, Discriminator};

/// The branches of one side, and the discriminator.
pub(super) type Branches<'a> = (&'a [Branch], Option<&'a Discriminator>);

/// A branch with the discriminator values that select it.
type BranchWithValues<'a> = (&'a Branch, Vec<Constant>);

/// Matches branches by name, then by a common discriminator value, or else in order.
pub(super) fn match_branches<'a>(
    old: Branches<'a>,
    new: Branches<'a>,
) -> Vec<(&'a Branch, &'a Branch)> {
    let (mut removed, mut added) = (with_values(old), with_values(new));
    let mut matched = Vec::new();
    let mut match_by = |is_same: &dyn Fn(&BranchWithValues<'a>, &BranchWithValues<'a>) -> bool| {
        removed.retain(|was| match added.iter().position(|now| is_same(was, now)) {
            Some(index) => {
                matched.push((was.0, added.remove(index).0));
                false
            }
            None => true,
        });
    };
    match_by(&|was, now| was.0.rust == now.0.rust);
    match_by(&|was, now| was.1.iter().any(|value| now.1.contains(value)));
    if removed.len() == added.len() {
        let rest = removed.iter().zip(&added);
        matched.extend(rest.map(|(was, now)| (was.0, now.0)));
    }
    matched
}

fn with_values<'a>((branches, discriminator): Branches<'a>) -> Vec<BranchWithValues<'a>> {
    let values = |index: usize| {
        let values = discriminator.and_then(|discriminator| discriminator.values.get(index));
        values.cloned().unwrap_or_default()
    };
    let branches = branches.iter().enumerate();
    branches
        .map(|(index, branch)| (branch, values(index)))
        .collect()
}
