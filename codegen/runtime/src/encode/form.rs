//! The `form` style, which query parameters, cookies and form bodies share.

use std::collections::BTreeMap;

use serde::Serialize;

use super::deep;
use super::query::{QueryStyle, styled};
use super::value::{Value, interleave, join, join_pairs, percent};
use crate::RequestError;

/// `name=value` pairs, or `None` where the value is absent. `separator` goes between the pairs of
/// an exploded value, `between` between the items of one that is not.
pub(super) fn pairs(
    name: &str,
    value: &Value,
    explode: bool,
    separator: &str,
    between: &str,
) -> Option<String> {
    let name = percent(name);
    Some(match value {
        Value::Absent => return None,
        Value::Primitive(text) => format!("{name}={}", percent(text)),
        Value::List(items) if explode => {
            let pairs: Vec<String> = items
                .iter()
                .map(|item| format!("{name}={}", percent(item)))
                .collect();
            pairs.join(separator)
        }
        Value::List(items) => format!("{name}={}", join(items, between)),
        Value::Object(members) if explode => join_pairs(members, separator),
        Value::Object(members) => format!("{name}={}", join(interleave(members), between)),
    })
}

/// A property of a form body whose encoding is declared (OpenAPI "Encoding Object"): its name, its
/// style, whether it is exploded.
pub type FormProperty<'a> = (&'a str, QueryStyle, bool);

/// The text of an `application/x-www-form-urlencoded` body whose document declares no encoding.
///
/// # Errors
///
/// As [`form_body_as`].
pub fn form_body<T: Serialize + ?Sized>(value: &T) -> Result<String, RequestError> {
    form_body_as(value, &[])
}

/// The text of an `application/x-www-form-urlencoded` body: the members of the object in the order
/// of their names, absent ones left out.
///
/// A member whose encoding is declared goes by that. Of the others a list is a pair per item, and an
/// object is JSON text. A space is `%20`, which whoever reads `+` as a space reads as well.
///
/// # Errors
///
/// [`RequestError::Value`] if the value is no object, or a member does not fit its style.
pub fn form_body_as<T: Serialize + ?Sized>(
    value: &T,
    declared: &[FormProperty<'_>],
) -> Result<String, RequestError> {
    let members = members(value)?;
    let mut body = String::new();
    for (name, member) in members {
        let text = match declared.iter().find(|(property, _, _)| *property == name) {
            Some((_, style, explode)) => styled(&name, &member, *style, *explode)?,
            None => pairs(&name, &undeclared(member), true, "&", ","),
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

/// The members of an object by name.
fn members<T: Serialize + ?Sized>(
    value: &T,
) -> Result<BTreeMap<String, serde_json::Value>, RequestError> {
    match deep::tree("body", value)? {
        // Sorted here too: the map keeps another order under `preserve_order`.
        serde_json::Value::Object(members) => Ok(members.into_iter().collect()),
        _ => Err(RequestError::Value {
            name: "body".to_owned(),
        }),
    }
}

/// How a value goes whose encoding is not declared: each item of a list, and JSON for an object.
fn undeclared(member: serde_json::Value) -> Value {
    match member {
        serde_json::Value::Null => Value::Absent,
        serde_json::Value::Array(items) => {
            let items: Vec<String> = items.into_iter().filter_map(plain).collect();
            if items.is_empty() {
                Value::Absent
            } else {
                Value::List(items)
            }
        }
        other => plain(other).map_or(Value::Absent, Value::Primitive),
    }
}

/// A primitive's text, or else JSON; nothing for `null`.
pub(crate) fn plain(value: serde_json::Value) -> Option<String> {
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
