//! Compares the successes of an operation: what `.send()` returns, and statuses without a variant.

use super::super::change::{Change, Changes, Origin};
use super::super::matching::MatchedModels;
use super::super::names::{module_item, operation_title};
use super::super::rules;
use super::super::rust_types::rust_type;
use super::super::schema::with_new_names;
use super::super::usage_lines::method_call;
use super::statuses::{is_success, response_pointer, status_title};
use super::success_types::{
    has_success_enum, response_type, success_methods, success_type, successes,
};
use crate::model::{Operation, Response, Schema};

/// Compares what `.send()` returns, and the statuses that no enum distinguishes.
pub(super) fn compare(
    models: &MatchedModels<'_>,
    old: &Operation,
    new: &Operation,
    changes: &mut Changes,
) {
    let with_new_names = |schema: &Schema| with_new_names(schema, models);
    let before = success_type(old, with_new_names);
    let after = success_type(new, rust_type);
    // A success with another body has a change of its own.
    let is_reported = successes(old).any(|was| {
        let mut others = successes(new);
        let now = others.find(|response| response.status == was.status);
        now.is_some_and(|now| response_type(was, with_new_names) != response_type(now, rust_type))
    });
    let is_retyped = match (has_success_enum(old), has_success_enum(new)) {
        (true, true) => false,
        (false, false) => before != after && !is_reported,
        _ => true,
    };
    if is_retyped {
        changes.push(retyped(old, new, (before, after)));
    }
    statuses(old, new, changes);
}

fn retyped(old: &Operation, new: &Operation, (before, after): (String, String)) -> Change {
    let at = Origin::in_new(&new.pointer.child("responses"));
    let detail = format!("{}: `{before}` → `{after}`", operation_title(new));
    let change = Change::new(&rules::SUCCESS_TYPE, at, detail);
    let change = change.items(success_methods(old, new));
    let success_enum = |operation: &Operation| {
        has_success_enum(operation).then(|| module_item(operation, &operation.success_type))
    };
    let change = change.items(success_enum(old)).items(success_enum(new));
    let line = |operation: &Operation, ty: &str| {
        let method = method_call(operation);
        format!("let answer: {ty} = {method}.await?.into_body();")
    };
    change.usage(line(old, &before), Some(line(new, &after)))
}

/// Compares the statuses of successes on a side where no enum distinguishes them.
fn statuses(old: &Operation, new: &Operation, changes: &mut Changes) {
    let (removed, added) = (only_in(old, new), only_in(new, old));
    let title = operation_title(new);
    let change = |rule, at, detail| {
        let change = Change::new(rule, at, detail);
        change.items(success_methods(old, new))
    };
    for (was, now) in removed.iter().zip(&added) {
        let (before, after) = (status_title(was.status), status_title(now.status));
        let detail = format!("{before} → {after} of {title}");
        let at = Origin::in_new(&response_pointer(new, now));
        let change = change(&rules::SUCCESS_STATUS, at, detail);
        changes.push(change.covers([&response_pointer(old, was)]));
    }
    for was in removed.iter().skip(added.len()) {
        let detail = format!("{} of {title}", status_title(was.status));
        let at = Origin::in_old(&response_pointer(old, was));
        changes.push(change(&rules::SUCCESS_STATUS_REMOVED, at, detail));
    }
    for now in added.iter().skip(removed.len()) {
        let detail = format!("{} of {title}", status_title(now.status));
        let at = Origin::in_new(&response_pointer(new, now));
        changes.push(change(&rules::SUCCESS_STATUS_ADDED, at, detail));
    }
}

/// Returns the successes of one side that have no variant, and whose status the other side lacks.
fn only_in<'o>(operation: &'o Operation, other: &Operation) -> Vec<&'o Response> {
    if has_success_enum(operation) {
        return Vec::new();
    }
    let lacks = |response: &&Response| {
        let mut others = other.responses.iter();
        others.all(|candidate| candidate.status != response.status)
    };
    let responses = operation.responses.iter();
    let successes = responses.filter(|response| is_success(response.status));
    successes.filter(lacks).collect()
}
