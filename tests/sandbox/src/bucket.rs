//! A token bucket: so many requests at once, and as many again each second.

use std::time::Duration;

pub(crate) struct Bucket {
    /// How many requests a second; also how many at once.
    limit: u32,
    /// What is left, in requests.
    left: f64,
    filled_at: Duration,
}

/// What a request found.
pub(crate) struct Taken {
    pub(crate) limit: u32,
    pub(crate) remaining: u32,
    /// Until the bucket is full again.
    pub(crate) full_after: Duration,
    /// How long to wait for the next one, where none was left.
    pub(crate) refused: Option<Duration>,
}

impl Bucket {
    pub(crate) fn new(limit: u32, now: Duration) -> Self {
        Self {
            limit,
            left: f64::from(limit),
            filled_at: now,
        }
    }

    pub(crate) fn take(&mut self, now: Duration) -> Taken {
        let limit = f64::from(self.limit);
        // A clock that was set back earns nothing, neither now nor when it has caught up.
        let earned = now.saturating_sub(self.filled_at).as_secs_f64() * limit;
        self.left = (self.left + earned).min(limit);
        self.filled_at = now.max(self.filled_at);
        // Nobody gets through a limit of none; the wait is finite all the same.
        let second = limit.max(1.0);
        let missing = 1.0 - self.left;
        let refused = (missing > 0.0).then(|| Duration::from_secs_f64(missing / second));
        if refused.is_none() {
            self.left -= 1.0;
        }
        Taken {
            limit: self.limit,
            // A part of a request is none.
            remaining: self.left as u32,
            full_after: Duration::from_secs_f64((limit - self.left) / second),
            refused,
        }
    }
}
