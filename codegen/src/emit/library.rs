//! The crate's root: its front page and its modules.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::{Module, Part, doc, module};
use crate::model::{Model, Shape};
use crate::name::may_be_confused;

/// `lib.rs`.
pub(super) fn library(model: &Model) -> Module {
    let features = model.features();
    let modules: Vec<TokenStream> = module::modules(model)
        .iter()
        .map(|name| {
            let ident = format_ident!("{name}");
            let condition = features.get(name.as_str());
            let condition = condition.map(|feature| quote!(#[cfg(feature = #feature)]));
            unformatted(&quote!(#condition pub mod #ident;))
        })
        .collect();
    let types = match model.types.is_empty() {
        true => TokenStream::new(),
        false => unformatted(&quote!(
            pub mod types;
        )),
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
        imports: |_| TokenStream::new(),
        parts: vec![Part::always(items)],
    }
}

/// The guide goes on where the front page ends.
fn guide(model: &Model) -> Vec<syn::Attribute> {
    match model.package.guide {
        // The empty line ends the table.
        true => vec![
            syn::parse_quote!(#![doc = ""]),
            syn::parse_quote!(#![doc = include_str!("../GUIDE.md")]),
        ],
        false => Vec::new(),
    }
}

/// What is deprecated is declared, and used where it is declared.
fn attributes(model: &Model) -> Vec<syn::Attribute> {
    let fields = |shape: &Shape| match shape {
        Shape::Struct { fields, .. } => fields.iter().any(|field| field.deprecated),
        _ => false,
    };
    let in_types = model
        .types
        .values()
        .any(|it| it.deprecated || fields(&it.shape));
    let in_operations = model
        .operations
        .iter()
        .any(|it| it.deprecated || it.parameters.iter().any(|parameter| parameter.deprecated));
    match in_types || in_operations {
        true => vec![syn::parse_quote!(
            #![allow(deprecated, reason = "what is deprecated is still declared")]
        )],
        false => Vec::new(),
    }
}

/// Names of other scripts are as their authors wrote them. rustc would compare them across the whole
/// crate; where they stand beside each other they differ to the eye.
fn letters(model: &Model) -> Vec<syn::Attribute> {
    if model.names().any(may_be_confused) {
        vec![syn::parse_quote!(
            #![allow(
                confusable_idents,
                mixed_script_confusables,
                reason = "names are the document's"
            )]
        )]
    } else {
        Vec::new()
    }
}

/// A module that a developer's rustfmt must leave as it was printed.
fn unformatted(module: &TokenStream) -> TokenStream {
    let skip: syn::Attribute = syn::parse_quote!(#[rustfmt::skip]);
    quote!(#skip #module)
}

/// How to go on from the front page.
const START: &str = "
Start with [`Client::builder`]. Each operation is a method of [`Client`] that takes what is
required and gives a request: set what is optional, then `.send().await` it, `.await` it
directly, or look at it with `.request()`.
";

/// Which features leave operations out.
fn tags(model: &Model) -> String {
    let features = model.features();
    if features.is_empty() {
        return String::new();
    }
    let mut text = String::from(
        "
The operations of each tag, and the types that only they need, are a feature. All are on; to
compile a part of them, set `default-features = false`, name a TLS backend (`rustls` or
`native-tls`), and the tags.

| feature | module |
| --- | --- |
",
    );
    for (module, feature) in features {
        text.push_str(&format!("| `{feature}` | [`{module}`] |\n"));
    }
    text
}

/// What docs.rs shows first.
fn front_page(model: &Model) -> String {
    let mut page = format!(
        "Client for {} (version {} of its document).\n",
        doc::line(&model.title),
        doc::line(&model.version)
    );
    if let Some(description) = &model.description {
        page.push_str(&format!("\n{}\n", doc::text(description)));
    }
    page.push_str(START);
    page.push_str(&tags(model));
    if !model.operations.is_empty() {
        page.push_str("\n| operation | request |\n| --- | --- |\n");
    }
    for operation in &model.operations {
        let summary = doc::line(operation.summary.as_deref().unwrap_or_default());
        let summary = summary.replace('|', "\\|");
        let (rust, method, path) = (&operation.rust, &operation.method, &operation.path);
        page.push_str(&format!(
            "| [`Client::{rust}`] {summary} | `{method} {path}` |\n"
        ));
    }
    page
}
