//! Emits the modules of operations, one per tag.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::operation::OperationEmitter;
use super::type_usage::uses_types;
use crate::model::{Model, Operation};
use crate::print::{Module, Part};
use crate::prose::{Doc, Words};
use crate::rewrite::Rewritten;

/// Returns the modules of operations by name, each with the indices of its operations.
pub(super) fn modules(model: &Model) -> BTreeMap<&str, Vec<usize>> {
    let mut modules: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, operation) in model.operations.iter().enumerate() {
        modules.entry(&operation.module).or_default().push(index);
    }
    modules
}

/// Emits the module of these operations.
pub(super) fn module<'a>(
    name: &str,
    operations: Vec<usize>,
    rewritten: &'a Rewritten,
    model: &'a Model,
) -> Module<'a> {
    let operations = operations.into_iter();
    let operations: Vec<(usize, &Operation)> = operations
        .filter_map(|index| Some((index, model.operations.get(index)?)))
        .collect();
    let first = operations.first().map(|(_, operation)| *operation);
    let uses_types = operations
        .iter()
        .any(|(_, operation)| uses_types(operation));
    let parts = operations.into_iter().map(|(index, operation)| {
        let emitter = OperationEmitter::new(index, operation, rewritten, model)?;
        Ok(Part::always(emitter.emit()))
    });
    Module {
        path: format!("{name}.rs"),
        doc: about(first),
        attributes: Vec::new(),
        imports: imports(uses_types),
        parts: Box::new(parts),
    }
}

/// Imports the client, the runtime with its encoders, and the module of types if it is used.
fn imports(uses_types: bool) -> TokenStream {
    let own = if uses_types {
        quote!(
            use crate::{Client, types};
        )
    } else {
        quote!(
            use crate::Client;
        )
    };
    quote! {
        #own
        use openapi_client_runtime::{self as runtime, encode};
    }
}

/// The documentation of a module: the tag that its operations share.
fn about(first: Option<&Operation>) -> Doc {
    match first.and_then(|operation| operation.tag.as_deref()) {
        Some(tag) => {
            let words = Words::default().say("The operations tagged “");
            Doc::of(words.plain(tag).say("”."))
        }
        None => Doc::default().ours("The operations without a tag."),
    }
}
