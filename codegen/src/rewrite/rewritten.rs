//! The stage: progenitor is run, and what it declares is rewritten.

use std::collections::BTreeMap;

use super::paths::shorten;
use super::types;
use crate::model::Model;
use crate::progenitor_adapter::{self, ProbeProperty};

/// What is kept of progenitor's output.
pub(crate) struct Rewritten {
    /// The declarations that typify made, by type, in final form.
    pub(crate) types: BTreeMap<String, Vec<syn::Item>>,
    /// The Rust type of each property of each probe, with short paths, as it is written outside `types`.
    pub(crate) probed: BTreeMap<ProbeProperty, syn::Type>,
}

/// Runs progenitor and rewrites the types that it declares.
///
/// # Errors
///
/// What in progenitor's output is not of the expected shape; what it refuses.
pub(crate) fn rewrite(model: &Model) -> Result<Rewritten, String> {
    let declared = progenitor_adapter::run(model)?;
    let mut probed = declared.probed;
    probed.values_mut().for_each(shorten);
    let types = types::types(declared.types, &declared.names, model)?;
    Ok(Rewritten { types, probed })
}
