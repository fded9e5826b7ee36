//! Operations: there or not, named, placed, deprecated, secured.

use std::collections::BTreeSet;

use super::pair::{Pair, template};
use super::row::{At, Row, Rows};
use super::rules::{self, Rule};
use super::{body, call, client, parameter, response};
use crate::model::{Model, Operation};
use crate::pointer::Pointer;

/// Compares the operations of both sides.
pub(super) fn compare(pair: &Pair<'_>, rows: &mut Rows) {
    for old in &pair.removed {
        let row = Row::new(&rules::OPERATION_REMOVED, At::old(&old.pointer), title(old));
        let row = row.items(items(old)).items(types(old, pair.old));
        rows.push(row.call(call::method(old), None));
    }
    for new in &pair.added {
        let row = Row::new(&rules::OPERATION_ADDED, At::new(&new.pointer), title(new));
        rows.push(row.items(items(new)).items(types(new, pair.new)));
    }
    names_taken(pair, rows);
    for (old, new) in &pair.operations {
        let both = parameter::Both::new(pair, old, new);
        identity(pair, &both, rows);
        declared(old, new, rows);
        security(pair, old, new, rows);
        parameter::compare(pair, &both, rows);
        body::compare(pair, &both, rows);
        response::compare(pair, old, new, rows);
    }
}

/// Methods that are another operation's now, so that calls of the old one may still compile.
fn names_taken(pair: &Pair<'_>, rows: &mut Rows) {
    let renamed = pair.operations.iter();
    let renamed = renamed.filter(|(old, new)| old.rust != new.rust);
    let gone = renamed
        .map(|(old, _)| *old)
        .chain(pair.removed.iter().copied());
    for old in gone {
        let mut all = pair.new.operations.iter();
        if let Some(new) = all.find(|it| it.rust == old.rust) {
            let detail = format!("`{}`: {} → {}", old.rust, title(old), title(new));
            let row = Row::new(&rules::METHOD_TAKEN, At::new(&new.pointer), detail);
            rows.push(row.item(format!("Client::{}", old.rust)));
        }
    }
}

/// An operation as people name it.
pub(super) fn title(operation: &Operation) -> String {
    format!("`{} {}`", operation.method, operation.path)
}

/// An item of the module that an operation lives in.
pub(super) fn item(operation: &Operation, name: &str) -> String {
    format!("{}::{name}", operation.module)
}

fn items(operation: &Operation) -> Vec<String> {
    let success = response::has_enum(operation).then_some(&operation.success_type);
    let types = [&operation.type_name, &operation.error_type];
    let types = types.into_iter().chain(success);
    let method = format!("Client::{}", operation.rust);
    let types = types.map(|name| item(operation, name));
    std::iter::once(method).chain(types).collect()
}

/// The types that stand inside an operation.
fn types(operation: &Operation, model: &Model) -> Vec<String> {
    let inside = model.types.iter();
    let inside = inside.filter(|(_, it)| operation.pointer.contains(&it.pointer));
    inside.map(|(name, _)| format!("types::{name}")).collect()
}

/// Its names, and where it is sent.
fn identity(pair: &Pair<'_>, both: &parameter::Both<'_>, rows: &mut Rows) {
    let (old, new) = (both.old, both.new);
    let at = || At::new(&new.pointer);
    if old.rust == new.rust {
        types_renamed(pair, old, new, rows);
    } else {
        let detail = format!("{}: `{}` → `{}`", title(new), old.rust, new.rust);
        let row = Row::new(&rules::OPERATION_RENAMED, at(), detail);
        let row = row.items(items(old)).items(items(new));
        let row = row.covers([&new.pointer.child("operationId")]);
        let row = row.names([old.rust.clone(), new.rust.clone()]);
        rows.push(row.call(call::method(old), Some(both.called())));
    }
    if old.module != new.module {
        let detail = format!("{}: `{}` → `{}`", title(new), old.module, new.module);
        let row = Row::new(&rules::MODULE_MOVED, at(), detail);
        let row = row.items(items(old)).items(items(new));
        let row = row.covers([&new.pointer.child("tags")]);
        let before = import(pair.old, &item(old, &old.type_name));
        let after = import(pair.new, &item(new, &new.type_name));
        rows.push(row.call(before, Some(after)));
    }
    let method = || format!("Client::{}", new.rust);
    let rule = if template(&old.path) != template(&new.path) {
        Some(&rules::PATH_CHANGED)
    } else {
        both.moves_in_path().then_some(&rules::PATH_SWAPPED)
    };
    if let Some(rule) = rule {
        let detail = format!("`{}`: `{}` → `{}`", new.rust, old.path, new.path);
        let row = Row::new(rule, at(), detail);
        rows.push(row.item(method()).covers([&old.pointer]));
    }
    if old.method != new.method {
        let detail = format!("`{}`: {} → {}", new.rust, old.method, new.method);
        let row = Row::new(&rules::METHOD_CHANGED, at(), detail);
        rows.push(row.item(method()).covers([&old.pointer]));
    }
}

