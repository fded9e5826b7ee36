//! Types without a match on the other side.

use std::collections::BTreeMap;

use crate::model::{Model, TypeDef};

/// Types by their names.
type Types<'a> = BTreeMap<&'a str, &'a TypeDef>;

/// The types that may have been renamed, and those that were found.
pub(super) struct Candidates<'a> {
    /// Old types without a new name.
    pub(super) removed: Types<'a>,
    /// New types without an old name.
    pub(super) added: Types<'a>,
    pub(super) old: &'a Model,
    pub(super) new: &'a Model,
    /// New names by old names.
    pub(super) found: BTreeMap<&'a str, &'a str>,
}

impl<'a> Candidates<'a> {
    /// Collects the types that only one side has.
    pub(super) fn new(old: &'a Model, new: &'a Model) -> Self {
        Self {
            removed: only_in(old, new),
            added: only_in(new, old),
            old,
            new,
            found: BTreeMap::new(),
        }
    }

    /// Records that a type was renamed.
    pub(super) fn accept(&mut self, old: &'a str, new: &'a str) {
        self.removed.remove(old);
        self.added.remove(new);
        self.found.insert(old, new);
    }

    /// Accepts the pairs whose two types have no other candidate.
    pub(super) fn accept_unique(&mut self, candidates: &[(&'a str, &'a str)]) {
        let mut by_old: BTreeMap<&str, usize> = BTreeMap::new();
        let mut by_new: BTreeMap<&str, usize> = BTreeMap::new();
        for (old, new) in candidates {
            *by_old.entry(old).or_default() += 1;
            *by_new.entry(new).or_default() += 1;
        }
        for (old, new) in candidates {
            if by_old.get(old) == Some(&1) && by_new.get(new) == Some(&1) {
                self.accept(old, new);
            }
        }
    }
}

fn only_in<'a>(model: &'a Model, other: &Model) -> Types<'a> {
    let types = model.types.iter();
    let only = types.filter(|(name, _)| !other.types.contains_key(*name));
    only.map(|(name, definition)| (name.as_str(), definition))
        .collect()
}
