//! How much memory the reading of one answer may take.
//!
//! A few bytes of JSON can become many of memory. Whoever reads charges for what is kept; where the
//! budget is used up, the answer is refused. [`crate::metered`] charges for every value that is read
//! from an answer itself. Readers that build more values out of these, such as copies, charge for
//! them on their own. The budget belongs to the thread that reads, since `serde` hands nothing
//! through its readers.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

thread_local! {
    /// What is left of the budget that holds; `None` where none does.
    static LEFT: Cell<Option<Left>> = const { Cell::new(None) };
    /// Tells that nobody waits for what is read any more.
    static STOP: RefCell<Option<Arc<AtomicBool>>> = const { RefCell::new(None) };
}

/// What is left of a budget.
#[derive(Clone, Copy)]
struct Left {
    limit: usize,
    bytes: usize,
    /// Whether more was asked for once.
    exceeded: bool,
    /// How often there was a charge, to look now and then whether to stop.
    charges: u8,
}

/// A budget, as long as this is held. One inside of another spends of both.
#[must_use]
pub(crate) struct Budget {
    outer: Option<Left>,
    /// Whether it ends with a stop.
    stops: bool,
    /// It is one thread's.
    local: PhantomData<*const ()>,
}

/// More was asked for than the budget had left, or nobody waits any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct BudgetExceeded;

impl fmt::Display for BudgetExceeded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("reading it would take more memory than is allowed")
    }
}

impl Budget {
    /// Holds this thread to so many bytes, or to what an outer budget has left.
    pub(crate) fn enter(limit: usize) -> Self {
        let outer = LEFT.get();
        let limit = outer.map_or(limit, |outer| limit.min(outer.bytes));
        LEFT.set(Some(Left {
            limit,
            bytes: limit,
            exceeded: false,
            charges: 0,
        }));
        Self {
            outer,
            stops: false,
            local: PhantomData,
        }
    }

    /// As [`Budget::enter`], for a thread that has nothing else to do: as soon as `stop` is set,
    /// soon nothing can be charged any more.
    pub(crate) fn enter_until(limit: usize, stop: Arc<AtomicBool>) -> Self {
        STOP.set(Some(stop));
        let mut budget = Self::enter(limit);
        budget.stops = true;
        budget
    }
}

impl Drop for Budget {
    fn drop(&mut self) {
        let Some(left) = LEFT.get() else {
            return;
        };
        LEFT.set(self.outer.map(|outer| Left {
            bytes: outer.bytes.saturating_sub(left.limit - left.bytes),
            exceeded: outer.exceeded || left.exceeded,
            ..outer
        }));
        if self.stops {
            STOP.set(None);
        }
    }
}

/// Takes so many bytes from the budget of this thread. Without one nothing is counted.
///
/// # Errors
///
/// Where there is less left, and from then on: what was too much once is not tried in another way.
pub(crate) fn charge(bytes: usize) -> Result<(), BudgetExceeded> {
    let Some(left) = LEFT.get() else {
        return Ok(());
    };
    let stopped = left.charges == u8::MAX && is_stopped();
    let rest = left.bytes.checked_sub(bytes);
    let rest = rest.filter(|_| !left.exceeded && !stopped);
    LEFT.set(Some(Left {
        bytes: rest.unwrap_or(0),
        exceeded: rest.is_none(),
        charges: left.charges.wrapping_add(1),
        ..left
    }));
    rest.map(|_| ()).ok_or(BudgetExceeded)
}

fn is_stopped() -> bool {
    STOP.with_borrow(|stop| {
        stop.as_ref()
            .is_some_and(|stop| stop.load(Ordering::Relaxed))
    })
}

/// The limit of this thread's budget, if a charge was refused: also where the reader went on
/// without.
pub(crate) fn exceeded() -> Option<usize> {
    LEFT.get()
        .filter(|left| left.exceeded)
        .map(|left| left.limit)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};

    use super::{Budget, BudgetExceeded, charge, exceeded};

    #[test]
    fn without_a_budget_nothing_is_counted() {
        assert_eq!(charge(usize::MAX), Ok(()));
        assert_eq!(charge(usize::MAX), Ok(()));
    }

    #[test]
    fn what_was_too_much_once_stays_too_much() {
        let budget = Budget::enter(10);
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
    fn a_budget_inside_of_another_spends_of_both() {
        let _outer = Budget::enter(10);
        {
            let _inner = Budget::enter(100);
            assert_eq!(charge(6), Ok(()));
            assert_eq!(exceeded(), None);
        }
        assert_eq!(charge(4), Ok(()));
        assert_eq!(exceeded(), None);
        {
            let _inner = Budget::enter(1);
            assert_eq!(charge(1), Err(BudgetExceeded));
            assert_eq!(exceeded(), Some(0));
        }
        assert_eq!(exceeded(), Some(10));
    }

    #[test]
    fn another_thread_has_a_budget_of_its_own() {
        let _budget = Budget::enter(1);
        let elsewhere = std::thread::spawn(|| charge(2));
        assert_eq!(elsewhere.join().ok(), Some(Ok(())));
    }

    #[test]
    fn what_nobody_waits_for_ends() {
        let stop = Arc::new(AtomicBool::new(false));
        let budget = Budget::enter_until(1000, Arc::clone(&stop));
        assert!((0..1000).all(|_| charge(0).is_ok()));
        stop.store(true, Ordering::Relaxed);
        assert!((0..256).any(|_| charge(0).is_err()));
        drop(budget);
        let _next = Budget::enter(1000);
        assert!((0..1000).all(|_| charge(0).is_ok()));
    }
}
