//! Unions: one variant per branch, tried in the document's order.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

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
    for (at, branch) in branches.iter().enumerate() {
        let slot = Carrier::Union(index).slot(format!("b{at}"));
        let ty = rewritten.slots.get(&slot);
        let ty = ty.ok_or_else(|| format!("branch {at} of `{ident}` is not typed"))?;
        let ty = super::types::local(ty);
        let variant = format_ident!("{}", branch.rust);
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
    Ok(quote! {
        #(#docs)*
        #deprecated
        #[derive(Clone, #debug PartialEq, serde::Deserialize, serde::Serialize)]
        #[serde(untagged)]
        #[non_exhaustive]
        pub enum #ident { #variants }
        #redacted
    })
}
