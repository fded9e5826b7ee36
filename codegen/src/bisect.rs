//! Which operation makes a library below panic: it is found by halving the document.

use crate::diagnostic::Place;
use crate::pointer::Pointer;
use crate::source::Input;

/// Where a failure comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Culprit {
    /// This operation alone fails.
    One(String),
    /// Each half of these operations is well alone.
    Together(Vec<String>),
}

/// Narrows operations that fail down by halves. Asks at most twice for each halving.
pub(crate) fn narrow(
    mut operations: Vec<String>,
    fails: &mut dyn FnMut(&[String]) -> bool,
) -> Option<Culprit> {
    while operations.len() > 1 {
        let behind = operations.split_off(operations.len() / 2);
        if fails(&operations) {
            continue;
        }
        if fails(&behind) {
            operations = behind;
            continue;
        }
        operations.extend(behind);
        return Some(Culprit::Together(operations));
    }
    operations.pop().map(Culprit::One)
}

impl Culprit {
    /// The place of a diagnostic about it.
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

    /// The end of a diagnostic's message.
    pub(crate) fn words(&self) -> String {
        match self {
            Self::One(name) => format!("`{name}` alone makes it"),
            Self::Together(names) => {
                const SHOWN: usize = 4;
                let shown: Vec<String> = names
                    .iter()
                    .take(SHOWN)
                    .map(|it| format!("`{it}`"))
                    .collect();
                let more = match names.len().saturating_sub(SHOWN) {
                    0 => String::new(),
                    more => format!(" and {more} more"),
                };
                format!("{}{more} make it together", shown.join(", "))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Culprit, narrow};

    fn of(count: usize, fails: &dyn Fn(&[String]) -> bool) -> (Option<Culprit>, usize) {
        let all = (0..count).map(|at| format!("GET /{at}")).collect();
        let mut asked = 0;
        let found = narrow(all, &mut |some| {
            asked += 1;
            fails(some)
        });
        (found, asked)
    }

    #[test]
    fn one_of_many_is_found_in_few_questions() {
        for at in 0..100 {
            let name = format!("GET /{at}");
            let (found, asked) = of(100, &|some| some.contains(&name));
            assert_eq!(found, Some(Culprit::One(name)));
            assert!(asked <= 14, "{asked}");
        }
    }

    #[test]
    fn what_fails_only_together_is_named_together() {
        let both = |some: &[String]| {
            ["GET /4", "GET /7"]
                .iter()
                .all(|it| some.iter().any(|name| name == it))
        };
        let (found, _) = of(16, &both);
        let names = ["4", "5", "6", "7"].map(|at| format!("GET /{at}")).to_vec();
        assert_eq!(found, Some(Culprit::Together(names)));
    }

    #[test]
    fn one_or_none_is_not_asked_about() {
        let (found, asked) = of(1, &|_| false);
        assert_eq!(found, Some(Culprit::One("GET /0".to_owned())));
        assert_eq!(asked, 0);
        assert_eq!(of(0, &|_| true), (None, 0));
    }
}
