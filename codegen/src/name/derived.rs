//! Names that follow from others of the model, and are unique because those are.
//!
//! Each is a name with an end of its own. Where the result is taken, the end is repeated in other
//! words until it is free: so no two of them can meet.

use std::collections::{BTreeMap, BTreeSet};

use super::Scope;
use crate::model::{Field, Model};
use crate::pointer::Pointer;
use crate::report::Report;

/// The setter of an optional member.
pub(crate) fn setter(field: &Field) -> String {
    format!("with_{}", field.rust)
}

/// The setter that sends `null` for a member.
pub(crate) fn null_setter(field: &Field, fields: &[Field]) -> String {
    // A keyword's underscore would stand in the middle.
    let name = format!("{}_null", field.rust.trim_end_matches('_'));
    let is_taken = |name: &str| fields.iter().any(|field| field.rust == name);
    format!("with_{}", until_free(name, "_value", is_taken))
}

/// The struct of a type's required members, which its constructor takes.
pub(crate) fn companion(name: &str, model: &Model) -> String {
    let is_taken = |name: &str| model.types.contains_key(name);
    until_free(format!("{name}Required"), "Members", is_taken)
}

/// The variant of an enum for what the document does not list.
pub(crate) fn unknown<'a>(variants: impl Iterator<Item = &'a str> + Clone) -> String {
    let is_taken = |name: &str| variants.clone().any(|variant| variant == name);
    until_free("Unknown".to_owned(), "Value", is_taken)
}

fn until_free(mut name: String, end: &str, is_taken: impl Fn(&str) -> bool) -> String {
    while is_taken(&name) {
        name.push_str(end);
    }
    name
}

/// The feature of each module. Those that need no other name than their own have it.
pub(crate) fn features<'a>(modules: &BTreeSet<&'a str>) -> BTreeMap<&'a str, String> {
    let mut scope = Scope::of_features();
    let named = |module: &&'a str| (module.replace('_', "-"), *module);
    let (own, extended): (Vec<_>, Vec<_>) = modules
        .iter()
        .map(named)
        .partition(|(name, _)| !scope.reserves(name));
    let all = own.into_iter().chain(extended);
    let (place, quiet) = (Pointer::root(), &mut Report::default());
    all.map(|(name, module)| (module, scope.add(&name, module, &place, quiet)))
        .collect()
}
