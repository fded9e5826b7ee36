//! Unions whose branches are of different JSON types: the first byte of a value tells which it is,
//! and nothing is read twice.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Deserializer, Error, IntoDeserializer, MapAccess, SeqAccess, Visitor};

use super::fit::{Fit, Fits, Lost};
use super::node::Node;

/// The types of JSON values (RFC 8259, section 3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JsonType {
    /// `true` or `false`.
    Boolean,
    /// A number, whole or not.
    Number,
    /// Text.
    String,
    /// A list.
    Array,
    /// Members by name.
    Object,
    /// `null`.
    Null,
}

impl JsonType {
    /// The type of a value.
    pub fn of(node: &Node) -> Self {
        match node {
            Node::Null => Self::Null,
            Node::Boolean(_) => Self::Boolean,
            Node::Negative(_) | Node::Unsigned(_) | Node::Float(_) => Self::Number,
            Node::String(_) => Self::String,
            Node::Array(_) => Self::Array,
            Node::Object(_) => Self::Object,
        }
    }
}

/// How well what a variant holds fits.
pub fn fit_of<U, B: Fits>(_: fn(B) -> U, node: &Node) -> Option<Fit> {
    B::fit(node)
}

/// Notes what is lost by what a variant holds.
pub fn note_lost_of<U, B: Fits>(_: fn(B) -> U, node: &Node, lost: &mut Lost) {
    B::note_lost(node, lost);
}

/// A type that is one of several, each of a JSON type of its own. It is implemented by
/// [`union!`](crate::union).
pub trait Union: Sized {
    /// Reads the branch of a JSON type.
    ///
    /// # Errors
    ///
    /// Where there is no such branch, or the value is not one of it.
    fn read<'de, D: Deserializer<'de>>(of: JsonType, value: D) -> Result<Self, D::Error>;
}

/// How a union is read from JSON and written to it, where the [`JsonType`] tells the branch:
/// [`Union`], [`Fits`], `Deserialize` and `Serialize`.
///
/// ```
/// #[derive(Debug, PartialEq)]
/// enum Owner {
///     Id(String),
///     Names(Vec<String>),
/// }
///
/// openapi_client_runtime::union!(Owner {
///     Id: String,
///     Names: Array,
/// });
///
/// assert_eq!(serde_json::from_str::<Owner>(r#""o_1""#)?, Owner::Id("o_1".to_owned()));
/// assert!(serde_json::from_str::<Owner>("1").is_err());
/// # Ok::<(), serde_json::Error>(())
/// ```
#[macro_export]
macro_rules! union {
    ($name:ident { $($variant:ident: $of:ident,)* }) => {
        impl $crate::json::Union for $name {
            fn read<'de, D: $crate::json::serde::Deserializer<'de>>(
                of: $crate::json::JsonType,
                value: D,
            ) -> Result<Self, D::Error> {
                match of {
                    $($crate::json::JsonType::$of => {
                        $crate::json::serde::Deserialize::deserialize(value).map(Self::$variant)
                    })*
                    _ => $crate::json::no_branch(),
                }
            }
        }

        impl $crate::json::Fits for $name {
            fn fit(node: &$crate::json::Node) -> Option<$crate::json::Fit> {
                match $crate::json::JsonType::of(node) {
                    $($crate::json::JsonType::$of => {
                        $crate::json::fit_of(Self::$variant, node)
                    })*
                    _ => None,
                }
            }

            fn note_lost(node: &$crate::json::Node, lost: &mut $crate::json::Lost) {
                match $crate::json::JsonType::of(node) {
                    $($crate::json::JsonType::$of => {
                        $crate::json::note_lost_of(Self::$variant, node, lost);
                    })*
                    _ => {}
                }
            }
        }

        impl<'de> $crate::json::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::json::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> Result<Self, D::Error> {
                $crate::json::read_union(deserializer)
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
                }
            }
        }
    };
}

/// Says that no branch fits a value.
///
/// # Errors
///
/// Always. What is wrong with the value is not said: it would quote it.
pub fn no_branch<T, E: Error>() -> Result<T, E> {
    Err(E::custom("no branch of the union fits"))
}

/// Reads a union.
///
/// # Errors
///
/// Where no branch is of the value's type, or the value is not one of that branch.
pub fn read_union<'de, T: Union, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_any(UnionVisitor(PhantomData))
}

struct UnionVisitor<T>(PhantomData<T>);

impl<'de, T: Union> Visitor<'de> for UnionVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a branch of the union")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<T, E> {
        T::read(JsonType::Boolean, value.into_deserializer())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<T, E> {
        T::read(JsonType::Number, value.into_deserializer())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<T, E> {
        T::read(JsonType::Number, value.into_deserializer())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<T, E> {
        T::read(JsonType::Number, value.into_deserializer())
    }

    fn visit_borrowed_str<E: Error>(self, value: &'de str) -> Result<T, E> {
        let value = serde::de::value::BorrowedStrDeserializer::new(value);
        T::read(JsonType::String, value)
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<T, E> {
        T::read(JsonType::String, value.into_deserializer())
    }

    fn visit_string<E: Error>(self, value: String) -> Result<T, E> {
        T::read(JsonType::String, value.into_deserializer())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<T, A::Error> {
        T::read(JsonType::Array, SeqAccessDeserializer::new(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<T, A::Error> {
        T::read(JsonType::Object, MapAccessDeserializer::new(members))
    }

    fn visit_unit<E: Error>(self) -> Result<T, E> {
        T::read(JsonType::Null, ().into_deserializer())
    }
}
