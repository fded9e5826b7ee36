//! A JSON value that is parsed once and decoded by several types.
//!
//! A union has to see a value before it can choose a variant, and the variant may contain unions too. A
//! [`Node`] is parsed once; variants are decoded from it, and a nested union gets its part of it without
//! a copy. Values that are decoded from a node are charged to the decode budget.

use std::any::TypeId;
use std::cell::{Cell, RefCell};
use std::fmt;
use std::rc::Rc;

use serde::de::value::{MapDeserializer, SeqDeserializer, StrDeserializer};
use serde::de::{
    Deserialize, DeserializeOwned, DeserializeSeed, Deserializer, IntoDeserializer, MapAccess,
    SeqAccess, Visitor,
};
use serde::forward_to_deserialize_any;
use serde_json::Value;

use super::fit::Fit;
use crate::decode_budget::charge;

/// A JSON value (RFC 8259 section 3). Clones share its content.
#[derive(Clone)]
pub enum Node {
    /// `null`.
    Null,
    /// `true` or `false`.
    Boolean(bool),
    /// A negative integer.
    Negative(i64),
    /// An integer that is zero or positive.
    Unsigned(u64),
    /// Any other number.
    Float(f64),
    /// A string.
    String(Rc<str>),
    /// An array.
    Array(Rc<Compound<Node>>),
    /// An object, with its members in their original order.
    Object(Rc<Compound<(Box<str>, Node)>>),
}

/// The content of an array or object, with a cache of how well types fit it.
pub struct Compound<T> {
    values: Box<[T]>,
    /// How well each type fits that was checked. Without this cache, nested types that check the same
    /// part would double the work at every level.
    fits: RefCell<Vec<(TypeId, Option<Fit>)>>,
}

impl<T> Compound<T> {
    fn new(values: Vec<T>) -> Rc<Self> {
        Rc::new(Self {
            values: values.into_boxed_slice(),
            fits: RefCell::new(Vec::new()),
        })
    }

    /// Returns the values.
    pub(super) fn values(&self) -> &[T] {
        &self.values
    }

    fn cached(&self, of: TypeId, compute: impl FnOnce() -> Option<Fit>) -> Option<Fit> {
        let known = self.fits.borrow().iter().find(|(id, _)| *id == of).copied();
        if let Some((_, fit)) = known {
            return fit;
        }
        let fit = compute();
        // If this exceeds the budget, decoding fails at its end.
        let _ = charge(size_of::<(TypeId, Option<Fit>)>());
        self.fits.borrow_mut().push((of, fit));
        fit
    }
}

/// Prints nothing of the value, because it may contain a secret.
impl fmt::Debug for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Node")
    }
}

impl Node {
    /// Decodes a type; `None` if the value does not have this type.
    pub fn read<T: DeserializeOwned>(&self) -> Option<T> {
        T::deserialize(self).ok()
    }

    /// Returns the first member of this name, if the value is an object and has one.
    pub fn member(&self, name: &str) -> Option<&Self> {
        let Self::Object(object) = self else {
            return None;
        };
        let mut members = object.values().iter();
        members.find_map(|(known, value)| (**known == *name).then_some(value))
    }

    /// Whether the value is an array or an object.
    pub(super) fn is_compound(&self) -> bool {
        matches!(self, Self::Array(_) | Self::Object(_))
    }

    /// Returns how well a type fits. It is computed once per array and object.
    pub(super) fn fit_once<T: 'static>(
        &self,
        compute: impl FnOnce() -> Option<Fit>,
    ) -> Option<Fit> {
        match self {
            Self::Array(array) => array.cached(TypeId::of::<T>(), compute),
            Self::Object(object) => object.cached(TypeId::of::<T>(), compute),
            _ => compute(),
        }
    }

    /// Copies the value. Of duplicate members the last one is kept.
    pub(super) fn to_value(&self) -> Value {
        // If this exceeds the budget, decoding fails at its end.
        let _ = charge(match self {
            Self::Object(_) => SMALLEST_MAP,
            _ => size_of::<Value>(),
        });
        match self {
            Self::Null => Value::Null,
            Self::Boolean(value) => Value::from(*value),
            Self::Negative(value) => Value::from(*value),
            Self::Unsigned(value) => Value::from(*value),
            Self::Float(value) => Value::from(*value),
            Self::String(text) => Value::from(&**text),
            Self::Array(array) => array.values().iter().map(Self::to_value).collect(),
            Self::Object(object) => {
                let members = object.values().iter();
                members
                    .map(|(name, value)| (String::from(&**name), value.to_value()))
                    .collect()
            }
        }
    }
}

