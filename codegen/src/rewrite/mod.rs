//! Takes progenitor's output apart and keeps what is right in it.
//!
//! The declarations of types and the straight line that builds a request are kept; sending,
//! matching, hooks and its client are dropped. Every shape is matched by structure. What does not
//! match is a defect of this stage after an update of progenitor, said as such.

mod form;
mod paths;
mod request;
mod types;

use std::collections::BTreeMap;

use crate::model::Model;
use crate::progenitor_adapter::{self, Slot};

pub(crate) use paths::{localise, shorten};
pub(crate) use types::{is_patch, member_doc, option_inner, redacted_debug, type_doc};

/// What is kept of progenitor's output.
pub(crate) struct Rewritten {
    /// The declarations that typify made, by type, in final form.
    pub(crate) types: BTreeMap<String, Vec<syn::Item>>,
    /// The statements that build each operation's request, in the model's order. As text: there
    /// are many of them, and it takes a tenth of a syntax tree's memory.
    pub(crate) requests: Vec<String>,
    /// The Rust type in each slot, with short paths, as it is written outside `types`.
    pub(crate) slots: BTreeMap<Slot, syn::Type>,
}

/// Has progenitor run, and rewrites its whole output.
///
/// # Errors
///
/// What in progenitor's output is not of the expected shape; what it refuses.
pub(crate) fn rewrite(model: &Model) -> Result<Rewritten, String> {
    let mut requests = Vec::new();
    let upstream = progenitor_adapter::run(model, &mut |some, file| {
        requests.extend(request::requests(file, some, model)?);
        Ok(())
    })?;
    let mut slots = upstream.slots;
    slots.values_mut().for_each(shorten);
    let types = types::types(upstream.types, &upstream.names, model)?;
    Ok(Rewritten {
        types,
        requests,
        slots,
    })
}
