//! Compares how the client obtains bearer tokens by itself.

use super::super::change::{Change, Changes, Origin};
use super::super::matching::MatchedModels;
use super::super::names::operation_title;
use super::super::rules;
use super::super::usage_lines::argument_names;
use crate::model::{Model, TokenSource};
use crate::pointer::Pointer;
use crate::source::Input;

/// The method that makes the client obtain tokens.
const METHOD: &str = "Client::token_source";

/// Compares the token sources.
pub(super) fn compare(models: &MatchedModels<'_>, changes: &mut Changes) {
    let pointer = Pointer::root().child("token_source");
    let in_old = || Origin::in_old(&pointer).in_input(Input::Config);
    let in_new = || Origin::in_new(&pointer).in_input(Input::Config);
    match (&models.old.token_source, &models.new.token_source) {
        (None, None) => {}
        (None, Some(_)) => {
            changes.push(Change::new(&rules::TOKENS_ADDED, in_new(), "").item(METHOD));
        }
        (Some(source), None) => {
            let change = Change::new(&rules::TOKENS_REMOVED, in_old(), "").item(METHOD);
            let operation = models.old.operations.get(source.operation);
            let arguments = operation.map(argument_names).unwrap_or_default();
            let arguments = arguments.join(", ");
            changes.push(change.usage(format!("client.token_source({arguments})"), None));
        }
        (Some(old), Some(new)) => {
            let (old, new) = (settings(old, models.old), settings(new, models.new));
            for ((name, was), (_, now)) in old.into_iter().zip(new) {
                if was != now {
                    let detail = format!("{name}: {was} → {now}");
                    changes.push(Change::new(&rules::TOKENS_CHANGED, in_new(), detail));
                }
            }
        }
    }
}

/// Returns the settings of a token source, each with its name.
fn settings(source: &TokenSource, model: &Model) -> [(&'static str, String); 4] {
    let operation = |index: usize| {
        let found = model.operations.get(index);
        found.map(operation_title).unwrap_or_default()
    };
    let lifetime = source.expires_in.as_ref();
    let lifetime = lifetime.map(|name| {
        if source.always_expires {
            format!("`{name}`, which is always present")
        } else {
            format!("`{name}`, if present")
        }
    });
    let none = || "none".to_owned();
    let revoked = source.revoked_by.as_ref();
    let revoked = revoked.map(|(index, field)| format!("{} with `{field}`", operation(*index)));
    [
        ("issued by", operation(source.operation)),
        ("token", format!("`{}`", source.token)),
        ("lifetime", lifetime.unwrap_or_else(none)),
        ("revoked by", revoked.unwrap_or_else(none)),
    ]
}