/// The memory of the smallest map of untyped JSON, in bytes: one node with eleven entries.
const SMALLEST_MAP: usize = 11 * size_of::<(String, Value)>();

/// The newtype name by which the `Deserialize` of [`Node`] recognises that it is decoded from a node.
const NODE_NAME: &str = "openapi_client_runtime::json::Node";

thread_local! {
    /// The node that is passed from one deserializer to the other.
    static PASSED_NODE: Cell<Option<Node>> = const { Cell::new(None) };
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(NODE_NAME, NodeVisitor)
    }
}

struct NodeVisitor;

impl<'de> Visitor<'de> for NodeVisitor {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        deserializer.deserialize_any(self)
    }

    /// `null`, or the signal that a node is passed.
    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(PASSED_NODE.take().unwrap_or(Node::Null))
    }

    fn visit_none<E>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Node, E> {
        Ok(Node::Boolean(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Node, E> {
        Ok(u64::try_from(value).map_or(Node::Negative(value), Node::Unsigned))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Node, E> {
        Ok(Node::Unsigned(value))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Node, E> {
        Ok(Node::Float(value))
    }

    fn visit_str<E>(self, text: &str) -> Result<Node, E> {
        Ok(Node::String(Rc::from(text)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Node, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = items.next_element_seed(NestedSeed)? {
            values.push(value);
        }
        Ok(Node::Array(Compound::new(values)))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Node, A::Error> {
        let mut values = Vec::new();
        while let Some(name) = members.next_key::<Box<str>>()? {
            values.push((name, members.next_value_seed(NestedSeed)?));
        }
        Ok(Node::Object(Compound::new(values)))
    }
}

/// The seed of a nested value, which is parsed and never passed from another node.
struct NestedSeed;

impl<'de> DeserializeSeed<'de> for NestedSeed {
    type Value = Node;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        deserializer.deserialize_any(NodeVisitor)
    }
}

/// The value does not have the expected type. The error contains no part of the value.
#[derive(Debug)]
pub struct Mismatch;

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the value does not have the expected type")
    }
}

impl std::error::Error for Mismatch {}

impl serde::de::Error for Mismatch {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

impl<'de> IntoDeserializer<'de, Mismatch> for &Node {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for &Node {
    type Error = Mismatch;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        let text = match self {
            Node::String(text) => text.len(),
            _ => 0,
        };
        charge(size_of::<V::Value>() + text).map_err(|_| Mismatch)?;
        match self {
            Node::Null => visitor.visit_unit(),
            Node::Boolean(value) => visitor.visit_bool(*value),
            Node::Negative(value) => visitor.visit_i64(*value),
            Node::Unsigned(value) => visitor.visit_u64(*value),
            Node::Float(value) => visitor.visit_f64(*value),
            Node::String(text) => visitor.visit_str(text),
            Node::Array(array) => {
                let mut items = SeqDeserializer::new(array.values().iter());
                let value = visitor.visit_seq(&mut items)?;
                items.end().map(|()| value)
            }
            Node::Object(object) => {
                let members = object.values().iter();
                let members = members.map(|(name, value)| (StrDeserializer::new(name), value));
                let mut members = MapDeserializer::new(members);
                let value = visitor.visit_map(&mut members)?;
                members.end().map(|()| value)
            }
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        match self {
            Node::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        if name == NODE_NAME {
            PASSED_NODE.set(Some(self.clone()));
            return visitor.visit_unit();
        }
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        self.deserialize_any(visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}
