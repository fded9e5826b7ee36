//! Compares the environments, each a variant of `Environment`.

use super::super::change::{Change, Changes, Origin};
use super::super::matching::MatchedModels;
use super::super::rules::{self, Rule};
use crate::model::Environment;
use crate::pointer::Pointer;
use crate::source::Input;

/// Compares the environments.
pub(super) fn compare(models: &MatchedModels<'_>, changes: &mut Changes) {
    let (old, new) = (&models.old.environments, &models.new.environments);
    let is_known = |list: &[Environment], rust: &str| {
        let mut environments = list.iter();
        environments.any(|environment| environment.rust == rust)
    };
    for (index, before) in old.iter().enumerate() {
        let same_name = position(new, |environment| environment.rust == before.rust);
        let same_url = || position(new, |environment| environment.url == before.url);
        match same_name {
            Some((at, after)) if after.url != before.url => {
                changes.push(moved(before, (at, after)));
            }
            Some(_) => {}
            None => changes.push(match same_url() {
                Some((_, after)) if !is_known(old, &after.rust) => renamed((index, before), after),
                _ => removed((index, before)),
            }),
        }
    }
    for (index, after) in new.iter().enumerate() {
        let mut before = old.iter();
        let is_old = before.any(|environment| {
            let is_renamed = environment.url == after.url && !is_known(new, &environment.rust);
            environment.rust == after.rust || is_renamed
        });
        if !is_old {
            let at = origin((index, after), Origin::in_new);
            let detail = format!("`{}`: {}", after.rust, after.url);
            changes.push(change(&rules::ENVIRONMENT_ADDED, at, detail).item(item(after)));
        }
    }
}

fn position(
    list: &[Environment],
    is_wanted: impl Fn(&Environment) -> bool,
) -> Option<(usize, &Environment)> {
    let mut environments = list.iter().enumerate();
    environments.find(|(_, environment)| is_wanted(environment))
}

fn moved(before: &Environment, (index, after): (usize, &Environment)) -> Change {
    let detail = format!("`{}`: {} → {}", before.rust, before.url, after.url);
    let at = origin((index, after), Origin::in_new);
    change(&rules::ENVIRONMENT_MOVED, at, detail).item(item(before))
}

fn renamed((index, before): (usize, &Environment), after: &Environment) -> Change {
    let detail = format!("`{}` → `{}`", before.rust, after.rust);
    let at = origin((index, before), Origin::in_old);
    let change = change(&rules::ENVIRONMENT_RENAMED, at, detail);
    let change = change.item(item(before)).item(item(after));
    change.usage(item(before), Some(item(after)))
}

fn removed((index, before): (usize, &Environment)) -> Change {
    let at = origin((index, before), Origin::in_old);
    let detail = format!("`{}`", before.rust);
    let change = change(&rules::ENVIRONMENT_REMOVED, at, detail);
    let custom = format!("Environment::custom(\"{}\")?", before.url);
    change.item(item(before)).usage(item(before), Some(custom))
}

/// Creates a change that accounts for the servers of the document.
fn change(rule: &'static Rule, at: Origin, detail: String) -> Change {
    Change::new(rule, at, detail).covers([&Pointer::root().child("servers")])
}

/// Returns where an environment is declared: a server of the document, or else the packaging.
fn origin(
    (index, environment): (usize, &Environment),
    side: impl Fn(&Pointer) -> Origin,
) -> Origin {
    match &environment.pointer {
        Some(pointer) => side(pointer),
        None => {
            let environments = Pointer::root().child("environments");
            side(&environments.child(index)).in_input(Input::Config)
        }
    }
}

fn item(environment: &Environment) -> String {
    format!("Environment::{}", environment.rust)
}
