//! Form bodies (`application/x-www-form-urlencoded`).

use std::collections::BTreeMap;

use serde::Serialize;

use super::deep_object;
use super::pairs::pairs;
use super::query::{QueryStyle, styled};
use super::value::FlatValue;
use crate::RequestError;

/// The declared encoding of a property of a form body (OpenAPI "Encoding Object"): its name, its style,
/// and whether it is exploded.
pub type FormProperty<'a> = (&'a str, QueryStyle, bool);

/// Encodes an `application/x-www-form-urlencoded` body without declared encodings.
///
/// # Errors
///
/// Same as [`form_body_as`].
pub fn form_body<T: Serialize + ?Sized>(value: &T) -> Result<String, RequestError> {
    form_body_as(value, &[])
}

/// Encodes an `application/x-www-form-urlencoded` body: the members of an object, sorted by name.
/// `null` members are left out.
///
/// A member with a declared encoding uses it. Otherwise a list becomes one pair per item, and an object
/// becomes JSON text. A space is encoded as `%20`, which every form decoder accepts.
///
/// # Errors
///
/// [`RequestError::Value`] if the value is not an object, or a member cannot be encoded in its style.
pub fn form_body_as<T: Serialize + ?Sized>(
    value: &T,
    declared: &[FormProperty<'_>],
) -> Result<String, RequestError> {
    let members = members(value)?;
    let mut body = String::new();
    for (name, member) in members {
        let text = match declared.iter().find(|(property, _, _)| *property == name) {
            Some((_, style, explode)) => styled(&name, &member, *style, *explode)?,
            None => pairs(&name, &flatten_member(member), true, "&", ","),
        };
        if let Some(text) = text {
            if !body.is_empty() {
                body.push('&');
            }
            body.push_str(&text);
        }
    }
    Ok(body)
}

/// Returns the members of an object, sorted by name.
fn members<T: Serialize + ?Sized>(
    value: &T,
) -> Result<BTreeMap<String, serde_json::Value>, RequestError> {
    match deep_object::to_json("body", value)? {
        // `serde_json` sorts its maps unless another crate enables `preserve_order`.
        serde_json::Value::Object(members) => Ok(members.into_iter().collect()),
        _ => Err(RequestError::Value {
            name: "body".to_owned(),
        }),
    }
}

/// Flattens a member without declared encoding: a list stays a list, an object becomes JSON.
fn flatten_member(member: serde_json::Value) -> FlatValue {
    match member {
        serde_json::Value::Null => FlatValue::Absent,
        serde_json::Value::Array(items) => {
            let items: Vec<String> = items.into_iter().filter_map(text_or_json).collect();
            if items.is_empty() {
                FlatValue::Absent
            } else {
                FlatValue::List(items)
            }
        }
        other => text_or_json(other).map_or(FlatValue::Absent, FlatValue::Scalar),
    }
}

/// Converts a value to text: a string as it is, anything else as JSON. `None` for `null`.
pub(crate) fn text_or_json(value: serde_json::Value) -> Option<String> {
    match value {
        serde_json::Value::Null => None,
        serde_json::Value::String(text) => Some(text),
        other => Some(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{QueryStyle, form_body, form_body_as};

    #[test]
    fn bodies() {
        let value = json!({"b": [1, 2], "a": "x y", "c": null});
        assert_eq!(form_body(&value).as_deref(), Ok("a=x%20y&b=1&b=2"));
        assert_eq!(form_body(&json!({})).as_deref(), Ok(""));
        let nested = json!({"a": {"b": 1}, "c": [{"d": 2}]});
        let text = "a=%7B%22b%22%3A1%7D&c=%7B%22d%22%3A2%7D";
        assert_eq!(form_body(&nested).as_deref(), Ok(text));
        assert!(form_body(&json!([1])).is_err());
    }

    #[test]
    fn declared_encodings() {
        let check = |value, style, explode, expected: Option<&str>| {
            let actual = form_body_as(&json!({"p": value}), &[("p", style, explode)]);
            assert_eq!(actual.ok().as_deref(), expected);
        };
        let deep = json!({"a": {"b": [{"c": 1}]}});
        let brackets = Some("p%5Ba%5D%5Bb%5D%5B0%5D%5Bc%5D=1");
        check(deep.clone(), QueryStyle::DeepObject, true, brackets);
        check(json!(""), QueryStyle::DeepObject, true, Some("p="));
        check(json!([1, 2]), QueryStyle::Form, false, Some("p=1,2"));
        check(
            json!([1, 2]),
            QueryStyle::PipeDelimited,
            false,
            Some("p=1%7C2"),
        );
        check(json!({"R": 1}), QueryStyle::Form, true, Some("R=1"));
        check(json!(5), QueryStyle::Json, true, Some("p=5"));
        check(deep, QueryStyle::Form, true, None);
    }
}
