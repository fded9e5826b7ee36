//! Where an object keeps the members that have no field.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

/// A map of the members that have no field.
pub trait ExtraMembers {
    /// The type of their values.
    type Value;

    /// Adds a member. Returns `false` if there already is one of that name.
    fn add(&mut self, name: String, value: Self::Value) -> bool;

    /// Returns all members.
    fn members(&self) -> impl Iterator<Item = (&String, &Self::Value)>;
}

impl<T> ExtraMembers for BTreeMap<String, T> {
    type Value = T;

    fn add(&mut self, name: String, value: T) -> bool {
        self.insert(name, value).is_none()
    }

    fn members(&self) -> impl Iterator<Item = (&String, &T)> {
        self.iter()
    }
}

impl ExtraMembers for Map<String, Value> {
    type Value = Value;

    fn add(&mut self, name: String, value: Value) -> bool {
        self.insert(name, value).is_none()
    }

    fn members(&self) -> impl Iterator<Item = (&String, &Value)> {
        self.iter()
    }
}
