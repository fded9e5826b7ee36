//! Values that the API document fixes with `const`, `enum` or a discriminator mapping.

use serde_json::Value;

use super::node::Node;

/// A value that a member may have. Numbers are compared by value, so `1` and `1.0` are equal.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Constant {
    /// `true` or `false`.
    Boolean(bool),
    /// An integer.
    Integer(i128),
    /// Any other number.
    Number(f64),
    /// A string.
    String(&'static str),
}

impl Constant {
    /// Whether a value is equal to this one.
    pub(super) fn is(self, node: &Node) -> bool {
        match (self, node) {
            (Self::Boolean(one), Node::Boolean(other)) => one == *other,
            (Self::String(one), Node::String(other)) => *one == **other,
            (Self::Integer(one), Node::Negative(other)) => one == i128::from(*other),
            (Self::Integer(one), Node::Unsigned(other)) => one == i128::from(*other),
            (Self::Integer(one), Node::Float(other)) => one as f64 == *other,
            (Self::Number(one), Node::Float(other)) => one == *other,
            (Self::Number(one), Node::Negative(other)) => one == *other as f64,
            (Self::Number(one), Node::Unsigned(other)) => one == *other as f64,
            _ => false,
        }
    }

    /// Same as [`Constant::is`], for a value that is about to be encoded.
    pub(super) fn is_value(self, value: &Value) -> bool {
        match self {
            Self::Boolean(one) => value.as_bool() == Some(one),
            Self::String(one) => value.as_str() == Some(one),
            Self::Integer(one) => {
                let whole = value.as_i64().map(i128::from);
                whole.or_else(|| value.as_u64().map(i128::from)) == Some(one)
            }
            Self::Number(one) => value.as_f64() == Some(one),
        }
    }
}
