//! Assigns every change to one group.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::super::change::Change;
use super::super::rules::{self, Level, Rule};
use super::super::subjects::{detail_name, subject};
use super::change_group::ChangeGroup;
use super::describe::{GroupKey, Members, describe};

/// From this number on, changes of one kind are a group of their own, wherever they are.
const MANY: usize = 3;

/// Rules whose changes are one decision, wherever they are.
const ONE_DECISION: &[&Rule] = &[
    &rules::FEATURE_ADDED,
    &rules::FEATURE_FREED,
    &rules::FEATURE_NEEDED,
    &rules::FEATURE_REMOVED,
    &rules::OPERATION_ADDED,
    &rules::OPERATION_REMOVED,
];

/// Rules about a type as a whole: such a change joins the replacement of the type, or a list.
const WHOLE_TYPE: &[&Rule] = &[
    &rules::TYPE_ADDED,
    &rules::TYPE_REMOVED,
    &rules::TYPE_RENAMED,
];

/// Groups sorted changes. Returns the most severe group first, then the one with the most changes.
pub(in crate::diff) fn group(changes: &[Change]) -> Vec<ChangeGroup> {
    let mut grouping = Grouping::new(changes);
    grouping.take_single_decisions();
    grouping.take_replacements();
    grouping.take_largest();
    grouping.take_rest();
    let groups = grouping.groups.iter();
    let mut groups: Vec<ChangeGroup> = groups
        .map(|(key, members)| describe(key, members))
        .collect();
    groups.sort_by(|one, other| {
        let weight = |group: &ChangeGroup| (group.level, group.count());
        let by_weight = weight(other).cmp(&weight(one));
        by_weight.then_with(|| one.subject.cmp(&other.subject))
    });
    groups
}

fn is_whole_type(change: &Change) -> bool {
    WHOLE_TYPE.contains(&change.rule)
}

/// Changes without a group, and the groups.
struct Grouping<'a> {
    remaining: Members<'a>,
    /// New subjects of renamed schemas, by their old subjects.
    renamed: BTreeMap<String, String>,
    groups: Vec<(GroupKey, Members<'a>)>,
}

impl<'a> Grouping<'a> {
    fn new(changes: &'a [Change]) -> Self {
        let mut renamed = BTreeMap::new();
        for change in changes {
            let now = subject(&change.at.pointer);
            if change.rule == &rules::TYPE_RENAMED {
                let before = change.covers.iter().map(subject);
                let before = before.filter(|before| *before != now);
                renamed.extend(before.map(|before| (before, now.clone())));
            }
        }
        Self {
            remaining: changes.iter().enumerate().collect(),
            renamed,
            groups: Vec::new(),
        }
    }

    /// Returns the subject of a change by its new name.
    fn subject(&self, change: &Change) -> String {
        let subject = subject(&change.at.pointer);
        self.renamed.get(&subject).cloned().unwrap_or(subject)
    }

    /// Groups the remaining changes that have a key, where a group is worth while.
    fn take(&mut self, key: impl Fn(&Self, &Change) -> Option<GroupKey>) {
        let mut found: BTreeMap<GroupKey, Members<'a>> = BTreeMap::new();
        for (index, change) in &self.remaining {
            if let Some(key) = key(self, change) {
                found.entry(key).or_default().insert(*index, *change);
            }
        }
        for (key, members) in found {
            if self.is_worth_while(&key, &members) {
                self.add(key, members);
            }
        }
    }

    fn add(&mut self, key: GroupKey, members: Members<'a>) {
        for index in members.keys() {
            self.remaining.remove(index);
        }
        self.groups.push((key, members));
    }

    fn take_single_decisions(&mut self) {
        self.take(|_, change| {
            let is_one = ONE_DECISION.contains(&change.rule);
            is_one.then_some(GroupKey::Rule(change.rule.id))
        });
        // Many documented constraints are one decision, too.
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for change in self.remaining.values() {
            *counts.entry(change.rule.id).or_default() += 1;
        }
        self.take(|_, change| {
            let count = counts.get(change.rule.id).copied().unwrap_or_default();
            let is_minute = change.rule.level == Level::Patch && count >= MANY;
            is_minute.then_some(GroupKey::Rule(change.rule.id))
        });
    }

    /// Groups a type that replaces another with the changes that add, remove or rename the two.
    fn take_replacements(&mut self) {
        let remaining = self.remaining.values();
        let pairs: BTreeSet<(String, String)> = remaining
            .filter_map(|change| change.replacement.clone())
            .collect();
        let by_old: BTreeMap<&str, &(String, String)> =
            pairs.iter().map(|pair| (pair.0.as_str(), pair)).collect();
        let by_new: BTreeMap<&str, &(String, String)> =
            pairs.iter().map(|pair| (pair.1.as_str(), pair)).collect();
        let of_type = |change: &Change| {
            let name = change.items.first()?.strip_prefix("types::")?;
            let pairs = if change.rule == &rules::TYPE_ADDED {
                &by_new
            } else {
                &by_old
            };
            pairs.get(name).map(|pair| (*pair).clone())
        };
        self.take(|_, change| {
            let own = change.replacement.clone();
            let pair = own.or_else(|| of_type(change).filter(|_| is_whole_type(change)));
            let (old, new) = pair?;
            Some(GroupKey::Replacement(old, new))
        });
    }

    /// Repeatedly groups what most changes have in common: a subject, or a name in many subjects.
    fn take_largest(&mut self) {
        let mut found: BTreeMap<GroupKey, Members<'a>> = BTreeMap::new();
        for (index, change) in &self.remaining {
            let name = GroupKey::SameName(detail_name(&change.detail));
            let name = (!is_whole_type(change)).then_some(name);
            let subject = GroupKey::Subject(self.subject(change));
            for key in name.into_iter().chain([subject]) {
                found.entry(key).or_default().insert(*index, *change);
            }
        }
        let sizes = found.iter();
        let sizes = sizes.map(|(key, members)| (Reverse(members.len()), key.clone()));
        let mut queue: BTreeSet<(Reverse<usize>, GroupKey)> = sizes.collect();
        while let Some((Reverse(size), key)) = queue.pop_first() {
            let mut members = found.remove(&key).unwrap_or_default();
            members.retain(|index, _| self.remaining.contains_key(index));
            if members.len() < size {
                // Other groups took some of them: put it back by its new size.
                queue.insert((Reverse(members.len()), key.clone()));
                found.insert(key, members);
            } else if self.is_worth_while(&key, &members) {
                self.add(key, members);
            }
        }
    }

    /// Whether changes are easier to review together.
    fn is_worth_while(&self, key: &GroupKey, members: &Members<'a>) -> bool {
        let subjects = || -> BTreeSet<String> {
            let changes = members.values();
            changes.map(|change| self.subject(change)).collect()
        };
        match key {
            GroupKey::SameName(_) => subjects().len() >= MANY,
            // A replacement within one schema belongs to the changes of that schema.
            GroupKey::Replacement(..) => subjects().len() > 1,
            GroupKey::Subject(_) => {
                members.len() > 1 && !members.values().all(|change| is_whole_type(change))
            }
            GroupKey::Rule(_) => true,
        }
    }

    /// Groups single changes: whole types by their rule, all others by their subject.
    fn take_rest(&mut self) {
        self.take(|_, change| is_whole_type(change).then_some(GroupKey::Rule(change.rule.id)));
        for (index, change) in std::mem::take(&mut self.remaining) {
            let key = GroupKey::Subject(self.subject(change));
            self.groups.push((key, Members::from([(index, change)])));
        }
    }
}
