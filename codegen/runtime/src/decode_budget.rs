//! Limits the memory that decoding one response may take.
//!
//! A few bytes of JSON can become many bytes of memory. Every decoder charges for the values that it
//! keeps; once the budget is exceeded, the response is refused. [`crate::metered_json`] charges for
//! every value that is read from the body. Code that copies these values charges for the copies. The
//! budget is a thread-local, because `serde` passes no context to its visitors.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

thread_local! {
    /// The budget of this thread; `None` if it has none.
    static CURRENT: Cell<Option<Remaining>> = const { Cell::new(None) };
    /// Set to true when nobody waits for the result any more.
    static STOP: RefCell<Option<Arc<AtomicBool>>> = const { RefCell::new(None) };
}

/// The rest of a budget.
#[derive(Clone, Copy)]
struct Remaining {
    /// The size of the budget, in bytes.
    limit: usize,
    /// The rest, in bytes.
    bytes: usize,
    /// Whether a charge was refused.
    exceeded: bool,
    /// Counts charges, to check only now and then whether to stop.
    charges: u8,
}

/// A budget for this thread, until this value is dropped. An inner budget spends from the outer one
/// too.
#[must_use]
pub(crate) struct DecodeBudget {
    outer: Option<Remaining>,
    /// Whether this budget has set `STOP`.
    stoppable: bool,
    /// Makes the type neither `Send` nor `Sync`.
    local: PhantomData<*const ()>,
}

/// The budget has been exceeded, or nobody waits for the result any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct BudgetExceeded;

impl fmt::Display for BudgetExceeded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("decoding would take more memory than allowed")
    }
}

impl DecodeBudget {
    /// Limits this thread to `limit` bytes, or to the rest of the outer budget if that is less.
    pub(crate) fn enter(limit: usize) -> Self {
        let outer = CURRENT.get();
        let limit = outer.map_or(limit, |outer| limit.min(outer.bytes));
        CURRENT.set(Some(Remaining {
            limit,
            bytes: limit,
            exceeded: false,
            charges: 0,
        }));
        Self {
            outer,
            stoppable: false,
            local: PhantomData,
        }
    }

    /// Same as [`DecodeBudget::enter`], for a thread with no other work: soon after `stop` is set,
    /// every charge fails.
    pub(crate) fn enter_until(limit: usize, stop: Arc<AtomicBool>) -> Self {
        STOP.set(Some(stop));
        let mut budget = Self::enter(limit);
        budget.stoppable = true;
        budget
    }
}

impl Drop for DecodeBudget {
    fn drop(&mut self) {
        let Some(remaining) = CURRENT.get() else {
            return;
        };
        CURRENT.set(self.outer.map(|outer| {
            Remaining {
                bytes: outer
                    .bytes
                    .saturating_sub(remaining.limit - remaining.bytes),
                exceeded: outer.exceeded || remaining.exceeded,
                ..outer
            }
        }));
        if self.stoppable {
            STOP.set(None);
        }
    }
}

/// Charges the budget of this thread. Does nothing if it has none.
///
/// # Errors
///
/// If the rest is smaller. All later charges fail too, so that decoders do not try alternatives.
pub(crate) fn charge(bytes: usize) -> Result<(), BudgetExceeded> {
    let Some(remaining) = CURRENT.get() else {
        return Ok(());
    };
    let stopped = remaining.charges == u8::MAX && is_stopped();
    let rest = remaining.bytes.checked_sub(bytes);
    let rest = rest.filter(|_| !remaining.exceeded && !stopped);
    CURRENT.set(Some(Remaining {
        bytes: rest.unwrap_or(0),
        exceeded: rest.is_none(),
        charges: remaining.charges.wrapping_add(1),
        ..remaining
    }));
    rest.map(|_| ()).ok_or(BudgetExceeded)
}

fn is_stopped() -> bool {
    STOP.with_borrow(|stop| {
        stop.as_ref()
            .is_some_and(|stop| stop.load(Ordering::Relaxed))
    })
}

/// Returns the limit of this thread's budget if a charge was refused, even if the decoder ignored the
/// error.
pub(crate) fn exceeded() -> Option<usize> {
    CURRENT
        .get()
        .filter(|remaining| remaining.exceeded)
        .map(|remaining| remaining.limit)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};

    use super::{BudgetExceeded, DecodeBudget, charge, exceeded};

    #[test]
    fn without_a_budget_nothing_is_counted() {
        assert_eq!(charge(usize::MAX), Ok(()));
        assert_eq!(charge(usize::MAX), Ok(()));
    }

    #[test]
    fn an_exceeded_budget_stays_exceeded() {
        let budget = DecodeBudget::enter(10);
        assert_eq!(charge(10), Ok(()));
        assert_eq!(charge(0), Ok(()));
        assert_eq!(exceeded(), None);
        assert_eq!(charge(1), Err(BudgetExceeded));
        assert_eq!(charge(0), Err(BudgetExceeded));
        assert_eq!(exceeded(), Some(10));
        drop(budget);
        assert_eq!(charge(11), Ok(()));
    }

    #[test]
    fn an_inner_budget_spends_from_the_outer_one() {
        let _outer = DecodeBudget::enter(10);
        {
            let _inner = DecodeBudget::enter(100);
            assert_eq!(charge(6), Ok(()));
            assert_eq!(exceeded(), None);
        }
        assert_eq!(charge(4), Ok(()));
        assert_eq!(exceeded(), None);
        {
            let _inner = DecodeBudget::enter(1);
            assert_eq!(charge(1), Err(BudgetExceeded));
            assert_eq!(exceeded(), Some(0));
        }
        assert_eq!(exceeded(), Some(10));
    }

    #[test]
    fn another_thread_has_a_budget_of_its_own() {
        let _budget = DecodeBudget::enter(1);
        let other = std::thread::spawn(|| charge(2));
        assert_eq!(other.join().ok(), Some(Ok(())));
    }

    #[test]
    fn decoding_stops_on_request() {
        let stop = Arc::new(AtomicBool::new(false));
        let budget = DecodeBudget::enter_until(1000, Arc::clone(&stop));
        assert!((0..1000).all(|_| charge(0).is_ok()));
        stop.store(true, Ordering::Relaxed);
        assert!((0..256).any(|_| charge(0).is_err()));
        drop(budget);
        let _next = DecodeBudget::enter(1000);
        assert!((0..1000).all(|_| charge(0).is_ok()));
    }
}
