//! Compares the values of enums, each a variant.

use std::collections::BTreeMap;

use super::super::change::{Change, Changes, Origin};
use super::super::rules;
use super::type_pair::TypePair;
use crate::emit::unknown_variant;
use crate::model::{EnumValue, TypeDef};
use crate::pointer::Pointer;

/// Values with their positions, by one of their names.
type ValuesByName<'a> = BTreeMap<&'a str, (usize, &'a EnumValue)>;

fn by_name(values: &[EnumValue], name: impl Fn(&EnumValue) -> &str) -> ValuesByName<'_> {
    let each = values.iter().enumerate();
    each.map(|(index, value)| (name(value), (index, value)))
        .collect()
}

fn pointer(definition: &TypeDef, index: usize) -> Pointer {
    definition.pointer.child("enum").child(index)
}

impl TypePair<'_> {
    /// Compares the values by their text in JSON, then by their variant.
    pub(super) fn enum_values(&self, old: &[EnumValue], new: &[EnumValue], changes: &mut Changes) {
        let before = by_name(old, |value| &value.wire);
        let mut after = by_name(new, |value| &value.wire);
        let mut added_variants = by_name(new, |value| &value.rust);
        added_variants.retain(|_, (_, value)| !before.contains_key(&*value.wire));
        for (index, was) in old.iter().enumerate() {
            match (after.remove(&*was.wire), added_variants.get(&*was.rust)) {
                (Some((_, now)), _) if now.rust != was.rust => {
                    changes.push(self.renamed_variant(was, now));
                }
                (Some(_), _) => {}
                // Another text with the same variant.
                (None, Some((at, now))) => {
                    changes.push(self.changed_text((index, was), (*at, now)));
                    after.remove(&*now.wire);
                }
                (None, None) => changes.push(self.removed_value(index, was)),
            }
        }
        let rule = if self.new.in_success || self.new.in_error {
            &rules::VALUE_ADDED_RESPONSE
        } else {
            &rules::VALUE_ADDED_REQUEST
        };
        for (index, now) in after.into_values() {
            let at = Origin::in_new(&pointer(self.new, index));
            let change = self.change(rule, at, &format!("`{}`", now.wire));
            changes.push(change.item(variant(&self.item(), now)));
        }
        self.unknown_variants(old, new, changes);
    }

    fn renamed_variant(&self, was: &EnumValue, now: &EnumValue) -> Change {
        let detail = format!("`{}` → `{}`", was.rust, now.rust);
        let change = self.change(&rules::VALUE_RENAMED, self.at(), &detail);
        let after = variant(&self.item(), now);
        let change = change.item(variant(&self.item(), was)).item(&after);
        change.usage(variant(&self.old_item(), was), Some(after))
    }

    fn changed_text(
        &self,
        (old_index, was): (usize, &EnumValue),
        (new_index, now): (usize, &EnumValue),
    ) -> Change {
        let detail = format!("`{}` → `{}`", was.wire, now.wire);
        let at = Origin::in_new(&pointer(self.new, new_index));
        let change = self.change(&rules::VALUE_WIRE, at, &detail);
        let change = change.item(variant(&self.item(), was));
        change.covers([&pointer(self.old, old_index)])
    }

    fn removed_value(&self, index: usize, was: &EnumValue) -> Change {
        let at = Origin::in_old(&pointer(self.old, index));
        let change = self.change(&rules::VALUE_REMOVED, at, &format!("`{}`", was.wire));
        let change = change.item(variant(&self.item(), was));
        let after = format!("{}::from({:?})", self.item(), was.wire);
        change.usage(variant(&self.old_item(), was), Some(after))
    }

    /// Compares the names of the variants for unknown values.
    fn unknown_variants(&self, old: &[EnumValue], new: &[EnumValue], changes: &mut Changes) {
        let names = [old, new].map(unknown_variant);
        let [old_name, _] = &names;
        let before = format!("{}::{old_name}(value)", self.old_item());
        let [was, now] = names.map(|name| format!("{}::{name}", self.item()));
        if was != now {
            let detail = format!("`{was}` → `{now}`");
            let at = Origin::in_new(&self.new.pointer.child("enum"));
            let change = self.change(&rules::VALUE_ADDED_UNKNOWN, at, &detail);
            let change = change.item(&was).item(&now);
            changes.push(change.usage(before, Some(format!("{now}(value)"))));
        }
    }
}

fn variant(item: &str, value: &EnumValue) -> String {
    format!("{item}::{}", value.rust)
}
