//! The modules of operations, one for each tag.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::operation::Face;
use super::{Module, Part};
use crate::model::Model;
use crate::print::{Printed, mentioned};
use crate::prose::{Doc, Words};
use crate::rewrite::Rewritten;

/// The modules that hold operations, by name.
pub(super) fn modules(model: &Model) -> BTreeSet<String> {
    model
        .operations
        .iter()
        .map(|operation| operation.module.clone())
        .collect()
}

/// One module's operations.
pub(super) fn module(name: &str, rewritten: &Rewritten, model: &Model) -> Result<Module, String> {
    let operations = model.operations.iter().enumerate();
    let parts = operations
        .filter(|(_, operation)| operation.module == name)
        .map(|(index, operation)| {
            let face = Face::new(index, operation, rewritten, model)?;
            Ok(Part::always(face.emit()))
        });
    Ok(Module {
        path: format!("{name}.rs"),
        doc: about(name, model),
        attributes: Vec::new(),
        imports,
        parts: parts.collect::<Result<_, String>>()?,
    })
}

fn imports(printed: &[Printed]) -> TokenStream {
    let own = match mentioned(printed, "types") {
        true => quote!(
            use crate::{Client, types};
        ),
        false => quote!(
            use crate::Client;
        ),
    };
    let runtime = match mentioned(printed, "encode") {
        true => quote!(
            use openapi_client_runtime::{self as runtime, encode};
        ),
        false => quote!(
            use openapi_client_runtime as runtime;
        ),
    };
    quote!(#own #runtime)
}

/// What a module is about: the tag that its operations share.
fn about(name: &str, model: &Model) -> Doc {
    let first = model
        .operations
        .iter()
        .find(|operation| operation.module == name);
    match first.and_then(|operation| operation.tag.as_deref()) {
        Some(tag) => {
            let words = Words::default().say("The operations tagged “");
            Doc::of(words.plain(tag).say("”."))
        }
        None => Doc::default().ours("The operations without a tag."),
    }
}
