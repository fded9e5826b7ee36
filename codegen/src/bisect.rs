//! Finds the operation that makes progenitor or typify panic, by bisecting the document.

use crate::diagnostic::Place;
use crate::pointer::Pointer;
use crate::source::Input;

/// The operations that cause a failure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Culprit {
    /// One operation that fails on its own.
    One(String),
    /// Operations that fail together, although neither half of them fails on its own.
    Together(Vec<String>),
}

/// Bisects operations that fail together. Calls `fails` at most twice for each halving.
pub(crate) fn narrow(
    mut operations: Vec<String>,
    fails: &mut dyn FnMut(&[String]) -> bool,
) -> Option<Culprit> {
    while operations.len() > 1 {
        let second_half = operations.split_off(operations.len() / 2);
        if fails(&operations) {
            continue;
        }
        if fails(&second_half) {
            operations = second_half;
            continue;
        }
        operations.extend(second_half);
        return Some(Culprit::Together(operations));
    }
    operations.pop().map(Culprit::One)
}

impl Culprit {
    /// Returns the place of a diagnostic about these operations.
    pub(crate) fn place(&self) -> Place {
        let paths = Pointer::root().child("paths");
        let Self::One(name) = self else {
            return Place::Node(Input::Document, paths);
        };
        let place = match name.split_once(' ') {
            Some((method, path)) => paths.child(path).child(method.to_ascii_lowercase()),
            None => paths,
        };
        Place::Node(Input::Document, place)
    }

    /// Returns the end of a diagnostic's message, which names the operations.
    pub(crate) fn message_suffix(&self) -> String {
        match self {
            Self::One(name) => format!("caused by `{name}`"),
            Self::Together(names) => {
                const SHOWN: usize = 4;
                let shown: Vec<String> = names
                    .iter()
                    .take(SHOWN)
                    .map(|name| format!("`{name}`"))
                    .collect();
                let more = match names.len().saturating_sub(SHOWN) {
                    0 => String::new(),
                    more => format!(" and {more} more"),
                };
                format!("caused by {}{more} together", shown.join(", "))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Culprit, narrow};

    /// Bisects so many operations; returns the culprit and the number of calls of `fails`.
    fn narrowed(count: usize, fails: &dyn Fn(&[String]) -> bool) -> (Option<Culprit>, usize) {
        let all = (0..count).map(|at| format!("GET /{at}")).collect();
        let mut calls = 0;
        let found = narrow(all, &mut |some| {
            calls += 1;
            fails(some)
        });
        (found, calls)
    }

    #[test]
    fn one_operation_is_found_in_few_calls() {
        for at in 0..100 {
            let name = format!("GET /{at}");
            let (found, calls) = narrowed(100, &|some| some.contains(&name));
            assert_eq!(found, Some(Culprit::One(name)));
            assert!(calls <= 14, "{calls}");
        }
    }

    #[test]
    fn operations_that_fail_together_are_named_together() {
        let both = |some: &[String]| {
            ["GET /4", "GET /7"]
                .iter()
                .all(|failing| some.iter().any(|name| name == failing))
        };
        let (found, _) = narrowed(16, &both);
        let names = ["4", "5", "6", "7"].map(|at| format!("GET /{at}")).to_vec();
        assert_eq!(found, Some(Culprit::Together(names)));
    }

    #[test]
    fn one_operation_or_none_needs_no_call() {
        let (found, calls) = narrowed(1, &|_| false);
        assert_eq!(found, Some(Culprit::One("GET /0".to_owned())));
        assert_eq!(calls, 0);
        assert_eq!(narrowed(0, &|_| true), (None, 0));
    }
}
