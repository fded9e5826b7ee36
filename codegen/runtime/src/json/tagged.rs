//! Unions whose branches a member tells apart, as OpenAPI's Discriminator Object does, or constants
//! that each branch requires.

use serde::de::{Deserialize, Deserializer, Error};
use serde::ser::{Error as _, Serialize, Serializer};

use super::Undeclared;
use super::choice::{Branch, best, keep_more};
use super::constant::Constant;
use super::fit::{Fit, Lost};
use super::node::Node;

/// A branch, and the values of the member that lead to it.
#[expect(missing_debug_implementations, reason = "it holds functions")]
pub struct TaggedBranch<U> {
    /// The branch.
    pub branch: Branch<U>,
    /// The values, none of which leads to another branch. Without any, the branch is for values
    /// that lead nowhere, if it fits them.
    pub values: &'static [Constant],
}

/// A union whose branches a member tells apart. It is implemented by [`tagged!`](crate::tagged).
pub trait Tagged: Sized + 'static {
    /// The name of the member in JSON.
    const MEMBER: &'static str;

    /// The branches in the document's order.
    const BRANCHES: &'static [TaggedBranch<Self>];

    /// The variant for values of branches that the document does not list.
    const UNKNOWN: fn(Undeclared) -> Self;
}

/// How a union is read from JSON and written to it, where a member tells the branch: [`Tagged`],
/// [`Fits`](crate::json::Fits), `Deserialize` and `Serialize`.
///
/// Each branch stands on a line, with the values that lead to it. A field in parentheses is the
/// branch's own member; writing a branch whose member has a value of another branch is an error.
/// The last line `..Variant` names the variant that keeps all other values as they came.
///
/// A value without the member is read as the branch that fits best, or kept as it came where another
/// branch declares what that one would lose. Nothing is added to what is written.
///
/// ```
/// use openapi_client_runtime as runtime;
/// use runtime::json::Undeclared;
///
/// #[derive(Debug, PartialEq)]
/// struct Circle {
///     kind: i64,
///     radius: f64,
/// }
/// #[derive(Debug, PartialEq)]
/// struct Square {
///     kind: i64,
///     side: f64,
/// }
/// #[derive(Debug, PartialEq)]
/// enum Figure {
///     Circle(Circle),
///     Square(Square),
///     Unknown(Undeclared),
/// }
///
/// runtime::object!(Circle { required kind: "kind" = Integer(1), required radius: "radius", });
/// runtime::object!(Square { required kind: "kind" = Integer(2), required side: "side", });
/// runtime::tagged!(Figure by "kind" {
///     Circle(kind): Integer(1),
///     Square(kind): Integer(2),
///     ..Unknown
/// });
///
/// let square: Figure = serde_json::from_str(r#"{"kind": 2, "side": 3}"#)?;
/// assert!(matches!(square, Figure::Square(_)));
/// let other: Figure = serde_json::from_str(r#"{"kind": 3}"#)?;
/// assert_eq!(serde_json::to_string(&other)?, r#"{"kind":3}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[macro_export]
macro_rules! tagged {
    ($name:ident by $member:literal {
        $($variant:ident $(($field:ident))? : $($of:ident($value:literal))|*,)*
        ..$unknown:ident
    }) => {
        impl $crate::json::Tagged for $name {
            const MEMBER: &'static str = $member;
            const BRANCHES: &'static [$crate::json::TaggedBranch<Self>] = &[
                $($crate::json::TaggedBranch {
                    branch: $crate::json::Branch::new(
                        Self::$variant,
                        |node| Some(Self::$variant(node.read()?)),
                    ),
                    values: &[$($crate::json::Constant::$of($value),)*],
                },)*
            ];
            const UNKNOWN: fn($crate::json::Undeclared) -> Self = Self::$unknown;
        }

        impl $crate::json::Fits for $name {
            fn fit(node: &$crate::json::Node) -> Option<$crate::json::Fit> {
                $crate::json::fit_tagged::<Self>(node)
            }

            fn note_lost(node: &$crate::json::Node, lost: &mut $crate::json::Lost) {
                $crate::json::note_lost_of_tagged::<Self>(node, lost);
            }
        }

        impl<'de> $crate::json::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::json::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> Result<Self, D::Error> {
                $crate::json::read_tagged(deserializer)
            }
        }

        impl $crate::json::serde::Serialize for $name {
            fn serialize<S: $crate::json::serde::Serializer>(
                &self,
                serializer: S,
            ) -> Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(branch) => {
                        let _own: &[$crate::json::Constant] =
                            &[$($crate::json::Constant::$of($value),)*];
                        $($crate::json::check_tag::<Self, S>(&branch.$field, _own)?;)?
                        $crate::json::serde::Serialize::serialize(branch, serializer)
                    })*
                    Self::$unknown(value) => {
                        $crate::json::serde::Serialize::serialize(value, serializer)
                    }
                }
            }
        }
    };
}

