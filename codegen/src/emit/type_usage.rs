//! Whether emitted code uses the module of types, which it must import then.

use crate::model::{BodyKind, Operation, Schema};

/// Whether the Rust type of a schema contains a type of the module of types.
pub(super) fn names_type(schema: &Schema) -> bool {
    match schema {
        Schema::Ref(_) => true,
        Schema::Array(inner) | Schema::Map(inner) | Schema::Nullable(inner) => names_type(inner),
        _ => false,
    }
}

/// Whether a parameter, the body or a response of an operation uses the module of types.
pub(super) fn uses_types(operation: &Operation) -> bool {
    let mut parameters = operation.parameters.iter();
    let mut responses = operation.responses.iter();
    let body = operation.body.as_ref().filter(|body| match body.kind {
        BodyKind::Json | BodyKind::Form | BodyKind::Multipart => true,
        BodyKind::Text | BodyKind::Bytes => false,
    });
    parameters.any(|parameter| names_type(&parameter.schema))
        || body.is_some_and(|body| names_type(&body.schema))
        || responses.any(|response| {
            let body = response.body.as_ref().filter(|body| match body.kind {
                BodyKind::Json | BodyKind::Form => true,
                BodyKind::Text | BodyKind::Bytes | BodyKind::Multipart => false,
            });
            body.is_some_and(|body| names_type(&body.schema))
        })
}
