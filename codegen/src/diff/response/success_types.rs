//! The Rust types of responses: the body of each, and what `.send()` returns.

use super::super::names::module_item;
use super::super::rust_types::rust_type;
use super::statuses::is_success;
use crate::model::{BodyKind, Operation, Response, ResponseBody, Schema, Status};

/// Iterates over the successes. A `default` response is one if no success is declared.
pub(super) fn successes(operation: &Operation) -> impl Iterator<Item = &Response> {
    let mut responses = operation.responses.iter();
    let is_declared = responses.any(|response| is_success(response.status));
    let counts = move |response: &&Response| match response.status {
        Status::Default => !is_declared,
        status => is_success(status),
    };
    operation.responses.iter().filter(counts)
}

/// Whether the successes of an operation have different types, so that an enum has a variant for each.
pub(in crate::diff) fn has_success_enum(operation: &Operation) -> bool {
    distinct_types(operation, rust_type).len() > 1
}

/// Returns the type that `.send()` returns: the common type of all successes, or else an enum.
pub(super) fn success_type(operation: &Operation, ty: impl Fn(&Schema) -> String) -> String {
    match distinct_types(operation, ty).as_slice() {
        [] => "()".to_owned(),
        [single] => single.clone(),
        _ => operation.success_type.clone(),
    }
}

fn distinct_types(operation: &Operation, ty: impl Fn(&Schema) -> String) -> Vec<String> {
    let mut types: Vec<String> = Vec::new();
    for response in successes(operation) {
        let ty = response_type(response, &ty);
        if !types.contains(&ty) {
            types.push(ty);
        }
    }
    types
}

/// Returns the type of a response, `()` without a body.
pub(super) fn response_type(response: &Response, ty: impl Fn(&Schema) -> String) -> String {
    let body = response.body.as_ref();
    body.map_or("()".to_owned(), |body| body_type(body, ty))
}

/// Returns the type of a body. `ty` writes schemas as Rust types.
pub(super) fn body_type(body: &ResponseBody, ty: impl Fn(&Schema) -> String) -> String {
    match body.kind {
        BodyKind::Json | BodyKind::Form => ty(&body.schema),
        BodyKind::Text if body.schema == Schema::Secret => ty(&body.schema),
        BodyKind::Text => "String".to_owned(),
        BodyKind::Bytes | BodyKind::Multipart => "Vec<u8>".to_owned(),
    }
}

/// Returns the methods that give a success: `send`, and `stream` if either side has only bytes.
pub(super) fn success_methods(old: &Operation, new: &Operation) -> Vec<String> {
    let request = module_item(new, &new.type_name);
    let stream = [old, new].into_iter().any(is_streamed);
    let stream = stream.then(|| format!("{request}::stream"));
    std::iter::once(format!("{request}::send"))
        .chain(stream)
        .collect()
}

fn is_streamed(operation: &Operation) -> bool {
    let kinds: Vec<Option<BodyKind>> = successes(operation)
        .map(|response| response.body.as_ref().map(|body| body.kind))
        .collect();
    let bytes = Some(BodyKind::Bytes);
    kinds.contains(&bytes) && kinds.iter().all(|kind| kind.is_none() || *kind == bytes)
}
