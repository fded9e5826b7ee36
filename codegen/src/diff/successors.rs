//! What may take the place of what is gone: only a reviewer knows, but what is new there is shown.

use std::collections::{BTreeMap, BTreeSet};

use super::causes::holder;
use super::row::Row;
use super::rules::{self, Rule};

/// What is gone, what new things may take its place, and whether those stand in the same schema or
/// operation.
const SUCCESSIONS: &[(&Rule, &[&Rule], bool)] = &[
    (&rules::BRANCH_REMOVED, &[&rules::BRANCH_ADDED], true),
    (
        &rules::CONSTANT_REMOVED,
        &[&rules::CONSTANT_ADDED, &rules::PARAMETER_LOWERED],
        false,
    ),
    (
        &rules::CREDENTIAL_REMOVED,
        &[&rules::CREDENTIAL_ADDED],
        false,
    ),
    (
        &rules::MEMBER_REMOVED,
        &[
            &rules::MEMBER_ADDED_FIXED,
            &rules::MEMBER_ADDED_OPTIONAL,
            &rules::MEMBER_ADDED_REQUIRED,
            &rules::MEMBER_ADDED_RESPONSE,
            &rules::OPEN_ADDED,
        ],
        true,
    ),
    (&rules::OPERATION_REMOVED, &[&rules::OPERATION_ADDED], false),
    (&rules::STATUS_REMOVED, &[&rules::STATUS_ADDED], true),
    (&rules::TYPE_REMOVED, &[&rules::TYPE_ADDED], false),
];

/// What is new, by the rule and the place that it may be looked for in.
pub(super) struct Successors {
    added: BTreeMap<(&'static str, Option<String>), BTreeSet<String>>,
    /// New types by the old ones that they replace somewhere.
    replaced: BTreeMap<String, BTreeSet<String>>,
}

impl Successors {
    pub(super) fn of(rows: &[Row]) -> Self {
        let mut successors = Self {
            added: BTreeMap::new(),
            replaced: BTreeMap::new(),
        };
        for row in rows {
            for (gone, added, is_same) in SUCCESSIONS {
                if added.contains(&row.rule) {
                    let place = is_same.then(|| holder(&row.at.pointer));
                    let names = successors.added.entry((gone.id, place)).or_default();
                    names.extend(row.items.first().cloned());
                }
            }
            if let Some((old, new)) = &row.types {
                let news = successors
                    .replaced
                    .entry(format!("types::{old}"))
                    .or_default();
                news.insert(format!("types::{new}"));
            }
        }
        successors
    }

    /// The items that are new where something is gone.
    pub(super) fn of_row(&self, row: &Row) -> Vec<String> {
        let replaced = row.items.first().and_then(|item| self.replaced.get(item));
        if let Some(news) = replaced.filter(|_| row.rule == &rules::TYPE_REMOVED) {
            return news.iter().cloned().collect();
        }
        let here = [None, Some(holder(&row.at.pointer))];
        let found = here.into_iter().filter_map(|place| {
            let names = self.added.get(&(row.rule.id, place))?;
            Some(names.iter().cloned())
        });
        found.flatten().collect()
    }
}
