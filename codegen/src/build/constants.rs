//! Constants that members have and that are no text: numbers and truths.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::lower::CONSTANTS;
use crate::model::Constant;

/// How many names may stand for one another.
const CHAIN: usize = 64;

/// The values that a member may have: it may list them itself, or the schema that it refers to.
pub(super) fn of_member(schemas: &BTreeMap<String, Value>, member: &Value) -> Vec<Constant> {
    let mut schema = member;
    for _ in 0..CHAIN {
        if let Some(listed) = schema.get(CONSTANTS).and_then(Value::as_array) {
            let listed = listed.iter().filter_map(Constant::of);
            return listed.collect::<BTreeSet<_>>().into_iter().collect();
        }
        let target = schema.get("$ref").and_then(Value::as_str);
        let Some(target) = target.and_then(|name| schemas.get(name)) else {
            break;
        };
        schema = target;
    }
    Vec::new()
}
