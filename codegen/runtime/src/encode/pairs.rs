//! The `form` style, which query parameters, cookies and form bodies share.

use super::value::{FlatValue, interleave, join, join_pairs, percent_encode};

/// Encodes a value as `name=value` pairs; `None` if it is absent. `separator` is put between the pairs
/// of an exploded value, `delimiter` between the items of one that is not exploded.
pub(super) fn pairs(
    name: &str,
    value: &FlatValue,
    explode: bool,
    separator: &str,
    delimiter: &str,
) -> Option<String> {
    let name = percent_encode(name);
    Some(match value {
        FlatValue::Absent => return None,
        FlatValue::Scalar(text) => format!("{name}={}", percent_encode(text)),
        FlatValue::List(items) if explode => {
            let pairs: Vec<String> = items
                .iter()
                .map(|item| format!("{name}={}", percent_encode(item)))
                .collect();
            pairs.join(separator)
        }
        FlatValue::List(items) => format!("{name}={}", join(items, delimiter)),
        FlatValue::Object(members) if explode => join_pairs(members, separator),
        FlatValue::Object(members) => format!("{name}={}", join(interleave(members), delimiter)),
    })
}
