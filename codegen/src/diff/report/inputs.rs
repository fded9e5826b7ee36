//! The input files and tools that changed.

use std::collections::{BTreeMap, BTreeSet};

use super::super::side::Side;
use super::data::InputChange;
use crate::lock::sha256;
use crate::source::Source;

/// Compares the version of the document, the hashes of the files, and the versions of the tools.
pub(super) fn changed_inputs(old: &Side<'_>, new: &Side<'_>) -> Vec<InputChange> {
    let version = |side: &Side<'_>| {
        let version = side.modelled.model.version.clone();
        BTreeMap::from([("version of the document".to_owned(), version)])
    };
    let mut changes = compare(&version(old), &version(new));
    changes.extend(compare(&hashes(old), &hashes(new)));
    changes.extend(compare(&old.tools, &new.tools));
    changes
}

fn compare(old: &BTreeMap<String, String>, new: &BTreeMap<String, String>) -> Vec<InputChange> {
    let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let pairs = names.into_iter().map(|name| InputChange {
        name: name.clone(),
        before: old.get(name).cloned(),
        after: new.get(name).cloned(),
    });
    pairs.filter(|pair| pair.before != pair.after).collect()
}

fn hashes(side: &Side<'_>) -> BTreeMap<String, String> {
    let hash = |source: &Source| {
        let mut hash = sha256(&source.bytes);
        hash.truncate(8);
        hash
    };
    let sources = side.sources.iter();
    sources
        .map(|source| (source.name.clone(), hash(source)))
        .collect()
}
