//! The values of an enum.

use std::collections::BTreeSet;

use crate::model::EnumValue;
use crate::name::{Scope, pascal};
use crate::pointer::Pointer;
use crate::report::Report;

/// The variants of an `enum`; a value that is listed twice is one value.
pub(super) fn enum_values(
    values: &[String],
    pointer: &Pointer,
    report: &mut Report,
) -> Vec<EnumValue> {
    let mut scope = Scope::of_variants();
    let mut listed: Vec<EnumValue> = Vec::new();
    let mut known: BTreeSet<&str> = BTreeSet::new();
    for (index, wire) in values.iter().enumerate() {
        if known.insert(wire.as_str()) {
            let place = pointer.child("enum").child(index);
            let rust = scope.add(&pascal(wire), wire, &place, report);
            listed.push(EnumValue {
                wire: wire.clone(),
                rust,
            });
        }
    }
    listed
}
