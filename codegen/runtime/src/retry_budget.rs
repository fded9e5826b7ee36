//! The retry budget that all calls of a client share.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// The retries that all calls of a client may still make. A retry takes one token from the bucket.
/// Every second, and every call that succeeds, returns a tenth of a token.
pub(crate) struct RetryBudget {
    /// Whether a token was ever taken. Most clients never retry, and skip the lock.
    used: AtomicBool,
    bucket: Mutex<TokenBucket>,
}

struct TokenBucket {
    /// The tokens, in tenths.
    tenths: u32,
    /// The time up to which the bucket has been refilled.
    refilled_at: Duration,
}

impl RetryBudget {
    /// One token, in tenths.
    const ONE: u32 = 10;
    /// The capacity, in tenths: ten retries.
    const CAPACITY: u32 = 10 * Self::ONE;
    /// How often a tenth is returned.
    const REFILL_INTERVAL: Duration = Duration::from_secs(1);

    pub(crate) fn new() -> Self {
        Self {
            used: AtomicBool::new(false),
            bucket: Mutex::new(TokenBucket {
                tenths: Self::CAPACITY,
                refilled_at: Duration::ZERO,
            }),
        }
    }

    /// Whether there is a token.
    pub(crate) fn has_one(&self, now: impl FnOnce() -> Duration) -> bool {
        !self.is_used() || self.refilled_bucket(now()).tenths >= Self::ONE
    }

    fn is_used(&self) -> bool {
        self.used.load(Ordering::Relaxed)
    }

    /// Takes a token. Returns whether there was one.
    pub(crate) fn take(&self, now: Duration) -> bool {
        self.used.store(true, Ordering::Relaxed);
        let mut bucket = self.refilled_bucket(now);
        let rest = bucket.tenths.checked_sub(Self::ONE);
        bucket.tenths = rest.unwrap_or(bucket.tenths);
        rest.is_some()
    }

    /// Returns a tenth of a token, for a call that succeeded.
    pub(crate) fn refund(&self, now: impl FnOnce() -> Duration) {
        if self.is_used() {
            let mut bucket = self.refilled_bucket(now());
            bucket.tenths = bucket.tenths.saturating_add(1).min(Self::CAPACITY);
        }
    }

    /// Returns the bucket, refilled up to now.
    fn refilled_bucket(&self, now: Duration) -> MutexGuard<'_, TokenBucket> {
        let mut bucket = self.bucket.lock().unwrap_or_else(PoisonError::into_inner);
        let passed =
            now.saturating_sub(bucket.refilled_at).as_secs() / Self::REFILL_INTERVAL.as_secs();
        if passed > 0 {
            let earned = u32::try_from(passed).unwrap_or(Self::CAPACITY);
            bucket.tenths = bucket.tenths.saturating_add(earned).min(Self::CAPACITY);
            bucket.refilled_at = now;
        }
        bucket
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::RetryBudget;

    #[test]
    fn tokens_are_spent_and_refilled() {
        let start = Duration::from_secs(60);
        let budget = RetryBudget::new();
        for _ in 0..10 {
            assert!(budget.has_one(|| start) && budget.take(start));
        }
        assert!(!budget.has_one(|| start) && !budget.take(start));
        for _ in 0..9 {
            budget.refund(|| start);
        }
        assert!(!budget.has_one(|| start));
        budget.refund(|| start);
        assert!(budget.take(start));
        assert!(!budget.take(start + Duration::from_secs(9)));
        assert!(budget.take(start + Duration::from_secs(10)));
        // The bucket does not overflow.
        let later = start + Duration::from_secs(1_000_000);
        let taken = (0..20).filter(|_| budget.take(later)).count();
        assert_eq!(taken, 10);
    }
}
