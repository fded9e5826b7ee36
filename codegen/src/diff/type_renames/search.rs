//! The search for renamed types.

use std::collections::BTreeMap;

use super::candidates::Candidates;
use super::similarity::{has_same_fields, is_same_kind, may_be_same, shape_key};
use super::use_walk::count_uses;
use crate::model::{Model, Operation, TypeDef};
use crate::pointer::Pointer;

/// Returns the new names of renamed types, by their old names.
///
/// The strongest evidence comes first: a declaration at the same node, then use in the same places by
/// similar types, last a shape that no other type has.
pub(in crate::diff) fn type_renames<'a>(
    old: &'a Model,
    new: &'a Model,
    operations: &[(&'a Operation, &'a Operation)],
) -> BTreeMap<&'a str, &'a str> {
    let mut search = Candidates::new(old, new);
    search.by_pointer();
    // Each match leads to the types that the two matched types use.
    while search.by_use(operations) {}
    search.by_shape();
    search.found
}

impl<'a> Candidates<'a> {
    fn by_pointer(&mut self) {
        let mut added: BTreeMap<&Pointer, Vec<(&'a str, &'a TypeDef)>> = BTreeMap::new();
        for (name, definition) in &self.added {
            let entry = added.entry(&definition.pointer).or_default();
            entry.push((*name, *definition));
        }
        let mut candidates = Vec::new();
        for (old, was) in &self.removed {
            let here = added.get(&was.pointer).into_iter().flatten();
            let similar = here.filter(|(_, now)| is_same_kind(&was.shape, &now.shape));
            candidates.extend(similar.map(|(new, _)| (*old, *new)));
        }
        self.accept_unique(&candidates);
    }

    /// Accepts similar types that are used in the same places. Returns whether any was found.
    fn by_use(&mut self, operations: &[(&'a Operation, &'a Operation)]) -> bool {
        let uses = count_uses(self, operations);
        let pairs = uses.into_iter().map(|(pair, count)| (count, pair));
        let mut pairs: Vec<(usize, (&'a str, &'a str))> = pairs.collect();
        // The most used first, then by name.
        pairs.sort_by(|(one, names), (other, other_names)| {
            other.cmp(one).then_with(|| names.cmp(other_names))
        });
        let before = self.found.len();
        for (_, (old, new)) in pairs {
            let types = self.removed.get(old).zip(self.added.get(new));
            if types.is_some_and(|(was, now)| may_be_same(&was.shape, &now.shape)) {
                self.accept(old, new);
            }
        }
        self.found.len() > before
    }

    fn by_shape(&mut self) {
        let mut added: BTreeMap<String, Vec<(&'a str, &'a TypeDef)>> = BTreeMap::new();
        for (name, definition) in &self.added {
            let entry = added.entry(shape_key(&definition.shape)).or_default();
            entry.push((*name, *definition));
        }
        let mut candidates = Vec::new();
        for (old, was) in &self.removed {
            let same_key = added.get(&shape_key(&was.shape)).into_iter().flatten();
            let similar =
                same_key.filter(|(_, now)| was.shape == now.shape || has_same_fields(was, now));
            candidates.extend(similar.map(|(new, _)| (*old, *new)));
        }
        self.accept_unique(&candidates);
    }
}
