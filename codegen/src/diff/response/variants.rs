//! The enum variants of responses.

use super::super::names::module_item;
use super::statuses::is_success;
use super::success_types::has_success_enum;
use crate::model::{Operation, Response, Status};

/// Returns the variant of a response. A success has one only if the operation has an enum of successes.
pub(super) fn variant(operation: &Operation, response: &Response) -> Option<String> {
    let name = if !is_success(response.status) {
        &operation.error_type
    } else if has_success_enum(operation) {
        &operation.success_type
    } else {
        return None;
    };
    Some(format!(
        "{}::{}",
        module_item(operation, name),
        response.rust
    ))
}

/// Returns the match arm of an error.
pub(super) fn error_arm(operation: &Operation, response: &Response) -> String {
    let fields = response.body.as_ref().map_or("", |_| "(body)");
    format!(
        "Some({}::{}{fields}) => {{}}",
        operation.error_type, response.rust
    )
}

/// Returns the match arm that receives a status which is no longer declared.
pub(super) fn fallback_arm(operation: &Operation, status: Status) -> Option<String> {
    match (fallback(operation, status), status) {
        (Some(response), _) => Some(error_arm(operation, response)),
        (None, Status::Code(code)) => Some(format!(
            "None if error.status().is_some_and(|status| status == {code}) => {{}}"
        )),
        (None, _) => None,
    }
}

/// Returns the response that applies to a status without its own: the range, or the default.
fn fallback(operation: &Operation, status: Status) -> Option<&Response> {
    let range = match status {
        Status::Code(code) => u8::try_from(code / 100).ok().map(Status::Range),
        _ => None,
    };
    let mut candidates = range.into_iter().chain([Status::Default]);
    candidates.find_map(|candidate| {
        let mut responses = operation.responses.iter();
        responses.find(|response| response.status == candidate)
    })
}
