//! Checks that references lead to an object of the right kind.

use serde_json::Value;

use super::context::Context;
use super::reference_chain::why_endless;
use super::repair::Repair;
use super::stand_ins;
use crate::diagnostics;
use crate::objects::{Object, component};
use crate::pointer::Pointer;
use crate::select::COPIES;
use crate::suggest::nearest;

/// Number of diagnostics after which no more suggestions are made: each compares every name.
const MAX_SUGGESTIONS: usize = 100;

/// Checks one reference. Returns its target if that is not a whole component, so that the walk
/// through the components does not visit it.
pub(super) fn check(
    context: &mut Context<'_>,
    object: &'static Object,
    reference: &str,
    holder: &Pointer,
) -> Option<Pointer> {
    let place = holder.child("$ref");
    let Some(fragment) = reference.strip_prefix('#') else {
        not_local(context, object, reference, holder);
        return None;
    };
    let Some(target) = Pointer::parse(reference) else {
        let message = format!("`#{fragment}` is not a JSON Pointer");
        let repair = stand_ins::unknown(object, holder);
        context.fault(&diagnostics::INVALID_REFERENCE, &place, message, repair);
        return None;
    };
    let Some(found) = target.get(context.root) else {
        dangling(context, object, reference, &target, holder);
        return None;
    };
    if let Some(kind) = kind_of(&target).filter(|kind| kind.name != object.name) {
        let message = format!("`{reference}` is a {}, not a {}", kind.name, object.name);
        let repair = match stand_ins::converted(object, kind, found, reference) {
            Some(meant) => Repair::mended(format!("read as the {} that it has", object.name))
                .put_copy(holder.clone(), meant),
            None => stand_ins::unknown(object, holder),
        };
        context.fault(&diagnostics::WRONG_REFERENCE, &place, message, repair);
        return None;
    }
    if target == Pointer::root() {
        let message = format!("`#` is the whole document, not a {}", object.name);
        let repair = stand_ins::unknown(object, holder);
        context.fault(&diagnostics::WRONG_REFERENCE, &place, message, repair);
        return None;
    }
    if let Some(message) = why_endless(context.root, holder) {
        let message = format!("`{}` leads {message}", as_written(reference));
        let repair = stand_ins::unknown(object, holder);
        context.fault(&diagnostics::REFERENCE_CYCLE, &place, message, repair);
        return None;
    }
    kind_of(&target).is_none().then_some(target)
}

fn not_local(
    context: &mut Context<'_>,
    object: &'static Object,
    reference: &str,
    holder: &Pointer,
) {
    let place = holder.child("$ref");
    let Some(named) = stand_ins::named(context.root, object, reference) else {
        let message = format!("`{reference}` is in another document");
        let repair = stand_ins::unknown(object, holder);
        context.fault(&diagnostics::EXTERNAL_REFERENCE, &place, message, repair);
        return;
    };
    let message = format!("`{reference}` is a name, not a reference");
    let diagnostic = context
        .diagnostic(&diagnostics::INVALID_REFERENCE, &place, message)
        .help(format!("write `#{named}`"));
    let meant = named.to_reference();
    let repair = Repair::mended(format!("read as `{meant}`")).put(place.clone(), meant);
    context.push_fault(diagnostic, &place, repair);
}

fn dangling(
    context: &mut Context<'_>,
    object: &'static Object,
    reference: &str,
    target: &Pointer,
    holder: &Pointer,
) {
    let place = holder.child("$ref");
    let message = format!("`{reference}` leads nowhere");
    let mut diagnostic = context.diagnostic(&diagnostics::DANGLING_REFERENCE, &place, message);
    let siblings = target.parent().and_then(|parent| parent.get(context.root));
    if let (Some(Value::Object(siblings)), Some(name)) = (siblings, target.last())
        && context.faults.len() < MAX_SUGGESTIONS
        && let [near, ..] = nearest(name, siblings.keys().cloned()).as_slice()
    {
        diagnostic = diagnostic.help(format!("add `{name}`, or did you mean `{near}`?"));
    }
    let repair = stand_ins::unknown(object, holder);
    context.push_fault(diagnostic, &place, repair);
}

/// Returns a reference as its author wrote it, before its target was copied.
fn as_written(reference: &str) -> String {
    reference.replacen(&format!("#/{COPIES}/"), "#/", 1)
}

/// Returns the kind of object at a pointer to a whole component.
fn kind_of(target: &Pointer) -> Option<&'static Object> {
    match target.tokens() {
        [components, kind, _] if components == "components" => component(kind),
        [copies, components, kind, _] if copies == COPIES && components == "components" => {
            component(kind)
        }
        _ => None,
    }
}
