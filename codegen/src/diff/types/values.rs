//! The values of enums.

use std::collections::{BTreeMap, BTreeSet};

use super::super::row::{At, Rows};
use super::super::rules;
use super::Both;
use crate::model::{EnumValue, TypeDef};

impl Both<'_> {
    pub(super) fn values(&self, old: &[EnumValue], new: &[EnumValue], rows: &mut Rows) {
        let variant = |it: &EnumValue| format!("{}::{}", self.item(), it.rust);
        let before = |it: &EnumValue| format!("{}::{}", self.old_item(), it.rust);
        let place = |at: &TypeDef, index: usize| at.pointer.child("enum").child(index);
        let after: BTreeMap<&str, &EnumValue> =
            new.iter().map(|it| (it.wire.as_str(), it)).collect();
        for (index, was) in old.iter().enumerate() {
            match after.get(&*was.wire) {
                Some(now) if now.rust != was.rust => {
                    let detail = format!("`{}` → `{}`", was.rust, now.rust);
                    let row = self.row(&rules::VALUE_RENAMED, At::new(&self.new.pointer), detail);
                    let row = row.item(variant(was)).item(variant(now));
                    rows.push(row.call(before(was), Some(variant(now))));
                }
                Some(_) => {}
                None => {
                    let at = At::old(&place(self.old, index));
                    let row = self.row(&rules::VALUE_REMOVED, at, format!("`{}`", was.wire));
                    let after = format!("{}::from({:?})", self.item(), was.wire);
                    rows.push(row.item(variant(was)).call(before(was), Some(after)));
                }
            }
        }
        let rule = match self.new.in_success || self.new.in_error {
            true => &rules::VALUE_ADDED_RESPONSE,
            false => &rules::VALUE_ADDED_REQUEST,
        };
        let before: BTreeSet<&str> = old.iter().map(|it| it.wire.as_str()).collect();
        for (index, now) in new.iter().enumerate() {
            if !before.contains(&*now.wire) {
                let at = At::new(&place(self.new, index));
                let row = self.row(rule, at, format!("`{}`", now.wire));
                rows.push(row.item(variant(now)));
            }
        }
        self.unknown(old, new, rows);
    }

    fn unknown(&self, old: &[EnumValue], new: &[EnumValue], rows: &mut Rows) {
        let names = [old, new].map(crate::emit::unknown_variant);
        let [old_name, _] = &names;
        let before = format!("{}::{old_name}(value)", self.old_item());
        let [was, now] = names.map(|it| format!("{}::{it}", self.item()));
        if was != now {
            let detail = format!("`{was}` → `{now}`");
            let at = At::new(&self.new.pointer.child("enum"));
            let row = self.row(&rules::VALUE_ADDED_UNKNOWN, at, detail);
            let row = row.item(&was).item(&now);
            rows.push(row.call(before, Some(format!("{now}(value)"))));
        }
    }
}
