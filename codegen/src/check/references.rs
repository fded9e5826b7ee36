//! Checks that references lead to an object of the right kind.

use serde_json::Value;

use super::context::Context;
use super::reference_chain::why_endless;
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
        return not_local(context, object, reference, &place);
    };
    let Some(target) = Pointer::parse(reference) else {
        let message = format!("`#{fragment}` is not a JSON Pointer");
        context.diagnose(&diagnostics::INVALID_REFERENCE, &place, message);
        return None;
    };
    if target.get(context.root).is_none() {
        dangling(context, reference, &target, &place);
        return None;
    }
    if let Some(found) = kind_of(&target).filter(|found| found.name != object.name) {
        let message = format!("`{reference}` is a {}, not a {}", found.name, object.name);
        context.diagnose(&diagnostics::WRONG_REFERENCE, &place, message);
        return None;
    }
    if target == Pointer::root() {
        let message = format!("`#` is the whole document, not a {}", object.name);
        context.diagnose(&diagnostics::WRONG_REFERENCE, &place, message);
        return None;
    }
    if let Some(message) = why_endless(context.root, holder) {
        let message = format!("`{}` leads {message}", as_written(reference));
        context.diagnose(&diagnostics::REFERENCE_CYCLE, &place, message);
        return None;
    }
    kind_of(&target).is_none().then_some(target)
}

fn not_local(
    context: &mut Context<'_>,
    object: &'static Object,
    reference: &str,
    place: &Pointer,
) -> Option<Pointer> {
    let component = object.component.unwrap_or_default();
    let named = Pointer::root().join(["components", component, reference]);
    let diagnostic = match named.get(context.root) {
        Some(_) => context
            .diagnostic(
                &diagnostics::INVALID_REFERENCE,
                place,
                format!("`{reference}` is a name, not a reference"),
            )
            .help(format!("write `#{named}`")),
        None => context.diagnostic(
            &diagnostics::EXTERNAL_REFERENCE,
            place,
            format!("`{reference}` is in another document"),
        ),
    };
    context.push(diagnostic);
    None
}

fn dangling(context: &mut Context<'_>, reference: &str, target: &Pointer, place: &Pointer) {
    let message = format!("`{reference}` leads nowhere");
    let mut diagnostic = context.diagnostic(&diagnostics::DANGLING_REFERENCE, place, message);
    let siblings = target.parent().and_then(|parent| parent.get(context.root));
    if let (Some(Value::Object(siblings)), Some(name)) = (siblings, target.last())
        && context.report.diagnostics.len() < MAX_SUGGESTIONS
        && let [near, ..] = nearest(name, siblings.keys().cloned()).as_slice()
    {
        diagnostic = diagnostic.help(format!("add `{name}`, or did you mean `{near}`?"));
    }
    context.push(diagnostic);
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