/// The line that brings an item of the crate into scope.
fn import(model: &Model, item: &str) -> String {
    format!("use {}::{item};", model.package.name.replace('-', "_"))
}

/// The names of its types where its method keeps its own: something else took one of them, or gave
/// it back.
fn types_renamed(pair: &Pair<'_>, old: &Operation, new: &Operation, rows: &mut Rows) {
    let types = |it: &Operation| [it.type_name.clone(), it.error_type.clone()];
    let enums = response::has_enum(old) && response::has_enum(new);
    let success = enums.then(|| (old.success_type.clone(), new.success_type.clone()));
    let renamed: Vec<(String, String)> = types(old)
        .into_iter()
        .zip(types(new))
        .chain(success)
        .filter(|(was, now)| was != now)
        .map(|(was, now)| (item(old, &was), item(new, &now)))
        .collect();
    for (was, now) in &renamed {
        let detail = format!("{}: `{was}` → `{now}`", title(new));
        let row = Row::new(&rules::OPERATION_TYPES, At::new(&new.pointer), detail);
        let row = row.items(items(old)).items(items(new));
        let row = row.covers([&new.pointer.child("operationId")]);
        let row = row.names([&old.type_name, &new.type_name].map(Clone::clone));
        let before = import(pair.old, was);
        rows.push(row.call(before, Some(import(pair.new, now))));
    }
}

/// What is declared about the operation as a whole.
fn declared(old: &Operation, new: &Operation, rows: &mut Rows) {
    let method = format!("Client::{}", new.rust);
    if old.idempotent != new.idempotent {
        let now = if new.idempotent {
            "harmless"
        } else {
            "not harmless"
        };
        let place = new.pointer.child("x-idempotent");
        let detail = format!("{}: {now}", title(new));
        rows.push(Row::new(&rules::REPEATED, At::new(&place), detail).item(&method));
    }
    let place = new.pointer.child("deprecated");
    let flags = (old.deprecated, new.deprecated);
    deprecation(flags, &place, title(new), &method, rows);
}

/// Something that is deprecated, or no longer.
pub(super) fn deprecation(
    (old, new): (bool, bool),
    place: &Pointer,
    what: String,
    item: &str,
    rows: &mut Rows,
) {
    let rule: &'static Rule = match (old, new) {
        (false, true) => &rules::DEPRECATED,
        (true, false) => &rules::UNDEPRECATED,
        _ => return,
    };
    rows.push(Row::new(rule, At::new(place), what).item(item));
}

/// The alternatives by the names of their schemes; needing nothing is one as well.
fn alternatives(operation: &Operation, model: &Model) -> Vec<BTreeSet<String>> {
    let scheme = |index: &usize| Some(model.credentials.get(*index)?.scheme.clone());
    let alternative = |list: &Vec<usize>| list.iter().filter_map(scheme).collect();
    match operation.security.as_slice() {
        [] => vec![BTreeSet::new()],
        all => all.iter().map(alternative).collect(),
    }
}

fn security(pair: &Pair<'_>, old: &Operation, new: &Operation, rows: &mut Rows) {
    let schemes = client::schemes(pair);
    let in_new = |scheme: String| match schemes.get(&*scheme) {
        Some(now) => (*now).to_owned(),
        None => scheme,
    };
    let before = alternatives(old, pair.old).into_iter();
    let before = before.map(|it| -> BTreeSet<String> { it.into_iter().map(in_new).collect() });
    let (before, after) = (before.collect::<Vec<_>>(), alternatives(new, pair.new));
    let all = |list: &[BTreeSet<String>]| -> BTreeSet<BTreeSet<String>> {
        list.iter().cloned().collect()
    };
    let still = |had: &BTreeSet<String>| after.iter().any(|it| it.is_subset(had));
    let rule = match (before == after, all(&before) == all(&after)) {
        (true, _) => return,
        (false, true) => &rules::SECURITY_ORDER,
        _ if before.iter().all(still) => &rules::SECURITY_RELAXED,
        _ => &rules::SECURITY_TIGHTENED,
    };
    let shown = |list: &[BTreeSet<String>]| {
        let one = |it: &BTreeSet<String>| {
            if it.is_empty() {
                "none".to_owned()
            } else {
                let names = it.iter().map(|name| format!("`{name}`"));
                names.collect::<Vec<_>>().join(" and ")
            }
        };
        list.iter().map(one).collect::<Vec<_>>().join(" or ")
    };
    let detail = format!("{}: {} → {}", title(new), shown(&before), shown(&after));
    let row = Row::new(rule, At::new(&new.pointer.child("security")), detail);
    let row = row.item(format!("Client::{}", new.rust));
    rows.push(row.covers([&Pointer::root().child("security")]));
}
