//! The branches of unions.

use super::super::row::{At, Rows};
use super::super::rules;
use super::super::schema::{Place, named, same};
use super::Both;
use crate::emit::order_counts;
use crate::model::{Branch, Discriminator};

impl Both<'_> {
    /// Compares the branches; gives the old ones by the names that they have now.
    pub(super) fn branches(&self, old: &[Branch], new: &[Branch], rows: &mut Rows) -> Vec<Branch> {
        let mut today = old.to_vec();
        let mut renamed: Vec<&str> = Vec::new();
        for (was, by_name) in old.iter().zip(&mut today) {
            let stays = new.iter().find(|it| it.rust == was.rust);
            match (stays, self.renamed_branch(was, old, new)) {
                (Some(now), _) => self.branch(was, now, rows),
                (None, Some(now)) => {
                    self.branch_renamed(was, now, rows);
                    by_name.rust.clone_from(&now.rust);
                    renamed.push(&now.rust);
                }
                (None, None) => {
                    let at = At::old(&self.old.pointer);
                    let row = self.row(&rules::BRANCH_REMOVED, at, format!("`{}`", was.rust));
                    let row = row.item(self.item());
                    let line = format!("{}::{}(value)", self.old_item(), was.rust);
                    rows.push(row.call(line, None));
                }
            }
        }
        for now in new {
            let is_known = |it: &Branch| it.rust == now.rust;
            if !old.iter().any(is_known) && !renamed.contains(&now.rust.as_str()) {
                let at = At::new(&self.new.pointer);
                let row = self.row(&rules::BRANCH_ADDED, at, format!("`{}`", now.rust));
                rows.push(row.item(self.variant(now)).item(self.item()));
            }
        }
        today
    }

    fn variant(&self, branch: &Branch) -> String {
        format!("{}::{}", self.item(), branch.rust)
    }

    /// The branch that is new and holds what a branch held that is gone, if it is one of each.
    fn renamed_branch<'b>(
        &self,
        was: &Branch,
        old: &[Branch],
        new: &'b [Branch],
    ) -> Option<&'b Branch> {
        let gone = |it: &&Branch| new.iter().all(|now| now.rust != it.rust);
        let fresh = |it: &&Branch| old.iter().all(|was| was.rust != it.rust);
        let twins = old.iter().filter(gone).filter(|it| it.schema == was.schema);
        let holds = |it: &&Branch| same(&was.schema, &it.schema, self.pair);
        let mut found = new.iter().filter(fresh).filter(holds);
        match (twins.count(), found.next(), found.next()) {
            (1, Some(now), None) => Some(now),
            _ => None,
        }
    }

    fn branch(&self, was: &Branch, now: &Branch, rows: &mut Rows) {
        Place {
            what: format!("`{}`: branch `{}`", self.name, now.rust),
            at: At::new(&self.new.pointer),
            old: (&was.schema, true),
            new: (&now.schema, true),
            items: vec![self.variant(now), self.item()],
            call: None,
            apart: false,
        }
        .compare(self.pair, rows);
    }

    fn branch_renamed(&self, was: &Branch, now: &Branch, rows: &mut Rows) {
        let detail = format!("`{}` → `{}`", was.rust, now.rust);
        let row = self.row(&rules::BRANCH_RENAMED, At::new(&self.new.pointer), detail);
        let row = row.item(self.variant(was)).item(self.variant(now));
        let row = row.types(named(&was.schema), named(&now.schema));
        let line = |of: &str, it: &Branch| format!("{of}::{}(value)", it.rust);
        let after = line(&self.item(), now);
        rows.push(row.call(line(&self.old_item(), was), Some(after)));
    }

    /// Branches that both sides have and that are tried in another order.
    pub(super) fn reordered(
        &self,
        (old, was_told): (&[Branch], Option<&Discriminator>),
        (new, told): (&[Branch], Option<&Discriminator>),
        rows: &mut Rows,
    ) {
        let of_both = |list: &[Branch], other: &[Branch]| -> Vec<String> {
            let stays = |it: &&Branch| other.iter().any(|other| other.rust == it.rust);
            let stay = list.iter().filter(stays);
            stay.map(|it| format!("`{}`", it.rust)).collect()
        };
        let (before, after) = (of_both(old, new), of_both(new, old));
        let counted = order_counts(self.pair.old, old, was_told);
        if before == after || !counted || !order_counts(self.pair.new, new, told) {
            return;
        }
        let detail = format!("{} → {}", before.join(", "), after.join(", "));
        let row = self.row(
            &rules::BRANCHES_REORDERED,
            At::new(&self.new.pointer),
            detail,
        );
        let lists = ["oneOf", "anyOf"].map(|name| self.new.pointer.child(name));
        rows.push(row.item(self.item()).covers(&lists));
    }
}
