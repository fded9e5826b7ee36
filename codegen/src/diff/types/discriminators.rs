//! Compares the discriminators of unions, and the conversions into unions.

use super::super::change::{Change, Changes, Origin};
use super::super::matching::MatchedModels;
use super::super::names::type_item;
use super::super::rules::{self, Rule};
use super::super::rust_types::rust_type;
use super::super::schema::is_same_type;
use crate::model::{Branch, Discriminator};
use crate::pointer::Pointer;

/// A discriminator value, and the variant that it selects.
type ValueOfBranch<'b> = (String, &'b str);

/// A union that both sides have.
pub(super) struct UnionPair<'a> {
    pub(super) models: &'a MatchedModels<'a>,
    pub(super) name: &'a str,
    pub(super) pointer: &'a Pointer,
    /// Whether callers of both sides construct the union.
    pub(super) is_constructed: bool,
    /// The branches of the old side by their new names, and the discriminator.
    pub(super) old: (&'a [Branch], Option<&'a Discriminator>),
    /// The branches of the new side, and the discriminator.
    pub(super) new: (&'a [Branch], Option<&'a Discriminator>),
}

impl UnionPair<'_> {
    fn change(&self, rule: &'static Rule, detail: &str) -> Change {
        let at = Origin::in_new(&self.pointer.child("discriminator"));
        let change = Change::new(rule, at, format!("`{}`: {detail}", self.name));
        change.item(type_item(self.name))
    }

    /// Compares the discriminator property, its values, and the conversions.
    pub(super) fn compare(&self, changes: &mut Changes) {
        self.conversions(changes);
        match (self.old.1, self.new.1) {
            (None, None) => {}
            (None, Some(new)) => {
                let detail = format!("`{}`", new.wire);
                changes.push(self.change(&rules::DISCRIMINATOR_ADDED, &detail));
            }
            (Some(old), None) => {
                let detail = format!("`{}`", old.wire);
                let unknown = crate::emit::unknown_branch(self.old.0);
                let line = format!("{}::{unknown}(value)", type_item(self.name));
                let change = self.change(&rules::DISCRIMINATOR_REMOVED, &detail);
                changes.push(change.usage(line, None));
            }
            (Some(old), Some(new)) => {
                if old.wire != new.wire {
                    let detail = format!("`{}` → `{}`", old.wire, new.wire);
                    changes.push(self.change(&rules::DISCRIMINATOR_RENAMED, &detail));
                }
                let (before, after) = (values(self.old.0, old), values(self.new.0, new));
                self.read_values(&before, &after, changes);
                self.sent_values(&before, &after, changes);
            }
        }
    }

    /// Adds changes for branches whose type no longer identifies them.
    fn conversions(&self, changes: &mut Changes) {
        if !self.is_constructed {
            return;
        }
        for was in self.old.0 {
            let before = self
                .old
                .0
                .iter()
                .filter(|branch| branch.schema == was.schema);
            let after = self.new.0.iter();
            let after =
                after.filter(|branch| is_same_type(&was.schema, &branch.schema, self.models));
            if before.count() == 1 && after.count() > 1 {
                let at = Origin::in_new(self.pointer);
                let ty = rust_type(&was.schema);
                let detail = format!("`{}`: `{ty}`", self.name);
                let change = Change::new(&rules::CONVERSION_REMOVED, at, detail);
                changes.push(change.item(type_item(self.name)));
            }
        }
    }

    /// Compares the values that select a branch when reading. The values of an added or removed
    /// branch belong to its own change.
    fn read_values(
        &self,
        before: &[ValueOfBranch<'_>],
        after: &[ValueOfBranch<'_>],
        changes: &mut Changes,
    ) {
        let has_branch =
            |branches: &[Branch], name: &str| branches.iter().any(|branch| branch.rust == name);
        for (value, branch) in before {
            let detail = format!("`{value}` of `{branch}`");
            match after.iter().find(|(other, _)| other == value) {
                Some((_, now)) if now != branch => {
                    let detail = format!("`{value}`: `{branch}` → `{now}`");
                    changes.push(self.change(&rules::DISCRIMINATOR_VALUE_MOVED, &detail));
                }
                None if has_branch(self.new.0, branch) => {
                    changes.push(self.change(&rules::DISCRIMINATOR_VALUE_REMOVED, &detail));
                }
                _ => {}
            }
        }
        for (value, branch) in after {
            let is_new = before.iter().all(|(other, _)| other != value);
            if is_new && has_branch(self.old.0, branch) {
                let detail = format!("`{value}` of `{branch}`");
                changes.push(self.change(&rules::DISCRIMINATOR_VALUE_ADDED, &detail));
            }
        }
    }

    /// Compares the values that branches are sent with: the first value of each.
    fn sent_values(
        &self,
        before: &[ValueOfBranch<'_>],
        after: &[ValueOfBranch<'_>],
        changes: &mut Changes,
    ) {
        if !self.is_constructed {
            return;
        }
        let first = |values: &[ValueOfBranch<'_>], name: &str| {
            let found = values.iter().find(|(_, branch)| *branch == name);
            found.map(|(value, _)| value.clone())
        };
        for branch in self.new.0 {
            let sent_values = (first(before, &branch.rust), first(after, &branch.rust));
            if let (Some(was), Some(now)) = sent_values
                && was != now
            {
                let detail = format!("`{}`: `{was}` → `{now}`", branch.rust);
                changes.push(self.change(&rules::DISCRIMINATOR_VALUE_SENT, &detail));
            }
        }
    }
}

/// Returns each value with the variant that it selects.
fn values<'a>(branches: &'a [Branch], discriminator: &'a Discriminator) -> Vec<ValueOfBranch<'a>> {
    let both = branches.iter().zip(&discriminator.values);
    both.flat_map(|(branch, values)| {
        let values = values.iter().map(ToString::to_string);
        values.map(|value| (value, branch.rust.as_str()))
    })
    .collect()
}
