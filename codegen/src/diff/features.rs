//! Compares Cargo features: which exist, and which items need them.

use std::collections::{BTreeMap, BTreeSet};

use super::change::{Change, Changes, Origin};
use super::matching::MatchedModels;
use super::names::{method_item, type_item};
use super::rules::{self, Rule};
use crate::pointer::Pointer;

/// The features of which an item needs one; `None` if it needs none.
type Features = Option<BTreeSet<String>>;

/// Compares the features, and what items need.
pub(super) fn compare(models: &MatchedModels<'_>, changes: &mut Changes) {
    let features = [models.old, models.new]
        .map(|model| -> BTreeSet<String> { model.features().into_values().collect() });
    let [old, new] = &features;
    let tags = Pointer::root().child("tags");
    for removed in old.difference(new) {
        let detail = format!("`{removed}`");
        let at = Origin::in_old(&tags);
        changes.push(Change::new(&rules::FEATURE_REMOVED, at, detail));
    }
    for added in new.difference(old) {
        let detail = format!("`{added}`");
        let at = Origin::in_new(&tags);
        changes.push(Change::new(&rules::FEATURE_ADDED, at, detail));
    }
    // Without features everything is available, and the removals above say so.
    if new.is_empty() {
        return;
    }
    for ((before, after), items) in items_by_features(models) {
        let Some(rule) = rule(&before, &after, new) else {
            continue;
        };
        let detail = format!("{} → {}", describe(&before), describe(&after));
        let change = Change::new(rule, Origin::in_new(&tags), detail);
        changes.push(change.items(items));
    }
}

/// Groups the items whose features changed by the features before and after.
fn items_by_features(models: &MatchedModels<'_>) -> BTreeMap<(Features, Features), Vec<String>> {
    let mut items: BTreeMap<(Features, Features), Vec<String>> = BTreeMap::new();
    let mut add = |before: Features, after: Features, item: String| {
        if before != after {
            items.entry((before, after)).or_default().push(item);
        }
    };
    let (old, new) = (models.old.features(), models.new.features());
    let single = |feature: Option<&String>| feature.map(|name| BTreeSet::from([name.clone()]));
    // An operation that moved to another module has a change of its own.
    let operations = models.operations.iter();
    for (was, now) in operations.filter(|(was, now)| was.module == now.module) {
        let (before, after) = (old.get(&*was.module), new.get(&*now.module));
        add(single(before), single(after), method_item(now));
    }
    let (old, new) = (models.old.type_features(), models.new.type_features());
    for was in models.old.types.keys() {
        let now = models.new_name(was);
        if models.new.types.contains_key(now) {
            let (before, after) = (old.get(&**was), new.get(now));
            add(before.cloned(), after.cloned(), type_item(now));
        }
    }
    items
}

/// Returns what the change means for manifests that name features. A removed feature has a change
/// of its own.
fn rule(before: &Features, after: &Features, known: &BTreeSet<String>) -> Option<&'static Rule> {
    let Some(after) = after else {
        return Some(&rules::FEATURE_FREED);
    };
    let Some(before) = before else {
        return Some(&rules::FEATURE_NEEDED);
    };
    let mut kept = before.intersection(known).peekable();
    let is_same = kept.peek().is_none() || after.is_subset(before);
    if !kept.all(|feature| after.contains(feature)) {
        Some(&rules::FEATURE_NEEDED)
    } else if is_same {
        None
    } else {
        Some(&rules::FEATURE_FREED)
    }
}

fn describe(features: &Features) -> String {
    match features {
        None => "always".to_owned(),
        Some(features) => {
            let names = features.iter().map(|name| format!("`{name}`"));
            names.collect::<Vec<_>>().join(" or ")
        }
    }
}
