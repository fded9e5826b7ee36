//! How changes name the statuses of responses.

use crate::model::{Operation, Response, Status};
use crate::pointer::Pointer;

/// Whether a status is declared as a success.
pub(super) fn is_success(status: Status) -> bool {
    matches!(status, Status::Code(200..=299) | Status::Range(2))
}

/// Returns a status as reviewers name it: `status 404`.
pub(super) fn status_title(status: Status) -> String {
    match status {
        Status::Default => "`default`".to_owned(),
        other => format!("status {}", key(other)),
    }
}

/// Returns where a response is declared.
pub(super) fn response_pointer(operation: &Operation, response: &Response) -> Pointer {
    let responses = operation.pointer.child("responses");
    responses.child(key(response.status))
}

fn key(status: Status) -> String {
    match status {
        Status::Code(code) => code.to_string(),
        Status::Range(digit) => format!("{digit}XX"),
        Status::Default => "default".to_owned(),
    }
}
