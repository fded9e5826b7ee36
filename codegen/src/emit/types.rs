//! The module of types: typify's declarations and ours, in the order of their names.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};

use super::{Module, Part, constructor, enumeration, union};
use crate::model::{Model, Shape, Tags, TypeDef};
use crate::print::Printed;
use crate::progenitor_adapter::emitted_by_us;
use crate::prose::Doc;
use crate::rewrite::{Rewritten, redacted_debug, type_doc};

/// `types.rs`.
pub(super) fn types<'a>(
    mut declarations: BTreeMap<String, Vec<syn::Item>>,
    rewritten: &'a Rewritten,
    model: &'a Model,
) -> Module<'a> {
    let features = model.type_features();
    let tags = model.tags();
    let types = model.types.iter().enumerate();
    let parts = types.map(move |(index, (name, definition))| {
        let declared = declarations.remove(name).unwrap_or_default();
        Ok(Part {
            condition: features.get(name.as_str()).map(condition),
            items: items(
                (index, name),
                definition,
                declared.first(),
                rewritten,
                (model, &tags),
            )?,
            declared,
        })
    });
    Module {
        path: "types.rs".to_owned(),
        doc: Doc::default().ours("The types of requests and responses."),
        attributes: Vec::new(),
        imports,
        parts: Box::new(parts),
    }
}

/// What is ours of a type.
fn items(
    (index, name): (usize, &str),
    definition: &TypeDef,
    declared: Option<&syn::Item>,
    rewritten: &Rewritten,
    (model, tags): (&Model, &Tags<'_>),
) -> Result<TokenStream, String> {
    let ident = format_ident!("{name}");
    let mut items = TokenStream::new();
    if definition.in_error && !emitted_by_us(&definition.shape) {
        redacted_debug(&ident).to_tokens(&mut items);
    }
    items.extend(match &definition.shape {
        Shape::Struct { fields, .. } if definition.in_request => {
            constructor::Constructors { name, model, tags }.emit(fields, declared)?
        }
        Shape::Struct { .. } | Shape::Alias(_) => quote!(),
        Shape::Enum { values } => enumeration::enumeration(&ident, definition, values),
        Shape::Union {
            branches,
            discriminator,
        } => {
            let told = discriminator.as_ref();
            union::union(
                &ident,
                index,
                definition,
                (branches, told),
                rewritten,
                model,
            )?
        }
        Shape::Secret => secret(&ident, definition),
    });
    Ok(items)
}

/// The runtime under its short name, where types need it; some of them may be left out.
fn imports(printed: &[Printed]) -> TokenStream {
    let mut needs = printed.iter().filter(|it| it.mentions("runtime"));
    let Some(first) = needs.next() else {
        return TokenStream::new();
    };
    let left_out = first.conditional && needs.all(|it| it.conditional);
    let allow = left_out.then(
        || quote!(#[allow(unused_imports, reason = "the types that need it may be disabled")]),
    );
    quote! {
        #allow
        use openapi_client_runtime as runtime;
    }
}

/// When a type is compiled: with one of the features that reach it.
fn condition(features: &BTreeSet<String>) -> syn::Attribute {
    let mut all = features.iter();
    match (all.next(), features.len()) {
        (Some(one), 1) => syn::parse_quote!(#[cfg(feature = #one)]),
        _ => {
            let features = features.iter();
            syn::parse_quote!(#[cfg(any(#(feature = #features),*))])
        }
    }
}

/// A secret with a type of its own, so that two of them cannot be swapped.
fn secret(ident: &proc_macro2::Ident, definition: &TypeDef) -> TokenStream {
    let docs = type_doc(definition).attributes();
    let deprecated = definition.deprecated.then(|| quote!(#[deprecated]));
    quote! {
        #(#docs)*
        ///
        /// The text is never printed: `Debug` is redacted, there is no `Display`, and the memory
        /// is overwritten on drop.
        #deprecated
        #[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
        #[serde(transparent)]
        pub struct #ident(runtime::Secret);

        impl #ident {
            /// Creates a secret from its text.
            pub fn new(text: impl Into<String>) -> Self {
                Self(runtime::Secret::from(text.into()))
            }

            /// Returns the secret text. Do not log it.
            pub fn expose_secret(&self) -> &str {
                self.0.expose_secret()
            }
        }

        impl From<String> for #ident {
            fn from(text: String) -> Self {
                Self::new(text)
            }
        }

        impl From<&str> for #ident {
            fn from(text: &str) -> Self {
                Self::new(text)
            }
        }

        runtime::newtype!(#ident);

        impl From<#ident> for runtime::Secret {
            fn from(secret: #ident) -> Self {
                secret.0
            }
        }
    }
}

/// A type as it is written inside the module itself.
pub(super) fn local(ty: &syn::Type) -> syn::Type {
    let mut ty = ty.clone();
    crate::rewrite::localise(&mut ty);
    ty
}
