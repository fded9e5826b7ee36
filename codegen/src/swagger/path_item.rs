//! Path items (Swagger 2.0 "Path Item Object").

use serde_json::{Map, Value};

use super::conversion::{Conversion, Kind};
use super::media_types::Defaults;
use super::operation::{self, Listed};
use super::spot::Spot;
use crate::select::METHODS;

/// Returns a path item in the form of OpenAPI 3.0. A body or a form that it lists becomes that of
/// each of its operations.
pub(super) fn convert(
    conversion: &mut Conversion<'_>,
    item: &Value,
    defaults: &Defaults,
    spot: &Spot,
) -> Value {
    let Value::Object(members) = item else {
        return item.clone();
    };
    if members.get("$ref").is_some_and(Value::is_string) {
        conversion.refer(Kind::PathItem, &spot.to);
    }
    let place = spot.child("parameters");
    let shared = Listed::of(conversion, &place.from);
    let mut converted = Map::new();
    for (name, member) in members {
        let spot = spot.child(name);
        let member = match name.as_str() {
            "parameters" if member.is_array() => match shared.others(conversion, &place) {
                Some(others) => others,
                None => continue,
            },
            method if METHODS.contains(&method) => {
                operation::convert(conversion, member, &shared, defaults, &spot)
            }
            _ => member.clone(),
        };
        converted.insert(name.clone(), member);
    }
    Value::Object(converted)
}
