//! The style `deepObject`, extended to nested values.
//!
//! OpenAPI defines `deepObject` for objects of scalars: `color[R]=100`. Nested values continue in the
//! same way, and list items are numbered from zero: `items[0][price]=5`. Servers that declare the
//! style for nested values accept this form, and only numbers keep the members of one item together.

use serde::Serialize;
use serde_json::Value;

use super::value::json_text;
use crate::RequestError;

/// Converts a value to JSON. It goes through text, because `serde_json::to_value` widens `0.1_f32`.
pub(crate) fn to_json<T: Serialize + ?Sized>(name: &str, value: &T) -> Result<Value, RequestError> {
    let error = |_| RequestError::Value {
        name: name.to_owned(),
    };
    serde_json::from_str(&json_text(name, value)?).map_err(error)
}

/// Lists the scalars in a value with their names; neither is encoded. `null` and empty lists and
/// objects are left out.
pub(crate) fn name_pairs(name: &str, value: Value) -> Vec<(String, String)> {
    let text = match value {
        Value::Null => return Vec::new(),
        Value::Array(items) => {
            let items = items.into_iter().filter(|item| !item.is_null());
            let items = items.enumerate();
            return items
                .flat_map(|(index, item)| name_pairs(&format!("{name}[{index}]"), item))
                .collect();
        }
        Value::Object(members) => {
            let mut members: Vec<(String, Value)> = members.into_iter().collect();
            // `serde_json` sorts its maps unless another crate enables `preserve_order`.
            members.sort_by(|one, other| one.0.cmp(&other.0));
            let members = members.into_iter();
            return members
                .flat_map(|(key, member)| name_pairs(&format!("{name}[{key}]"), member))
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

    use super::name_pairs;

    #[test]
    fn names_have_brackets_at_any_depth() {
        let value = json!({"b": [{"c": 1, "d": null}, null, {"c": true}], "a": "x", "e": {}});
        let text = |(name, value): (String, String)| format!("{name}={value}");
        let actual: Vec<String> = name_pairs("p", value).into_iter().map(text).collect();
        assert_eq!(actual, ["p[a]=x", "p[b][0][c]=1", "p[b][1][c]=true"]);
        assert_eq!(
            name_pairs("p", json!(5)),
            [("p".to_owned(), "5".to_owned())]
        );
    }
}
