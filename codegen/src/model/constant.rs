//! Values that a document fixes: by `const`, by `enum`, or by a discriminator's mapping.

use std::fmt;

use serde_json::Value;

/// A value that a member may have (JSON Schema 2020-12, validation, sections 6.1.2 and 6.1.3).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Constant {
    /// `true` or `false`.
    Boolean(bool),
    /// A whole number, also where it is written with a fraction of zero.
    Integer(i128),
    /// Another number, as it is written.
    Number(String),
    /// Text.
    String(String),
}

impl Constant {
    /// The constant that a value is; `None` for `null`, lists and objects.
    pub(crate) fn of(value: &Value) -> Option<Self> {
        match value {
            Value::Bool(value) => Some(Self::Boolean(*value)),
            Value::String(text) => Some(Self::String(text.clone())),
            Value::Number(number) => Some(Self::of_number(number)),
            Value::Null | Value::Array(_) | Value::Object(_) => None,
        }
    }

    fn of_number(number: &serde_json::Number) -> Self {
        let whole = number.as_i64().map(i128::from);
        let whole = whole.or_else(|| number.as_u64().map(i128::from));
        let whole = whole.or_else(|| {
            let float = number.as_f64()?;
            // Up to 2^53 each whole number is a float of its own.
            let exact = float.fract() == 0.0 && float.abs() <= 9_007_199_254_740_992.0;
            exact.then_some(float as i128)
        });
        whole.map_or_else(|| Self::Number(number.to_string()), Self::Integer)
    }
}

/// As in JSON, text without its quotes.
impl fmt::Display for Constant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Boolean(value) => value.fmt(f),
            Self::Integer(value) => value.fmt(f),
            Self::Number(text) | Self::String(text) => f.write_str(text),
        }
    }
}
