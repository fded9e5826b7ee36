//! Differences of the generated API that no change explains.
//!
//! A change names the items that it affects. Its consequences in the same type or operation (a setter
//! for `null`, a `Default`, the type that `send` returns) are explained by it too, provided that the
//! inputs cause them: a line that the current generator emits for the old inputs and not for the new
//! ones disappeared because of the inputs alone.

use std::collections::BTreeSet;

use super::api_items::{item_prefixes, owner, words};
use super::change::Changes;
use super::matching::MatchedModels;
use super::names::{method_item, module_item, type_item};
use super::rules::{self, Rule};
use super::side::Side;
use crate::model::{Model, Operation};
use crate::name::companion;

/// Rules about documentation, which do not explain another signature.
const WITHOUT_EFFECT: &[&Rule] = &[
    &rules::ACCESS_CHANGED,
    &rules::ARGUMENT_DEPRECATED,
    &rules::BOUND_CHANGED,
    &rules::CLOSED_CHANGED,
    &rules::FEATURE_FREED,
    &rules::FEATURE_NEEDED,
    &rules::MEMBER_ENCODING,
    &rules::UNEXPRESSED_CHANGED,
    &rules::DEFAULT_CHANGED,
    &rules::FORMAT_DOCUMENTED,
    &rules::DEPRECATED,
    &rules::UNDEPRECATED,
];

/// Returns the lines of the API that only one side has and that no change explains.
pub(super) fn unexplained_lines(
    old: &Side<'_>,
    new: &Side<'_>,
    models: &MatchedModels<'_>,
    changes: &Changes,
) -> Vec<(&'static Rule, String)> {
    let set = |lines: &[String]| -> BTreeSet<String> { lines.iter().cloned().collect() };
    let (before, after) = (set(&old.api), set(&new.api));
    let today = old.today.as_deref().map(set);
    let explained = ExplainedItems::new(changes, models);
    // Whether the current generator emits the line for the old inputs.
    let is_emitted = |line: &String| today.as_ref().is_some_and(|today| today.contains(line));
    let is_explained = |line: &String| explained.has_renamed_name(line) || explained.has_item(line);
    let removed = before.difference(&after).filter(|line| {
        let by_inputs = is_emitted(line) && explained.has_owner(line);
        !(is_explained(line) || by_inputs)
    });
    let added = after.difference(&before).filter(|line| {
        let by_inputs = today.is_some() && !is_emitted(line) && explained.has_owner(line);
        !(is_explained(line) || by_inputs)
    });
    let removed = removed.map(|line| (&rules::API_REMOVED, line.clone()));
    let added = added.map(|line| (&rules::API_ADDED, line.clone()));
    removed.chain(added).collect()
}

/// The items and names that changes affect.
struct ExplainedItems {
    items: BTreeSet<String>,
    renamed_names: BTreeSet<String>,
    /// The types and operations of those items, with everything that belongs to them.
    owners: BTreeSet<String>,
}

impl ExplainedItems {
    fn new(changes: &Changes, models: &MatchedModels<'_>) -> Self {
        let changes = changes.iter();
        let effective: Vec<_> = changes
            .filter(|change| !WITHOUT_EFFECT.contains(&change.rule))
            .collect();
        let items = effective.iter().flat_map(|change| change.items.clone());
        let names = effective.iter();
        let names = names.flat_map(|change| change.renamed_names.clone());
        let items: BTreeSet<String> = items.collect();
        Self {
            owners: owners(&items, models),
            items,
            renamed_names: names.collect(),
        }
    }

    /// Whether a line is about an affected item or a part of one.
    fn has_item(&self, line: &str) -> bool {
        item_prefixes(line).any(|prefix| self.items.contains(prefix))
    }

    /// Whether a line belongs to a type or an operation that has an affected item.
    fn has_owner(&self, line: &str) -> bool {
        self.owners.contains(owner(line))
    }

    /// Whether a line contains a name that changed.
    fn has_renamed_name(&self, line: &str) -> bool {
        words(line).any(|word| self.renamed_names.contains(word))
    }
}

/// Returns the types and operations that the items belong to.
fn owners(items: &BTreeSet<String>, models: &MatchedModels<'_>) -> BTreeSet<String> {
    let affected: BTreeSet<&str> = items.iter().map(|item| owner(item)).collect();
    let mut owners = BTreeSet::new();
    for model in [models.old, models.new] {
        let operations = model.operations.iter().map(operation_items);
        let types = model.types.keys().map(|name| type_items(name, model));
        for family in operations.chain(types) {
            if family.iter().any(|item| affected.contains(item.as_str())) {
                owners.extend(family);
            }
        }
    }
    owners
}

/// Returns the items that are generated for an operation.
fn operation_items(operation: &Operation) -> Vec<String> {
    let names = [
        &operation.type_name,
        &operation.error_type,
        &operation.success_type,
    ];
    let types = names.map(|name| module_item(operation, name));
    types.into_iter().chain([method_item(operation)]).collect()
}

/// Returns the items that are generated for a type.
fn type_items(name: &str, model: &Model) -> Vec<String> {
    vec![type_item(name), type_item(&companion(name, model))]
}
