//! The operations of a document, by path and method.

use std::fmt;

use serde_json::Value;

use crate::parse::Parsed;
use crate::pointer::Pointer;
use crate::select::METHODS;

/// An operation, by where it stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Operation {
    pub(super) path: String,
    pub(super) method: &'static str,
}

impl Operation {
    pub(super) fn pointer(&self) -> Pointer {
        Pointer::root().join(["paths", &self.path, self.method])
    }
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method.to_uppercase(), self.path)
    }
}

/// The operations of a document, by path.
pub fn operations(document: &Parsed) -> Vec<Operation> {
    listed(document.root())
}

pub(super) fn listed(root: &Value) -> Vec<Operation> {
    let items = root.get("paths").and_then(Value::as_object);
    let mut operations: Vec<Operation> = Vec::new();
    // Extensions of the Paths Object are no paths.
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
