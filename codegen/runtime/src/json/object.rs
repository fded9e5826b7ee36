//! Objects with known members.
//!
//! [`object!`](crate::object) generates one statement per member and direction; everything else is
//! generic code here. A `serde` derive generates a visitor per type, which takes most of the time to
//! compile a client with thousands of types.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserializer, Error as _, MapAccess, Visitor};
use serde::ser::{SerializeMap, Serializer};

use super::fits::Fits;
use super::member::{Member, Probe};
use super::member_reader::MemberReader;
use super::member_writer::MemberWriter;

/// A type that is an object in JSON. Implemented by [`object!`](crate::object).
pub trait Object: Fits + Sized {
    /// The members that have a field.
    const MEMBERS: &'static [Member];

    /// The type of all other members; `None` if they are not kept.
    const EXTRA: Option<Probe>;

    /// Reads the members. Returns `None` if `members` has an error.
    fn read<'de, A: MapAccess<'de>>(members: &mut MemberReader<'de, A>) -> Option<Self>;

    /// Writes the members. `members` keeps the first error.
    fn write<M: SerializeMap>(&self, members: &mut MemberWriter<M>);
}

/// Implements [`Object`], [`Fits`](crate::json::Fits), `Deserialize` and `Serialize` for a struct.
///
/// The table has one line per member: its kind, the field, the name in JSON, and the constants that it
/// may have if its type does not list them. An optional last line `..field` names the map of all other
/// members; without it they are not kept.
///
/// - `required`: the member must be present.
/// - `nullable`: the member may be `null`, and `None` is written as `null`. If it is missing, it is
///   decoded as `null`.
/// - `optional`: the member may be missing or `null`, and `None` is left out.
/// - `patch`: missing and `null` differ. `None` is left out, `Some(None)` is `null`.
///
/// ```
/// #[derive(Debug, PartialEq)]
/// struct Pet {
///     name: String,
///     owner: Option<String>,
///     kind: Option<String>,
/// }
///
/// openapi_client_runtime::object!(Pet {
///     required name: "name",
///     nullable owner: "owner",
///     optional kind: "type",
/// });
///
/// let pet: Pet = serde_json::from_str(r#"{"name": "Rex", "type": "dog", "age": 3}"#)?;
/// assert_eq!(pet.kind.as_deref(), Some("dog"));
/// assert_eq!(serde_json::to_string(&pet)?, r#"{"name":"Rex","owner":null,"type":"dog"}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[macro_export]
macro_rules! object {
    ($name:ident {
        $($kind:ident $field:ident: $wire:literal $(= $($of:ident($value:literal))|+)?,)*
        $(..$extra:ident)?
    }) => {
        impl $crate::json::Object for $name {
            const MEMBERS: &'static [$crate::json::Member] = &[
                $($crate::json::Member::new(
                    $wire,
                    $crate::object!(@is_required $kind),
                    &[$($($crate::json::Constant::$of($value),)+)?],
                    |object: &Self| &object.$field,
                ),)*
            ];
            const EXTRA: Option<$crate::json::Probe> =
                $crate::object!(@extra $(|object: &Self| &object.$extra)?);

            fn read<'de, A: $crate::json::serde::de::MapAccess<'de>>(
                members: &mut $crate::json::MemberReader<'de, A>,
            ) -> Option<Self> {
                $(let mut $field = None;)*
                $(let mut $extra = Default::default();)?
                while members.advance() {
                    $(members.$kind($wire, &mut $field);)*
                    $(members.extra(&mut $extra);)?
                }
                Some(Self {
                    $($field: $crate::object!(@$kind members $wire $field),)*
                    $($extra,)?
                })
            }

            fn write<M: $crate::json::serde::ser::SerializeMap>(
                &self,
                members: &mut $crate::json::MemberWriter<M>,
            ) {
                $(members.$kind($wire, &self.$field);)*
                $(members.extra(&self.$extra);)?
            }
        }

        impl $crate::json::Fits for $name {
            fn fit(node: &$crate::json::Node) -> Option<$crate::json::Fit> {
                $crate::json::fit_object::<Self>(node)
            }

            fn collect_lost(node: &$crate::json::Node, lost: &mut $crate::json::LostParts) {
                $crate::json::collect_lost_of_object::<Self>(node, lost);
            }
        }

        impl<'de> $crate::json::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::json::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> Result<Self, D::Error> {
                $crate::json::read_object(deserializer)
            }
        }

        impl $crate::json::serde::Serialize for $name {
            fn serialize<S: $crate::json::serde::Serializer>(
                &self,
                serializer: S,
            ) -> Result<S::Ok, S::Error> {
                $crate::json::write_object(self, serializer)
            }
        }
    };
    (@is_required required) => {
        true
    };
    (@is_required $kind:ident) => {
        false
    };
    (@extra) => {
        None
    };
    (@extra $of:expr) => {
        Some($crate::json::Probe::extra($of))
    };
    (@required $members:ident $wire:literal $slot:ident) => {
        match $members.finish_required($wire, $slot) {
            Some(value) => value,
            None => return None,
        }
    };
    (@$kind:ident $members:ident $wire:literal $slot:ident) => {
        $slot.unwrap_or_default()
    };
}

/// Decodes an object.
///
/// # Errors
///
/// If the JSON is not an object, a member has the wrong type or occurs twice, or a required member is
/// missing.
pub fn read_object<'de, T: Object, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    // Not `deserialize_map`, which is charged as a map.
    deserializer.deserialize_struct("", &[], ObjectVisitor(PhantomData))
}

/// Encodes an object.
///
/// # Errors
///
/// If a member cannot be encoded.
pub fn write_object<T: Object, S: Serializer>(
    object: &T,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut members = MemberWriter::new(serializer.serialize_map(None)?);
    object.write(&mut members);
    members.end()
}

struct ObjectVisitor<T>(PhantomData<T>);

impl<'de, T: Object> Visitor<'de> for ObjectVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        let mut members = MemberReader::new(map);
        let object = T::read(&mut members);
        match (members.into_error(), object) {
            (Some(error), _) => Err(error),
            (None, Some(object)) => Ok(object),
            (None, None) => Err(A::Error::custom("not an object of this type")),
        }
    }
}
