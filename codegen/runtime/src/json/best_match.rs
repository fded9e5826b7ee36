//! Unions whose variants differ only in how well they fit a value.
//!
//! Every variant checks the value as [`Fits`](crate::json::Fits) describes. The first one without loss is
//! decoded, or else the one with the least loss. Only that one is decoded, and each type checks each
//! part of the value once, so the work grows linearly with the size of the value.

use serde::de::{Deserialize, Deserializer, Error};

use super::branch::{Branch, best, keep_more};
use super::fit::Fit;
use super::fits::LostParts;
use super::node::Node;
use super::raw::RawJson;

/// A union that is decoded as the variant that fits best. Implemented by
/// [`best_match!`](crate::best_match).
pub trait BestMatch: Sized + 'static {
    /// The variants, in the order of the API document.
    const BRANCHES: &'static [Branch<Self>];

    /// The variant for a value that no single variant describes fully, if there is one.
    const COMBINED: Option<fn(RawJson) -> Self>;
}

/// Implements [`BestMatch`], [`Fits`](crate::json::Fits), `Deserialize` and `Serialize` for a union that
/// is decoded as the variant that fits best.
///
/// The table lists the variants. An optional last line `..Variant` names the variant for values that no
/// single variant describes fully, which are kept as raw JSON.
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
/// runtime::best_match!(Owner { Person, Company, });
///
/// let owner: Owner = serde_json::from_str(r#"{"name": "A", "register": "B"}"#)?;
/// assert!(matches!(owner, Owner::Company(_)));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[macro_export]
macro_rules! best_match {
    ($name:ident { $($variant:ident),* $(,)? $(..$combined:ident)? }) => {
        impl $crate::json::BestMatch for $name {
            const BRANCHES: &'static [$crate::json::Branch<Self>] = &[
                $($crate::json::Branch::new(
                    Self::$variant,
                    |node| Some(Self::$variant(node.read()?)),
                ),)*
            ];
            const COMBINED: Option<fn($crate::json::RawJson) -> Self> =
                $crate::best_match!(@combined $($combined)?);
        }

        impl $crate::json::Fits for $name {
            fn fit(node: &$crate::json::Node) -> Option<$crate::json::Fit> {
                $crate::json::fit_best_match::<Self>(node)
            }

            fn collect_lost(node: &$crate::json::Node, lost: &mut $crate::json::LostParts) {
                $crate::json::collect_lost_of_best_match::<Self>(node, lost);
            }
        }

        impl<'de> $crate::json::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::json::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> Result<Self, D::Error> {
                $crate::json::read_best_match(deserializer)
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

/// What a value is decoded as.
enum Chosen<U: 'static> {
    Branch(&'static Branch<U>, Fit),
    /// Raw JSON, because several variants together keep more of the value than the best one.
    Combined(fn(RawJson) -> U),
}

fn choose<U: BestMatch>(node: &Node) -> Option<Chosen<U>> {
    let (branch, fit) = best(node, U::BRANCHES)?;
    match U::COMBINED {
        Some(combined) if !fit.unlisted && keep_more(node, fitting(node, U::BRANCHES), fit) => {
            Some(Chosen::Combined(combined))
        }
        _ => Some(Chosen::Branch(branch, fit)),
    }
}

/// Returns the branches that fit without a value that an enum does not list.
fn fitting<'a, U>(
    node: &'a Node,
    branches: &'a [Branch<U>],
) -> impl Iterator<Item = &'a Branch<U>> {
    branches
        .iter()
        .filter(|branch| (branch.fit)(node).is_some_and(|fit| !fit.unlisted))
}

/// Returns how well the best variant fits.
pub fn fit_best_match<U: BestMatch>(node: &Node) -> Option<Fit> {
    node.fit_once::<U>(|| {
        Some(match choose::<U>(node)? {
            Chosen::Branch(_, fit) => fit,
            Chosen::Combined(_) => Fit::EXACT,
        })
    })
}

/// Collects what the best variant loses.
pub fn collect_lost_of_best_match<U: BestMatch>(node: &Node, lost: &mut LostParts) {
    if let Some(Chosen::Branch(branch, _)) = choose::<U>(node) {
        (branch.collect_lost)(node, lost);
    }
}

/// Decodes the variant that fits best.
///
/// # Errors
///
/// If no variant fits. The message contains no part of the value.
pub fn read_best_match<'de, U: BestMatch, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<U, D::Error> {
    let node = Node::deserialize(deserializer)?;
    let read = match choose::<U>(&node) {
        Some(Chosen::Branch(branch, _)) => (branch.read)(&node),
        Some(Chosen::Combined(combined)) => Some(combined(RawJson::copy_of(&node))),
        None => None,
    };
    read.ok_or_else(|| D::Error::custom("no variant of the union fits"))
}
