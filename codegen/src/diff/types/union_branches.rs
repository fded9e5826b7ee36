//! Compares the branches of unions, each a variant of an enum.

use super::super::change::{Changes, Origin};
use super::super::rules;
use super::super::schema::{SchemaPair, is_same_type};
use super::super::schema_parts::named_type;
use super::type_pair::TypePair;
use crate::emit::order_counts;
use crate::model::{Branch, Discriminator};

/// The branches of one side, and the discriminator.
type Branches<'b> = (&'b [Branch], Option<&'b Discriminator>);

impl TypePair<'_> {
    /// Compares the branches. Returns the old branches by their new names.
    pub(super) fn branches(
        &self,
        old: &[Branch],
        new: &[Branch],
        changes: &mut Changes,
    ) -> Vec<Branch> {
        let mut with_new_names = old.to_vec();
        let mut renamed: Vec<&str> = Vec::new();
        for (was, updated) in old.iter().zip(&mut with_new_names) {
            let same_name = new.iter().find(|branch| branch.rust == was.rust);
            if let Some(now) = same_name {
                self.branch(was, now, changes);
            } else if let Some(now) = self.find_renamed(was, old, new) {
                self.renamed_branch(was, now, changes);
                updated.rust.clone_from(&now.rust);
                renamed.push(&now.rust);
            } else {
                let at = Origin::in_old(&self.old.pointer);
                let detail = format!("`{}`", was.rust);
                let change = self.change(&rules::BRANCH_REMOVED, at, &detail);
                let line = construction(&self.old_item(), was);
                changes.push(change.item(self.item()).usage(line, None));
            }
        }
        for now in new {
            let is_known = old.iter().any(|branch| branch.rust == now.rust);
            if !is_known && !renamed.contains(&now.rust.as_str()) {
                let detail = format!("`{}`", now.rust);
                let change = self.change(&rules::BRANCH_ADDED, self.at(), &detail);
                changes.push(change.item(self.variant(now)).item(self.item()));
            }
        }
        with_new_names
    }

    fn variant(&self, branch: &Branch) -> String {
        format!("{}::{}", self.item(), branch.rust)
    }

    /// Finds the new branch that holds what a removed branch held, if there is one of each.
    fn find_renamed<'b>(
        &self,
        was: &Branch,
        old: &[Branch],
        new: &'b [Branch],
    ) -> Option<&'b Branch> {
        let is_removed = |branch: &&Branch| new.iter().all(|now| now.rust != branch.rust);
        let is_added = |branch: &&Branch| old.iter().all(|was| was.rust != branch.rust);
        let removed = old.iter().filter(is_removed);
        let twins = removed.filter(|branch| branch.schema == was.schema);
        let has_same_type =
            |branch: &&Branch| is_same_type(&was.schema, &branch.schema, self.models);
        let mut candidates = new.iter().filter(is_added).filter(has_same_type);
        match (twins.count(), candidates.next(), candidates.next()) {
            (1, Some(now), None) => Some(now),
            _ => None,
        }
    }

    fn branch(&self, was: &Branch, now: &Branch, changes: &mut Changes) {
        SchemaPair {
            subject: format!("`{}`: branch `{}`", self.name, now.rust),
            at: self.at(),
            old: (&was.schema, true),
            new: (&now.schema, true),
            items: vec![self.variant(now), self.item()],
            usage: None,
            null_and_absence_differ: false,
        }
        .compare(self.models, changes);
    }

    fn renamed_branch(&self, was: &Branch, now: &Branch, changes: &mut Changes) {
        let detail = format!("`{}` → `{}`", was.rust, now.rust);
        let change = self.change(&rules::BRANCH_RENAMED, self.at(), &detail);
        let change = change.item(self.variant(was)).item(self.variant(now));
        let change = change.replaces(named_type(&was.schema), named_type(&now.schema));
        let before = construction(&self.old_item(), was);
        changes.push(change.usage(before, Some(construction(&self.item(), now))));
    }

    /// Compares the order in which the common branches are tried, if it matters on both sides.
    pub(super) fn branch_order(&self, old: Branches<'_>, new: Branches<'_>, changes: &mut Changes) {
        let (before, after) = (common(old.0, new.0), common(new.0, old.0));
        let matters = order_counts(self.models.old, old.0, old.1)
            && order_counts(self.models.new, new.0, new.1);
        if before == after || !matters {
            return;
        }
        let detail = format!("{} → {}", before.join(", "), after.join(", "));
        let change = self.change(&rules::BRANCHES_REORDERED, self.at(), &detail);
        let lists = ["oneOf", "anyOf"].map(|keyword| self.new.pointer.child(keyword));
        changes.push(change.item(self.item()).covers(&lists));
    }
}

/// Returns the branches that the other side has as well, in the order of the first list.
fn common(list: &[Branch], other: &[Branch]) -> Vec<String> {
    let is_common = |branch: &&Branch| other.iter().any(|same| same.rust == branch.rust);
    let branches = list.iter().filter(is_common);
    branches
        .map(|branch| format!("`{}`", branch.rust))
        .collect()
}

/// Returns the line that constructs a variant.
fn construction(union: &str, branch: &Branch) -> String {
    format!("{union}::{}(value)", branch.rust)
}
