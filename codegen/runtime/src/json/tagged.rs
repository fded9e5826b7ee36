//! Unions whose variants have a tag: a member named by OpenAPI's Discriminator Object, or a constant that
//! each variant requires.

use serde::de::{Deserialize, Deserializer, Error};
use serde::ser::{Error as _, Serialize, Serializer};

use super::branch::{Branch, best, keep_more};
use super::constant::Constant;
use super::fit::Fit;
use super::fits::LostParts;
use super::node::Node;
use super::raw::RawJson;

/// A variant of a tagged union, with its tags.
#[expect(missing_debug_implementations, reason = "it contains only functions")]
pub struct TaggedBranch<U> {
    /// The variant.
    pub branch: Branch<U>,
    /// The tags of this variant; no other variant has them. Without tags, the variant is used for
    /// unlisted tags if it fits the value.
    pub values: &'static [Constant],
}

/// A union whose variants have a tag. Implemented by [`tagged!`](crate::tagged).
pub trait Tagged: Sized + 'static {
    /// The name of the tag member in JSON.
    const MEMBER: &'static str;

    /// The variants, in the order of the API document.
    const BRANCHES: &'static [TaggedBranch<Self>];

    /// The variant for values with an unlisted tag.
    const UNKNOWN: fn(RawJson) -> Self;
}

/// Implements [`Tagged`], [`Fits`](crate::json::Fits), `Deserialize` and `Serialize` for a union whose
/// variants have a tag.
///
/// The table has one line per variant, with its tags. A field in parentheses is the field of the tag;
/// encoding a variant with the tag of another variant is an error. The last line `..Variant` names the
/// variant for values with an unlisted tag, which are kept as raw JSON.
///
/// A value without a tag is decoded as the variant that fits best, or kept as raw JSON if another variant
/// has members that this one would lose. Encoding adds no tag.
///
/// ```
/// use openapi_client_runtime as runtime;
/// use runtime::json::RawJson;
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
///     Unknown(RawJson),
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
            const UNKNOWN: fn($crate::json::RawJson) -> Self = Self::$unknown;
        }

        impl $crate::json::Fits for $name {
            fn fit(node: &$crate::json::Node) -> Option<$crate::json::Fit> {
                $crate::json::fit_tagged::<Self>(node)
            }

            fn collect_lost(node: &$crate::json::Node, lost: &mut $crate::json::LostParts) {
                $crate::json::collect_lost_of_tagged::<Self>(node, lost);
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

/// What a value is decoded as.
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

/// Chooses the variant of a tag, even if another variant fits better.
fn tagged_by<U: Tagged>(node: &Node, tag: &Node) -> Option<Chosen<U>> {
    let mut branches = U::BRANCHES.iter();
    let found = branches.find(|tagged| tagged.values.iter().any(|value| value.is(tag)));
    if let Some(TaggedBranch { branch, .. }) = found {
        return Some(Chosen::Branch(branch, (branch.fit)(node)?));
    }
    let untagged = U::BRANCHES.iter().filter(|tagged| tagged.values.is_empty());
    let fallback = best(node, untagged.map(|tagged| &tagged.branch));
    Some(fallback.map_or(Chosen::Unknown, |(branch, fit)| Chosen::Branch(branch, fit)))
}

/// Chooses the variant of a value without a tag: the one that fits best, unless another variant has
/// members that this one would lose.
fn untagged<U: Tagged>(node: &Node) -> Option<Chosen<U>> {
    let branches = || U::BRANCHES.iter().map(|tagged| &tagged.branch);
    let (branch, fit) = best(node, branches())?;
    Some(if keep_more(node, branches(), fit) {
        Chosen::Unknown
    } else {
        Chosen::Branch(branch, fit)
    })
}

/// Returns how well the variant of the tag fits.
pub fn fit_tagged<U: Tagged>(node: &Node) -> Option<Fit> {
    node.fit_once::<U>(|| {
        Some(match choose::<U>(node)? {
            Chosen::Branch(_, fit) => fit,
            Chosen::Unknown => Fit::EXACT,
        })
    })
}

/// Collects what the variant of the tag loses.
pub fn collect_lost_of_tagged<U: Tagged>(node: &Node, lost: &mut LostParts) {
    if let Some(Chosen::Branch(branch, _)) = choose::<U>(node) {
        (branch.collect_lost)(node, lost);
    }
}

/// Decodes the variant of the tag.
///
/// # Errors
///
/// If the value does not have the type of that variant. The message contains no part of the value.
pub fn read_tagged<'de, U: Tagged, D: Deserializer<'de>>(deserializer: D) -> Result<U, D::Error> {
    let node = Node::deserialize(deserializer)?;
    let read = match choose::<U>(&node) {
        Some(Chosen::Branch(branch, _)) => (branch.read)(&node),
        Some(Chosen::Unknown) => Some(U::UNKNOWN(RawJson::copy_of(&node))),
        None => None,
    };
    read.ok_or_else(|| D::Error::custom("no variant of the union fits"))
}

/// Checks the tag of a variant before it is encoded.
///
/// # Errors
///
/// If it is the tag of another variant.
pub fn check_tag<U: Tagged, S: Serializer>(
    member: &impl Serialize,
    own: &[Constant],
) -> Result<(), S::Error> {
    let value = serde_json::to_value(member).map_err(|_| S::Error::custom("not JSON"))?;
    let is_tag_of = |values: &[Constant]| values.iter().any(|constant| constant.is_value(&value));
    if !is_tag_of(own) && U::BRANCHES.iter().any(|branch| is_tag_of(branch.values)) {
        let name = U::MEMBER;
        let message =
            format_args!("the member `{name}` has the tag of another variant").to_string();
        return Err(S::Error::custom(message));
    }
    Ok(())
}
