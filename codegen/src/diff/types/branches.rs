//! The branches of unions.

use super::super::row::{At, Rows};
use super::super::rules;
use super::super::schema::Place;
use super::Both;
use crate::emit::order_counts;
use crate::model::{Branch, Discriminator};

impl Both<'_> {
    pub(super) fn branches(&self, old: &[Branch], new: &[Branch], rows: &mut Rows) {
        let variant = |it: &Branch| format!("{}::{}", self.item(), it.rust);
        let place = self.new.pointer.clone();
        for was in old {
            match new.iter().find(|it| it.rust == was.rust) {
                Some(now) => Place {
                    what: format!("`{}`: branch `{}`", self.name, now.rust),
                    at: At::new(&place),
                    old: (&was.schema, true),
                    new: (&now.schema, true),
                    items: vec![variant(now), self.item()],
                    call: None,
                    apart: false,
                }
                .compare(self.pair, rows),
                None => {
                    let at = At::old(&self.old.pointer);
                    let row = self.row(&rules::BRANCH_REMOVED, at, format!("`{}`", was.rust));
                    let row = row.item(self.item());
                    rows.push(row.call(format!("{}(value)", variant(was)), None));
                }
            }
        }
        for now in new {
            if old.iter().all(|it| it.rust != now.rust) {
                let at = At::new(&place);
                let row = self.row(&rules::BRANCH_ADDED, at, format!("`{}`", now.rust));
                rows.push(row.item(variant(now)).item(self.item()));
            }
        }
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
