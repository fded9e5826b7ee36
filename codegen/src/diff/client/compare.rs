//! Compares the packaging, environments, credentials, constant headers and token sources.

use super::super::change::{Change, Changes, Origin};
use super::super::matching::MatchedModels;
use super::super::rules;
use super::{constant_headers, credentials, environments, token_sources};
use crate::pointer::Pointer;
use crate::source::Input;

/// Compares what belongs to the client as a whole.
pub(in crate::diff) fn compare(models: &MatchedModels<'_>, changes: &mut Changes) {
    package(models, changes);
    environments::compare(models, changes);
    credentials::compare(models, changes);
    constant_headers::compare(models, changes);
    token_sources::compare(models, changes);
}

fn package(models: &MatchedModels<'_>, changes: &mut Changes) {
    let (old, new) = (&models.old.package.name, &models.new.package.name);
    if old == new {
        return;
    }
    let at = Origin::in_new(&Pointer::root().join(["package", "name"]));
    let at = at.in_input(Input::Config);
    let change = Change::new(&rules::PACKAGE_RENAMED, at, format!("`{old}` → `{new}`"));
    let import = |name: &str| format!("use {}::Client;", name.replace('-', "_"));
    changes.push(change.usage(import(old), Some(import(new))));
}
