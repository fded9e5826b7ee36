//! What changes can have in common, and the group that results.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::super::change::Change;
use super::super::rules::Level;
use super::super::subjects::{detail_name, subject};
use super::change_group::{ChangeGroup, RuleChanges};

/// What changes have in common, the strongest bond first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum GroupKey {
    /// One type replaces another: their names.
    Replacement(String, String),
    /// The same name in many places.
    SameName(String),
    /// A schema, an operation, or a part of the packaging.
    Subject(String),
    /// The same rule: its id.
    Rule(&'static str),
}

/// Changes with the same key, by their position in the list of all.
pub(super) type Members<'a> = BTreeMap<usize, &'a Change>;

/// Builds a group from its changes.
pub(super) fn describe(key: &GroupKey, members: &Members<'_>) -> ChangeGroup {
    let common = match key {
        GroupKey::Replacement(old, new) => format!("`{old}` → `{new}`"),
        GroupKey::SameName(text) | GroupKey::Subject(text) => text.clone(),
        GroupKey::Rule(_) => String::new(),
    };
    let mut changes: Vec<&Change> = members.values().copied().collect();
    // The report shows the first names of a list: those that are used most.
    if matches!(key, GroupKey::Rule(_)) {
        changes.sort_by_key(|change| Reverse(change.use_count));
    }
    let places: BTreeSet<String> = changes
        .iter()
        .map(|change| subject(&change.at.pointer))
        .collect();
    let levels = changes.iter().map(|change| change.rule.level);
    ChangeGroup {
        level: levels.max().unwrap_or(Level::Patch),
        places: matches!(key, GroupKey::SameName(_)).then_some(places.len()),
        rules: by_rule(key, &common, &changes),
        subject: common,
    }
}

fn by_rule(key: &GroupKey, common: &str, changes: &[&Change]) -> Vec<RuleChanges> {
    let mut rules: BTreeMap<(Reverse<Level>, &str), RuleChanges> = BTreeMap::new();
    for change in changes {
        let position = (Reverse(change.rule.level), change.rule.id);
        let entry = rules.entry(position).or_insert_with(|| RuleChanges {
            rule: change.rule.id,
            summary: change.rule.summary,
            names: Vec::new(),
            changes: Vec::new(),
        });
        entry.changes.push(change.fingerprint());
        let name = match key {
            GroupKey::Rule(_) => change.detail.clone(),
            GroupKey::Subject(_) => detail_name(&change.detail),
            GroupKey::Replacement(..) | GroupKey::SameName(_) => subject(&change.at.pointer),
        };
        if name != common && !name.is_empty() && !entry.names.contains(&name) {
            entry.names.push(name);
        }
    }
    rules.into_values().collect()
}
