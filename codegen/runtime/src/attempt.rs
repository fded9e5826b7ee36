//! The result of one attempt, as the retry decision and the outcome need it.

use reqwest::StatusCode;

use crate::error::CallError;
use crate::outcome::Outcome;
use crate::retry::Failure;
use crate::{BodyFailure, RawResponse};

/// The result of one attempt.
pub(crate) type AttemptResult = Result<RawResponse, CallError>;

/// Returns the response, if one arrived, even if its body is incomplete.
pub(crate) fn response(result: &AttemptResult) -> Option<&RawResponse> {
    match result {
        Ok(response) => Some(response),
        Err(CallError::Body(response, _)) => Some(response),
        Err(_) => None,
    }
}

/// Returns the status, if a response arrived.
pub(crate) fn status(result: &AttemptResult) -> Option<StatusCode> {
    response(result).map(RawResponse::status)
}

/// Returns the outcome of an attempt that is followed by another one.
pub(crate) fn outcome(result: &AttemptResult) -> Outcome {
    match result {
        Ok(response) => Outcome::of_status(response.status()),
        Err(failure) => failure.outcome(),
    }
}

/// Returns what the retry decision depends on.
pub(crate) fn failure(result: &AttemptResult) -> Failure<'_> {
    match result {
        Ok(response) => Failure::Response(response.status(), response.headers()),
        // The status counts even if the body is incomplete.
        Err(CallError::Body(response, _)) if !response.status().is_success() => {
            Failure::Response(response.status(), response.headers())
        }
        Err(CallError::Body(_, BodyFailure::Truncated(kind))) => Failure::Transport(*kind),
        Err(CallError::Transport(error)) => Failure::Transport(error.kind()),
        Err(_) => Failure::Permanent,
    }
}
