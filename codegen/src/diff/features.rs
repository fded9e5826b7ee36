//! Cargo features: what is there with which of them.

use std::collections::{BTreeMap, BTreeSet};

use super::pair::Pair;
use super::row::{At, Row, Rows};
use super::rules::{self, Rule};
use crate::pointer::Pointer;

type Features = Option<BTreeSet<String>>;

/// Compares the features, and what needs which.
pub(super) fn compare(pair: &Pair<'_>, rows: &mut Rows) {
    let features = [pair.old, pair.new]
        .map(|it| -> BTreeSet<String> { it.features().into_values().collect() });
    let [old, new] = &features;
    let place = Pointer::root().child("tags");
    for gone in old.difference(new) {
        let detail = format!("`{gone}`");
        rows.push(Row::new(&rules::FEATURE_REMOVED, At::old(&place), detail));
    }
    for fresh in new.difference(old) {
        let detail = format!("`{fresh}`");
        rows.push(Row::new(&rules::FEATURE_ADDED, At::new(&place), detail));
    }
    // Without any, all is there: that the features are gone is told above.
    if new.is_empty() {
        return;
    }
    for ((before, after), items) in moved(pair) {
        let Some(rule) = rule(&before, &after, new) else {
            continue;
        };
        let detail = format!("{} → {}", shown(&before), shown(&after));
        rows.push(Row::new(rule, At::new(&place), detail).items(items));
    }
}

/// The items whose features are others, by these.
fn moved(pair: &Pair<'_>) -> BTreeMap<(Features, Features), Vec<String>> {
    let mut moved: BTreeMap<(Features, Features), Vec<String>> = BTreeMap::new();
    let mut note = |before: Features, after: Features, item: String| {
        if before != after {
            moved.entry((before, after)).or_default().push(item);
        }
    };
    let (old, new) = (pair.old.features(), pair.new.features());
    let one = |feature: Option<&String>| feature.map(|it| BTreeSet::from([it.clone()]));
    // An operation with another module has a row of its own.
    let stay = pair.operations.iter();
    for (was, now) in stay.filter(|(was, now)| was.module == now.module) {
        let (before, after) = (old.get(&*was.module), new.get(&*now.module));
        note(one(before), one(after), format!("Client::{}", now.rust));
    }
    let (old, new) = (pair.old.type_features(), pair.new.type_features());
    for was in pair.old.types.keys() {
        let now = pair.new_name(was);
        if pair.new.types.contains_key(now) {
            let (before, after) = (old.get(&**was), new.get(now));
            note(before.cloned(), after.cloned(), format!("types::{now}"));
        }
    }
    moved
}

/// What it does to those who name their features; a feature that is gone is told as such.
fn rule(before: &Features, after: &Features, known: &BTreeSet<String>) -> Option<&'static Rule> {
    let Some(after) = after else {
        return Some(&rules::FEATURE_FREED);
    };
    let Some(before) = before else {
        return Some(&rules::FEATURE_NEEDED);
    };
    let kept: Vec<&String> = before.intersection(known).collect();
    match kept.iter().all(|it| after.contains(*it)) {
        true if kept.is_empty() || after.iter().all(|it| before.contains(it)) => None,
        true => Some(&rules::FEATURE_FREED),
        false => Some(&rules::FEATURE_NEEDED),
    }
}

fn shown(features: &Features) -> String {
    match features {
        None => "always".to_owned(),
        Some(features) => {
            let each: Vec<String> = features.iter().map(|it| format!("`{it}`")).collect();
            each.join(" or ")
        }
    }
}
