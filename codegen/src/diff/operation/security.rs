//! Compares the security requirements of an operation.

use std::collections::BTreeSet;

use super::super::change::{Change, Changes, Origin};
use super::super::client::matched_schemes;
use super::super::matching::MatchedModels;
use super::super::names::{method_item, operation_title};
use super::super::rules;
use crate::model::{Model, Operation};
use crate::pointer::Pointer;

/// The names of the schemes that are required together.
type Alternative = BTreeSet<String>;

/// Compares the alternatives that an operation accepts.
pub(super) fn compare(
    models: &MatchedModels<'_>,
    old: &Operation,
    new: &Operation,
    changes: &mut Changes,
) {
    let schemes = matched_schemes(models);
    let with_new_name = |scheme: String| match schemes.get(&*scheme) {
        Some(now) => (*now).to_owned(),
        None => scheme,
    };
    let before = alternatives(old, models.old).into_iter();
    let before = before.map(|names| names.into_iter().map(with_new_name).collect());
    let (before, after): (Vec<Alternative>, _) = (before.collect(), alternatives(new, models.new));
    let set = |list: &[Alternative]| -> BTreeSet<Alternative> { list.iter().cloned().collect() };
    let is_accepted = |old: &Alternative| after.iter().any(|new| new.is_subset(old));
    let rule = if before == after {
        return;
    } else if set(&before) == set(&after) {
        &rules::SECURITY_ORDER
    } else if before.iter().all(is_accepted) {
        &rules::SECURITY_RELAXED
    } else {
        &rules::SECURITY_TIGHTENED
    };
    let title = operation_title(new);
    let detail = format!("{title}: {} → {}", describe(&before), describe(&after));
    let at = Origin::in_new(&new.pointer.child("security"));
    let change = Change::new(rule, at, detail).item(method_item(new));
    changes.push(change.covers([&Pointer::root().child("security")]));
}

/// Returns the alternatives by scheme names. An operation without security accepts no credentials.
fn alternatives(operation: &Operation, model: &Model) -> Vec<Alternative> {
    let scheme = |index: &usize| Some(model.credentials.get(*index)?.scheme.clone());
    match operation.security.as_slice() {
        [] => vec![Alternative::new()],
        all => {
            let alternatives = all.iter();
            alternatives
                .map(|indexes| indexes.iter().filter_map(scheme).collect())
                .collect()
        }
    }
}

fn describe(alternatives: &[Alternative]) -> String {
    let describe = |alternative: &Alternative| {
        if alternative.is_empty() {
            return "none".to_owned();
        }
        let names = alternative.iter().map(|name| format!("`{name}`"));
        names.collect::<Vec<_>>().join(" and ")
    };
    let each = alternatives.iter().map(describe);
    each.collect::<Vec<_>>().join(" or ")
}
