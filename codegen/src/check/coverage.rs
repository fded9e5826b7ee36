//! How much of a document its faults cost.

use std::collections::BTreeSet;

use crate::pointer::Pointer;

/// The operations that faults of the document touched.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// The chosen operations, those left out included.
    pub operations: usize,
    /// The operations that are made although a node that they use is faulty, as `GET /pets`.
    pub touched: BTreeSet<String>,
    /// The operations that are not made, as `GET /pets`.
    pub left_out: BTreeSet<String>,
}

impl Coverage {
    /// Returns the number of operations that no fault touched.
    pub fn full(&self) -> usize {
        let others = self.touched.len() + self.left_out.len();
        self.operations.saturating_sub(others)
    }

    /// Records the operations that a fault touched, and those that it removed, as pointers.
    pub(super) fn add(&mut self, touched: &BTreeSet<Pointer>, left_out: &BTreeSet<Pointer>) {
        for operation in left_out.iter().map(selector) {
            self.touched.remove(&operation);
            self.left_out.insert(operation);
        }
        let touched = touched.iter().map(selector);
        let made = touched.filter(|operation| !self.left_out.contains(operation));
        self.touched.extend(made);
    }
}

/// Returns the selector of an operation, from its pointer.
pub(super) fn selector(operation: &Pointer) -> String {
    let path = operation.tokens().get(1).map_or("", String::as_str);
    let method = operation.last().unwrap_or_default();
    format!("{} {path}", method.to_uppercase())
}
