//! The members of a map in the order of their names: rules change maps, which keep no order then.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

/// The members of a map by name.
pub(crate) fn sorted(map: &Map<String, Value>) -> BTreeMap<&String, &Value> {
    map.iter().collect()
}
