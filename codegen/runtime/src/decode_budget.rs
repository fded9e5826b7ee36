//! How much memory the reading of one answer may take.
//!
//! A few bytes of JSON can become many of memory. Readers that build values which no type bounds
//! charge for them before they build them; where the budget is used up, the answer is refused.
//! The budget belongs to the thread that reads, since `serde` hands nothing through its readers.

use std::cell::Cell;
use std::fmt;
use std::marker::PhantomData;

thread_local! {
    /// What is left of the budget that holds; `None` where none does.
    static LEFT: Cell<Option<Left>> = const { Cell::new(None) };
}

/// What is left, and whether more was asked for once.
#[derive(Clone, Copy)]
struct Left {
    bytes: usize,
    exceeded: bool,
}

/// A budget, as long as this is held. One inside of another spends of both.
#[must_use]
pub(crate) struct Budget {
    limit: usize,
    outer: Option<Left>,
    /// It is one thread's.
    local: PhantomData<*const ()>,
}

/// More was asked for than the budget had left.
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
            bytes: limit,
            exceeded: false,
        }));
        Self {
            limit,
            outer,
            local: PhantomData,
        }
    }

    /// Whether a charge was refused, also where the reader went on without.
    pub(crate) fn is_exceeded(&self) -> bool {
        LEFT.get().is_some_and(|left| left.exceeded)
    }
}

impl Drop for Budget {
    fn drop(&mut self) {
        let left = LEFT.get();
        let spent = left.map_or(0, |left| self.limit.saturating_sub(left.bytes));
        LEFT.set(self.outer.map(|outer| Left {
            bytes: outer.bytes.saturating_sub(spent),
            exceeded: outer.exceeded || left.is_some_and(|left| left.exceeded),
        }));
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
    let rest = left.bytes.checked_sub(bytes).filter(|_| !left.exceeded);
    LEFT.set(Some(Left {
        bytes: rest.unwrap_or(0),
        exceeded: rest.is_none(),
    }));
    rest.map(|_| ()).ok_or(BudgetExceeded)
}

#[cfg(test)]
mod tests {
    use super::{Budget, BudgetExceeded, charge};

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
        assert!(!budget.is_exceeded());
        assert_eq!(charge(1), Err(BudgetExceeded));
        assert_eq!(charge(0), Err(BudgetExceeded));
        assert!(budget.is_exceeded());
        drop(budget);
        assert_eq!(charge(11), Ok(()));
    }

    #[test]
    fn a_budget_inside_of_another_spends_of_both() {
        let outer = Budget::enter(10);
        {
            let inner = Budget::enter(100);
            assert_eq!(charge(6), Ok(()));
            assert!(!inner.is_exceeded());
        }
        assert_eq!(charge(4), Ok(()));
        assert!(!outer.is_exceeded());
        {
            let inner = Budget::enter(1);
            assert_eq!(charge(1), Err(BudgetExceeded));
            assert!(inner.is_exceeded());
        }
        assert!(outer.is_exceeded());
    }

    #[test]
    fn another_thread_has_a_budget_of_its_own() {
        let _budget = Budget::enter(1);
        let elsewhere = std::thread::spawn(|| charge(2));
        assert_eq!(elsewhere.join().ok(), Some(Ok(())));
    }
}