/// What a value is read as.
enum Chosen<U: 'static> {
    Branch(&'static Branch<U>, Fit),
    Unknown,
}

fn choose<U: Tagged>(node: &Node) -> Option<Chosen<U>> {
    match node.member(U::MEMBER) {
        None | Some(Node::Null) => untagged::<U>(node),
        Some(tag) => tagged_by::<U>(node, tag),
    }
}

/// Whatever else would fit, another branch than that of the value is not meant.
fn tagged_by<U: Tagged>(node: &Node, tag: &Node) -> Option<Chosen<U>> {
    let mut branches = U::BRANCHES.iter();
    let led = branches.find(|tagged| tagged.values.iter().any(|value| value.is(tag)));
    if let Some(TaggedBranch { branch, .. }) = led {
        return Some(Chosen::Branch(branch, (branch.fit)(node)?));
    }
    let others = U::BRANCHES.iter().filter(|tagged| tagged.values.is_empty());
    let other = best(node, others.map(|tagged| &tagged.branch));
    Some(other.map_or(Chosen::Unknown, |(branch, fit)| Chosen::Branch(branch, fit)))
}

/// Without the member the branch that fits best is meant, unless another branch declares what that
/// one would lose: then the value stays as it came.
fn untagged<U: Tagged>(node: &Node) -> Option<Chosen<U>> {
    let branches = || U::BRANCHES.iter().map(|tagged| &tagged.branch);
    let (branch, fit) = best(node, branches())?;
    Some(if keep_more(node, branches(), fit) {
        Chosen::Unknown
    } else {
        Chosen::Branch(branch, fit)
    })
}

/// How well the branch fits that the member tells.
pub fn fit_tagged<U: Tagged>(node: &Node) -> Option<Fit> {
    node.fit_once::<U>(|| {
        Some(match choose::<U>(node)? {
            Chosen::Branch(_, fit) => fit,
            Chosen::Unknown => Fit::EXACT,
        })
    })
}

/// Notes what the branch loses that the member tells.
pub fn note_lost_of_tagged<U: Tagged>(node: &Node, lost: &mut Lost) {
    if let Some(Chosen::Branch(branch, _)) = choose::<U>(node) {
        (branch.note_lost)(node, lost);
    }
}

/// Reads the branch that the member tells.
///
/// # Errors
///
/// Where the value is not one of that branch. What is wrong with it is not said: it would quote it.
pub fn read_tagged<'de, U: Tagged, D: Deserializer<'de>>(deserializer: D) -> Result<U, D::Error> {
    let node = Node::deserialize(deserializer)?;
    let read = match choose::<U>(&node) {
        Some(Chosen::Branch(branch, _)) => (branch.read)(&node),
        Some(Chosen::Unknown) => Some(U::UNKNOWN(Undeclared::of(&node))),
        None => None,
    };
    read.ok_or_else(|| D::Error::custom("no branch of the union fits"))
}

/// Refuses to write a branch as one of another branch.
///
/// # Errors
///
/// Where the member's value leads to another branch.
pub fn check_tag<U: Tagged, S: Serializer>(
    member: &impl Serialize,
    own: &[Constant],
) -> Result<(), S::Error> {
    let value = serde_json::to_value(member).map_err(|_| S::Error::custom("not JSON"))?;
    let leads = |values: &[Constant]| values.iter().any(|constant| constant.is_value(&value));
    if !leads(own) && U::BRANCHES.iter().any(|branch| leads(branch.values)) {
        let name = U::MEMBER;
        let message = format_args!("the member `{name}` has a value of another branch").to_string();
        return Err(S::Error::custom(message));
    }
    Ok(())
}
