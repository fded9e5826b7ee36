//! Compares the servers that single operations declare.

use super::change::{Change, Changes, Origin};
use super::matching::MatchedModels;
use super::names::{method_item, operation_title};
use super::rules;
use crate::model::{Model, Operation};
use crate::pointer::Pointer;

/// The setter that replaces the server of such operations.
const SETTER: &str = "ClientBuilder::server";

/// Compares the servers of all operations.
pub(super) fn compare(models: &MatchedModels<'_>, changes: &mut Changes) {
    for (old, new) in &models.operations {
        compare_operation(old, new, changes);
    }
    let has_servers = |model: &Model| {
        let mut operations = model.operations.iter();
        operations.any(|operation| operation.server.is_some())
    };
    if has_servers(models.old) && !has_servers(models.new) {
        let at = Origin::in_old(&Pointer::root().child("servers"));
        let change = Change::new(&rules::SERVER_SETTER_REMOVED, at, "").item(SETTER);
        changes.push(change.usage("builder.server(documented, url)".to_owned(), None));
    }
}

fn compare_operation(old: &Operation, new: &Operation, changes: &mut Changes) {
    let is_path = |url: &String| url.starts_with('/');
    let rule = match (&old.server, &new.server) {
        (before, after) if before == after => return,
        (None, Some(url)) if is_path(url) => &rules::SERVER_PATH_ADDED,
        (None, _) => &rules::SERVER_ADDED,
        (Some(_), Some(_)) => &rules::SERVER_CHANGED,
        (Some(_), None) => &rules::SERVER_REMOVED,
    };
    let describe = |operation: &Operation| match &operation.server {
        Some(url) => format!("`{url}`"),
        None => "the API's".to_owned(),
    };
    let title = operation_title(new);
    let detail = format!("{title}: {} → {}", describe(old), describe(new));
    let at = Origin::in_new(&new.pointer.child("servers"));
    let change = Change::new(rule, at, detail);
    let change = change.item(method_item(new)).item(SETTER);
    // `servers` may be declared for the path instead of the operation.
    let of_path = new.pointer.parent().map(|path| path.child("servers"));
    changes.push(change.covers(of_path.iter()));
}
