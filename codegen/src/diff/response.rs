//! Responses by status: a variant each, and the type of the success.

mod success;

use super::operation::{item, title};
use super::pair::Pair;
use super::row::{At, Row, Rows};
use super::rules;
use super::rust;
use super::schema::{Place, in_new_words, named, same};
use crate::model::{BodyKind, Operation, Response, ResponseBody, Schema, Status};

pub(super) use success::has_enum;

/// Compares the responses of an operation.
pub(super) fn compare(pair: &Pair<'_>, old: &Operation, new: &Operation, rows: &mut Rows) {
    let lacks = |operation: &Operation, it: &Response| {
        operation
            .responses
            .iter()
            .all(|other| other.status != it.status)
    };
    for before in &old.responses {
        match new.responses.iter().find(|it| it.status == before.status) {
            Some(after) => both(pair, (old, new), (before, after), rows),
            None if !is_success(before.status) || has_enum(old) => {
                removed(old, new, before, rows);
            }
            None => {}
        }
    }
    for after in new.responses.iter().filter(|it| lacks(old, it)) {
        if !is_success(after.status) || has_enum(new) {
            let detail = format!("{} of {}", shown(after.status), title(new));
            let row = Row::new(&rules::STATUS_ADDED, At::new(&place(new, after)), detail);
            rows.push(row.items(variant(new, after)));
        }
    }
    success::compare(pair, old, new, rows);
}

fn is_success(status: Status) -> bool {
    matches!(status, Status::Code(200..=299) | Status::Range(2))
}

fn key(status: Status) -> String {
    match status {
        Status::Code(code) => code.to_string(),
        Status::Range(digit) => format!("{digit}XX"),
        Status::Default => "default".to_owned(),
    }
}

fn shown(status: Status) -> String {
    match status {
        Status::Default => "`default`".to_owned(),
        other => format!("status {}", key(other)),
    }
}

fn place(operation: &Operation, response: &Response) -> crate::pointer::Pointer {
    let place = operation.pointer.child("responses");
    place.child(key(response.status))
}

/// The variant of a response; a success has one only where an enum tells successes apart.
fn variant(operation: &Operation, response: &Response) -> Option<String> {
    let name = match is_success(response.status) {
        true if !has_enum(operation) => return None,
        true => &operation.success_type,
        false => &operation.error_type,
    };
    Some(format!("{}::{}", item(operation, name), response.rust))
}

fn removed(old: &Operation, new: &Operation, response: &Response, rows: &mut Rows) {
    let detail = format!("{} of {}", shown(response.status), title(new));
    let at = At::old(&place(old, response));
    let row = Row::new(&rules::STATUS_REMOVED, at, detail).items(variant(old, response));
    let holds = response.body.as_ref().map_or("", |_| "(body)");
    let arm = format!("Some({}::{}{holds}) => {{}}", old.error_type, response.rust);
    let instead = match (instead(new, response.status), response.status) {
        (Some(other), _) => {
            let holds = other.body.as_ref().map_or("", |_| "(body)");
            Some(format!(
                "Some({}::{}{holds}) => {{}}",
                new.error_type, other.rust
            ))
        }
        (None, Status::Code(code)) => Some(format!(
            "None if error.status().is_some_and(|it| it == {code}) => {{}}"
        )),
        (None, _) => None,
    };
    rows.push(if !is_success(response.status) {
        row.call(arm, instead)
    } else {
        row
    });
}

/// The response that is read where a status has none of its own: its range's, or the default.
fn instead(operation: &Operation, status: Status) -> Option<&Response> {
    let range = match status {
        Status::Code(code) => u8::try_from(code / 100).ok().map(Status::Range),
        _ => None,
    };
    let mut wanted = range.into_iter().chain([Status::Default]);
    wanted.find_map(|wanted| operation.responses.iter().find(|it| it.status == wanted))
}

fn both(
    pair: &Pair<'_>,
    (before, operation): (&Operation, &Operation),
    (old, new): (&Response, &Response),
    rows: &mut Rows,
) {
    let what = shown(new.status);
    let items = || {
        let is_success = success::counts(operation).any(|it| it.status == new.status);
        let sent = is_success.then(|| success::calls(before, operation));
        variant(operation, new)
            .into_iter()
            .chain(sent.into_iter().flatten())
    };
    let content = new.pointer.child("content");
    let row = |rule, detail| {
        let row = Row::new(rule, At::new(&content), detail).items(items());
        row.covers([&old.pointer.child("content")])
    };
    match (&old.body, &new.body) {
        (None, None) => {}
        (None, Some(_)) => rows.push(row(
            &rules::RESPONSE_BODY,
            format!("{what}: it has one now"),
        )),
        (Some(_), None) => {
            let detail = format!("{what}: it has none any more");
            rows.push(row(&rules::RESPONSE_BODY, detail));
        }
        (Some(before), Some(after)) if before.kind != after.kind => {
            let was = held(before, |schema| in_new_words(schema, pair));
            let now = held(after, rust::of);
            let (rule, types) = if was == now {
                (&rules::RESPONSE_READ, media_types(before, after))
            } else {
                (&rules::RESPONSE_BODY, format!("`{was}` → `{now}`"))
            };
            rows.push(row(rule, format!("{what}: {types}")));
        }
        (Some(old), Some(new)) => {
            if old.media_type != new.media_type {
                let detail = format!("{what}: {}", media_types(old, new));
                rows.push(row(&rules::MEDIA_TYPE, detail));
            }
            let (was, now) = (&old.schema, &new.schema);
            let is_other = matches!((was, now), (Schema::Ref(_), _) | (_, Schema::Ref(_)));
            if is_other && !same(was, now, pair) {
                let types = (held(old, rust::of), held(new, rust::of));
                let detail = format!("{what}: `{}` → `{}`", types.0, types.1);
                let row = row(&rules::RESPONSE_BODY, detail);
                rows.push(row.types(named(was), named(now)));
                return;
            }
            let at = At::new(&content.child(&new.media_type).child("schema"));
            schemas(pair, &what, at, (was, now), items().collect(), rows);
        }
    }
}

/// Compares the schemas of a body.
fn schemas(
    pair: &Pair<'_>,
    what: &str,
    at: At,
    (old, new): (&Schema, &Schema),
    items: Vec<String>,
    rows: &mut Rows,
) {
    Place {
        what: format!("body of {what}"),
        at,
        old: (old, true),
        new: (new, true),
        items,
        call: None,
        apart: false,
    }
    .compare(pair, rows);
}

fn media_types(old: &ResponseBody, new: &ResponseBody) -> String {
    format!("`{}` → `{}`", old.media_type, new.media_type)
}

/// What a variant holds, in somebody's words for its type.
fn held(body: &ResponseBody, words: impl Fn(&Schema) -> String) -> String {
    match body.kind {
        BodyKind::Json | BodyKind::Form => words(&body.schema),
        BodyKind::Text if body.schema == Schema::Secret => words(&body.schema),
        BodyKind::Text => "String".to_owned(),
        BodyKind::Bytes | BodyKind::Multipart => "Vec<u8>".to_owned(),
    }
}
