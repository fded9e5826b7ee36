//! The modules of operations, one for each tag.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::operation::Face;
use super::{Module, Part, doc, mentions};
use crate::model::Model;
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
    let mut items = TokenStream::new();
    let operations = model.operations.iter().enumerate();
    for (index, operation) in operations.filter(|(_, operation)| operation.module == name) {
        items.extend(Face::new(index, operation, rewritten, model)?.emit());
    }
    let own = match mentions(&items, "types") {
        true => quote!(
            use crate::{Client, types};
        ),
        false => quote!(
            use crate::Client;
        ),
    };
    let runtime = match mentions(&items, "encode") {
        true => quote!(
            use openapi_client_runtime::{self as runtime, encode};
        ),
        false => quote!(
            use openapi_client_runtime as runtime;
        ),
    };
    Ok(Module {
        doc: about(name, model),
        attributes: Vec::new(),
        parts: vec![Part::always(quote! {
            #own
            #runtime
            #items
        })],
    })
}

/// What a module is about: the tag that its operations share.
fn about(name: &str, model: &Model) -> String {
    let first = model
        .operations
        .iter()
        .find(|operation| operation.module == name);
    match first.and_then(|operation| operation.tag.as_deref()) {
        Some(tag) => format!("The operations tagged “{}”.", doc::line(tag)),
        None => "The operations without a tag.".to_owned(),
    }
}
