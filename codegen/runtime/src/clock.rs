//! The clock and the random source that calls depend on.

use std::fmt;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant, SystemTime};

use crate::BoxFuture;

/// The clock and the random source of a transport. Default: [`SystemClock`]. Tests replace it with
/// [`TransportBuilder::clock`](crate::TransportBuilder::clock), so that they need not wait.
pub trait Clock: Send + Sync + 'static {
    /// Returns the time since a fixed moment in the past. It never decreases.
    fn now(&self) -> Duration;

    /// Returns the current date and time.
    fn date(&self) -> SystemTime;

    /// Waits before a retry.
    fn pause(&self, duration: Duration) -> BoxFuture<()>;

    /// Completes after this time, which is a timeout. It is dropped if the work ends earlier.
    fn limit(&self, duration: Duration) -> BoxFuture<()>;

    /// Returns a random number of at least 0 and less than 1, which spreads retries and renewals of
    /// many clients.
    fn jitter(&self) -> f64;
}

/// A clock that is shared between a transport and its token source.
pub(crate) type SharedClock = Arc<dyn Clock>;

/// The clock of the operating system. It needs a Tokio runtime with the timer enabled. On some systems
/// it stops while the machine sleeps.
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
        // Every `RandomState` has new keys. The number need not be unpredictable.
        let random = RandomState::new().build_hasher().finish() >> 32;
        f64::from(u32::try_from(random).unwrap_or_default()) / (f64::from(u32::MAX) + 1.0)
    }
}

/// Returns a fraction of a duration. A custom clock may return a jitter outside 0..1; the result is the
/// full duration then.
pub(crate) fn scale(duration: Duration, fraction: f64) -> Duration {
    let seconds = duration.as_secs_f64() * fraction;
    let scaled = Duration::try_from_secs_f64(seconds).unwrap_or(duration);
    scaled.min(duration)
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
    fn jitter_is_uniform_between_zero_and_one() {
        let drawn: Vec<f64> = (0..1000).map(|_| SystemClock.jitter()).collect();
        assert!(drawn.iter().all(|number| (0.0..1.0).contains(number)));
        let mean = drawn.iter().sum::<f64>() / 1000.0;
        assert!((0.4..0.6).contains(&mean), "{mean}");
    }

    #[test]
    fn time_does_not_decrease() {
        let before = SystemClock.now();
        assert!(SystemClock.now() >= before);
    }
}
