//! Values below names in brackets: `deepObject`, carried on to any depth.
//!
//! OpenAPI defines `deepObject` for an object of primitives: `color[R]=100`. What lies deeper goes on
//! in the same way, and the items of a list are numbered from zero: `items[0][price]=5`. Servers
//! that declare the style for such values read them so, and a number is the only form that keeps the
//! members of one item together.

use serde::Serialize;
use serde_json::Value;

use super::value::json;
use crate::RequestError;

/// A value as JSON, by way of text, because `to_value` widens `0.1_f32`.
pub(crate) fn tree<T: Serialize + ?Sized>(name: &str, value: &T) -> Result<Value, RequestError> {
    let misfit = |_| RequestError::Value {
        name: name.to_owned(),
    };
    serde_json::from_str(&json(name, value)?).map_err(misfit)
}

/// The names and values of everything in a value, neither of them encoded. `null` is absent, and so
/// is a list or object without members.
pub(crate) fn pairs(name: &str, value: Value) -> Vec<(String, String)> {
    let text = match value {
        Value::Null => return Vec::new(),
        Value::Array(items) => {
            let items = items.into_iter().filter(|item| !item.is_null());
            let items = items.enumerate();
            return items
                .flat_map(|(index, item)| pairs(&format!("{name}[{index}]"), item))
                .collect();
        }
        Value::Object(members) => {
            let mut members: Vec<(String, Value)> = members.into_iter().collect();
            // The map is sorted unless another crate switches `preserve_order` on.
            members.sort_by(|one, other| one.0.cmp(&other.0));
            let members = members.into_iter();
            return members
                .flat_map(|(key, member)| pairs(&format!("{name}[{key}]"), member))
                .collect();
        }
        Value::Bool(value) => value.to_string(),
        Value::Number(value) => value.to_string(),
        Value::String(value) => value,
    };
    vec![(name.to_owned(), text)]
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::pairs;

    #[test]
    fn brackets_go_on_to_any_depth() {
        let value = json!({"b": [{"c": 1, "d": null}, null, {"c": true}], "a": "x", "e": {}});
        let text = |(name, value): (String, String)| format!("{name}={value}");
        let actual: Vec<String> = pairs("p", value).into_iter().map(text).collect();
        assert_eq!(actual, ["p[a]=x", "p[b][0][c]=1", "p[b][1][c]=true"]);
        assert_eq!(pairs("p", json!(5)), [("p".to_owned(), "5".to_owned())]);
    }
}
