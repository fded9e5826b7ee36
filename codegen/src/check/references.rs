//! References: that they lead somewhere, and to the right kind of object.

use serde_json::Value;

use super::context::Context;
use super::reference_chain::endless;
use crate::diagnostics;
use crate::objects::{Object, component};
use crate::pointer::Pointer;
use crate::select::COPIES;
use crate::suggest::nearest;

/// After so many diagnostics nobody reads suggestions, and each costs a look at every name.
const SUGGESTIONS: usize = 100;

/// Checks one reference; gives the place that it leads to if that is no whole component, and so
/// not looked at on the way through the components.
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
        let message = format!("`#{fragment}` is no JSON Pointer");
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
    if let Some(message) = endless(context.root, holder) {
        let message = format!("`{}` leads {message}", shown(reference));
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
        && context.report.diagnostics.len() < SUGGESTIONS
        && let [near, ..] = nearest(name, siblings.keys().cloned()).as_slice()
    {
        diagnostic = diagnostic.help(format!("add `{name}`, or did you mean `{near}`?"));
    }
    context.push(diagnostic);
}

/// A reference as its author wrote it, before its target was copied.
fn shown(reference: &str) -> String {
    reference.replacen(&format!("#/{COPIES}/"), "#/", 1)
}

/// The kind of object at a pointer to a whole component.
fn kind_of(target: &Pointer) -> Option<&'static Object> {
    match target.tokens() {
        [components, kind, _] if components == "components" => component(kind),
        [copies, components, kind, _] if copies == COPIES && components == "components" => {
            component(kind)
        }
        _ => None,
    }
}
