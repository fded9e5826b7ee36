//! What tells the branches of a union apart: a member, and for callers their types.

use super::pair::Pair;
use super::row::{At, Row, Rows};
use super::rules::{self, Rule};
use super::schema::same;
use crate::model::{Branch, Discriminator};
use crate::pointer::Pointer;

/// A union of both sides: its branches, and the member that tells them apart.
pub(super) struct Union<'a> {
    pub(super) pair: &'a Pair<'a>,
    pub(super) name: &'a str,
    pub(super) pointer: &'a Pointer,
    pub(super) in_request: bool,
    pub(super) old: (&'a [Branch], Option<&'a Discriminator>),
    pub(super) new: (&'a [Branch], Option<&'a Discriminator>),
}

impl Union<'_> {
    fn row(&self, rule: &'static Rule, detail: &str) -> Row {
        let at = At::new(&self.pointer.child("discriminator"));
        let row = Row::new(rule, at, format!("`{}`: {detail}", self.name));
        row.item(format!("types::{}", self.name))
    }

    /// Adds rows for the member, for its values, and for what becomes the union by itself.
    pub(super) fn compare(&self, rows: &mut Rows) {
        self.conversions(rows);
        match (self.old.1, self.new.1) {
            (None, None) => {}
            (None, Some(new)) => {
                let detail = format!("`{}`", new.wire);
                rows.push(self.row(&rules::DISCRIMINATOR_ADDED, &detail));
            }
            (Some(old), None) => {
                let detail = format!("`{}`", old.wire);
                let unknown = crate::emit::unknown_branch(self.old.0);
                let line = format!("types::{}::{unknown}(value)", self.name);
                let row = self.row(&rules::DISCRIMINATOR_REMOVED, &detail);
                rows.push(row.call(line, None));
            }
            (Some(old), Some(new)) => {
                if old.wire != new.wire {
                    let detail = format!("`{}` → `{}`", old.wire, new.wire);
                    rows.push(self.row(&rules::DISCRIMINATOR_RENAMED, &detail));
                }
                let values = (pairs(self.old.0, old), pairs(self.new.0, new));
                self.values(&values.0, &values.1, rows);
                self.sent(&values.0, &values.1, rows);
            }
        }
    }

    /// Branches whose type no longer tells which they are.
    fn conversions(&self, rows: &mut Rows) {
        if !self.in_request {
            return;
        }
        for was in self.old.0 {
            let before = self.old.0.iter().filter(|it| it.schema == was.schema);
            let after = self.new.0.iter();
            let after = after.filter(|it| same(&was.schema, &it.schema, self.pair));
            if before.count() == 1 && after.count() > 1 {
                let at = At::new(self.pointer);
                let ty = super::rust::of(&was.schema);
                let detail = format!("`{}`: `{ty}`", self.name);
                let row = Row::new(&rules::CONVERSION_REMOVED, at, detail);
                rows.push(row.item(format!("types::{}", self.name)));
            }
        }
    }

    /// A branch that only one side has brings or takes its values.
    fn values(&self, before: &[(String, &str)], after: &[(String, &str)], rows: &mut Rows) {
        let has = |branches: &[Branch], name: &str| branches.iter().any(|it| it.rust == name);
        for (value, branch) in before {
            let detail = format!("`{value}` of `{branch}`");
            match after.iter().find(|(it, _)| it == value) {
                Some((_, now)) if now != branch => {
                    let detail = format!("`{value}`: `{branch}` → `{now}`");
                    rows.push(self.row(&rules::DISCRIMINATOR_VALUE_MOVED, &detail));
                }
                None if has(self.new.0, branch) => {
                    rows.push(self.row(&rules::DISCRIMINATOR_VALUE_REMOVED, &detail));
                }
                _ => {}
            }
        }
        for (value, branch) in after {
            let is_new = before.iter().all(|(it, _)| it != value);
            if is_new && has(self.old.0, branch) {
                let detail = format!("`{value}` of `{branch}`");
                rows.push(self.row(&rules::DISCRIMINATOR_VALUE_ADDED, &detail));
            }
        }
    }

    /// Of several values the first is sent.
    fn sent(&self, before: &[(String, &str)], after: &[(String, &str)], rows: &mut Rows) {
        if !self.in_request {
            return;
        }
        let first = |pairs: &[(String, &str)], name: &str| {
            let found = pairs.iter().find(|(_, branch)| *branch == name);
            found.map(|(value, _)| value.clone())
        };
        for branch in self.new.0 {
            let sent = (first(before, &branch.rust), first(after, &branch.rust));
            if let (Some(was), Some(now)) = sent
                && was != now
            {
                let detail = format!("`{}`: `{was}` → `{now}`", branch.rust);
                rows.push(self.row(&rules::DISCRIMINATOR_VALUE_SENT, &detail));
            }
        }
    }
}

/// Each value with the branch that it means.
fn pairs<'a>(branches: &'a [Branch], tag: &'a Discriminator) -> Vec<(String, &'a str)> {
    let both = branches.iter().zip(&tag.values);
    both.flat_map(|(branch, values)| {
        let values = values.iter().map(ToString::to_string);
        values.map(|value| (value, branch.rust.as_str()))
    })
    .collect()
}
