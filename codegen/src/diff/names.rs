//! How changes name operations and their Rust items.

use crate::model::Operation;

/// Returns the operation as a reviewer names it: `` `GET /pets` ``.
pub(super) fn operation_title(operation: &Operation) -> String {
    format!("`{} {}`", operation.method, operation.path)
}

/// Returns the path of an item in the module of an operation: `pets::ListPets`.
pub(super) fn module_item(operation: &Operation, name: &str) -> String {
    format!("{}::{name}", operation.module)
}

/// Returns the path of the method of an operation: `Client::list_pets`.
pub(super) fn method_item(operation: &Operation) -> String {
    format!("Client::{}", operation.rust)
}

/// Returns the path of a named type: `types::Pet`.
pub(super) fn type_item(name: &str) -> String {
    format!("types::{name}")
}
