//! Receives a response body and decodes it, within the memory and the time of the call.
//!
//! Small bodies are decoded at once. Large ones are decoded on a Tokio thread for blocking work:
//! decoding does not yield, so on the caller's thread neither the timeout nor other tasks could
//! interrupt it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::task::JoinHandle;

use crate::attempt::AttemptResult;
use crate::decode_budget::DecodeBudget;
use crate::error::CallError;
use crate::response::DecodedKind;
use crate::time_limit::TimeLimit;
use crate::{BodyFailure, Decode, RawResponse, Transport, TransportErrorKind};

/// The largest body that is decoded on the caller's thread, in bytes. It takes well below a
/// millisecond.
const MAX_INLINE_BYTES: usize = 64 * 1024;

type DecodedBy<D> = DecodedKind<<D as Decode>::Success, <D as Decode>::Error>;

/// Receives a body of at most `max_bytes`. A larger `Content-Length` fails at once, but no memory
/// is allocated on the strength of that header.
pub(crate) async fn receive(
    mut response: reqwest::Response,
    max_bytes: usize,
    limit: &mut TimeLimit,
) -> AttemptResult {
    let status = response.status();
    let headers = std::mem::take(response.headers_mut());
    let mut body = Vec::new();
    let declared = response
        .content_length()
        .and_then(|length| usize::try_from(length).ok());
    let failure = if declared.is_some_and(|length| length > max_bytes) {
        Some(BodyFailure::TooLarge { limit: max_bytes })
    } else {
        loop {
            match limit.race(response.chunk()).await {
                Some(Ok(Some(chunk))) => {
                    let room = max_bytes - body.len();
                    body.extend_from_slice(chunk.get(..room).unwrap_or(&chunk));
                    if chunk.len() > room {
                        break Some(BodyFailure::TooLarge { limit: max_bytes });
                    }
                }
                Some(Ok(None)) => break None,
                Some(Err(error)) => {
                    break Some(BodyFailure::Truncated(TransportErrorKind::of(&error)));
                }
                None => break Some(BodyFailure::Truncated(TransportErrorKind::Timeout)),
            }
        }
    };
    let response = RawResponse::new(status, headers, body);
    match failure {
        None => Ok(response),
        Some(failure) => Err(CallError::Body(Box::new(response), failure)),
    }
}

/// Decodes a response on this thread. Returns `None` if that would take long.
pub(crate) fn decode_inline<D: Decode>(
    transport: &Transport,
    response: &RawResponse,
) -> Option<DecodedBy<D>> {
    // Outside Tokio there is no other thread.
    if response.body().len() > MAX_INLINE_BYTES && Handle::try_current().is_ok() {
        return None;
    }
    let _budget = DecodeBudget::enter(transport.shared().max_decoded_bytes);
    Some(D::decode(response).0)
}

/// Decodes a response on another thread, in at most this time. The time includes waiting for a free
/// thread.
pub(crate) async fn decode_blocking<D: Decode>(
    transport: &Transport,
    response: RawResponse,
    time: Duration,
) -> (RawResponse, DecodedBy<D>) {
    let memory = transport.shared().max_decoded_bytes;
    let (response, stop) = (Arc::new(response), Arc::new(AtomicBool::new(false)));
    let (shared, stopped) = (Arc::clone(&response), Arc::clone(&stop));
    let task = tokio::task::spawn_blocking(move || {
        let _budget = DecodeBudget::enter_until(memory, stopped);
        let decoded = D::decode(&shared).0;
        // Dropped first, so that the caller gets the response back without a copy.
        drop(shared);
        decoded
    });
    let mut task = BlockingDecode { task, stop };
    let mut limit = TimeLimit::start(transport.clock(), time);
    let decoded = match limit.race(&mut task.task).await {
        Some(Ok(decoded)) => decoded,
        Some(Err(failed)) => match failed.try_into_panic() {
            Ok(panic) => std::panic::resume_unwind(panic),
            // The runtime is shutting down and has not started the task.
            Err(_) => DecodedKind::Failure(BodyFailure::NotReadInTime),
        },
        None => DecodedKind::Failure(BodyFailure::NotReadInTime),
    };
    drop(task);
    (Arc::unwrap_or_clone(response), decoded)
}

/// Decoding on another thread. When it is dropped, decoding stops at the next value, or never starts.
struct BlockingDecode<T> {
    task: JoinHandle<T>,
    stop: Arc<AtomicBool>,
}

impl<T> Drop for BlockingDecode<T> {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        self.task.abort();
    }
}
