//! Emits all modules of a client.

use super::{client, library, module, types};
use crate::model::Model;
use crate::print::Module;
use crate::rewrite::Rewritten;

/// Emits every module and passes it to `take`, one after the other, so that none has to be kept.
///
/// # Errors
///
/// A name that is not an identifier, or a probe without a type: a defect of an earlier stage. The first
/// error of `take` as well.
pub(crate) fn emit(
    mut rewritten: Rewritten,
    model: &Model,
    take: &mut dyn FnMut(Module<'_>) -> Result<(), String>,
) -> Result<(), String> {
    let declared = std::mem::take(&mut rewritten.types);
    take(library::library(model))?;
    take(client::client(&rewritten, model)?)?;
    for (name, operations) in module::modules(model) {
        take(module::module(name, operations, &rewritten, model))?;
    }
    if model.types.is_empty() {
        Ok(())
    } else {
        take(types::types(declared, &rewritten, model))
    }
}
