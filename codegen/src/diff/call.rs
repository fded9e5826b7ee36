//! Lines as callers have them, for the upgrade notes.

use super::pair::template;
use crate::emit::POSITIONAL;
use crate::model::{Body, Field, Location, Model, Operation, Parameter, Schema, Shape};
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

/// The new method with the values that a caller of the old one has, each where it belongs.
///
/// Arguments have no names for the compiler: a value that stays where it was may mean another
/// thing.
pub(super) fn carried(old: &Operation, new: &Operation) -> String {
    let had = arguments(old);
    let mut given = Vec::new();
    for argument in new.parameters.iter().filter(|it| is_argument(it)) {
        let before = before(argument, old, new).filter(|it| is_argument(it));
        given.push(match before {
            Some(before) => before.rust.clone(),
            None if had.contains(&argument.rust) => format!("new_{}", argument.rust),
            None => argument.rust.clone(),
        });
    }
    let required = |it: &&Body| it.required;
    let bodies = [old, new].map(|it| it.body.as_ref().filter(required));
    if let [before, Some(after)] = bodies {
        given.push(before.unwrap_or(after).rust.clone());
    }
    format!("client.{}({})", new.rust, given.join(", "))
}

/// The same with a setter behind it.
pub(super) fn carried_setter(old: &Operation, new: &Operation, name: &str) -> String {
    format!("{}.{name}({name})", carried(old, new))
}

/// Whether a parameter is an argument of the method.
pub(super) fn is_argument(parameter: &Parameter) -> bool {
    parameter.required && parameter.constant.is_none()
}

/// What a parameter was: in a path what stood in its place, elsewhere what had its name.
fn before<'a>(parameter: &Parameter, old: &'a Operation, new: &Operation) -> Option<&'a Parameter> {
    let named = |place: Location, wire: &str| {
        let mut parameters = old.parameters.iter();
        parameters.find(|it| it.location == place && it.wire == wire)
    };
    if parameter.location == Location::Path && template(&old.path) == template(&new.path) {
        let at = expressions(&new.path).position(|it| it == parameter.wire)?;
        return named(Location::Path, expressions(&old.path).nth(at)?);
    }
    let same = named(parameter.location, &parameter.wire);
    same.or_else(|| old.parameters.iter().find(|it| it.wire == parameter.wire))
}

/// The names in a path, in order.
fn expressions(path: &str) -> impl Iterator<Item = &str> {
    let parts = path.split('{').skip(1);
    parts.filter_map(|part| part.split_once('}').map(|(name, _)| name))
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
    let ty = match in_body && is_patch(field) {
        true => format!("Option<{ty}>"),
        false => ty,
    };
    let rust = &field.rust;
    format!("let {rust}: {ty} = {}.{rust};", crate::name::snake(name))
}
