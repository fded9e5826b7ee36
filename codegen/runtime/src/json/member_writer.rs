//! Writes the members of an object.

use serde::ser::{Serialize, SerializeMap};

use super::extra::ExtraMembers;

/// Writes the members of an object. It stops at the first error.
#[expect(missing_debug_implementations, reason = "it would print the value")]
pub struct MemberWriter<M: SerializeMap> {
    map: M,
    error: Option<M::Error>,
}

impl<M: SerializeMap> MemberWriter<M> {
    pub(super) fn new(map: M) -> Self {
        Self { map, error: None }
    }

    /// Ends the object.
    ///
    /// # Errors
    ///
    /// The first error, if there was one.
    pub(super) fn end(self) -> Result<M::Ok, M::Error> {
        match self.error {
            Some(error) => Err(error),
            None => self.map.end(),
        }
    }

    /// Writes the member.
    pub fn required<T: Serialize>(&mut self, name: &str, value: &T) {
        if self.error.is_none() {
            self.error = self.map.serialize_entry(name, value).err();
        }
    }

    /// Writes the member, as `null` if the value is `None`.
    pub fn nullable<T: Serialize>(&mut self, name: &str, value: &T) {
        self.required(name, value);
    }

    /// Writes the member, unless the value is `None`.
    pub fn optional<T: Serialize>(&mut self, name: &str, value: &Option<T>) {
        if let Some(value) = value {
            self.required(name, value);
        }
    }

    /// Writes the member, unless the value is `None`. `Some(None)` is `null`.
    pub fn patch<T: Serialize>(&mut self, name: &str, value: &Option<T>) {
        self.optional(name, value);
    }

    /// Writes the extra members.
    pub fn extra<T: ExtraMembers<Value: Serialize>>(&mut self, extra: &T) {
        for (name, value) in extra.members() {
            self.required(name, value);
        }
    }
}
