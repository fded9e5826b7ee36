//! Emits unions: an enum with one variant per branch, decoded by its tag or as the variant that fits best.

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote};

use super::constant;
use crate::model::{Branch, Constant, Discriminator, Field, Model, Schema, Shape, TypeDef};
use crate::name::unknown;
use crate::progenitor_adapter::ProbeSchema;
use crate::prose::{Doc, Words};
use crate::rewrite::{Rewritten, localise, redacted_debug, type_doc};

/// The name of a variant, its type, and whether it is boxed.
type Variant = (Ident, syn::Type, bool);

/// The enum of a union.
pub(super) fn union(
    ident: &Ident,
    index: usize,
    definition: &TypeDef,
    (branches, discriminator): (&[Branch], Option<&Discriminator>),
    rewritten: &Rewritten,
    model: &Model,
) -> Result<TokenStream, String> {
    let docs = type_doc(definition).attributes();
    let mut variants = TokenStream::new();
    let mut typed: Vec<Variant> = Vec::new();
    for (at, branch) in branches.iter().enumerate() {
        let property = ProbeSchema::Union(index).property(format!("b{at}"));
        let ty = rewritten.probed.get(&property);
        let ty = ty.ok_or_else(|| format!("branch {at} of `{ident}` is not typed"))?;
        let mut ty = ty.clone();
        localise(&mut ty);
        let variant = format_ident!("{}", branch.rust);
        typed.push((variant.clone(), ty.clone(), branch.boxed));
        let ty = if branch.boxed {
            quote!(Box<#ty>)
        } else {
            quote!(#ty)
        };
        let docs = doc_of(branch).attributes();
        variants.extend(quote!(#(#docs)* #variant(#ty),));
    }
    let debug = (!definition.in_error).then(|| quote!(Debug,));
    let redacted = definition.in_error.then(|| redacted_debug(ident));
    let deprecated = definition.deprecated.then(|| quote!(#[deprecated]));
    let conversions = definition.in_request.then(|| conversions(ident, &typed));
    let json = match (discriminator, json_types(model, branches)) {
        (None, Some(types)) => {
            let variants = typed.iter().map(|(variant, ..)| variant);
            quote!(runtime::union!(#ident { #(#variants: #types,)* });)
        }
        (None, None) => best_match(ident, branches),
        (Some(discriminator), _) => {
            let unknown = format_ident!("{}", unknown_branch(branches));
            variants.extend(quote! {
                /// A value of a variant that the API document does not list, kept as raw JSON.
                #unknown(runtime::json::RawJson),
            });
            tagged(ident, model, (branches, discriminator), &unknown)
        }
    };
    Ok(quote! {
        #(#docs)*
        #deprecated
        #[derive(Clone, #debug PartialEq)]
        #[non_exhaustive]
        pub enum #ident { #variants }
        #redacted
        #json
        #conversions
    })
}

fn doc_of(branch: &Branch) -> Doc {
    let words = Words::default();
    if branch.combined {
        let text = "A value that no single variant describes fully, kept as raw JSON.";
        return Doc::of(words.say(text));
    }
    let mut schema = &branch.schema;
    while let Schema::Nullable(inner) = schema {
        schema = inner;
    }
    Doc::of(match schema {
        Schema::Ref(name) => {
            let words = words.say("A value of the type ");
            words.item("", &format_ident!("{name}")).say(".")
        }
        Schema::Boolean => words.say("A boolean."),
        Schema::Integer { .. } | Schema::Unsigned => words.say("An integer."),
        Schema::Number => words.say("A number."),
        Schema::String(_) => words.say("A string."),
        Schema::Secret => words.say("A secret."),
        Schema::Array(_) => words.say("An array."),
        Schema::Map(_) => words.say("An object."),
        Schema::File => words.say("A file."),
        Schema::Any | Schema::Concealed | Schema::Nullable(_) => words.say("Any other JSON value."),
    })
}

/// Returns the name of the variant for values with an unlisted tag.
pub(crate) fn unknown_branch(branches: &[Branch]) -> String {
    unknown(branches.iter().map(|branch| branch.rust.as_str()))
}

/// Whether the order of branches affects how a value is decoded.
pub(crate) fn order_counts(
    model: &Model,
    branches: &[Branch],
    discriminator: Option<&Discriminator>,
) -> bool {
    let Some(tag) = discriminator else {
        return json_types(model, branches).is_none();
    };
    let has_required_tag = |(branch, values): (&Branch, &Vec<Constant>)| {
        let fields = model.fields(&branch.schema).unwrap_or_default();
        let is_required_tag = |field: &Field| field.wire == tag.wire && field.required;
        !values.is_empty() && fields.iter().any(is_required_tag)
    };
    !branches.iter().zip(&tag.values).all(has_required_tag)
}

/// Returns the JSON type of each branch, as the runtime names it, if they all differ: then at most one
/// branch fits a value.
fn json_types(model: &Model, branches: &[Branch]) -> Option<Vec<Ident>> {
    let types = branches.iter().map(|branch| match &branch.schema {
        Schema::Boolean => Some("Boolean"),
        Schema::Integer { .. } | Schema::Unsigned | Schema::Number => Some("Number"),
        Schema::String(_) | Schema::Secret => Some("String"),
        Schema::Array(_) => Some("Array"),
        Schema::Map(_) => Some("Object"),
        Schema::Ref(name) => match model.types.get(name)?.shape {
            Shape::Struct { .. } => Some("Object"),
            Shape::Enum { .. } | Shape::Secret => Some("String"),
            Shape::Union { .. } | Shape::Alias(_) => None,
        },
        Schema::Any | Schema::Concealed | Schema::File | Schema::Nullable(_) => None,
    });
    let types: Vec<&str> = types.collect::<Option<_>>()?;
    let all_differ = types.iter().collect::<BTreeSet<_>>().len() == types.len();
    let idents = types.iter().map(|name| format_ident!("{name}"));
    all_differ.then(|| idents.collect())
}

/// The table of a union that is decoded as the variant that fits best.
fn best_match(ident: &Ident, branches: &[Branch]) -> TokenStream {
    let variant = |branch: &Branch| format_ident!("{}", branch.rust);
    let (combined, described): (Vec<_>, Vec<_>) =
        branches.iter().partition(|branch| branch.combined);
    let described = described.into_iter().map(variant);
    let combined = combined.into_iter().map(variant);
    quote!(runtime::best_match!(#ident { #(#described,)* #(..#combined)* });)
}

/// The table of a tagged union.
fn tagged(
    ident: &Ident,
    model: &Model,
    (branches, discriminator): (&[Branch], &Discriminator),
    unknown: &Ident,
) -> TokenStream {
    let wire = &discriminator.wire;
    let rows = branches.iter().zip(&discriminator.values);
    let rows = rows.map(|(branch, values)| {
        let variant = format_ident!("{}", branch.rust);
        let member = free_member(model, branch, wire, values);
        let member = member.map(|member| quote!((#member)));
        let values = values.iter().map(constant::in_table);
        quote!(#variant #member: #(#values)|*,)
    });
    quote!(runtime::tagged!(#ident by #wire { #(#rows)* ..#unknown });)
}

/// Returns the tag field of a branch if it can be set to the tag of another branch.
fn free_member(model: &Model, branch: &Branch, wire: &str, values: &[Constant]) -> Option<Ident> {
    let fields = model.fields(&branch.schema)?;
    let field = fields.iter().find(|field| field.wire == wire)?;
    let listed = model.constants_of(field).unwrap_or_default();
    let of_enum = model.values(&field.schema).is_some();
    let fixed = of_enum && field.required && listed.len() == 1;
    let own = listed.iter().all(|value| values.contains(value));
    (!(fixed && own)).then(|| format_ident!("{}", field.rust))
}

/// `From` for each variant whose type no other variant has.
fn conversions(ident: &Ident, typed: &[Variant]) -> TokenStream {
    let same = |one: &syn::Type, other: &syn::Type| {
        one.to_token_stream().to_string() == other.to_token_stream().to_string()
    };
    let is_unique =
        |ty: &syn::Type| typed.iter().filter(|(_, other, _)| same(other, ty)).count() == 1;
    // A union may have itself as a branch, and `From<T> for T` exists already.
    let itself = |ty: &syn::Type| *ident == ty.to_token_stream().to_string();
    let unambiguous = typed
        .iter()
        .filter(|(_, ty, _)| is_unique(ty) && !itself(ty));
    let conversions = unambiguous.map(|(variant, ty, boxed)| {
        let value = if *boxed {
            quote!(Box::new(value))
        } else {
            quote!(value)
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
