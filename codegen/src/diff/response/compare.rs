//! Compares the responses of an operation, status by status.

use super::super::change::{Change, Changes, Origin};
use super::super::matching::MatchedModels;
use super::super::names::operation_title;
use super::super::rules;
use super::bodies::BodyPair;
use super::statuses::{is_success, response_pointer, status_title};
use super::success;
use super::success_types::has_success_enum;
use super::variants::{error_arm, fallback_arm, variant};
use crate::model::{Operation, Response};

/// Compares the responses of an operation.
pub(in crate::diff) fn compare(
    models: &MatchedModels<'_>,
    old: &Operation,
    new: &Operation,
    changes: &mut Changes,
) {
    for before in &old.responses {
        let mut responses = new.responses.iter();
        match responses.find(|response| response.status == before.status) {
            Some(after) => BodyPair {
                operations: (old, new),
                responses: (before, after),
            }
            .compare(models, changes),
            None if !is_success(before.status) || has_success_enum(old) => {
                removed(old, new, before, changes);
            }
            None => {}
        }
    }
    for after in &new.responses {
        let mut responses = old.responses.iter();
        let is_new = responses.all(|response| response.status != after.status);
        if is_new && (!is_success(after.status) || has_success_enum(new)) {
            added(new, after, changes);
        }
    }
    success::compare(models, old, new, changes);
}

fn added(operation: &Operation, response: &Response, changes: &mut Changes) {
    let status = status_title(response.status);
    let detail = format!("{status} of {}", operation_title(operation));
    let at = Origin::in_new(&response_pointer(operation, response));
    let change = Change::new(&rules::STATUS_ADDED, at, detail);
    changes.push(change.items(variant(operation, response)));
}

fn removed(old: &Operation, new: &Operation, response: &Response, changes: &mut Changes) {
    let status = status_title(response.status);
    let detail = format!("{status} of {}", operation_title(new));
    let at = Origin::in_old(&response_pointer(old, response));
    let change = Change::new(&rules::STATUS_REMOVED, at, detail);
    let change = change.items(variant(old, response));
    changes.push(if is_success(response.status) {
        change
    } else {
        let after = fallback_arm(new, response.status);
        change.usage(error_arm(old, response), after)
    });
}
