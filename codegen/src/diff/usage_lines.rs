//! Lines of caller code, for the upgrade notes.

use super::rust_types::field_type;
use crate::emit::POSITIONAL;
use crate::model::{Field, Model, Operation, Parameter, Schema, Shape};
use crate::rewrite::is_patch;

/// Returns a call of the method: `client.get_pet(id)`.
pub(super) fn method_call(operation: &Operation) -> String {
    format!(
        "client.{}({})",
        operation.rust,
        argument_names(operation).join(", ")
    )
}

/// Returns a call of the method, then of a setter: `client.list_pets().limit(limit)`.
pub(super) fn setter_call(operation: &Operation, name: &str) -> String {
    format!("{}.{name}({name})", method_call(operation))
}

/// Whether a parameter is an argument of the method.
pub(super) fn is_argument(parameter: &Parameter) -> bool {
    parameter.required && parameter.constant.is_none()
}

/// Returns the names of the arguments of the method, in order.
pub(super) fn argument_names(operation: &Operation) -> Vec<String> {
    let parameters = operation.parameters.iter();
    let required = parameters.filter(|parameter| is_argument(parameter));
    let body = operation.body.iter().filter(|body| body.required);
    required
        .map(|parameter| parameter.rust.clone())
        .chain(body.map(|body| body.rust.clone()))
        .collect()
}

/// Whether a required field has a single possible value, which the constructor fills in.
pub(super) fn has_single_value(field: &Field, model: &Model) -> bool {
    let Schema::Ref(name) = &field.schema else {
        return false;
    };
    let shape = model.types.get(name).map(|definition| &definition.shape);
    let is_single = matches!(shape, Some(Shape::Enum { values }) if values.len() == 1);
    is_single && field.required
}

/// Returns a call of the constructor: `Pet::new(name)`.
pub(super) fn constructor_call(name: &str, fields: &[Field], model: &Model) -> String {
    let required = fields.iter().filter(|field| field.required);
    let arguments: Vec<&str> = required
        .filter(|field| !has_single_value(field, model))
        .map(|field| field.rust.as_str())
        .collect();
    let count = arguments.len();
    let arguments = arguments.join(", ");
    match count {
        0..=POSITIONAL => format!("{name}::new({arguments})"),
        _ => {
            let companion = crate::name::companion(name, model);
            format!("{name}::new({companion} {{ {arguments} }})")
        }
    }
}

/// Returns a line that reads a field: `let age: Option<i64> = pet.age;`.
pub(super) fn field_read(name: &str, field: &Field, in_body: bool) -> String {
    let ty = field_type(&field.schema, field.required);
    // Request bodies distinguish absence from `null`.
    let ty = if in_body && is_patch(field) {
        format!("Option<{ty}>")
    } else {
        ty
    };
    let rust = &field.rust;
    format!("let {rust}: {ty} = {}.{rust};", crate::name::snake(name))
}
