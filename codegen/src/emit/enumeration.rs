//! Emits string enums, which keep values that they do not list.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use crate::model::{EnumValue, TypeDef};
use crate::name::unknown;
use crate::prose::{Doc, Words};
use crate::rewrite::type_doc;

/// Emits a string enum.
pub(super) fn enumeration(
    ident: &Ident,
    definition: &TypeDef,
    values: &[EnumValue],
) -> TokenStream {
    let docs = type_doc(definition).attributes();
    let unknown = format_ident!("{}", unknown_variant(values));
    let wire: Vec<&str> = values.iter().map(|value| value.wire.as_str()).collect();
    let rust: Vec<Ident> = values
        .iter()
        .map(|value| format_ident!("{}", value.rust))
        .collect();
    let documented = wire.iter().zip(&rust).map(|(wire, rust)| {
        let docs = Doc::of(Words::default().code(wire)).attributes();
        quote!(#(#docs)* #rust,)
    });
    let printing = printing(ident, definition, &unknown);
    let debug = (!definition.in_error).then(|| quote!(Debug,));
    let deprecated = definition.deprecated.then(|| quote!(#[deprecated]));
    quote! {
        #(#docs)*
        #deprecated
        #[derive(Clone, #debug)]
        #[non_exhaustive]
        pub enum #ident {
            #(#documented)*
            /// A value not listed in the API document.
            #unknown(String),
        }

        runtime::strings!(#ident {
            #(#rust: #wire,)*
            ..#unknown
        });

        #printing
    }
}

/// `Display`; or, for an enum of an error response, a `Debug` that does not print unlisted values, which
/// are text from the server.
fn printing(ident: &Ident, definition: &TypeDef, unknown: &Ident) -> TokenStream {
    if !definition.in_error {
        return quote! {
            impl std::fmt::Display for #ident {
                fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    f.write_str(self.as_str())
                }
            }
        };
    }
    quote! {
        impl std::fmt::Debug for #ident {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                match self {
                    Self::#unknown(_) => f.write_str("[unlisted value]"),
                    known => f.write_str(known.as_str()),
                }
            }
        }
    }
}

/// Returns the name of the variant for values that the API document does not list.
pub(crate) fn unknown_variant(values: &[EnumValue]) -> String {
    unknown(values.iter().map(|value| value.rust.as_str()))
}
