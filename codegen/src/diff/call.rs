//! Lines as callers have them, for the upgrade notes.

use crate::emit::POSITIONAL;
use crate::model::{Field, Model, Operation, Parameter, Schema, Shape};
use crate::rewrite::is_patch;

/// The method with its arguments: `client.get_pet(id)`.
pub(super) fn method(operation: &Operation) -> String {
    format!(
        "client.{}({})",
        operation.rust,
        arguments(operation).join(", ")
    )
}

/// The method with a setter behind it: `client.list_pets().limit(limit)`.
pub(super) fn setter(operation: &Operation, name: &str) -> String {
    format!("{}.{name}({name})", method(operation))
}

/// Whether a parameter is an argument of the method.
pub(super) fn is_argument(parameter: &Parameter) -> bool {
    parameter.required && parameter.constant.is_none()
}

/// The names of what the method takes, in order.
pub(super) fn arguments(operation: &Operation) -> Vec<String> {
    let required = operation.parameters.iter().filter(|it| is_argument(it));
    let body = operation.body.iter().filter(|it| it.required);
    required
        .map(|it| it.rust.clone())
        .chain(body.map(|it| it.rust.clone()))
        .collect()
}

/// Whether a member can have one value only, which the constructor knows.
pub(super) fn is_fixed(field: &Field, model: &Model) -> bool {
    let Schema::Ref(name) = &field.schema else {
        return false;
    };
    let shape = model.types.get(name).map(|definition| &definition.shape);
    let single = matches!(shape, Some(Shape::Enum { values }) if values.len() == 1);
    single && field.required
}

/// The constructor with its arguments: `Pet::new(name)`.
pub(super) fn constructor(name: &str, fields: &[Field], model: &Model) -> String {
    let required = fields.iter().filter(|it| it.required);
    let asked: Vec<&str> = required
        .filter(|it| !is_fixed(it, model))
        .map(|it| it.rust.as_str())
        .collect();
    let asked_for = asked.join(", ");
    match asked.len() {
        0..=POSITIONAL => format!("{name}::new({asked_for})"),
        _ => {
            let companion = crate::name::companion(name, model);
            format!("{name}::new({companion} {{ {asked_for} }})")
        }
    }
}

/// A member that is read: `let age: Option<i64> = pet.age;`.
pub(super) fn member(name: &str, field: &Field, in_body: bool) -> String {
    let ty = super::rust::member(&field.schema, field.required);
    // In what is sent, absence and null are apart.
    let ty = if in_body && is_patch(field) {
        format!("Option<{ty}>")
    } else {
        ty
    };
    let rust = &field.rust;
    format!("let {rust}: {ty} = {}.{rust};", crate::name::snake(name))
}
