//! Time and chance, as far as a call depends on them.

use std::fmt;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant, SystemTime};

use crate::BoxFuture;

/// Where a transport takes time and chance from. The operating system's unless it is replaced by
/// [`TransportBuilder::clock`](crate::TransportBuilder::clock), which tests do: then nothing waits.
pub trait Clock: Send + Sync + 'static {
    /// The time since some moment in the past. It never goes back.
    fn now(&self) -> Duration;

    /// The date, as people and servers have it.
    fn date(&self) -> SystemTime;

    /// Waits before a request is sent again.
    fn pause(&self, duration: Duration) -> BoxFuture<()>;

    /// Ends when an attempt has taken too long. It is dropped when the attempt ends before.
    fn limit(&self, duration: Duration) -> BoxFuture<()>;

    /// A number from 0 up to 1, to spread what many clients would do at the same moment.
    fn jitter(&self) -> f64;
}

/// A clock that is shared between a transport and its token source.
pub(crate) type SharedClock = Arc<dyn Clock>;

/// The operating system's time. It needs a Tokio runtime with its timer enabled. On some systems it
/// stands still while the machine sleeps.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Duration {
        static START: OnceLock<Instant> = OnceLock::new();
        START.get_or_init(Instant::now).elapsed()
    }

    fn date(&self) -> SystemTime {
        SystemTime::now()
    }

    fn pause(&self, duration: Duration) -> BoxFuture<()> {
        Box::pin(tokio::time::sleep(duration))
    }

    fn limit(&self, duration: Duration) -> BoxFuture<()> {
        Box::pin(tokio::time::sleep(duration))
    }

    fn jitter(&self) -> f64 {
        // Each state has keys of its own; nothing here must be hard to guess.
        let random = RandomState::new().build_hasher().finish() >> 32;
        f64::from(u32::try_from(random).unwrap_or_default()) / (f64::from(u32::MAX) + 1.0)
    }
}

impl fmt::Debug for dyn Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Clock")
    }
}

#[cfg(test)]
mod tests {
    use super::{Clock, SystemClock};

    #[test]
    fn chance_is_spread_between_zero_and_one() {
        let drawn: Vec<f64> = (0..1000).map(|_| SystemClock.jitter()).collect();
        assert!(drawn.iter().all(|it| (0.0..1.0).contains(it)));
        let mean = drawn.iter().sum::<f64>() / 1000.0;
        assert!((0.4..0.6).contains(&mean), "{mean}");
    }

    #[test]
    fn time_does_not_go_back() {
        let before = SystemClock.now();
        assert!(SystemClock.now() >= before);
    }
}
