//! Emits `lib.rs`: the front page and the module declarations.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::module;
use crate::model::{Model, Shape};
use crate::name::may_be_confused;
use crate::print::{Module, Part};
use crate::prose::{Doc, Words};

/// Emits `lib.rs`.
pub(super) fn library(model: &Model) -> Module<'_> {
    let features = model.features();
    let modules: Vec<TokenStream> = module::modules(model)
        .keys()
        .map(|name| {
            let ident = format_ident!("{name}");
            let condition = features.get(name);
            let condition = condition.map(|feature| quote!(#[cfg(feature = #feature)]));
            unformatted(&quote!(#condition pub mod #ident;))
        })
        .collect();
    let types = if model.types.is_empty() {
        TokenStream::new()
    } else {
        unformatted(&quote!(
            pub mod types;
        ))
    };
    let client = unformatted(&quote!(
        mod client;
    ));
    let items = quote! {
        #client
        #(#modules)*
        #types

        pub use client::*;
        pub use openapi_client_runtime as runtime;
    };
    Module {
        path: "lib.rs".to_owned(),
        doc: front_page(model),
        attributes: [guide(model), attributes(model), letters(model)].concat(),
        imports: TokenStream::new(),
        parts: Part::alone(items),
    }
}

/// Includes the guide after the front page.
fn guide(model: &Model) -> Vec<syn::Attribute> {
    if model.package.guide {
        vec![
            syn::parse_quote!(#![doc = ""]),
            syn::parse_quote!(#![doc = include_str!("../GUIDE.md")]),
        ]
    } else {
        Vec::new()
    }
}

/// Allows the declaration of deprecated items, which the generated code itself uses.
fn attributes(model: &Model) -> Vec<syn::Attribute> {
    let fields = |shape: &Shape| match shape {
        Shape::Struct { fields, .. } => fields.iter().any(|field| field.deprecated),
        _ => false,
    };
    let in_types = model
        .types
        .values()
        .any(|definition| definition.deprecated || fields(&definition.shape));
    let in_operations = model.operations.iter().any(|operation| {
        let mut parameters = operation.parameters.iter();
        operation.deprecated || parameters.any(|parameter| parameter.deprecated)
    });
    if in_types || in_operations {
        vec![syn::parse_quote!(
            #![allow(deprecated, reason = "deprecated items are still declared")]
        )]
    } else {
        Vec::new()
    }
}

/// Allows names in other scripts. rustc warns about names that look alike anywhere in the crate; names of
/// the same item differ visibly.
fn letters(model: &Model) -> Vec<syn::Attribute> {
    if model.names().any(may_be_confused) {
        vec![syn::parse_quote!(
            #![allow(
                confusable_idents,
                mixed_script_confusables,
                reason = "names come from the API document"
            )]
        )]
    } else {
        Vec::new()
    }
}

/// Excludes a module from rustfmt, so that it stays as it was printed.
fn unformatted(module: &TokenStream) -> TokenStream {
    let skip: syn::Attribute = syn::parse_quote!(#[rustfmt::skip]);
    quote!(#skip #module)
}

/// The paragraph of the front page about the first steps.
const START: &str = "\
Start with [`Client::builder`]. Each operation is a method of [`Client`]: it takes the required
arguments and returns a request. Set optional arguments on the request, then send it with
`.send().await` or just `.await`. `.request()` builds the HTTP request without sending it.
";

/// The paragraph of the front page about the features of tags.
const TAGS: &str = "\
Each tag is a cargo feature with its operations and the types that only they need. All features
are on by default. To compile only some of them, set `default-features = false` and enable a TLS
backend (`rustls` or `native-tls`) and the tags.
";

/// Adds the table of the features of tags.
fn tags(page: Doc, model: &Model) -> Doc {
    let features = model.features();
    if features.is_empty() {
        return page;
    }
    let rows = features.iter().map(|(module, feature)| {
        [
            Words::in_cell().code(feature),
            Words::in_cell().item("", &format_ident!("{module}")),
        ]
    });
    page.ours(TAGS).table(["feature", "module"], rows)
}

/// The front page, which docs.rs shows first.
fn front_page(model: &Model) -> Doc {
    let words = Words::default().say("Client for ").plain(&model.title);
    let words = words.say(" (version ").plain(&model.version);
    let page = Doc::of(words.say(" of its document)."));
    let page = page.prose(model.description.as_deref().unwrap_or_default());
    let page = tags(page.ours(START), model);
    if model.operations.is_empty() {
        return page;
    }
    let rows = model.operations.iter().map(|operation| {
        let method = Words::in_cell().item("Client::", &format_ident!("{}", operation.rust));
        let summary = operation.summary.as_deref().unwrap_or_default();
        let request = format!("{} {}", operation.method, operation.path);
        [
            method.say(" ").prose(summary),
            Words::in_cell().code(&request),
        ]
    });
    page.table(["operation", "request"], rows)
}
