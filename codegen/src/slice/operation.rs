//! The operations of a document, by path and method.

use std::fmt;

use serde_json::Value;

use crate::parse::Parsed;
use crate::pointer::Pointer;
use crate::select::METHODS;

/// An operation, by path and method.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Operation {
    pub(super) path: String,
    pub(super) method: &'static str,
}

impl Operation {
    /// Returns the pointer to the operation.
    pub(super) fn pointer(&self) -> Pointer {
        Pointer::root().join(["paths", &self.path, self.method])
    }
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method.to_uppercase(), self.path)
    }
}

/// Returns the operations of a document, sorted by path.
pub fn operations(document: &Parsed) -> Vec<Operation> {
    listed(document.root())
}

/// Returns the operations of a tree, sorted by path.
pub(super) fn listed(root: &Value) -> Vec<Operation> {
    let items = root.get("paths").and_then(Value::as_object);
    let mut operations: Vec<Operation> = Vec::new();
    // Extensions of the Paths Object are not paths.
    let items = items.into_iter().flatten();
    for (path, item) in items.filter(|(path, _)| !path.starts_with("x-")) {
        let present = METHODS.iter().filter(|method| item.get(**method).is_some());
        operations.extend(present.map(|method| Operation {
            path: path.clone(),
            method,
        }));
    }
    operations.sort();
    operations
}
