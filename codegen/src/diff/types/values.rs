//! The values of enums.

use std::collections::BTreeMap;

use super::super::row::{At, Rows};
use super::super::rules;
use super::Both;
use crate::model::{EnumValue, TypeDef};

/// Values with their places, by one of their names.
type Named<'a> = BTreeMap<&'a str, (usize, &'a EnumValue)>;

fn named(values: &[EnumValue], name: impl Fn(&EnumValue) -> &str) -> Named<'_> {
    let each = values.iter().enumerate();
    each.map(|(at, it)| (name(it), (at, it))).collect()
}

impl Both<'_> {
    pub(super) fn values(&self, old: &[EnumValue], new: &[EnumValue], rows: &mut Rows) {
        let variant = |it: &EnumValue| format!("{}::{}", self.item(), it.rust);
        let old_variant = |it: &EnumValue| format!("{}::{}", self.old_item(), it.rust);
        let place = |at: &TypeDef, index: usize| at.pointer.child("enum").child(index);
        let before = named(old, |it| &it.wire);
        let mut after = named(new, |it| &it.wire);
        let mut fresh = named(new, |it| &it.rust);
        fresh.retain(|_, (_, it)| !before.contains_key(&*it.wire));
        for (index, was) in old.iter().enumerate() {
            match (after.remove(&*was.wire), fresh.get(&*was.rust)) {
                (Some((_, now)), _) if now.rust != was.rust => {
                    let detail = format!("`{}` → `{}`", was.rust, now.rust);
                    let row = self.row(&rules::VALUE_RENAMED, At::new(&self.new.pointer), detail);
                    let row = row.item(variant(was)).item(variant(now));
                    rows.push(row.call(old_variant(was), Some(variant(now))));
                }
                (Some(_), _) => {}
                // Another text that gives the same variant.
                (None, Some((at, now))) => {
                    let detail = format!("`{}` → `{}`", was.wire, now.wire);
                    let at = At::new(&place(self.new, *at));
                    let row = self.row(&rules::VALUE_WIRE, at, detail).item(variant(was));
                    rows.push(row.covers([&place(self.old, index)]));
                    after.remove(&*now.wire);
                }
                (None, None) => {
                    let at = At::old(&place(self.old, index));
                    let row = self.row(&rules::VALUE_REMOVED, at, format!("`{}`", was.wire));
                    let after = format!("{}::from({:?})", self.item(), was.wire);
                    rows.push(row.item(variant(was)).call(old_variant(was), Some(after)));
                }
            }
        }
        let rule = if self.new.in_success || self.new.in_error {
            &rules::VALUE_ADDED_RESPONSE
        } else {
            &rules::VALUE_ADDED_REQUEST
        };
        for (index, now) in after.into_values() {
            let at = At::new(&place(self.new, index));
            let row = self.row(rule, at, format!("`{}`", now.wire));
            rows.push(row.item(variant(now)));
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
