//! Servers that operations have for themselves.

use super::operation::title;
use super::pair::Pair;
use super::row::{At, Row, Rows};
use super::rules;
use crate::model::{Model, Operation};
use crate::pointer::Pointer;

/// The setter that says where such operations go instead.
const SETTER: &str = "ClientBuilder::server";

/// Compares where operations go that do not go where the client's environment is.
pub(super) fn compare(pair: &Pair<'_>, rows: &mut Rows) {
    for (old, new) in &pair.operations {
        operation(old, new, rows);
    }
    let has = |model: &Model| model.operations.iter().any(|it| it.server.is_some());
    if has(pair.old) && !has(pair.new) {
        let at = At::old(&Pointer::root().child("servers"));
        let row = Row::new(&rules::SERVER_SETTER_REMOVED, at, "").item(SETTER);
        rows.push(row.call("builder.server(documented, url)".to_owned(), None));
    }
}

fn operation(old: &Operation, new: &Operation, rows: &mut Rows) {
    let is_path = |url: &String| url.starts_with('/');
    let rule = match (&old.server, &new.server) {
        (before, after) if before == after => return,
        (None, Some(url)) if is_path(url) => &rules::SERVER_PATH_ADDED,
        (None, _) => &rules::SERVER_ADDED,
        (Some(_), Some(_)) => &rules::SERVER_CHANGED,
        (Some(_), None) => &rules::SERVER_REMOVED,
    };
    let shown = |it: &Operation| match &it.server {
        Some(url) => format!("`{url}`"),
        None => "the API's".to_owned(),
    };
    let detail = format!("{}: {} → {}", title(new), shown(old), shown(new));
    let here = new.pointer.child("servers");
    let row = Row::new(rule, At::new(&here), detail);
    let row = row.item(format!("Client::{}", new.rust)).item(SETTER);
    // It may stand beside the methods of a path, too.
    let of_path = new.pointer.parent().map(|it| it.child("servers"));
    rows.push(row.covers(of_path.iter()));
}
