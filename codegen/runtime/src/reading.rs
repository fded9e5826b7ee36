//! Receives a body, and turns it into what its operation declares, within the memory and the time
//! of the call.
//!
//! What is small is read at once. What is large is read on one of Tokio's threads for blocking
//! work: reading does not wait, so on the caller's thread neither the call's time nor another task
//! could come in between.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::task::JoinHandle;

use crate::call::{Answered, Limit};
use crate::decode_budget::Budget;
use crate::error::CallError;
use crate::response::Reading;
use crate::{BodyFailure, Decode, RawResponse, Transport, TransportErrorKind};

/// The largest body that is read at once, in bytes: well below a millisecond's work.
const AT_ONCE: usize = 64 * 1024;

type Read<D> = Reading<<D as Decode>::Success, <D as Decode>::Error>;

/// Reads a body piece by piece up to the limit. `Content-Length` may end the reading early, but
/// is not trusted with an allocation.
pub(crate) async fn receive(
    mut response: reqwest::Response,
    most: usize,
    limit: &mut Limit,
) -> Answered {
    let status = response.status();
    let headers = std::mem::take(response.headers_mut());
    let mut body = Vec::new();
    let announced = response
        .content_length()
        .and_then(|length| usize::try_from(length).ok());
    let failure = if announced.is_some_and(|length| length > most) {
        Some(BodyFailure::TooLarge { limit: most })
    } else {
        loop {
            match limit.race(response.chunk()).await {
                Some(Ok(Some(chunk))) => {
                    let room = most - body.len();
                    body.extend_from_slice(chunk.get(..room).unwrap_or(&chunk));
                    if chunk.len() > room {
                        break Some(BodyFailure::TooLarge { limit: most });
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

/// Reads a response at once; nothing where that would take long.
pub(crate) fn at_once<D: Decode>(transport: &Transport, response: &RawResponse) -> Option<Read<D>> {
    // Outside of Tokio there is no other thread.
    if response.body().len() > AT_ONCE && Handle::try_current().is_ok() {
        return None;
    }
    let _budget = Budget::enter(transport.shared().max_decoded_bytes);
    Some(D::decode(response).0)
}

/// Reads a response on another thread, in at most this time. A runtime whose threads for blocking
/// work are all busy begins later, and the time ends all the same.
pub(crate) async fn aside<D: Decode>(
    transport: &Transport,
    response: RawResponse,
    time: Duration,
) -> (RawResponse, Read<D>) {
    let memory = transport.shared().max_decoded_bytes;
    let (response, stop) = (Arc::new(response), Arc::new(AtomicBool::new(false)));
    let (shared, stopped) = (Arc::clone(&response), Arc::clone(&stop));
    let task = tokio::task::spawn_blocking(move || {
        let _budget = Budget::enter_until(memory, stopped);
        let read = D::decode(&shared).0;
        // The caller gets the response back without a copy.
        drop(shared);
        read
    });
    let mut task = Aside { task, stop };
    let mut limit = Limit(transport.clock().limit(time));
    let read = match limit.race(&mut task.task).await {
        Some(Ok(read)) => read,
        Some(Err(failed)) => match failed.try_into_panic() {
            Ok(panic) => std::panic::resume_unwind(panic),
            // The runtime is being shut down, and has not begun with it.
            Err(_) => Reading::Failure(BodyFailure::NotReadInTime),
        },
        None => Reading::Failure(BodyFailure::NotReadInTime),
    };
    drop(task);
    (Arc::unwrap_or_clone(response), read)
}

/// A reading on another thread. When nobody waits for it any more it stops at its next value, or is
/// not begun.
struct Aside<T> {
    task: JoinHandle<T>,
    stop: Arc<AtomicBool>,
}

impl<T> Drop for Aside<T> {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        self.task.abort();
    }
}
