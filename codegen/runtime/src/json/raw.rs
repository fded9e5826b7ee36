//! JSON that is kept without a type.

use serde::de::{Deserialize, Deserializer};
use serde::ser::{Serialize, Serializer};
use serde_json::Value;

use super::node::Node;

/// A JSON value that is kept as it was received: the value of a union variant that the API document does
/// not list, or untyped JSON that may contain a secret.
///
/// `Debug` does not print it.
#[derive(Clone, PartialEq)]
pub struct RawJson(Value);

impl RawJson {
    /// Copies a value that a union is decoded from.
    pub(super) fn copy_of(node: &Node) -> Self {
        Self(node.to_value())
    }

    /// Returns the value.
    pub fn value(&self) -> &Value {
        &self.0
    }

    /// Converts into the value.
    pub fn into_value(self) -> Value {
        self.0
    }
}

impl From<Value> for RawJson {
    fn from(value: Value) -> Self {
        Self(value)
    }
}

impl std::fmt::Debug for RawJson {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RawJson([redacted])")
    }
}

impl<'de> Deserialize<'de> for RawJson {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Value::deserialize(deserializer).map(Self)
    }
}

impl Serialize for RawJson {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}
