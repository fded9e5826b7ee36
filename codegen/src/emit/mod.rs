//! What progenitor does not make: the client, each operation's face, its errors and decoding,
//! enums, unions, secrets, constructors.

mod client;
pub(crate) mod constant;
mod constructor;
mod enumeration;
mod form_body;
mod library;
pub(crate) mod manifest;
mod module;
mod operation;
mod request;
mod responses;
mod types;
mod union;

use proc_macro2::TokenStream;

use crate::model::Model;
use crate::print::Printed;
use crate::prose::Doc;
use crate::rewrite::Rewritten;
pub(crate) use constructor::POSITIONAL;
pub(crate) use enumeration::unknown_variant;
pub(crate) use union::{order_counts, unknown_branch};

/// A source file before it is printed.
pub(crate) struct Module<'a> {
    /// Relative to `src/`.
    pub(crate) path: String,
    /// The `//!` lines at its head.
    pub(crate) doc: Doc,
    /// What goes for the whole file.
    pub(crate) attributes: Vec<syn::Attribute>,
    /// What it imports, which depends on what its parts mention.
    pub(crate) imports: fn(&[Printed]) -> TokenStream,
    /// Its items, in order, emitted when they are asked for: what is emitted is large.
    pub(crate) parts: Box<dyn Iterator<Item = Result<Part, String>> + 'a>,
}

/// Items of a source file.
pub(crate) struct Part {
    /// When they are compiled, unless always.
    pub(crate) condition: Option<syn::Attribute>,
    /// The items that come first, which typify declared: they are syntax trees already.
    pub(crate) declared: Vec<syn::Item>,
    /// The items.
    pub(crate) items: TokenStream,
}

impl Part {
    /// Items that are the whole of a module.
    fn alone<'a>(items: TokenStream) -> Box<dyn Iterator<Item = Result<Self, String>> + 'a> {
        Box::new(std::iter::once(Ok(Self::always(items))))
    }

    /// Items that are always there.
    fn always(items: TokenStream) -> Self {
        Self {
            condition: None,
            declared: Vec::new(),
            items,
        }
    }
}

/// Emits every module, one after the other, so that none has to be kept.
///
/// # Errors
///
/// A name that is no identifier or a probe that progenitor did not type: a defect of a stage
/// before. The first error of `take` as well.
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
