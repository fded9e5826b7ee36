//! A clock that is moved by hand, for a client and its sandbox together.

use std::future::ready;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use monite_client::runtime::{BoxFuture, Clock};
use tokio::sync::Notify;

/// Time passes while a call pauses, and when the sandbox says that the client waits in vain.
#[derive(Clone, Default)]
pub struct Hand(Arc<Moved>);

#[derive(Default)]
struct Moved {
    milliseconds: AtomicU64,
    in_vain: Notify,
}

impl Hand {
    /// Lets time pass.
    pub fn pass(&self, duration: Duration) {
        let milliseconds = u64::try_from(duration.as_millis()).expect("it is short");
        let clock = &self.0.milliseconds;
        clock.fetch_add(milliseconds, Ordering::Relaxed);
    }

    /// Ends the time of the attempt that is under way, or else of the next one.
    pub fn expire(&self) {
        self.0.in_vain.notify_one();
    }
}

impl Clock for Hand {
    fn now(&self) -> Duration {
        Duration::from_millis(self.0.milliseconds.load(Ordering::Relaxed))
    }

    fn date(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000) + self.now()
    }

    fn pause(&self, duration: Duration) -> BoxFuture<()> {
        self.pass(duration);
        Box::pin(ready(()))
    }

    fn limit(&self, duration: Duration) -> BoxFuture<()> {
        let clock = self.clone();
        Box::pin(async move {
            clock.0.in_vain.notified().await;
            // What was sent before is on this side of the wire: it is read first.
            for _ in 0..64 {
                tokio::task::yield_now().await;
            }
            clock.pass(duration);
        })
    }

    fn jitter(&self) -> f64 {
        1.0
    }
}
