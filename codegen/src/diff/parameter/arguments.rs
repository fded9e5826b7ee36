//! The order of the arguments of a method, the body last.

use super::super::argument_order::{
    Argument, ArgumentOrder, MisreadArgument, compare_order, describe,
};
use super::super::change::{Change, Changes, Origin};
use super::super::matching::MatchedModels;
use super::super::names::operation_title;
use super::super::rules;
use super::super::rust_types::rust_type;
use super::super::schema::with_new_names;
use super::super::usage_lines::{is_argument, method_call};
use super::names::{location_name, parameter_title};
use super::operation_pair::OperationPair;
use crate::model::{Body, BodyKind, Location, Operation, Parameter, Schema};

/// The identity of the body, which no parameter can have.
const BODY: usize = usize::MAX;

/// Compares the order of the arguments of both sides.
pub(super) fn argument_order(
    models: &MatchedModels<'_>,
    operation: &OperationPair<'_>,
) -> ArgumentOrder {
    let pairs = || operation.parameters.matched.iter();
    let is_identified = |old: &Parameter, new: &Parameter| {
        is_argument(old) && is_argument(new) && !may_be_another(old, new)
    };
    let old_identity = |parameter: &Parameter| {
        pairs().position(|(old, new)| std::ptr::eq(*old, parameter) && is_identified(old, new))
    };
    let new_identity = |parameter: &Parameter| {
        pairs().position(|(old, new)| std::ptr::eq(*new, parameter) && is_identified(old, new))
    };
    let old_type = |schema: &Schema| with_new_names(schema, models);
    compare_order(
        &arguments(operation.old, old_type, old_identity),
        &arguments(operation.new, rust_type, new_identity),
    )
}

fn arguments(
    operation: &Operation,
    ty: impl Fn(&Schema) -> String,
    identity: impl Fn(&Parameter) -> Option<usize>,
) -> Vec<Argument<'_>> {
    let parameters = operation.parameters.iter();
    let parameters = parameters.filter(|parameter| is_argument(parameter));
    let parameters = parameters.map(|parameter| Argument {
        rust: &parameter.rust,
        ty: ty(&parameter.schema),
        identity: identity(parameter),
    });
    let body = operation.body.iter().filter(|body| body.required);
    let body = body.map(|body| Argument {
        rust: &body.rust,
        ty: body_type(body, &ty),
        identity: Some(BODY),
    });
    parameters.chain(body).collect()
}

fn body_type(body: &Body, ty: impl Fn(&Schema) -> String) -> String {
    match body.kind {
        BodyKind::Text if body.schema != Schema::Secret => "String".to_owned(),
        BodyKind::Bytes => "Upload".to_owned(),
        _ => ty(&body.schema),
    }
}

/// Whether two matched arguments may be different things: an argument that is sent under another
/// name may mean something else. Names of path parameters are not sent.
pub(super) fn may_be_another(old: &Parameter, new: &Parameter) -> bool {
    is_argument(old)
        && is_argument(new)
        && old.rust != new.rust
        && (old.location, new.location) != (Location::Path, Location::Path)
}

/// Returns the pairs of arguments that replaced each other without notice of the compiler.
pub(super) fn replaced(order: &ArgumentOrder) -> Vec<&MisreadArgument> {
    match order {
        ArgumentOrder::Misread(misread) => misread
            .iter()
            .filter(|argument| argument.replaced)
            .collect(),
        ArgumentOrder::Unchanged | ArgumentOrder::RejectedByCompiler => Vec::new(),
    }
}

/// Adds changes for the order of arguments, and for arguments that replaced each other.
pub(super) fn add_order_changes(
    operation: &OperationPair<'_>,
    order: &ArgumentOrder,
    changes: &mut Changes,
) {
    let at = Origin::in_new(&operation.new.pointer.child("parameters"));
    let change = |rule, detail| {
        let change = Change::new(rule, at.clone(), detail).items(operation.methods());
        operation.with_calls(change)
    };
    let title = operation_title(operation.new);
    match order {
        ArgumentOrder::Unchanged => {}
        ArgumentOrder::RejectedByCompiler => {
            changes.push(change(&rules::ARGUMENTS_REORDERED, title));
        }
        ArgumentOrder::Misread(misread) => {
            for argument in replaced(order) {
                add_replaced(operation, argument, changes);
            }
            let moved = misread.iter().filter(|argument| !argument.replaced);
            let moved: Vec<MisreadArgument> = moved.cloned().collect();
            if !moved.is_empty() {
                let detail = format!("{title}: {}", describe(&moved));
                changes.push(change(&rules::ARGUMENTS_SWAPPED, detail));
            }
        }
    }
}

fn add_replaced(operation: &OperationPair<'_>, argument: &MisreadArgument, changes: &mut Changes) {
    let was = parameter(operation.old, &argument.given_as);
    let now = parameter(operation.new, &argument.read_as);
    let (Some(was), Some(now)) = (was, now) else {
        return;
    };
    let detail = format!(
        "{} `{}` → {}",
        location_name(was.location),
        was.wire,
        parameter_title(now, operation.new)
    );
    let at = Origin::in_new(&now.pointer);
    let change = Change::new(&rules::ARGUMENT_REPLACED, at, detail);
    let change = change.items(operation.methods()).covers([&was.pointer]);
    let before = method_call(operation.old);
    changes.push(change.usage(before, Some(method_call(operation.new))));
}

fn parameter<'o>(operation: &'o Operation, rust: &str) -> Option<&'o Parameter> {
    let mut parameters = operation.parameters.iter();
    parameters.find(|parameter| parameter.rust == rust)
}
