//! Bounds the time that a future may take.

use std::pin::{Pin, pin};
use std::task::Poll;
use std::time::Duration;

use crate::{BoxFuture, Clock};

/// A point in time at which waiting ends. It may be used for several futures, one after the other.
pub(crate) struct TimeLimit(BoxFuture<()>);

impl TimeLimit {
    /// Starts a limit of this duration.
    pub(crate) fn start(clock: &dyn Clock, duration: Duration) -> Self {
        Self(clock.limit(duration))
    }

    /// Waits for a future. Returns `None` if the time ends first.
    pub(crate) async fn race<T>(&mut self, future: impl Future<Output = T>) -> Option<T> {
        let mut future = pin!(future);
        let mut limit = Pin::new(&mut self.0);
        std::future::poll_fn(|context| match future.as_mut().poll(context) {
            Poll::Ready(value) => Poll::Ready(Some(value)),
            Poll::Pending => limit.as_mut().poll(context).map(|()| None),
        })
        .await
    }
}
