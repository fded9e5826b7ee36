//! The `form` style, which query parameters, cookies and form bodies share.

use std::collections::BTreeMap;

use serde::Serialize;

use super::value::{Value, interleave, join, join_pairs, json, percent};
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

/// The text of an `application/x-www-form-urlencoded` body: one pair per member of the object,
/// several where the member is a list. Absent members are left out.
///
/// # Errors
///
/// [`RequestError::Value`] if the value is no object, or nested deeper than that.
pub fn form_body<T: Serialize + ?Sized>(value: &T) -> Result<String, RequestError> {
    let misfit = || RequestError::Value {
        name: "body".to_owned(),
    };
    let members = serde_json::from_str(&json("body", value)?).map_err(|_| misfit())?;
    let serde_json::Value::Object(members) = members else {
        return Err(misfit());
    };
    // Sorted here too: the map keeps another order under `preserve_order`.
    let members: BTreeMap<String, serde_json::Value> = members.into_iter().collect();
    let mut body = String::new();
    for (name, member) in members {
        let value = Value::of(&name, &member)?;
        if matches!(value, Value::Object(_)) {
            return Err(RequestError::Value { name });
        }
        if let Some(pairs) = pairs(&name, &value, true, "&", ",") {
            if !body.is_empty() {
                body.push('&');
            }
            body.push_str(&pairs);
        }
    }
    Ok(body)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::form_body;

    #[test]
    fn bodies() {
        let value = json!({"b": [1, 2], "a": "x y", "c": null});
        assert_eq!(form_body(&value).as_deref(), Ok("a=x%20y&b=1&b=2"));
        assert_eq!(form_body(&json!({})).as_deref(), Ok(""));
        assert!(form_body(&json!({"a": {"b": 1}})).is_err());
        assert!(form_body(&json!([1])).is_err());
    }
}
