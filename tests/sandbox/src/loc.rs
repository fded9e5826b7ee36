//! Where a request is wrong, in the shape that the API answers 422 with.

use axum::body::Bytes;
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind;
use serde_json::{Value, json};

use crate::document::{Operation, Schema};

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
    let Some(schema) = &operation.body else {
        return Ok(Value::Null);
    };
    let at = || vec![json!("body")];
    let content_type = headers.get(CONTENT_TYPE).and_then(|it| it.to_str().ok());
    let media_type = content_type.and_then(|it| it.split(';').next());
    if media_type.is_none_or(|it| !it.trim().eq_ignore_ascii_case("application/json")) {
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
    let branch = match schema.branch(instance) {
        Ok(branch) => branch,
        Err(tag) => {
            let loc = vec![json!(place), json!(tag)];
            return vec![problem(loc, "this is not one of its values", "enum")];
        }
    };
    let schema = branch.as_ref().unwrap_or(schema);
    let errors = schema.validator().iter_errors(instance);
    errors.flat_map(|error| problems(&error, place)).collect()
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
            vec![problem(at(name), "this is missing", "missing")]
        }
        ValidationErrorKind::AdditionalProperties { unexpected } => unexpected
            .iter()
            .map(|name| problem(at(name), "this is not expected", "extra_forbidden"))
            .collect(),
        ValidationErrorKind::Type { .. } => {
            vec![problem(loc, "this is not of the declared type", "type")]
        }
        ValidationErrorKind::Format { format } => {
            vec![problem(loc, &format!("this is not a {format}"), "format")]
        }
        _ => vec![problem(loc, "this is not what is declared", "value")],
    }
}
