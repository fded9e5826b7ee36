//! Unions whose branches nothing tells apart but how well they fit a value.
//!
//! Each branch looks at the value, as [`Fits`] describes; the first that loses nothing is read, or
//! else the one that loses least. Only that one is made, and each part of the value is looked at
//! once by each type that may stand there, so the work grows with the bytes of the value.

use serde::de::{Deserialize, DeserializeOwned, Deserializer, Error};

use super::Undeclared;
use super::fit::{Fit, FitOf, Fits, Lost, lost_by_all};
use super::node::Node;

/// A branch of a union `U`.
#[expect(missing_debug_implementations, reason = "it holds functions")]
pub struct Branch<U> {
    pub(super) fit: FitOf,
    pub(super) note_lost: fn(&Node, &mut Lost),
    pub(super) read: fn(&Node) -> Option<U>,
}

impl<U> Branch<U> {
    /// The branch of a variant, and how it is read.
    pub const fn new<B: Fits + DeserializeOwned>(
        _: fn(B) -> U,
        read: fn(&Node) -> Option<U>,
    ) -> Self {
        Self {
            fit: B::fit,
            note_lost: B::note_lost,
            read,
        }
    }
}

/// A union that is read as the branch that fits best. It is implemented by
/// [`choice!`](crate::choice).
pub trait Choice: Sized + 'static {
    /// The branches in the document's order.
    const BRANCHES: &'static [Branch<Self>];

    /// The variant for a value that no single branch describes fully; `None` where there is none.
    const COMBINED: Option<fn(Undeclared) -> Self>;
}

/// How a union is read from JSON and written to it, where the branch that fits best is meant:
/// [`Choice`], [`Fits`], `Deserialize` and `Serialize`.
///
/// Each branch stands on a line. A last line `..Variant` names the variant that keeps what only
/// several branches describe together, as JSON.
///
/// ```
/// use openapi_client_runtime as runtime;
///
/// #[derive(Debug, PartialEq)]
/// struct Person {
///     name: String,
/// }
/// #[derive(Debug, PartialEq)]
/// struct Company {
///     name: String,
///     register: String,
/// }
/// #[derive(Debug, PartialEq)]
/// enum Owner {
///     Person(Person),
///     Company(Company),
/// }
///
/// runtime::object!(Person { required name: "name", });
/// runtime::object!(Company { required name: "name", required register: "register", });
/// runtime::choice!(Owner { Person, Company, });
///
/// let owner: Owner = serde_json::from_str(r#"{"name": "A", "register": "B"}"#)?;
/// assert!(matches!(owner, Owner::Company(_)));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[macro_export]
macro_rules! choice {
    ($name:ident { $($variant:ident),* $(,)? $(..$combined:ident)? }) => {
        impl $crate::json::Choice for $name {
            const BRANCHES: &'static [$crate::json::Branch<Self>] = &[
                $($crate::json::Branch::new(
                    Self::$variant,
                    |node| Some(Self::$variant(node.read()?)),
                ),)*
            ];
            const COMBINED: Option<fn($crate::json::Undeclared) -> Self> =
                $crate::choice!(@combined $($combined)?);
        }

        impl $crate::json::Fits for $name {
            fn fit(node: &$crate::json::Node) -> Option<$crate::json::Fit> {
                $crate::json::fit_choice::<Self>(node)
            }

            fn note_lost(node: &$crate::json::Node, lost: &mut $crate::json::Lost) {
                $crate::json::note_lost_of_choice::<Self>(node, lost);
            }
        }

        impl<'de> $crate::json::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::json::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> Result<Self, D::Error> {
                $crate::json::read_choice(deserializer)
            }
        }

        impl $crate::json::serde::Serialize for $name {
            fn serialize<S: $crate::json::serde::Serializer>(
                &self,
                serializer: S,
            ) -> Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(branch) => {
                        $crate::json::serde::Serialize::serialize(branch, serializer)
                    })*
                    $(Self::$combined(value) => {
                        $crate::json::serde::Serialize::serialize(value, serializer)
                    })?
                }
            }
        }
    };
    (@combined) => {
        None
    };
    (@combined $combined:ident) => {
        Some(Self::$combined)
    };
}

/// What a value is read as.
enum Chosen<U: 'static> {
    Branch(&'static Branch<U>, Fit),
    /// JSON, since several branches keep more of it together than the best one does.
    Combined(fn(Undeclared) -> U),
}

/// The branch that fits best, the first of equals, with its fit.
pub(super) fn best<'a, U>(
    node: &Node,
    branches: impl IntoIterator<Item = &'a Branch<U>>,
) -> Option<(&'a Branch<U>, Fit)> {
    let mut best: Option<(&Branch<U>, Fit)> = None;
    for branch in branches {
        let Some(fit) = (branch.fit)(node) else {
            continue;
        };
        if best.is_none_or(|(_, least)| fit < least) {
            best = Some((branch, fit));
        }
        if fit == Fit::EXACT {
            break;
        }
    }
    best
}

fn choose<U: Choice>(node: &Node) -> Option<Chosen<U>> {
    let (branch, fit) = best(node, U::BRANCHES)?;
    match U::COMBINED {
        Some(combined) if !fit.unlisted && keep_more(node, fitting(node, U::BRANCHES), fit) => {
            Some(Chosen::Combined(combined))
        }
        _ => Some(Chosen::Branch(branch, fit)),
    }
}

/// The branches that fit by what the document lists.
fn fitting<'a, U>(
    node: &'a Node,
    branches: &'a [Branch<U>],
) -> impl Iterator<Item = &'a Branch<U>> {
    branches
        .iter()
        .filter(|branch| (branch.fit)(node).is_some_and(|fit| !fit.unlisted))
}

/// Whether several branches keep more together than the best of them does.
pub(super) fn keep_more<'a, U: 'a>(
    node: &Node,
    branches: impl Iterator<Item = &'a Branch<U>>,
    best: Fit,
) -> bool {
    if best.lost == 0 {
        return false;
    }
    let lost: Vec<Lost> = branches
        .map(|branch| {
            let mut lost = Lost::default();
            (branch.note_lost)(node, &mut lost);
            lost.sorted()
        })
        .collect();
    let all: Vec<&Lost> = lost.iter().collect();
    all.len() > 1 && lost_by_all(node, &all) < best.lost
}

/// How well the best branch fits.
pub fn fit_choice<U: Choice>(node: &Node) -> Option<Fit> {
    node.fit_once::<U>(|| {
        Some(match choose::<U>(node)? {
            Chosen::Branch(_, fit) => fit,
            Chosen::Combined(_) => Fit::EXACT,
        })
    })
}

/// Notes what the best branch loses.
pub fn note_lost_of_choice<U: Choice>(node: &Node, lost: &mut Lost) {
    if let Some(Chosen::Branch(branch, _)) = choose::<U>(node) {
        (branch.note_lost)(node, lost);
    }
}

/// Reads the branch that fits best.
///
/// # Errors
///
/// Where none fits. What is wrong with the value is not said: it would quote it.
pub fn read_choice<'de, U: Choice, D: Deserializer<'de>>(deserializer: D) -> Result<U, D::Error> {
    let node = Node::deserialize(deserializer)?;
    let read = match choose::<U>(&node) {
        Some(Chosen::Branch(branch, _)) => (branch.read)(&node),
        Some(Chosen::Combined(combined)) => Some(combined(Undeclared::of(&node))),
        None => None,
    };
    read.ok_or_else(|| D::Error::custom("no branch of the union fits"))
}
