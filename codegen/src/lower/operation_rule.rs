//! The types of a rule for operations: its row and its result.

use super::operation_draft::Draft;
use crate::pointer::Pointer;
use crate::report::Rule;

/// Where a rule applied, and what exactly.
pub(super) struct Application {
    pub(super) place: Pointer,
    pub(super) detail: String,
}

impl Application {
    pub(super) fn new(place: &Pointer, detail: impl Into<String>) -> Self {
        Self {
            place: place.clone(),
            detail: detail.into(),
        }
    }
}

/// A row of the table of rules for operations.
pub(super) struct OperationRule {
    /// Its name, what it does, and what is lost.
    pub(super) rule: &'static Rule,
    /// Changes an operation where the rule applies; says where.
    pub(super) apply: fn(&mut Draft<'_>) -> Vec<Application>,
    /// Why the row is at this position.
    pub(super) order: &'static str,
}
