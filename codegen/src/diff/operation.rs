//! Operations: there or not, named, placed, deprecated, secured.

use std::collections::BTreeSet;

use super::pair::{Pair, template};
use super::row::{At, Row, Rows};
use super::rules::{self, Rule};
use super::{body, call, parameter, response};
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
    for (old, new) in &pair.operations {
        identity(pair, old, new, rows);
        declared(old, new, rows);
        security(pair, old, new, rows);
        parameter::compare(pair, old, new, rows);
        body::compare(pair, old, new, rows);
        response::compare(pair, old, new, rows);
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
    vec![
        format!("Client::{}", operation.rust),
        item(operation, &operation.type_name),
        item(operation, &operation.error_type),
        item(operation, &operation.success_type),
    ]
}

/// The types that stand inside an operation.
fn types(operation: &Operation, model: &Model) -> Vec<String> {
    let inside = model.types.iter();
    let inside = inside.filter(|(_, it)| operation.pointer.contains(&it.pointer));
    inside.map(|(name, _)| format!("types::{name}")).collect()
}

/// Its names, and where it is sent.
fn identity(pair: &Pair<'_>, old: &Operation, new: &Operation, rows: &mut Rows) {
    let at = || At::new(&new.pointer);
    if old.rust == new.rust {
        types_renamed(old, new, rows);
    } else {
        let detail = format!("{}: `{}` → `{}`", title(new), old.rust, new.rust);
        let row = Row::new(&rules::OPERATION_RENAMED, at(), detail);
        let row = row.items(items(old)).items(items(new));
        let row = row.covers([&new.pointer.child("operationId")]);
        let row = row.names([old.rust.clone(), new.rust.clone()]);
        rows.push(row.call(call::method(old), Some(call::carried(old, new))));
    }
    if old.module != new.module {
        let detail = format!("{}: `{}` → `{}`", title(new), old.module, new.module);
        let row = Row::new(&rules::MODULE_MOVED, at(), detail);
        let row = row.items(items(old)).items(items(new));
        let import = |model: &Model, it: &Operation| {
            let name = model.package.name.replace('-', "_");
            format!("use {name}::{};", item(it, &it.type_name))
        };
        let row = row.covers([&new.pointer.child("tags")]);
        rows.push(row.call(import(pair.old, old), Some(import(pair.new, new))));
    }
    let method = || format!("Client::{}", new.rust);
    if template(&old.path) != template(&new.path) {
        let detail = format!("`{}`: `{}` → `{}`", new.rust, old.path, new.path);
        let row = Row::new(&rules::PATH_CHANGED, at(), detail);
        rows.push(row.item(method()).covers([&old.pointer]));
    }
    if old.method != new.method {
        let detail = format!("`{}`: {} → {}", new.rust, old.method, new.method);
        let row = Row::new(&rules::METHOD_CHANGED, at(), detail);
        rows.push(row.item(method()).covers([&old.pointer]));
    }
}

/// Types of an operation whose names other types have taken, or given back.
fn types_renamed(old: &Operation, new: &Operation, rows: &mut Rows) {
    let has_enum = response::has_success_enum(old) && response::has_success_enum(new);
    let successes = has_enum.then_some((&old.success_type, &new.success_type));
    let own = [
        (&old.type_name, &new.type_name),
        (&old.error_type, &new.error_type),
    ];
    let own = own.into_iter().chain(successes);
    for (was, now) in own.filter(|(was, now)| was != now) {
        let detail = format!("{}: `{was}` → `{now}`", title(new));
        let row = Row::new(
            &rules::OPERATION_TYPE_RENAMED,
            At::new(&new.pointer),
            detail,
        );
        let [was, now] = [item(old, was), item(new, now)];
        let row = row.item(&was).item(&now);
        rows.push(row.call(was, Some(now)));
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
fn alternatives<'a>(operation: &Operation, model: &'a Model) -> Vec<BTreeSet<&'a str>> {
    let scheme = |index: &usize| Some(model.credentials.get(*index)?.scheme.as_str());
    let alternative = |list: &Vec<usize>| list.iter().filter_map(scheme).collect();
    match operation.security.as_slice() {
        [] => vec![BTreeSet::new()],
        all => all.iter().map(alternative).collect(),
    }
}

fn security(pair: &Pair<'_>, old: &Operation, new: &Operation, rows: &mut Rows) {
    let (before, after) = (alternatives(old, pair.old), alternatives(new, pair.new));
    let as_set = |list: &[BTreeSet<&str>]| -> BTreeSet<Vec<String>> {
        let one = |it: &BTreeSet<&str>| it.iter().map(|it| (*it).to_owned()).collect();
        list.iter().map(one).collect()
    };
    if as_set(&before) == as_set(&after) {
        return;
    }
    let still = |had: &BTreeSet<&str>| after.iter().any(|it| it.is_subset(had));
    let rule = match before.iter().all(still) {
        true => &rules::SECURITY_RELAXED,
        false => &rules::SECURITY_TIGHTENED,
    };
    let shown = |list: &[BTreeSet<&str>]| {
        let one = |it: &BTreeSet<&str>| match it.is_empty() {
            true => "none".to_owned(),
            false => {
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
