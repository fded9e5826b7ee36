//! The success of an operation: what `.send()` gives, and the statuses that it comes with.

use super::super::call;
use super::super::operation::{item, title};
use super::super::pair::Pair;
use super::super::row::{At, Row, Rows};
use super::super::rules;
use super::super::rust;
use super::super::schema::in_new_words;
use super::{held, is_success, place, shown};
use crate::model::{BodyKind, Operation, Response, Schema, Status};

/// The responses that are successes; a `default` is one where nothing else is.
pub(super) fn counts(operation: &Operation) -> impl Iterator<Item = &Response> {
    let declared = operation.responses.iter().any(|it| is_success(it.status));
    let counts = move |it: &&Response| match it.status {
        Status::Default => !declared,
        status => is_success(status),
    };
    operation.responses.iter().filter(counts)
}

/// The types that successes have, each once.
fn types(operation: &Operation, words: impl Fn(&Schema) -> String) -> Vec<String> {
    let mut types: Vec<String> = Vec::new();
    for response in counts(operation) {
        let ty = of(response, &words);
        if !types.contains(&ty) {
            types.push(ty);
        }
    }
    types
}

fn of(response: &Response, words: impl Fn(&Schema) -> String) -> String {
    let body = response.body.as_ref();
    body.map_or("()".to_owned(), |body| held(body, words))
}

/// Whether an enum tells the successes of an operation apart.
pub(in crate::diff) fn has_enum(operation: &Operation) -> bool {
    types(operation, rust::of).len() > 1
}

/// What gives a success, on either side; what is bytes can be had piece by piece, too.
pub(super) fn calls(old: &Operation, new: &Operation) -> Vec<String> {
    let request = item(new, &new.type_name);
    let stream = [old, new].into_iter().any(is_streamed);
    let stream = stream.then(|| format!("{request}::stream"));
    std::iter::once(format!("{request}::send"))
        .chain(stream)
        .collect()
}

fn is_streamed(operation: &Operation) -> bool {
    let kinds: Vec<Option<BodyKind>> = counts(operation)
        .map(|it| it.body.as_ref().map(|body| body.kind))
        .collect();
    let bytes = Some(BodyKind::Bytes);
    kinds.contains(&bytes) && kinds.iter().all(|it| it.is_none() || *it == bytes)
}

/// What `.send()` gives: one type where all successes have it, or else an enum of them.
fn given(operation: &Operation, words: impl Fn(&Schema) -> String) -> String {
    match types(operation, words).as_slice() {
        [] => "()".to_owned(),
        [only] => only.clone(),
        _ => operation.success_type.clone(),
    }
}

/// Compares what `.send()` gives, and the statuses that no enum tells apart.
pub(super) fn compare(pair: &Pair<'_>, old: &Operation, new: &Operation, rows: &mut Rows) {
    let (was, is) = (has_enum(old), has_enum(new));
    let in_new = |schema: &Schema| in_new_words(schema, pair);
    let (before, after) = (given(old, in_new), given(new, rust::of));
    let status_of_both = |it: &&Response| {
        let mut others = counts(new);
        // A body of another type has a row of its own.
        let other = others.find(|other| other.status == it.status);
        other.is_some_and(|other| of(it, in_new) != of(other, rust::of))
    };
    let is_told = counts(old).any(|it| status_of_both(&it));
    let retyped = match (was, is) {
        (true, true) => false,
        (false, false) => before != after && !is_told,
        _ => true,
    };
    if retyped {
        rows.push(of_another_type(old, new, (before, after)));
    }
    statuses(old, new, rows);
}

fn of_another_type(old: &Operation, new: &Operation, (before, after): (String, String)) -> Row {
    let at = At::new(&new.pointer.child("responses"));
    let detail = format!("{}: `{before}` → `{after}`", title(new));
    let row = Row::new(&rules::SUCCESS_TYPE, at, detail).items(calls(old, new));
    let of_enum = |operation: &Operation| {
        has_enum(operation).then(|| item(operation, &operation.success_type))
    };
    let row = row.items(of_enum(old)).items(of_enum(new));
    let line = |operation: &Operation, ty: &str| {
        let method = call::method(operation);
        format!("let answer: {ty} = {method}.await?.into_body();")
    };
    row.call(line(old, &before), Some(line(new, &after)))
}

/// The statuses of successes that no enum tells apart on their side.
fn statuses(old: &Operation, new: &Operation, rows: &mut Rows) {
    let only = |one: &'_ Operation, other: &'_ Operation| -> Vec<Response> {
        let of_one = one.responses.iter().filter(|it| is_success(it.status));
        let lacks = |it: &&Response| other.responses.iter().all(|that| that.status != it.status);
        let free = of_one.filter(|_| !has_enum(one));
        free.filter(lacks).cloned().collect()
    };
    let (gone, fresh) = (only(old, new), only(new, old));
    let row = |rule, at, detail| Row::new(rule, at, detail).items(calls(old, new));
    for (was, now) in gone.iter().zip(&fresh) {
        let (here, there) = (place(new, now), place(old, was));
        let detail = format!(
            "{} → {} of {}",
            shown(was.status),
            shown(now.status),
            title(new)
        );
        let row = row(&rules::SUCCESS_STATUS, At::new(&here), detail);
        rows.push(row.covers([&there]));
    }
    for was in gone.iter().skip(fresh.len()) {
        let detail = format!("{} of {}", shown(was.status), title(new));
        let at = At::old(&place(old, was));
        rows.push(row(&rules::SUCCESS_STATUS_REMOVED, at, detail));
    }
    for now in fresh.iter().skip(gone.len()) {
        let detail = format!("{} of {}", shown(now.status), title(new));
        let at = At::new(&place(new, now));
        rows.push(row(&rules::SUCCESS_STATUS_ADDED, at, detail));
    }
}
