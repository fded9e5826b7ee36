//! String enums that keep a value which they do not know.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::doc;
use crate::model::{EnumValue, TypeDef};
use crate::name::unknown;
use crate::rewrite::type_doc;

/// The enum with its conversions.
pub(super) fn enumeration(
    ident: &Ident,
    definition: &TypeDef,
    values: &[EnumValue],
) -> TokenStream {
    let docs = doc::attributes(Some(&type_doc(definition)));
    let unknown = format_ident!("{}", unknown_variant(values));
    let wire: Vec<&str> = values.iter().map(|value| value.wire.as_str()).collect();
    let rust: Vec<Ident> = values
        .iter()
        .map(|value| format_ident!("{}", value.rust))
        .collect();
    let variant_docs = wire.iter().map(|wire| doc::code(wire));
    let printing = printing(ident, definition, &unknown);
    let debug = (!definition.in_error).then(|| quote!(Debug,));
    let deprecated = definition.deprecated.then(|| quote!(#[deprecated]));
    quote! {
        #(#docs)*
        #deprecated
        #[derive(Clone, #debug PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum #ident {
            #(#[doc = #variant_docs] #rust,)*
            /// A value that the document does not list, kept as it came.
            #unknown(String),
        }

        impl #ident {
            /// The value as it stands in JSON.
            pub fn as_str(&self) -> &str {
                match self {
                    #(Self::#rust => #wire,)*
                    Self::#unknown(value) => value,
                }
            }
        }

        impl From<&str> for #ident {
            fn from(value: &str) -> Self {
                match value {
                    #(#wire => Self::#rust,)*
                    other => Self::#unknown(other.to_owned()),
                }
            }
        }

        impl From<String> for #ident {
            fn from(value: String) -> Self {
                Self::from(value.as_str())
            }
        }

        #printing

        impl serde::Serialize for #ident {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for #ident {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let value: std::borrow::Cow<'de, str> = serde::Deserialize::deserialize(deserializer)?;
                Ok(Self::from(value.as_ref()))
            }
        }
    }
}

/// An unknown value is text from the server, and is not printed where it came with an error.
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
                    Self::#unknown(_) => f.write_str("(a value from the server)"),
                    known => f.write_str(known.as_str()),
                }
            }
        }
    }
}

/// The variant for values that the document does not list.
pub(crate) fn unknown_variant(values: &[EnumValue]) -> String {
    unknown(values.iter().map(|value| value.rust.as_str()))
}
