//! Unions whose variants have different JSON types: the first byte of a value decides which variant it
//! is, and nothing is decoded twice.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Deserializer, Error, IntoDeserializer, MapAccess, SeqAccess, Visitor};

use super::fit::Fit;
use super::fits::{Fits, LostParts};
use super::node::Node;

/// The types of JSON values (RFC 8259, section 3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JsonType {
    /// `true` or `false`.
    Boolean,
    /// A number.
    Number,
    /// A string.
    String,
    /// An array.
    Array,
    /// An object.
    Object,
    /// `null`.
    Null,
}

impl JsonType {
    /// Returns the JSON type of a value.
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

/// Returns how well the type of a variant fits.
pub fn fit_variant<U, B: Fits>(_: fn(B) -> U, node: &Node) -> Option<Fit> {
    B::fit(node)
}

/// Collects what the type of a variant loses.
pub fn collect_lost_of_variant<U, B: Fits>(_: fn(B) -> U, node: &Node, lost: &mut LostParts) {
    B::collect_lost(node, lost);
}

/// A union whose variants have different JSON types. Implemented by [`union!`](crate::union).
pub trait Union: Sized {
    /// Decodes the variant of a JSON type.
    ///
    /// # Errors
    ///
    /// If no variant has this JSON type, or the value does not have the type of the variant.
    fn read<'de, D: Deserializer<'de>>(of: JsonType, value: D) -> Result<Self, D::Error>;
}

/// Implements [`Union`], [`Fits`](crate::json::Fits), `Deserialize` and `Serialize` for a union whose
/// variants have different JSON types.
///
/// The table has one line per variant: the variant and its [`JsonType`](crate::json::JsonType).
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
                    _ => $crate::json::no_matching_variant(),
                }
            }
        }

        impl $crate::json::Fits for $name {
            fn fit(node: &$crate::json::Node) -> Option<$crate::json::Fit> {
                match $crate::json::JsonType::of(node) {
                    $($crate::json::JsonType::$of => {
                        $crate::json::fit_variant(Self::$variant, node)
                    })*
                    _ => None,
                }
            }

            fn collect_lost(node: &$crate::json::Node, lost: &mut $crate::json::LostParts) {
                match $crate::json::JsonType::of(node) {
                    $($crate::json::JsonType::$of => {
                        $crate::json::collect_lost_of_variant(Self::$variant, node, lost);
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

/// Returns the error for a value that fits no variant.
///
/// # Errors
///
/// Always. The message contains no part of the value.
pub fn no_matching_variant<T, E: Error>() -> Result<T, E> {
    Err(E::custom("no variant of the union fits"))
}

/// Decodes a union.
///
/// # Errors
///
/// If no variant has the JSON type of the value, or the value does not have the type of the variant.
pub fn read_union<'de, T: Union, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_any(UnionVisitor(PhantomData))
}

struct UnionVisitor<T>(PhantomData<T>);

impl<'de, T: Union> Visitor<'de> for UnionVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a variant of the union")
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
