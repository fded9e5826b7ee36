//! The module of types: typify's declarations and ours, in the order of their names.

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};

use super::{Module, constructor, doc, enumeration, mentions, union};
use crate::model::{Model, Shape, TypeDef};
use crate::rewrite::{Rewritten, redacted_debug, type_doc};
use crate::upstream::emitted_by_us;

/// `types.rs`.
pub(super) fn types(rewritten: &Rewritten, model: &Model) -> Result<Module, String> {
    let mut items = TokenStream::new();
    for (index, (name, definition)) in model.types.iter().enumerate() {
        let ident = format_ident!("{name}");
        let declared = rewritten.types.get(name);
        for item in declared.into_iter().flatten() {
            item.to_tokens(&mut items);
        }
        if definition.in_error && !emitted_by_us(&definition.shape) {
            redacted_debug(&ident).to_tokens(&mut items);
        }
        items.extend(match &definition.shape {
            Shape::Struct { fields, .. } if definition.in_request => {
                let declared = declared.and_then(|items| items.first());
                constructor::constructors(&ident, fields, declared, model)?
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
    }
    let doc = "The types of requests and responses.".to_owned();
    let runtime = mentions(&items, "runtime").then(|| {
        quote!(
            use openapi_client_runtime as runtime;
        )
    });
    Ok(Module {
        doc,
        attributes: Vec::new(),
        items: quote!(#runtime #items),
    })
}

/// A secret with a type of its own, so that two of them cannot be swapped.
fn secret(ident: &proc_macro2::Ident, definition: &TypeDef) -> TokenStream {
    let docs = doc::attributes(Some(&type_doc(definition)));
    quote! {
        #(#docs)*
        ///
        /// Its text is never printed: `Debug` is redacted, there is no `Display`, and the memory
        /// is wiped on drop.
        #[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
        #[serde(transparent)]
        pub struct #ident(runtime::Secret);

        impl #ident {
            /// Takes over a secret's text.
            pub fn new(text: impl Into<String>) -> Self {
                Self(runtime::Secret::from(text.into()))
            }

            /// The text itself. Whoever calls this answers for where it goes.
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
