//! Suggests what may replace a removed item: the new items of the same kind. A reviewer decides.

use std::collections::{BTreeMap, BTreeSet};

use super::change::Change;
use super::names::type_item;
use super::rules::{self, Rule};
use super::subjects::subject;

/// A kind of removal, and the kinds of additions that may replace what was removed.
struct Replacement {
    removed: &'static Rule,
    added: &'static [&'static Rule],
    /// Whether the addition must be in the same schema or operation.
    same_subject: bool,
}

const REPLACEMENTS: &[Replacement] = &[
    Replacement {
        removed: &rules::BRANCH_REMOVED,
        added: &[&rules::BRANCH_ADDED],
        same_subject: true,
    },
    Replacement {
        removed: &rules::CONSTANT_REMOVED,
        added: &[&rules::CONSTANT_ADDED, &rules::PARAMETER_LOWERED],
        same_subject: false,
    },
    Replacement {
        removed: &rules::CREDENTIAL_REMOVED,
        added: &[&rules::CREDENTIAL_ADDED],
        same_subject: false,
    },
    Replacement {
        removed: &rules::MEMBER_REMOVED,
        added: &[
            &rules::MEMBER_ADDED_FIXED,
            &rules::MEMBER_ADDED_OPTIONAL,
            &rules::MEMBER_ADDED_REQUIRED,
            &rules::MEMBER_ADDED_RESPONSE,
            &rules::OPEN_ADDED,
        ],
        same_subject: true,
    },
    Replacement {
        removed: &rules::OPERATION_REMOVED,
        added: &[&rules::OPERATION_ADDED],
        same_subject: false,
    },
    Replacement {
        removed: &rules::STATUS_REMOVED,
        added: &[&rules::STATUS_ADDED],
        same_subject: true,
    },
    Replacement {
        removed: &rules::TYPE_REMOVED,
        added: &[&rules::TYPE_ADDED],
        same_subject: false,
    },
];

/// The additions that may replace a removal.
pub(super) struct Replacements {
    /// Added items, by the id of the removal's rule, and by the subject where it must be the same.
    added: BTreeMap<(&'static str, Option<String>), BTreeSet<String>>,
    /// New types, by the old types that they replace somewhere.
    types: BTreeMap<String, BTreeSet<String>>,
}

impl Replacements {
    /// Collects the additions among all changes.
    pub(super) fn of(changes: &[Change]) -> Self {
        let mut replacements = Self {
            added: BTreeMap::new(),
            types: BTreeMap::new(),
        };
        for change in changes {
            replacements.add(change);
        }
        replacements
    }

    fn add(&mut self, change: &Change) {
        for replacement in REPLACEMENTS {
            if replacement.added.contains(&change.rule) {
                let subject = replacement
                    .same_subject
                    .then(|| subject(&change.at.pointer));
                let key = (replacement.removed.id, subject);
                let items = self.added.entry(key).or_default();
                items.extend(change.items.first().cloned());
            }
        }
        if let Some((old, new)) = &change.replacement {
            let items = self.types.entry(type_item(old)).or_default();
            items.insert(type_item(new));
        }
    }

    /// Returns the items that may replace what a change removed.
    pub(super) fn candidates(&self, change: &Change) -> Vec<String> {
        let replaced = change.items.first().and_then(|item| self.types.get(item));
        if let Some(types) = replaced.filter(|_| change.rule == &rules::TYPE_REMOVED) {
            return types.iter().cloned().collect();
        }
        let subjects = [None, Some(subject(&change.at.pointer))].into_iter();
        let found = subjects.filter_map(|subject| self.added.get(&(change.rule.id, subject)));
        found.flatten().cloned().collect()
    }
}
