//! Fourth stage: sorts the members of objects.
//!
//! Later stages follow the order of members, and two texts that differ only in that order must give
//! the same client. Lists keep their order, because it has a meaning in OpenAPI.

use serde_json::Value;

use crate::origins::Origins;
use crate::parse::Version;
use crate::select::Selected;

/// A selected document whose objects are sorted by name.
#[derive(Clone, Debug)]
pub struct Canonical {
    root: Value,
    version: Version,
    origins: Origins,
}

impl Canonical {
    pub(crate) fn into_parts(self) -> (Value, Version, Origins) {
        (self.root, self.version, self.origins)
    }
}

/// Sorts the members of every object of the document.
pub fn order(selected: Selected) -> Canonical {
    let (mut root, version, origins) = selected.into_parts();
    sort(&mut root);
    Canonical {
        root,
        version,
        origins,
    }
}

/// Sorts the members of every object in a tree.
pub(crate) fn sort(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.sort_keys();
            members.values_mut().for_each(sort);
        }
        Value::Array(list) => list.iter_mut().for_each(sort),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::sort;

    #[test]
    fn members_are_sorted_and_lists_keep_their_order() {
        let mut value = json!({"b": [{"d": 1, "c": 2}, "z", "a"], "a": 0});
        sort(&mut value);
        assert_eq!(value.to_string(), r#"{"a":0,"b":[{"c":2,"d":1},"z","a"]}"#);
    }
}
