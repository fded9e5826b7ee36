//! The values of an enum.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::model::EnumValue;
use crate::name::{Scope, pascal};
use crate::pointer::Pointer;
use crate::report::Report;

/// The variants of an `enum`; a value that is listed twice is one value.
pub(super) fn enum_values(
    values: &[Value],
    pointer: &Pointer,
    report: &mut Report,
) -> Vec<EnumValue> {
    let mut scope = Scope::of_variants();
    let mut listed: Vec<EnumValue> = Vec::new();
    let mut known: BTreeSet<&str> = BTreeSet::new();
    for (index, wire) in values.iter().filter_map(Value::as_str).enumerate() {
        if known.insert(wire) {
            let place = pointer.child("enum").child(index);
            let rust = scope.add(&pascal(wire), wire, &place, report);
            listed.push(EnumValue {
                wire: wire.to_owned(),
                rust,
            });
        }
    }
    listed
}
