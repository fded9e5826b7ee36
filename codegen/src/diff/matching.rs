//! Matches the operations and types of two models.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::type_renames::type_renames;
use crate::model::{Model, Operation};
use crate::pointer::Pointer;

/// Two models with their matched operations and types.
pub(super) struct MatchedModels<'a> {
    pub(super) old: &'a Model,
    pub(super) new: &'a Model,
    /// Operations that both sides have, old and new.
    pub(super) operations: Vec<(&'a Operation, &'a Operation)>,
    /// Operations that only the old side has.
    pub(super) removed: Vec<&'a Operation>,
    /// Operations that only the new side has.
    pub(super) added: Vec<&'a Operation>,
    /// New names of renamed types, by their old names.
    renamed: BTreeMap<&'a str, &'a str>,
}

impl<'a> MatchedModels<'a> {
    /// Matches operations by method and path, then by path template, then by Rust name.
    pub(super) fn new(old: &'a Model, new: &'a Model) -> Self {
        let mut matching = OperationMatching {
            old: old.operations.iter().collect(),
            new: new.operations.iter().collect(),
            matched: Vec::new(),
        };
        matching.match_by(|operation| (operation.method.clone(), operation.path.clone()));
        matching.match_by(|operation| (operation.method.clone(), path_template(&operation.path)));
        matching.match_by(|operation| operation.rust.clone());
        let mut models = Self {
            old,
            new,
            operations: matching.matched,
            removed: matching.old,
            added: matching.new,
            renamed: BTreeMap::new(),
        };
        models.renamed = type_renames(old, new, &models.operations);
        models
    }

    /// Returns the new name of an old type.
    pub(super) fn new_name<'b>(&'b self, old: &'b str) -> &'b str {
        self.renamed.get(old).copied().unwrap_or(old)
    }

    /// Iterates over the renamed types, old name and new name.
    pub(super) fn renamed(&self) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.renamed.iter().map(|(old, new)| (*old, *new))
    }

    /// Returns the pointers of operations.
    pub(super) fn pointers<'b>(operations: &[&'b Operation]) -> BTreeSet<&'b Pointer> {
        operations
            .iter()
            .map(|operation| &operation.pointer)
            .collect()
    }

    /// Whether a type is declared inside one of these operations.
    pub(super) fn is_inside(operations: &BTreeSet<&Pointer>, pointer: &Pointer) -> bool {
        let mut ancestors = std::iter::successors(Some(pointer.clone()), Pointer::parent);
        ancestors.any(|ancestor| operations.contains(&ancestor))
    }
}

/// Returns a path without the names of its template expressions: `/pets/{}`.
pub(super) fn path_template(path: &str) -> String {
    let mut parts = path.split('{');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| {
        let after = part.split_once('}').map_or("", |(_, after)| after);
        format!("{text}{{}}{after}")
    })
}

/// Operations that are not matched yet, and those that are.
struct OperationMatching<'a> {
    old: Vec<&'a Operation>,
    new: Vec<&'a Operation>,
    matched: Vec<(&'a Operation, &'a Operation)>,
}

impl OperationMatching<'_> {
    /// Matches the operations that have the same key.
    fn match_by<K: Ord>(&mut self, key: impl Fn(&Operation) -> K) {
        let mut by_key: BTreeMap<K, VecDeque<usize>> = BTreeMap::new();
        for (index, new) in self.new.iter().enumerate() {
            by_key.entry(key(new)).or_default().push_back(index);
        }
        let mut taken = BTreeSet::new();
        let mut unmatched = Vec::new();
        for old in std::mem::take(&mut self.old) {
            let index = by_key.get_mut(&key(old)).and_then(VecDeque::pop_front);
            match index.and_then(|index| Some((index, *self.new.get(index)?))) {
                Some((index, new)) => {
                    taken.insert(index);
                    self.matched.push((old, new));
                }
                None => unmatched.push(old),
            }
        }
        self.old = unmatched;
        let new = std::mem::take(&mut self.new).into_iter().enumerate();
        let left = new.filter(|(index, _)| !taken.contains(index));
        self.new = left.map(|(_, new)| new).collect();
    }
}
