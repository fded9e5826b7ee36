//! Responses by status: a variant each, and the type of the success.

use super::operation::{item, title};
use super::pair::Pair;
use super::row::{At, Row, Rows};
use super::rules;
use super::rust;
use super::schema::{Place, named, same};
use crate::model::{BodyKind, Operation, Response, ResponseBody, Status};

/// Compares the responses of an operation.
pub(super) fn compare(pair: &Pair<'_>, old: &Operation, new: &Operation, rows: &mut Rows) {
    for before in &old.responses {
        match new.responses.iter().find(|it| it.status == before.status) {
            Some(after) => both(pair, new, before, after, rows),
            None => removed(old, new, before, rows),
        }
    }
    for after in &new.responses {
        if old.responses.iter().all(|it| it.status != after.status) {
            let place = place(new, after);
            let detail = format!("{} of {}", shown(after.status), title(new));
            let row = Row::new(&rules::STATUS_ADDED, At::new(&place), detail);
            rows.push(row.item(variant(new, after)));
        }
    }
    success(pair, old, new, rows);
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

fn variant(operation: &Operation, response: &Response) -> String {
    let name = match is_success(response.status) {
        true => &operation.success_type,
        false => &operation.error_type,
    };
    format!("{}::{}", item(operation, name), response.rust)
}

fn removed(old: &Operation, new: &Operation, response: &Response, rows: &mut Rows) {
    let detail = format!("{} of {}", shown(response.status), title(new));
    let at = At::old(&place(old, response));
    let row = Row::new(&rules::STATUS_REMOVED, at, detail).item(variant(old, response));
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
    rows.push(match is_success(response.status) {
        false => row.call(arm, instead),
        true => row,
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

fn both(pair: &Pair<'_>, operation: &Operation, old: &Response, new: &Response, rows: &mut Rows) {
    let what = shown(new.status);
    let items = || {
        let sent = item(operation, &operation.type_name) + "::send";
        let success = is_success(new.status).then_some(sent);
        std::iter::once(variant(operation, new)).chain(success)
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
            let types = (held(before), held(after));
            let detail = format!("{what}: `{}` → `{}`", types.0, types.1);
            rows.push(row(&rules::RESPONSE_BODY, detail));
        }
        (Some(before), Some(after)) => {
            if before.media_type != after.media_type {
                let types = (&before.media_type, &after.media_type);
                let detail = format!("{what}: `{}` → `{}`", types.0, types.1);
                rows.push(row(&rules::MEDIA_TYPE, detail));
            }
            let types = (&before.schema, &after.schema);
            let is_other = matches!(
                types,
                (crate::model::Schema::Ref(_), _) | (_, crate::model::Schema::Ref(_))
            );
            if is_other && !same(types.0, types.1, pair) {
                let detail = format!("{what}: `{}` → `{}`", held(before), held(after));
                let row = row(&rules::RESPONSE_BODY, detail);
                rows.push(row.types(named(types.0), named(types.1)));
                return;
            }
            Place {
                what: format!("body of {what}"),
                at: At::new(&content.child(&after.media_type).child("schema")),
                old: (types.0, true),
                new: (types.1, true),
                items: items().collect(),
                call: None,
                apart: false,
            }
            .compare(pair, rows);
        }
    }
}

/// What a variant holds.
fn held(body: &ResponseBody) -> String {
    match body.kind {
        BodyKind::Json | BodyKind::Form => rust::of(&body.schema),
        BodyKind::Text => "String".to_owned(),
        BodyKind::Bytes | BodyKind::Multipart => "Vec<u8>".to_owned(),
    }
}

/// What `.send()` gives: one type where all successes have it, or else an enum of them.
fn success_type(operation: &Operation, name: impl Fn(String) -> String) -> String {
    let declared = operation.responses.iter().any(|it| is_success(it.status));
    let mut types: Vec<String> = Vec::new();
    for response in &operation.responses {
        let counts = match response.status {
            Status::Default => !declared,
            status => is_success(status),
        };
        let ty = response.body.as_ref().map_or("()".to_owned(), held);
        if counts && !types.contains(&ty) {
            types.push(ty);
        }
    }
    match types.as_slice() {
        [] => "()".to_owned(),
        [only] => name(only.clone()),
        _ => operation.success_type.clone(),
    }
}

/// Whether an operation's successes are an enum of its own.
pub(super) fn has_success_enum(operation: &Operation) -> bool {
    success_type(operation, |ty| ty) == operation.success_type
}

fn success(pair: &Pair<'_>, old: &Operation, new: &Operation, rows: &mut Rows) {
    // A type with another name, and a body of another type, have rows of their own.
    let before = success_type(old, |ty| pair.new_name(&ty).to_owned());
    let after = success_type(new, |ty| ty);
    let is_enum = |ty: &str, operation: &Operation| ty == operation.success_type;
    let (was, is) = (is_enum(&before, old), is_enum(&after, new));
    // Where the statuses are the same, a body of another type has a row of its own.
    let statuses = |it: &Operation| it.responses.iter().map(|it| it.status).collect::<Vec<_>>();
    if before == after || (was && is) || !(was || is) && statuses(old) == statuses(new) {
        return;
    }
    let place = new.pointer.child("responses");
    let detail = format!("{}: `{before}` → `{after}`", title(new));
    let row = Row::new(&rules::SUCCESS_TYPE, At::new(&place), detail);
    let row = row.item(item(new, &new.type_name) + "::send");
    let row = row
        .item(item(old, &old.success_type))
        .item(item(new, &new.success_type));
    let line = |ty: &str, call: &str| format!("let answer: {ty} = {call}.await?.into_body();");
    let had = success_type(old, |ty| ty);
    let was = line(&had, &super::call::method(old));
    let is = line(&after, &super::call::carried(old, new));
    rows.push(row.call(was, Some(is)));
}
