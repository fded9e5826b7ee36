//! The value of a parameter, flattened to what the styles can express.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use crate::RequestError;

/// A value that a style can encode as text. It is not percent-encoded yet.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum FlatValue {
    /// `null`, or an empty list or object (RFC 6570 section 2.3: "undefined").
    Absent,
    /// A boolean, number or string.
    Scalar(String),
    /// A list of scalars; not empty.
    List(Vec<String>),
    /// Scalars by name; not empty.
    Object(Vec<(String, String)>),
}

impl FlatValue {
    /// Flattens the value of the parameter `name`, which the error contains.
    pub(super) fn flatten<T: Serialize + ?Sized>(
        name: &str,
        value: &T,
    ) -> Result<Self, RequestError> {
        let error = || RequestError::Value {
            name: name.to_owned(),
        };
        // Through text, because `serde_json::to_value` widens `0.1_f32` to 0.10000000149011612.
        let text = match unquote(json_text(name, value)?) {
            Ok(string) => return Ok(Self::Scalar(string)),
            Err(text) => text,
        };
        let value = serde_json::from_str(&text).map_err(|_| error())?;
        let flat = match value {
            serde_json::Value::Array(items) => {
                let items = items
                    .into_iter()
                    .filter_map(|item| scalar(item).transpose());
                let items: Vec<String> =
                    items.collect::<Result<_, Nested>>().map_err(|_| error())?;
                if items.is_empty() {
                    Self::Absent
                } else {
                    Self::List(items)
                }
            }
            serde_json::Value::Object(members) => {
                let members = members.into_iter().filter_map(|(key, member)| {
                    Some(scalar(member).transpose()?.map(|text| (key, text)))
                });
                let mut members: Vec<(String, String)> = members
                    .collect::<Result<_, Nested>>()
                    .map_err(|_| error())?;
                // `serde_json` sorts its maps unless another crate enables `preserve_order`.
                members.sort();
                if members.is_empty() {
                    Self::Absent
                } else {
                    Self::Object(members)
                }
            }
            value => match scalar(value).map_err(|_| error())? {
                Some(text) => Self::Scalar(text),
                None => Self::Absent,
            },
        };
        Ok(flat)
    }
}

/// Serialises a value as JSON text.
pub(super) fn json_text<T: Serialize + ?Sized>(
    name: &str,
    value: &T,
) -> Result<String, RequestError> {
    serde_json::to_string(value).map_err(|_| RequestError::Value {
        name: name.to_owned(),
    })
}

/// Removes the quotes of a JSON string without escapes; returns any other text as an error. Most values
/// are such strings and need no parser.
fn unquote(mut text: String) -> Result<String, String> {
    if !text.starts_with('"') || text.contains('\\') {
        return Err(text);
    }
    text.pop();
    text.remove(0);
    Ok(text)
}

/// The error for a list or object where a scalar is needed.
struct Nested;

/// Converts a scalar to text; `None` for `null`.
fn scalar(value: serde_json::Value) -> Result<Option<String>, Nested> {
    match value {
        serde_json::Value::Null => Ok(None),
        serde_json::Value::Bool(value) => Ok(Some(value.to_string())),
        serde_json::Value::Number(value) => Ok(Some(value.to_string())),
        serde_json::Value::String(value) => Ok(Some(value)),
        serde_json::Value::Array(_) | serde_json::Value::Object(_) => Err(Nested),
    }
}

/// Percent-encodes everything except the unreserved characters (RFC 3986 section 2.3).
pub(crate) fn percent_encode(text: &str) -> String {
    const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
        .remove(b'-')
        .remove(b'.')
        .remove(b'_')
        .remove(b'~');
    utf8_percent_encode(text, RESERVED).to_string()
}

/// Percent-encodes items and joins them.
pub(super) fn join<'a>(items: impl IntoIterator<Item = &'a String>, separator: &str) -> String {
    let items: Vec<String> = items.into_iter().map(|item| percent_encode(item)).collect();
    items.join(separator)
}

/// Percent-encodes members as `name=value` and joins them.
pub(super) fn join_pairs(members: &[(String, String)], separator: &str) -> String {
    let pairs: Vec<String> = members
        .iter()
        .map(|(key, value)| format!("{}={}", percent_encode(key), percent_encode(value)))
        .collect();
    pairs.join(separator)
}

/// Returns names and values in turn, as an object is encoded without `explode`.
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

    use super::{FlatValue, percent_encode};

    #[test]
    fn values_are_flattened() {
        let check = |value: serde_json::Value, expected| {
            assert_eq!(FlatValue::flatten("p", &value).ok(), expected, "{value}");
        };
        check(json!(null), Some(FlatValue::Absent));
        check(json!([]), Some(FlatValue::Absent));
        check(json!([null]), Some(FlatValue::Absent));
        check(json!({"a": null}), Some(FlatValue::Absent));
        check(json!(true), Some(FlatValue::Scalar("true".to_owned())));
        check(
            json!(u64::MAX),
            Some(FlatValue::Scalar("18446744073709551615".to_owned())),
        );
        check(
            json!([1, null, "a"]),
            Some(FlatValue::List(vec!["1".to_owned(), "a".to_owned()])),
        );
        for text in ["", "a", "\"", "\"a\\", "\n\u{0}", "\u{fc}", "null", "[1]"] {
            check(json!(text), Some(FlatValue::Scalar(text.to_owned())));
        }
        check(json!([[1]]), None);
        check(json!({"a": {"b": 1}}), None);
        assert_eq!(
            FlatValue::flatten("p", &0.1_f32),
            Ok(FlatValue::Scalar("0.1".to_owned()))
        );
    }

    #[test]
    fn unreserved_characters_are_not_encoded() {
        assert_eq!(percent_encode("aZ09-._~"), "aZ09-._~");
        assert_eq!(percent_encode("a b/ü%+"), "a%20b%2F%C3%BC%25%2B");
    }
}
