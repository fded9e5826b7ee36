//! A parameter's value, flattened to what the styles can express.

use std::fmt::Write as _;

use serde::Serialize;

use crate::RequestError;

/// What a style turns into text. Nothing in it is encoded yet.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Value {
    /// `null`, or a list or object without members (RFC 6570 section 2.3: "undefined").
    Absent,
    /// A boolean, number or string.
    Primitive(String),
    /// A list of primitives; not empty.
    List(Vec<String>),
    /// Members by name; not empty.
    Object(Vec<(String, String)>),
}

impl Value {
    /// Flattens a value; `name` is the parameter's, for the error.
    pub(super) fn of<T: Serialize + ?Sized>(name: &str, value: &T) -> Result<Self, RequestError> {
        let misfit = || RequestError::Value {
            name: name.to_owned(),
        };
        // By way of text, because `to_value` widens `0.1_f32` to 0.10000000149011612.
        let text = match string(json(name, value)?) {
            Ok(string) => return Ok(Self::Primitive(string)),
            Err(text) => text,
        };
        let value = serde_json::from_str(&text).map_err(|_| misfit())?;
        let flat = match value {
            serde_json::Value::Array(items) => {
                let items = items
                    .into_iter()
                    .filter_map(|item| primitive(item).transpose());
                let items: Vec<String> =
                    items.collect::<Result<_, Nested>>().map_err(|_| misfit())?;
                if items.is_empty() {
                    Self::Absent
                } else {
                    Self::List(items)
                }
            }
            serde_json::Value::Object(members) => {
                let members = members.into_iter().filter_map(|(key, member)| {
                    Some(primitive(member).transpose()?.map(|text| (key, text)))
                });
                let mut members: Vec<(String, String)> = members
                    .collect::<Result<_, Nested>>()
                    .map_err(|_| misfit())?;
                // The map is sorted unless another crate switches `preserve_order` on.
                members.sort();
                if members.is_empty() {
                    Self::Absent
                } else {
                    Self::Object(members)
                }
            }
            value => match primitive(value).map_err(|_| misfit())? {
                Some(text) => Self::Primitive(text),
                None => Self::Absent,
            },
        };
        Ok(flat)
    }
}

/// The value as JSON text, for parameters that are declared with `content`.
pub(super) fn json<T: Serialize + ?Sized>(name: &str, value: &T) -> Result<String, RequestError> {
    serde_json::to_string(value).map_err(|_| RequestError::Value {
        name: name.to_owned(),
    })
}

/// The string that a JSON text is, or else the text. Most values are strings without an escape:
/// they need no parser.
fn string(mut text: String) -> Result<String, String> {
    if !text.starts_with('"') || text.contains('\\') {
        return Err(text);
    }
    text.pop();
    text.remove(0);
    Ok(text)
}

struct Nested;

fn primitive(value: serde_json::Value) -> Result<Option<String>, Nested> {
    match value {
        serde_json::Value::Null => Ok(None),
        serde_json::Value::Bool(value) => Ok(Some(value.to_string())),
        serde_json::Value::Number(value) => Ok(Some(value.to_string())),
        serde_json::Value::String(value) => Ok(Some(value)),
        serde_json::Value::Array(_) | serde_json::Value::Object(_) => Err(Nested),
    }
}

/// Percent-encodes all but the unreserved characters (RFC 3986 section 2).
pub(crate) fn percent(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            encoded.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

/// Encodes items and puts a separator between them.
pub(super) fn join<'a>(items: impl IntoIterator<Item = &'a String>, separator: &str) -> String {
    let items: Vec<String> = items.into_iter().map(|item| percent(item)).collect();
    items.join(separator)
}

/// Encodes members as `name=value` and puts a separator between them.
pub(super) fn join_pairs(members: &[(String, String)], separator: &str) -> String {
    let pairs: Vec<String> = members
        .iter()
        .map(|(key, value)| format!("{}={}", percent(key), percent(value)))
        .collect();
    pairs.join(separator)
}

/// Names and values in turn: how an object is listed without `explode`.
pub(super) fn interleave(members: &[(String, String)]) -> impl Iterator<Item = &String> {
    members.iter().flat_map(|(key, value)| [key, value])
}

#[cfg(test)]
pub(super) mod samples {
    use serde_json::{Value, json};

    /// The values of the style table in the OpenAPI Specification: empty, string, array, object.
    pub(in crate::encode) fn table() -> [Value; 4] {
        [
            json!(""),
            json!("blue"),
            json!(["blue", "black", "brown"]),
            json!({"R": 100, "G": 200, "B": 150}),
        ]
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Value, percent};

    #[test]
    fn flattens() {
        let check = |value: serde_json::Value, expected| {
            assert_eq!(Value::of("p", &value).ok(), expected, "{value}");
        };
        check(json!(null), Some(Value::Absent));
        check(json!([]), Some(Value::Absent));
        check(json!([null]), Some(Value::Absent));
        check(json!({"a": null}), Some(Value::Absent));
        check(json!(true), Some(Value::Primitive("true".to_owned())));
        check(
            json!(u64::MAX),
            Some(Value::Primitive("18446744073709551615".to_owned())),
        );
        check(
            json!([1, null, "a"]),
            Some(Value::List(vec!["1".to_owned(), "a".to_owned()])),
        );
        for text in ["", "a", "\"", "\"a\\", "\n\u{0}", "\u{fc}", "null", "[1]"] {
            check(json!(text), Some(Value::Primitive(text.to_owned())));
        }
        check(json!([[1]]), None);
        check(json!({"a": {"b": 1}}), None);
        assert_eq!(
            Value::of("p", &0.1_f32),
            Ok(Value::Primitive("0.1".to_owned()))
        );
    }

    #[test]
    fn percent_keeps_the_unreserved() {
        assert_eq!(percent("aZ09-._~"), "aZ09-._~");
        assert_eq!(percent("a b/ü%+"), "a%20b%2F%C3%BC%25%2B");
    }
}
