//! Objects with known members, read and written member by member.
//!
//! What [`object!`](crate::object) makes of a type is one statement per member for each direction;
//! all else is here, once. `serde`'s derive makes a visitor for each type, which is most of what it
//! takes to compile a client with thousands of them.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, Visitor,
    value::UnitDeserializer,
};
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::{Map, Value};

use super::fit::Fits;
use super::member::{Member, Part};

/// A type that is an object in JSON. It is implemented by [`object!`](crate::object).
pub trait Object: Fits + Sized {
    /// The members that it names.
    const MEMBERS: &'static [Member];

    /// What all other members are; `None` where they are not kept.
    const OTHERS: Option<Part>;

    /// Reads the members; `None` where `members` holds an error.
    fn read<'de, A: MapAccess<'de>>(members: &mut MemberReader<'de, A>) -> Option<Self>;

    /// Writes the members; `members` holds the error, if there was one.
    fn write<M: SerializeMap>(&self, members: &mut MemberWriter<M>);
}

/// How a struct is read from JSON and written to it: [`Object`], [`Fits`], `Deserialize` and
/// `Serialize`.
///
/// Each member stands on a line: whether it must be there, the field, the name in JSON, and the
/// constants that it may have, where its type does not list them. A last line `..field` names the
/// map of all other members; without it they are not kept.
///
/// - `required`: it must be there.
/// - `nullable`: it may be `null`, and is then written as `null`. Absent, it is read as `null`.
/// - `optional`: it may be absent or `null`, and `None` leaves it out.
/// - `patch`: absent and `null` are apart; `None` is absent.
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
        $(..$others:ident)?
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
            const OTHERS: Option<$crate::json::Part> =
                $crate::object!(@others $(|object: &Self| &object.$others)?);

            fn read<'de, A: $crate::json::serde::de::MapAccess<'de>>(
                members: &mut $crate::json::MemberReader<'de, A>,
            ) -> Option<Self> {
                $(let mut $field = None;)*
                $(let mut $others = Default::default();)?
                while members.advance() {
                    $(members.$kind($wire, &mut $field);)*
                    $(members.others(&mut $others);)?
                }
                Some(Self {
                    $($field: $crate::object!(@$kind members $wire $field),)*
                    $($others,)?
                })
            }

            fn write<M: $crate::json::serde::ser::SerializeMap>(
                &self,
                members: &mut $crate::json::MemberWriter<M>,
            ) {
                $(members.$kind($wire, &self.$field);)*
                $(members.others(&self.$others);)?
            }
        }

        impl $crate::json::Fits for $name {
            fn fit(node: &$crate::json::Node) -> Option<$crate::json::Fit> {
                $crate::json::fit_object::<Self>(node)
            }

            fn note_lost(node: &$crate::json::Node, lost: &mut $crate::json::Lost) {
                $crate::json::note_lost_of_object::<Self>(node, lost);
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
    (@others) => {
        None
    };
    (@others $of:expr) => {
        Some($crate::json::Part::others($of))
    };
    (@required $members:ident $wire:literal $slot:ident) => {
        match $members.settle($wire, $slot) {
            Some(value) => value,
            None => return None,
        }
    };
    (@$kind:ident $members:ident $wire:literal $slot:ident) => {
        $slot.unwrap_or_default()
    };
}

/// Reads an object.
///
/// # Errors
///
/// Where the JSON is not an object, a member is not of its type, stands there twice, or is missing
/// although it is required.
pub fn read_object<'de, T: Object, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    // Not as a map, which would be charged for as one.
    deserializer.deserialize_struct("", &[], ObjectVisitor(PhantomData))
}

/// Writes an object.
///
/// # Errors
///
/// Where a member cannot be written.
pub fn write_object<T: Object, S: Serializer>(
    object: &T,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut members = MemberWriter {
        map: serializer.serialize_map(None)?,
        error: None,
    };
    object.write(&mut members);
    match members.error {
        Some(error) => Err(error),
        None => members.map.end(),
    }
}

struct ObjectVisitor<T>(PhantomData<T>);

impl<'de, T: Object> Visitor<'de> for ObjectVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        let mut members = MemberReader {
            map,
            name: None,
            error: None,
        };
        let object = T::read(&mut members);
        match (members.error, object) {
            (Some(error), _) => Err(error),
            (None, Some(object)) => Ok(object),
            (None, None) => Err(A::Error::custom("not an object of this type")),
        }
    }
}

/// The members of an object that is being read. The first error ends it.
#[expect(missing_debug_implementations, reason = "it would show what is read")]
pub struct MemberReader<'de, A: MapAccess<'de>> {
    map: A,
    /// The name of the member whose value was not read yet.
    name: Option<Cow<'de, str>>,
    error: Option<A::Error>,
}

