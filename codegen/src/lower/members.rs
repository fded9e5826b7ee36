//! Reads the members of an object of the document.

use serde_json::{Map, Value};

/// The text of a member; `None` where there is none.
pub(super) fn text<'a>(object: &'a Map<String, Value>, name: &str) -> Option<&'a str> {
    object.get(name).and_then(Value::as_str)
}

/// Whether a member is `true`.
pub(super) fn is_set(object: &Map<String, Value>, name: &str) -> bool {
    object.get(name) == Some(&Value::Bool(true))
}
