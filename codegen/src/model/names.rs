//! What a model calls things.

use super::{Model, Operation, Shape, TypeDef};

impl Model {
    /// The Rust names that come from words of the document.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let types = self.types.iter();
        let types = types.flat_map(|(name, definition)| {
            let inner = inner(definition);
            std::iter::once(name.as_str()).chain(inner)
        });
        let environments = self
            .environments
            .iter()
            .map(|environment| environment.rust.as_str());
        let credentials = self
            .credentials
            .iter()
            .map(|credential| credential.rust.as_str());
        let constants = self.constants.iter().map(|constant| constant.rust.as_str());
        let operations = self.operations.iter().flat_map(of_operation);
        types
            .chain(environments)
            .chain(credentials)
            .chain(constants)
            .chain(operations)
    }
}

/// The members or variants of a type.
fn inner(definition: &TypeDef) -> Vec<&str> {
    match &definition.shape {
        Shape::Struct { fields, .. } => fields.iter().map(|field| field.rust.as_str()).collect(),
        Shape::Enum { values } => values.iter().map(|value| value.rust.as_str()).collect(),
        Shape::Union { branches, .. } => {
            branches.iter().map(|branch| branch.rust.as_str()).collect()
        }
        Shape::Secret | Shape::Alias(_) => Vec::new(),
    }
}

fn of_operation(operation: &Operation) -> impl Iterator<Item = &str> {
    let own = [operation.rust.as_str(), operation.type_name.as_str()];
    let parameters = operation
        .parameters
        .iter()
        .map(|parameter| parameter.rust.as_str());
    own.into_iter().chain(parameters)
}
