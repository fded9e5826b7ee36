//! Changes of the `deprecated` flag of operations, setters, types and fields.

use super::change::{Change, Changes, Origin};
use super::rules;
use crate::pointer::Pointer;

/// Adds a change if something became deprecated, or stopped being deprecated.
pub(super) fn compare(
    (old, new): (bool, bool),
    pointer: &Pointer,
    subject: String,
    item: &str,
    changes: &mut Changes,
) {
    let rule = match (old, new) {
        (false, true) => &rules::DEPRECATED,
        (true, false) => &rules::UNDEPRECATED,
        _ => return,
    };
    changes.push(Change::new(rule, Origin::in_new(pointer), subject).item(item));
}
