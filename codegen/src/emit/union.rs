//! Unions: one variant per branch, tried in the document's order.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote};

use super::doc;
use crate::model::{Branch, TypeDef};
use crate::rewrite::{Rewritten, redacted_debug, type_doc};
use crate::upstream::Carrier;

/// The enum of a union.
pub(super) fn union(
    ident: &Ident,
    index: usize,
    definition: &TypeDef,
    branches: &[Branch],
    rewritten: &Rewritten,
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
    Ok(quote! {
        #(#docs)*
        #deprecated
        #[derive(Clone, #debug PartialEq, serde::Deserialize, serde::Serialize)]
        #[serde(untagged)]
        #[non_exhaustive]
        pub enum #ident { #variants }
        #redacted
        #conversions
    })
}

/// A branch becomes the union by itself, where its type tells which branch it is.
fn conversions(ident: &Ident, held: &[(Ident, syn::Type, bool)]) -> TokenStream {
    let same = |one: &syn::Type, other: &syn::Type| {
        one.to_token_stream().to_string() == other.to_token_stream().to_string()
    };
    let alone = |ty: &syn::Type| held.iter().filter(|(_, it, _)| same(it, ty)).count() == 1;
    let held = held.iter().filter(|(_, ty, _)| alone(ty));
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
