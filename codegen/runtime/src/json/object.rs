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
