//! Unions: one variant per branch, chosen by the member that tells them apart, or else by what
//! keeps most of the value.

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote};

use super::constant;
use crate::model::{Branch, Constant, Discriminator, Field, Model, Schema, Shape, TypeDef};
use crate::name::unknown;
use crate::progenitor_adapter::ProbeSchema;
use crate::prose::{Doc, Words};
use crate::rewrite::{Rewritten, redacted_debug, type_doc};

type Held = (Ident, syn::Type, bool);

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
    let mut held: Vec<Held> = Vec::new();
    for (at, branch) in branches.iter().enumerate() {
        let property = ProbeSchema::Union(index).property(format!("b{at}"));
        let ty = rewritten.probed.get(&property);
        let ty = ty.ok_or_else(|| format!("branch {at} of `{ident}` is not typed"))?;
        let ty = super::types::local(ty);
        let variant = format_ident!("{}", branch.rust);
        held.push((variant.clone(), ty.clone(), branch.boxed));
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
    let conversions = definition.in_request.then(|| conversions(ident, &held));
    let json = match (discriminator, json_types(model, branches)) {
        (None, Some(types)) => {
            let variants = held.iter().map(|(variant, ..)| variant);
            quote!(runtime::union!(#ident { #(#variants: #types,)* });)
        }
        (None, None) => choice(ident, branches),
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

/// The variant for values of a branch that the document does not list.
pub(crate) fn unknown_branch(branches: &[Branch]) -> String {
    unknown(branches.iter().map(|branch| branch.rust.as_str()))
}

/// Whether the order of branches has a say in what a value is read as.
pub(crate) fn order_counts(
    model: &Model,
    branches: &[Branch],
    discriminator: Option<&Discriminator>,
) -> bool {
    let Some(tag) = discriminator else {
        return json_types(model, branches).is_none();
    };
    let is_told = |(branch, values): (&Branch, &Vec<Constant>)| {
        let fields = model.fields(&branch.schema).unwrap_or_default();
        let must = |it: &Field| it.wire == tag.wire && it.required;
        !values.is_empty() && fields.iter().any(must)
    };
    !branches.iter().zip(&tag.values).all(is_told)
}

/// The JSON type of each branch, in the runtime's words, where no two are of the same: then at most
/// one branch fits a value.
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
    let apart = types.iter().collect::<BTreeSet<_>>().len() == types.len();
    let idents = types.iter().map(|it| format_ident!("{it}"));
    apart.then(|| idents.collect())
}

/// A union that is read as the branch that fits best.
fn choice(ident: &Ident, branches: &[Branch]) -> TokenStream {
    let variant = |branch: &Branch| format_ident!("{}", branch.rust);
    let (combined, described): (Vec<_>, Vec<_>) =
        branches.iter().partition(|branch| branch.combined);
    let described = described.into_iter().map(variant);
    let combined = combined.into_iter().map(variant);
    quote!(runtime::best_match!(#ident { #(#described,)* #(..#combined)* });)
}

/// A union whose branches a member tells apart.
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

/// The member of a branch that tells it, where it could be set to the value of another branch.
fn free_member(model: &Model, branch: &Branch, wire: &str, values: &[Constant]) -> Option<Ident> {
    let fields = model.fields(&branch.schema)?;
    let field = fields.iter().find(|field| field.wire == wire)?;
    let listed = model.constants_of(field).unwrap_or_default();
    let of_enum = model.values(&field.schema).is_some();
    let fixed = of_enum && field.required && listed.len() == 1;
    let own = listed.iter().all(|value| values.contains(value));
    (!(fixed && own)).then(|| format_ident!("{}", field.rust))
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
