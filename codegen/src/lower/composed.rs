//! Questions about schemas that are composed of others.

use serde_json::Value;

use super::context::Context;
use super::members::is_set;
use super::rule::Keywords;
use crate::keywords::UNIONS;
use crate::pointer::Pointer;

/// The branches of a union, with its keyword; of two unions the first.
pub(super) fn union_of(schema: &Keywords) -> Option<(&'static str, &Vec<Value>)> {
    UNIONS.into_iter().find_map(|keyword| {
        let branches = schema.get(keyword).and_then(Value::as_array)?;
        Some((keyword, branches))
    })
}

/// The parts of an `allOf`.
pub(super) fn parts_of(schema: &Keywords) -> &[Value] {
    let parts = schema.get("allOf").and_then(Value::as_array);
    parts.map(Vec::as_slice).unwrap_or_default()
}

/// Whether a branch of a union is a reference to one of the schemas at `places`: a parent lists its
/// children, which extend it by `allOf`.
pub(super) fn lists<'p>(
    context: &Context<'_>,
    union: &Keywords,
    places: impl IntoIterator<Item = &'p Pointer> + Clone,
) -> bool {
    let branches = union_of(union)
        .into_iter()
        .flat_map(|(_, branches)| branches);
    let mut references = branches.filter_map(|branch| branch.get("$ref")?.as_str());
    references.any(|reference| {
        let target = context.references.target(reference);
        let mut places = places.clone().into_iter();
        target.is_some_and(|target| places.any(|place| *place == target.pointer))
    })
}

/// Whether a branch extends the schema at `place` by `allOf`, directly or through its parts.
pub(super) fn takes_over(
    context: &Context<'_>,
    branch: &Value,
    place: &Pointer,
    depth: usize,
) -> bool {
    let Some(depth) = depth.checked_sub(1) else {
        return false;
    };
    let branch = context.resolve(branch).and_then(Value::as_object);
    let parts = branch.map(parts_of).unwrap_or_default();
    parts.iter().any(|part| {
        let reference = part.get("$ref").and_then(Value::as_str);
        let target = reference.and_then(|reference| context.references.target(reference));
        target.is_some_and(|target| target.pointer == *place)
            || takes_over(context, part, place, depth)
    })
}

/// Whether a schema names null itself, by `nullable` or in its list of types.
pub(super) fn names_null(schema: &Keywords) -> bool {
    let listed = schema.get("type").and_then(Value::as_array);
    is_set(schema, "nullable")
        || listed.is_some_and(|names| names.iter().any(|name| name == "null"))
}
