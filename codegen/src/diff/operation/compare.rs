//! Compares the operations of both sides.

use super::super::change::{Change, Changes, Origin};
use super::super::matching::MatchedModels;
use super::super::names::{method_item, operation_title, type_item};
use super::super::parameter::{self, OperationPair};
use super::super::usage_lines::method_call;
use super::super::{deprecation, request_body, response, rules};
use super::identity::{self, items};
use super::security;
use crate::model::{Model, Operation};

/// Compares the operations of both sides.
pub(in crate::diff) fn compare(models: &MatchedModels<'_>, changes: &mut Changes) {
    for old in &models.removed {
        let at = Origin::in_old(&old.pointer);
        let change = Change::new(&rules::OPERATION_REMOVED, at, operation_title(old));
        let change = change.items(items(old)).items(inner_types(old, models.old));
        changes.push(change.usage(method_call(old), None));
    }
    for new in &models.added {
        let at = Origin::in_new(&new.pointer);
        let change = Change::new(&rules::OPERATION_ADDED, at, operation_title(new));
        changes.push(change.items(items(new)).items(inner_types(new, models.new)));
    }
    reused_methods(models, changes);
    for (old, new) in &models.operations {
        let operation = OperationPair::new(models, old, new);
        identity::compare(models, &operation, changes);
        idempotency(old, new, changes);
        let flags = (old.deprecated, new.deprecated);
        let pointer = new.pointer.child("deprecated");
        let subject = operation_title(new);
        deprecation::compare(flags, &pointer, subject, &method_item(new), changes);
        security::compare(models, old, new, changes);
        parameter::compare(models, &operation, changes);
        request_body::compare(models, &operation, changes);
        response::compare(models, old, new, changes);
    }
}

/// Adds changes for methods that belong to another operation now: old calls may still compile.
fn reused_methods(models: &MatchedModels<'_>, changes: &mut Changes) {
    let matched = models.operations.iter();
    let renamed = matched.filter(|(old, new)| old.rust != new.rust);
    let released = renamed
        .map(|(old, _)| *old)
        .chain(models.removed.iter().copied());
    for old in released {
        let mut operations = models.new.operations.iter();
        if let Some(new) = operations.find(|operation| operation.rust == old.rust) {
            let (before, after) = (operation_title(old), operation_title(new));
            let detail = format!("`{}`: {before} → {after}", old.rust);
            let at = Origin::in_new(&new.pointer);
            let change = Change::new(&rules::METHOD_TAKEN, at, detail);
            changes.push(change.item(method_item(old)));
        }
    }
}

/// Returns the types that are declared inside an operation.
fn inner_types(operation: &Operation, model: &Model) -> Vec<String> {
    let types = model.types.iter();
    let inner = types.filter(|(_, definition)| operation.pointer.contains(&definition.pointer));
    inner.map(|(name, _)| type_item(name)).collect()
}

fn idempotency(old: &Operation, new: &Operation, changes: &mut Changes) {
    if old.idempotent == new.idempotent {
        return;
    }
    let now = if new.idempotent {
        "idempotent"
    } else {
        "not idempotent"
    };
    let at = Origin::in_new(&new.pointer.child("x-idempotent"));
    let detail = format!("{}: {now}", operation_title(new));
    changes.push(Change::new(&rules::REPEATED, at, detail).item(method_item(new)));
}
