//! Emits `types.rs`: the declarations of typify and ours, sorted by name.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};

use super::{constructor, enumeration, union};
use crate::model::{Model, Shape, Tags, TypeDef};
use crate::print::{Module, Part};
use crate::progenitor_adapter::emitted_by_us;
use crate::prose::Doc;
use crate::rewrite::{Rewritten, redacted_debug, type_doc};

/// Emits `types.rs`.
pub(super) fn types<'a>(
    mut declarations: BTreeMap<String, Vec<syn::Item>>,
    rewritten: &'a Rewritten,
    model: &'a Model,
) -> Module<'a> {
    let features = model.type_features();
    let is_conditional = |name: &String| features.contains_key(name.as_str());
    let imports = imports(model.types.keys().all(is_conditional));
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

/// Emits what typify does not declare of a type.
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
            let discriminator = discriminator.as_ref();
            union::union(
                &ident,
                index,
                definition,
                (branches, discriminator),
                rewritten,
                model,
            )?
        }
        Shape::Secret => secret(&ident, definition),
    });
    Ok(items)
}

/// Imports the runtime, which every type uses. `all_conditional` says that every type needs a feature.
fn imports(all_conditional: bool) -> TokenStream {
    let allow = all_conditional.then(
        || quote!(#[allow(unused_imports, reason = "the types that need it may be disabled")]),
    );
    quote! {
        #allow
        use openapi_client_runtime as runtime;
    }
}

/// The `cfg` attribute of a type: one of the features that use it is enabled.
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

/// Emits the type of a named secret, so that two secrets cannot be swapped.
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
