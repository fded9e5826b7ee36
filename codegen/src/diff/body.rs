//! The body of a request.

use std::collections::BTreeSet;

use super::call;
use super::operation::title;
use super::pair::Pair;
use super::parameter::Both;
use super::row::{At, Row, Rows};
use super::rules;
use super::schema::{Place, same};
use crate::model::{Body, BodyKind};

/// Compares the bodies of an operation.
pub(super) fn compare(pair: &Pair<'_>, both: &Both<'_>, rows: &mut Rows) {
    match (&both.old.body, &both.new.body) {
        (None, None) => {}
        (None, Some(body)) => added(both, body, rows),
        (Some(body), None) => removed(both, body, rows),
        (Some(before), Some(after)) => changed(pair, both, before, after, rows),
    }
}

fn added(both: &Both<'_>, body: &Body, rows: &mut Rows) {
    let at = At::new(&body.pointer);
    let row = |rule, at| Row::new(rule, at, title(both.new));
    rows.push(if body.required {
        both.calls(row(&rules::BODY_ADDED_REQUIRED, at).items(both.method()))
    } else {
        row(&rules::BODY_ADDED_OPTIONAL, at).item(both.setter(&body.rust))
    });
}

fn removed(both: &Both<'_>, body: &Body, rows: &mut Rows) {
    let row = Row::new(
        &rules::BODY_REMOVED,
        At::old(&body.pointer),
        title(both.new),
    );
    let row = row.covers([&both.new.pointer.child("requestBody")]);
    rows.push(if body.required {
        both.calls(row.items(both.method()))
    } else {
        let before = call::setter(both.old, &body.rust);
        let row = row.item(both.setter(&body.rust));
        row.call(before, Some(both.called()))
    });
}

fn changed(pair: &Pair<'_>, both: &Both<'_>, old: &Body, new: &Body, rows: &mut Rows) {
    let items = || both.method().into_iter().chain([both.setter(&new.rust)]);
    if old.required != new.required {
        let rule = if new.required {
            &rules::BODY_NOW_REQUIRED
        } else {
            &rules::BODY_NOW_OPTIONAL
        };
        let at = At::new(&new.pointer.child("required"));
        let before = if old.required {
            call::method(both.old)
        } else {
            call::setter(both.old, &old.rust)
        };
        let after = if new.required {
            both.called()
        } else {
            both.called_with(&new.rust)
        };
        let row = Row::new(rule, at, title(both.new)).items(items());
        rows.push(row.call(before, Some(after)));
    }
    let content = new.pointer.child("content");
    if old.media_type != new.media_type || old.kind != new.kind {
        let rule = match old.kind == new.kind {
            true => &rules::MEDIA_TYPE,
            false if keeps_its_type(pair, old, new) => &rules::BODY_AS_FORM,
            false => &rules::BODY_WRITTEN,
        };
        let names = (&old.media_type, &new.media_type);
        let detail = format!("body of {}: `{}` → `{}`", title(both.new), names.0, names.1);
        let row = Row::new(rule, At::new(&content.child(&new.media_type)), detail);
        rows.push(row.items(items()).covers([&content]));
    }
    if old.kind == new.kind {
        Place {
            what: format!("body of {}", title(both.new)),
            at: At::new(&content.child(&new.media_type).child("schema")),
            old: (&old.schema, old.required),
            new: (&new.schema, new.required),
            items: items().collect(),
            call: None,
            apart: false,
        }
        .compare(pair, rows);
        encodings(both, old, new, rows);
    }
}

/// Whether the argument has one type, however it is written.
fn keeps_its_type(pair: &Pair<'_>, old: &Body, new: &Body) -> bool {
    let is_typed = |body: &Body| {
        let kinds = [BodyKind::Json, BodyKind::Form, BodyKind::Multipart];
        kinds.contains(&body.kind)
    };
    is_typed(old) && is_typed(new) && same(&old.schema, &new.schema, pair)
}

/// How the members of a form are written.
fn encodings(both: &Both<'_>, old: &Body, new: &Body, rows: &mut Rows) {
    let names: BTreeSet<&String> = old.encoding.keys().chain(new.encoding.keys()).collect();
    let content = new.pointer.child("content").child(&new.media_type);
    let place = content.child("encoding");
    for name in names {
        if old.encoding.get(name) != new.encoding.get(name) {
            let detail = format!("`{name}` in the body of {}", title(both.new));
            let row = Row::new(&rules::MEMBER_ENCODING, At::new(&place.child(name)), detail);
            rows.push(row.items(both.method()));
        }
    }
}
