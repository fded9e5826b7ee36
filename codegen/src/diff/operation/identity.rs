//! Compares what identifies an operation: its id, its module, its types, its path and HTTP method.

use super::super::change::{Change, Changes, Origin};
use super::super::matching::{MatchedModels, path_template};
use super::super::names::{method_item, module_item, operation_title};
use super::super::parameter::OperationPair;
use super::super::response::has_success_enum;
use super::super::rules;
use super::super::usage_lines::method_call;
use crate::model::{Model, Operation};

/// Returns the method and the types that are generated for an operation.
pub(super) fn items(operation: &Operation) -> Vec<String> {
    let success = has_success_enum(operation).then_some(&operation.success_type);
    let types = [&operation.type_name, &operation.error_type];
    let types = types.into_iter().chain(success);
    let types = types.map(|name| module_item(operation, name));
    std::iter::once(method_item(operation))
        .chain(types)
        .collect()
}

/// Compares the names of an operation, and where it is sent.
pub(super) fn compare(
    models: &MatchedModels<'_>,
    operation: &OperationPair<'_>,
    changes: &mut Changes,
) {
    let (old, new) = (operation.old, operation.new);
    if old.rust == new.rust {
        type_names(models, old, new, changes);
    } else {
        let detail = format!("{}: `{}` → `{}`", operation_title(new), old.rust, new.rust);
        let at = Origin::in_new(&new.pointer);
        let change = Change::new(&rules::OPERATION_RENAMED, at, detail);
        let change = change.items(items(old)).items(items(new));
        let change = change.covers([&new.pointer.child("operationId")]);
        let change = change.renames([old.rust.clone(), new.rust.clone()]);
        changes.push(change.usage(method_call(old), Some(operation.new_call())));
    }
    if old.module != new.module {
        module(models, old, new, changes);
    }
    path(operation, changes);
    if old.method != new.method {
        let detail = format!("`{}`: {} → {}", new.rust, old.method, new.method);
        let at = Origin::in_new(&new.pointer);
        let change = Change::new(&rules::METHOD_CHANGED, at, detail);
        changes.push(change.item(method_item(new)).covers([&old.pointer]));
    }
}

fn module(models: &MatchedModels<'_>, old: &Operation, new: &Operation, changes: &mut Changes) {
    let title = operation_title(new);
    let detail = format!("{title}: `{}` → `{}`", old.module, new.module);
    let change = Change::new(&rules::MODULE_MOVED, Origin::in_new(&new.pointer), detail);
    let change = change.items(items(old)).items(items(new));
    let change = change.covers([&new.pointer.child("tags")]);
    let before = import(models.old, &module_item(old, &old.type_name));
    let after = import(models.new, &module_item(new, &new.type_name));
    changes.push(change.usage(before, Some(after)));
}

fn path(operation: &OperationPair<'_>, changes: &mut Changes) {
    let (old, new) = (operation.old, operation.new);
    let rule = if path_template(&old.path) != path_template(&new.path) {
        &rules::PATH_CHANGED
    } else if operation.moves_in_path() {
        &rules::PATH_SWAPPED
    } else {
        return;
    };
    let detail = format!("`{}`: `{}` → `{}`", new.rust, old.path, new.path);
    let change = Change::new(rule, Origin::in_new(&new.pointer), detail);
    changes.push(change.item(method_item(new)).covers([&old.pointer]));
}

/// Returns the line that imports an item of the crate.
fn import(model: &Model, item: &str) -> String {
    format!("use {}::{item};", model.package.name.replace('-', "_"))
}

/// Compares the types of an operation whose method keeps its name: another item took the name of
/// a type, or released it.
fn type_names(models: &MatchedModels<'_>, old: &Operation, new: &Operation, changes: &mut Changes) {
    let types = |operation: &Operation| [operation.type_name.clone(), operation.error_type.clone()];
    let have_enums = has_success_enum(old) && has_success_enum(new);
    let success = have_enums.then(|| (old.success_type.clone(), new.success_type.clone()));
    let pairs = types(old).into_iter().zip(types(new)).chain(success);
    for (was, now) in pairs.filter(|(was, now)| was != now) {
        let (was, now) = (module_item(old, &was), module_item(new, &now));
        let detail = format!("{}: `{was}` → `{now}`", operation_title(new));
        let at = Origin::in_new(&new.pointer);
        let change = Change::new(&rules::OPERATION_TYPES, at, detail);
        let change = change.items(items(old)).items(items(new));
        let change = change.covers([&new.pointer.child("operationId")]);
        let change = change.renames([&old.type_name, &new.type_name].map(Clone::clone));
        let before = import(models.old, &was);
        changes.push(change.usage(before, Some(import(models.new, &now))));
    }
}
