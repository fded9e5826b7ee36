//! The modules of operations, one for each tag.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::operation::Face;
use super::{Module, Part};
use crate::model::{Model, Operation};
use crate::print::{Printed, mentioned};
use crate::prose::{Doc, Words};
use crate::rewrite::Rewritten;

/// The modules that hold operations, by name, with the indices of theirs.
pub(super) fn modules(model: &Model) -> BTreeMap<&str, Vec<usize>> {
    let mut modules: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, operation) in model.operations.iter().enumerate() {
        modules.entry(&operation.module).or_default().push(index);
    }
    modules
}

/// One module's operations.
pub(super) fn module<'a>(
    name: &str,
    operations: Vec<usize>,
    rewritten: &'a Rewritten,
    model: &'a Model,
) -> Module<'a> {
    let first = operations.first().and_then(|it| model.operations.get(*it));
    let about = about(first);
    let operations = operations.into_iter();
    let operations = operations.filter_map(|index| Some((index, model.operations.get(index)?)));
    let parts = operations.map(|(index, operation)| {
        let face = Face::new(index, operation, rewritten, model)?;
        Ok(Part::always(face.emit()))
    });
    Module {
        path: format!("{name}.rs"),
        doc: about,
        attributes: Vec::new(),
        imports,
        parts: Box::new(parts),
    }
}

fn imports(printed: &[Printed]) -> TokenStream {
    let own = if mentioned(printed, "types") {
        quote!(
            use crate::{Client, types};
        )
    } else {
        quote!(
            use crate::Client;
        )
    };
    let runtime = if mentioned(printed, "encode") {
        quote!(
            use openapi_client_runtime::{self as runtime, encode};
        )
    } else {
        quote!(
            use openapi_client_runtime as runtime;
        )
    };
    quote!(#own #runtime)
}

/// What a module is about: the tag that its operations share.
fn about(first: Option<&Operation>) -> Doc {
    match first.and_then(|operation| operation.tag.as_deref()) {
        Some(tag) => {
            let words = Words::default().say("The operations tagged “");
            Doc::of(words.plain(tag).say("”."))
        }
        None => Doc::default().ours("The operations without a tag."),
    }
}