impl<'de, A: MapAccess<'de>> MemberReader<'de, A> {
    /// Goes on to the next member, over a value that nobody asked for; `false` at the end.
    pub fn advance(&mut self) -> bool {
        if self.name.take().is_some() {
            let skipped = self.map.next_value::<IgnoredAny>();
            self.error = skipped.err();
        }
        if self.error.is_some() {
            return false;
        }
        match self.map.next_key_seed(Name) {
            Ok(name) => self.name = name,
            Err(error) => self.error = Some(error),
        }
        self.name.is_some()
    }

    /// Reads the value, if it is that of this member.
    pub fn required<T: Deserialize<'de>>(&mut self, name: &'static str, slot: &mut Option<T>) {
        if self.is(name) {
            self.value(name, slot);
        }
    }

    /// As [`required`](Self::required); whether it was there is decided at the end.
    pub fn nullable<T: Deserialize<'de>>(&mut self, name: &'static str, slot: &mut Option<T>) {
        self.required(name, slot);
    }

    /// As [`required`](Self::required); whether it was there is decided at the end.
    pub fn optional<T: Deserialize<'de>>(&mut self, name: &'static str, slot: &mut Option<T>) {
        self.required(name, slot);
    }

    /// Reads the value, where `null` is one as well.
    pub fn patch<T: Deserialize<'de>>(&mut self, name: &'static str, slot: &mut Option<Option<T>>) {
        if self.is(name) {
            let mut value = slot.take().flatten();
            self.value(name, &mut value);
            *slot = Some(value);
        }
    }

    /// Reads the value of a member that no one took.
    pub fn others<T: Others<Value: Deserialize<'de>>>(&mut self, others: &mut T) {
        let Some(name) = self.name.take() else {
            return;
        };
        let added = self.map.next_value();
        match added.map(|value| others.add(name.into_owned(), value)) {
            Ok(true) => {}
            Ok(false) => self.error = Some(A::Error::custom("a member stands there twice")),
            Err(error) => self.error = Some(error),
        }
    }

    /// The value of a member that must be there. Where it is not, a type that has `null` among its
    /// values is read as that: servers leave out what they would send as `null`.
    pub fn settle<T: Deserialize<'de>>(
        &mut self,
        name: &'static str,
        slot: Option<T>,
    ) -> Option<T> {
        if slot.is_some() || self.error.is_some() {
            return slot;
        }
        let null = T::deserialize(UnitDeserializer::<A::Error>::new());
        null.map_err(|_| self.error = Some(A::Error::missing_field(name)))
            .ok()
    }

    #[inline]
    fn is(&mut self, name: &str) -> bool {
        let is = self.name.as_deref() == Some(name);
        if is {
            self.name = None;
        }
        is
    }

    fn value<T: Deserialize<'de>>(&mut self, name: &'static str, slot: &mut Option<T>) {
        match self.map.next_value() {
            Ok(_) if slot.is_some() => self.error = Some(A::Error::duplicate_field(name)),
            Ok(value) => *slot = Some(value),
            Err(error) => self.error = Some(error),
        }
    }
}

/// A member's name, borrowed from the text where it stands there as it is.
struct Name;

impl<'de> DeserializeSeed<'de> for Name {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl<'de> Visitor<'de> for Name {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a member")
    }

    fn visit_borrowed_str<E>(self, name: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(name))
    }

    fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(name.to_owned()))
    }

    fn visit_string<E>(self, name: String) -> Result<Self::Value, E> {
        Ok(Cow::Owned(name))
    }
}

/// The members of an object that is being written. The first error ends it.
#[expect(
    missing_debug_implementations,
    reason = "it would show what is written"
)]
pub struct MemberWriter<M: SerializeMap> {
    map: M,
    error: Option<M::Error>,
}

impl<M: SerializeMap> MemberWriter<M> {
    /// Writes the member.
    pub fn required<T: Serialize>(&mut self, name: &str, value: &T) {
        if self.error.is_none() {
            self.error = self.map.serialize_entry(name, value).err();
        }
    }

    /// Writes the member, as `null` where there is nothing.
    pub fn nullable<T: Serialize>(&mut self, name: &str, value: &T) {
        self.required(name, value);
    }

    /// Writes the member, unless there is nothing.
    pub fn optional<T: Serialize>(&mut self, name: &str, value: &Option<T>) {
        if let Some(value) = value {
            self.required(name, value);
        }
    }

    /// Writes the member, unless it is to be left as it is.
    pub fn patch<T: Serialize>(&mut self, name: &str, value: &Option<T>) {
        self.optional(name, value);
    }

    /// Writes all other members.
    pub fn others<T: Others<Value: Serialize>>(&mut self, others: &T) {
        for (name, value) in others.members() {
            self.required(name, value);
        }
    }
}

/// Where the members are kept that a type does not name.
pub trait Others {
    /// What each of them is.
    type Value;

    /// Adds one; `false` where there is one of that name already.
    fn add(&mut self, name: String, value: Self::Value) -> bool;

    /// All of them.
    fn members(&self) -> impl Iterator<Item = (&String, &Self::Value)>;
}

impl<T> Others for BTreeMap<String, T> {
    type Value = T;

    fn add(&mut self, name: String, value: T) -> bool {
        self.insert(name, value).is_none()
    }

    fn members(&self) -> impl Iterator<Item = (&String, &T)> {
        self.iter()
    }
}

impl Others for Map<String, Value> {
    type Value = Value;

    fn add(&mut self, name: String, value: Value) -> bool {
        self.insert(name, value).is_none()
    }

    fn members(&self) -> impl Iterator<Item = (&String, &Value)> {
        self.iter()
    }
}
