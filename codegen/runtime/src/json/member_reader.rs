//! Reads the members of an object.

use std::borrow::Cow;
use std::fmt;

use serde::de::value::UnitDeserializer;
use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, Visitor,
};

use super::extra::ExtraMembers;

/// Reads the members of an object. It stops at the first error.
#[expect(missing_debug_implementations, reason = "it would print the value")]
pub struct MemberReader<'de, A: MapAccess<'de>> {
    map: A,
    /// The name of the member whose value has not been read yet.
    name: Option<Cow<'de, str>>,
    error: Option<A::Error>,
}

impl<'de, A: MapAccess<'de>> MemberReader<'de, A> {
    pub(super) fn new(map: A) -> Self {
        Self {
            map,
            name: None,
            error: None,
        }
    }

    /// Returns the first error.
    pub(super) fn into_error(self) -> Option<A::Error> {
        self.error
    }

    /// Advances to the next member, and skips a value that was not read. Returns `false` at the end.
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

    /// Reads the value if the current member has this name.
    pub fn required<T: Deserialize<'de>>(&mut self, name: &'static str, slot: &mut Option<T>) {
        if self.is(name) {
            self.value(name, slot);
        }
    }

    /// Same as [`required`](Self::required); a missing member is accepted at the end.
    pub fn nullable<T: Deserialize<'de>>(&mut self, name: &'static str, slot: &mut Option<T>) {
        self.required(name, slot);
    }

    /// Same as [`required`](Self::required); a missing member is accepted at the end.
    pub fn optional<T: Deserialize<'de>>(&mut self, name: &'static str, slot: &mut Option<T>) {
        self.required(name, slot);
    }

    /// Same as [`required`](Self::required), but keeps `null` apart from a missing member.
    pub fn patch<T: Deserialize<'de>>(&mut self, name: &'static str, slot: &mut Option<Option<T>>) {
        if self.is(name) {
            let mut value = slot.take().flatten();
            self.value(name, &mut value);
            *slot = Some(value);
        }
    }

    /// Reads the value of a member that has no field.
    pub fn extra<T: ExtraMembers<Value: Deserialize<'de>>>(&mut self, extra: &mut T) {
        let Some(name) = self.name.take() else {
            return;
        };
        let added = self.map.next_value();
        match added.map(|value| extra.add(name.into_owned(), value)) {
            Ok(true) => {}
            Ok(false) => self.error = Some(A::Error::custom("duplicate member")),
            Err(error) => self.error = Some(error),
        }
    }

    /// Returns the value of a required member. If it is missing, `null` is decoded instead, because
    /// servers leave out members that are `null`.
    pub fn finish_required<T: Deserialize<'de>>(
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

/// The name of a member, borrowed from the input if it has no escapes.
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
        f.write_str("a member name")
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
