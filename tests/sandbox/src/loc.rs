//! Where a request is wrong, in the shape that the API answers 422 with.

use axum::body::Bytes;
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use jsonschema::error::ValidationErrorKind;
use jsonschema::{ValidationError, Validator};
use serde_json::{Value, json};

use crate::document::{Declared, Operation, Schema};

const MISSING: &str = "this is missing";
const WRONG_TYPE: &str = "this is not of the declared type";

/// One entry of `detail`. No value of the request is repeated in it.
fn problem(loc: Vec<Value>, what: &str, kind: &str) -> Value {
    json!({ "loc": loc, "msg": what, "type": kind })
}

/// Reads a body as the operation declares it, or tells everything that is wrong with it.
pub(crate) fn body(
    operation: &Operation,
    headers: &HeaderMap,
    bytes: &Bytes,
) -> Result<Value, Vec<Value>> {
    let Some(Declared { required, schema }) = &operation.body else {
        return Ok(Value::Null);
    };
    if bytes.is_empty() && !required {
        return Ok(Value::Null);
    }
    let at = || vec![json!("body")];
    let content_type = headers
        .get(CONTENT_TYPE)
        .and_then(|header| header.to_str().ok());
    let media_type = content_type.and_then(|part| part.split(';').next());
    if media_type.is_none_or(|name| !name.trim().eq_ignore_ascii_case("application/json")) {
        let what = "the content type is not application/json";
        return Err(vec![problem(at(), what, "content_type")]);
    }
    let instance: Value = serde_json::from_slice(bytes)
        .map_err(|_| vec![problem(at(), "this is not JSON", "json_invalid")])?;
    match check(schema, &instance, "body") {
        problems if problems.is_empty() => Ok(instance),
        problems => Err(problems),
    }
}

/// Everything that is wrong with an instance.
pub(crate) fn check(schema: &Schema, instance: &Value, place: &str) -> Vec<Value> {
    let validator = match branch(schema, instance, place) {
        Ok(validator) => validator,
        Err(problem) => return vec![problem],
    };
    let errors = validator.iter_errors(instance);
    errors.flat_map(|error| problems(&error, place)).collect()
}

/// What an instance is checked against: of a union the branch that its tag chooses.
fn branch<'a>(schema: &'a Schema, instance: &Value, place: &str) -> Result<&'a Validator, Value> {
    let Some(union) = &schema.union else {
        return Ok(&schema.validator);
    };
    let Some(members) = instance.as_object() else {
        return Err(problem(vec![json!(place)], WRONG_TYPE, "type"));
    };
    let loc = vec![json!(place), json!(union.tag)];
    let Some(tag) = members.get(&union.tag) else {
        return Err(problem(loc, MISSING, "missing"));
    };
    let chosen = union.branch(tag);
    chosen.ok_or_else(|| problem(loc, "this is not one of its values", "enum"))
}

fn problems(error: &ValidationError<'_>, place: &str) -> Vec<Value> {
    let mut loc = vec![json!(place)];
    let path = error.instance_path().to_string();
    let steps = path.split('/').skip(1);
    loc.extend(steps.map(|step| match step.parse::<u64>() {
        Ok(index) => json!(index),
        Err(_) => json!(step.replace("~1", "/").replace("~0", "~")),
    }));
    let at = |name: &str| {
        let mut loc = loc.clone();
        loc.push(json!(name));
        loc
    };
    match error.kind() {
        ValidationErrorKind::Required { property } => {
            let name = property.as_str().unwrap_or_default();
            vec![problem(at(name), MISSING, "missing")]
        }
        ValidationErrorKind::AdditionalProperties { unexpected } => unexpected
            .iter()
            .map(|name| problem(at(name), "this is not expected", "extra_forbidden"))
            .collect(),
        ValidationErrorKind::Type { .. } => {
            vec![problem(loc, WRONG_TYPE, "type")]
        }
        ValidationErrorKind::Format { format } => {
            vec![problem(loc, &format!("this is not a {format}"), "format")]
        }
        _ => vec![problem(loc, "this is not what is declared", "value")],
    }
}
