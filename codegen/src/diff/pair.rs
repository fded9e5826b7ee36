//! Which operation and which type of one side is which of the other.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::renames::renames;
use crate::model::{Model, Operation};
use crate::pointer::Pointer;

/// Two models, and what belongs together.
pub(super) struct Pair<'a> {
    pub(super) old: &'a Model,
    pub(super) new: &'a Model,
    /// Operations of both sides.
    pub(super) operations: Vec<(&'a Operation, &'a Operation)>,
    /// Operations of the old side alone.
    pub(super) removed: Vec<&'a Operation>,
    /// Operations of the new side alone.
    pub(super) added: Vec<&'a Operation>,
    /// New names of types by their old ones.
    renamed: BTreeMap<&'a str, &'a str>,
}

impl<'a> Pair<'a> {
    pub(super) fn new(old: &'a Model, new: &'a Model) -> Self {
        let mut matching = Matching {
            old: old.operations.iter().collect(),
            new: new.operations.iter().collect(),
            both: Vec::new(),
        };
        matching.by(|it| (it.method.clone(), it.path.clone()));
        matching.by(|it| (it.method.clone(), template(&it.path)));
        matching.by(|it| it.rust.clone());
        let mut pair = Self {
            old,
            new,
            operations: matching.both,
            removed: matching.old,
            added: matching.new,
            renamed: BTreeMap::new(),
        };
        pair.renamed = renames(old, new, &pair.operations);
        pair
    }

    /// What a type of the old side is called on the new one.
    pub(super) fn new_name<'b>(&'b self, old: &'b str) -> &'b str {
        self.renamed.get(old).copied().unwrap_or(old)
    }

    /// The types that have another name, old and new.
    pub(super) fn renamed(&self) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.renamed.iter().map(|(old, new)| (*old, *new))
    }

    /// Where operations stand.
    pub(super) fn places<'b>(operations: &[&'b Operation]) -> BTreeSet<&'b Pointer> {
        operations.iter().map(|it| &it.pointer).collect()
    }

    /// Whether a type stands inside an operation that only one side has.
    pub(super) fn goes_with(operations: &BTreeSet<&Pointer>, pointer: &Pointer) -> bool {
        let mut holders = std::iter::successors(Some(pointer.clone()), Pointer::parent);
        holders.any(|it| operations.contains(&it))
    }
}

/// A path without the names of its expressions.
pub(super) fn template(path: &str) -> String {
    let mut parts = path.split('{');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| {
        let after = part.split_once('}').map_or("", |(_, after)| after);
        format!("{text}{{}}{after}")
    })
}

/// Operations that wait for their other half.
struct Matching<'a> {
    old: Vec<&'a Operation>,
    new: Vec<&'a Operation>,
    both: Vec<(&'a Operation, &'a Operation)>,
}

impl Matching<'_> {
    /// Puts together what has one key.
    fn by<K: Ord>(&mut self, key: impl Fn(&Operation) -> K) {
        let mut by_key: BTreeMap<K, VecDeque<usize>> = BTreeMap::new();
        for (at, new) in self.new.iter().enumerate() {
            by_key.entry(key(new)).or_default().push_back(at);
        }
        let mut taken = BTreeSet::new();
        let mut waiting = Vec::new();
        for old in std::mem::take(&mut self.old) {
            let at = by_key.get_mut(&key(old)).and_then(VecDeque::pop_front);
            match at.and_then(|at| Some((at, *self.new.get(at)?))) {
                Some((at, new)) => {
                    taken.insert(at);
                    self.both.push((old, new));
                }
                None => waiting.push(old),
            }
        }
        self.old = waiting;
        let new = std::mem::take(&mut self.new).into_iter().enumerate();
        let left = new.filter(|(at, _)| !taken.contains(at));
        self.new = left.map(|(_, new)| new).collect();
    }
}
