//! Unions: one variant per branch, chosen by the member that tells them apart, or else the first
//! in the document's order that fits.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote};

use super::doc;
use crate::model::{Branch, Model, TypeDef};
use crate::rewrite::{Rewritten, redacted_debug, type_doc};
use crate::upstream::Carrier;

/// The enum of a union.
pub(super) fn union(
    ident: &Ident,
    index: usize,
    definition: &TypeDef,
    branches: &[Branch],
    rewritten: &Rewritten,
    model: &Model,
) -> Result<TokenStream, String> {
    let docs = doc::attributes(Some(&type_doc(definition)));
    let mut variants = TokenStream::new();
    let mut held: Vec<(syn::Ident, syn::Type, bool)> = Vec::new();
    for (at, branch) in branches.iter().enumerate() {
        let slot = Carrier::Union(index).slot(format!("b{at}"));
        let ty = rewritten.slots.get(&slot);
        let ty = ty.ok_or_else(|| format!("branch {at} of `{ident}` is not typed"))?;
        let ty = super::types::local(ty);
        let variant = format_ident!("{}", branch.rust);
        held.push((variant.clone(), ty.clone(), branch.boxed));
        let ty = if branch.boxed {
            quote!(Box<#ty>)
        } else {
            quote!(#ty)
        };
        let doc = format!(" As `{variant}`.");
        variants.extend(quote!(#[doc = #doc] #variant(#ty),));
    }
    let debug = (!definition.in_error).then(|| quote!(Debug,));
    let redacted = definition.in_error.then(|| redacted_debug(ident));
    let deprecated = definition.deprecated.then(|| quote!(#[deprecated]));
    let conversions = definition.in_request.then(|| conversions(ident, &held));
    let tagged = model.tag(branches);
    let derived = tagged.is_none().then(|| quote!(serde::Deserialize,));
    let reading = tagged.map(|(tag, values)| reading(ident, tag, &values, &held));
    Ok(quote! {
        #(#docs)*
        #deprecated
        #[derive(Clone, #debug PartialEq, #derived serde::Serialize)]
        #[serde(untagged)]
        #[non_exhaustive]
        pub enum #ident { #variants }
        #redacted
        #reading
        #conversions
    })
}

/// The branch whose value the tag has. Whatever else would fit, another branch is not meant.
fn reading(
    ident: &Ident,
    tag: &str,
    values: &[Vec<&str>],
    held: &[(Ident, syn::Type, bool)],
) -> TokenStream {
    let variants = held.iter().map(|(variant, ..)| variant);
    quote! {
        impl<'de> serde::Deserialize<'de> for #ident {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let value: serde_json::Value = serde::Deserialize::deserialize(deserializer)?;
                let branch = match value.get(#tag).and_then(serde_json::Value::as_str) {
                    #(Some(#(#values)|*) => serde_json::from_value(value).map(Self::#variants).ok(),)*
                    _ => None,
                };
                // What is wrong with it is not said: it would quote the value.
                branch.ok_or_else(|| serde::de::Error::custom("no branch of the union fits"))
            }
        }
    }
}

/// A branch becomes the union by itself, where its type tells which branch it is.
fn conversions(ident: &Ident, held: &[(Ident, syn::Type, bool)]) -> TokenStream {
    let same = |one: &syn::Type, other: &syn::Type| {
        one.to_token_stream().to_string() == other.to_token_stream().to_string()
    };
    let alone = |ty: &syn::Type| held.iter().filter(|(_, it, _)| same(it, ty)).count() == 1;
    // A union that has itself for a branch is itself already.
    let itself = |ty: &syn::Type| *ident == ty.to_token_stream().to_string();
    let held = held.iter().filter(|(_, ty, _)| alone(ty) && !itself(ty));
    let conversions = held.map(|(variant, ty, boxed)| {
        let value = match boxed {
            true => quote!(Box::new(value)),
            false => quote!(value),
        };
        quote! {
            impl From<#ty> for #ident {
                fn from(value: #ty) -> Self {
                    Self::#variant(#value)
                }
            }
        }
    });
    conversions.collect()
}
