//! References, which are rewritten when everything has moved.

use std::collections::BTreeSet;

use serde_json::Value;

use super::conversion::{Conversion, Kind};
use super::media_types::Defaults;
use super::spot::Spot;
use super::{parameter, path_item, response, schema};
use crate::pointer::Pointer;

/// The members of the root below which everything has been converted.
const CONVERTED: [&str; 2] = ["paths", "components"];

/// Makes every reference lead to where its target has moved. A target outside of what Swagger 2.0
/// has places for is converted where it is.
pub(super) fn rewrite(conversion: &mut Conversion<'_>, root: &mut Value, defaults: &Defaults) {
    let mut seen = BTreeSet::new();
    while let Some((holder, kind)) = conversion.references.pop() {
        let holder = holder.get_mut(root).and_then(Value::as_object_mut);
        let Some(Value::String(reference)) = holder.and_then(|holder| holder.get_mut("$ref"))
        else {
            continue;
        };
        let Some(from) = Pointer::of_reference(reference) else {
            continue;
        };
        let to = conversion.place_of(&from);
        if to != from {
            *reference = to.to_reference();
            continue;
        }
        let first = to.tokens().first().map(String::as_str);
        if first.is_none_or(|first| CONVERTED.contains(&first)) {
            continue;
        }
        if seen.insert((to.clone(), kind)) {
            in_place(conversion, root, kind, &to, defaults);
        }
    }
}

fn in_place(
    conversion: &mut Conversion<'_>,
    root: &mut Value,
    kind: Kind,
    at: &Pointer,
    defaults: &Defaults,
) {
    let (Some(old), Some(node)) = (at.get(conversion.old), at.get_mut(root)) else {
        return;
    };
    let spot = Spot {
        from: at.clone(),
        to: at.clone(),
    };
    *node = match kind {
        Kind::Schema => schema::copied(conversion, old, &spot),
        Kind::Parameter => parameter::convert(conversion, old, &spot),
        Kind::Response => response::convert(conversion, old, &defaults.produces, defaults, &spot),
        Kind::PathItem => path_item::convert(conversion, old, defaults, &spot),
    };
}
