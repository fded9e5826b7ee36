//! How generated types are read from JSON and written to it without a loss.
//!
//! A type says in a table what it is; a macro makes `Deserialize` and `Serialize` of that, and
//! [`Fits`], by which a union chooses a branch before it reads one:
//!
//! - [`object!`](crate::object): an object with known members,
//! - [`strings!`](crate::strings): text with known values,
//! - [`newtype!`](crate::newtype): another type under a name,
//! - [`union!`](crate::union): one of several types, each of another type in JSON,
//! - [`tagged!`](crate::tagged): one of several types, told by a member,
//! - [`choice!`](crate::choice): one of several types, the one that fits best.

use serde::de::{Deserialize, Deserializer};
use serde::ser::{Serialize, Serializer};
use serde_json::Value;

pub use choice::{Branch, Choice, fit_choice, note_lost_of_choice, read_choice};
pub use constant::Constant;
pub use fit::{Fit, FitOf, Fits, Lost};
pub use member::{Member, Part, fit_object, note_lost_of_object};
pub use newtype::{fit_inside, note_lost_inside};
pub use node::{Compound, Mismatch, Node};
pub use object::{MemberReader, MemberWriter, Object, Others, read_object, write_object};
/// What the macros of this crate build upon.
pub use serde;
pub use strings::{fit_text, read_text};
pub use tagged::{Tagged, TaggedBranch, check_tag, fit_tagged, note_lost_of_tagged, read_tagged};
pub use union::{JsonType, Union, fit_of, no_branch, note_lost_of, read_union};

mod choice;
mod constant;
mod fit;
mod member;
mod newtype;
mod node;
mod object;
mod strings;
mod tagged;
mod union;

/// A JSON value without a type, kept as it came: of a union's branch that the document does not
/// declare, or of a place where a secret may be that no type marks.
///
/// It is sent as it was received. `Debug` does not show it.
#[derive(Clone, PartialEq)]
pub struct Undeclared(Value);

impl Undeclared {
    /// A copy of a value that a union was read from.
    fn of(node: &Node) -> Self {
        Self(node.to_value())
    }

    /// The value, unchanged.
    pub fn value(&self) -> &Value {
        &self.0
    }

    /// The value, given up.
    pub fn into_value(self) -> Value {
        self.0
    }
}

impl From<Value> for Undeclared {
    fn from(value: Value) -> Self {
        Self(value)
    }
}

impl std::fmt::Debug for Undeclared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("(a value that is not declared)")
    }
}

impl<'de> Deserialize<'de> for Undeclared {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Value::deserialize(deserializer).map(Self)
    }
}

impl Serialize for Undeclared {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}
