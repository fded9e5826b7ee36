//! Unions: one variant per branch, chosen by the member that tells them apart, or else by what
//! keeps most of the value.

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote};

use super::doc;
use crate::model::{Branch, Discriminator, Model, Schema, Shape, TypeDef};
use crate::name::unknown;
use crate::rewrite::{Rewritten, redacted_debug, type_doc};
use crate::upstream::Carrier;

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
    let docs = doc::attributes(Some(&type_doc(definition)));
    let mut variants = TokenStream::new();
    let mut held: Vec<Held> = Vec::new();
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
        let doc = doc_of(branch);
        variants.extend(quote!(#[doc = #doc] #variant(#ty),));
    }
    let debug = (!definition.in_error).then(|| quote!(Debug,));
    let redacted = definition.in_error.then(|| redacted_debug(ident));
    let deprecated = definition.deprecated.then(|| quote!(#[deprecated]));
    let conversions = definition.in_request.then(|| conversions(ident, &held));
    let ((derived, attribute), json): ((TokenStream, TokenStream), _) = match discriminator {
        // At most one branch fits a value.
        None if are_apart(model, branches) => {
            let derived = quote!(serde::Deserialize, serde::Serialize);
            ((derived, quote!(#[serde(untagged)])), TokenStream::new())
        }
        None => {
            let untagged = quote!(#[serde(untagged)]);
            (
                (quote!(serde::Serialize), untagged),
                reading(ident, &by_shape(model, branches.iter().zip(&held))),
            )
        }
        Some(discriminator) => {
            let unknown = format_ident!("{}", unknown_branch(branches));
            variants.extend(quote! {
                /// A value of a branch that the document does not list, kept as it came.
                #unknown(runtime::json::Undeclared),
            });
            let told = Told {
                model,
                branches,
                discriminator,
                unknown,
                held: &held,
            };
            (Default::default(), told.json(ident))
        }
    };
    Ok(quote! {
        #(#docs)*
        #deprecated
        #[derive(Clone, #debug PartialEq, #derived)]
        #attribute
        #[non_exhaustive]
        pub enum #ident { #variants }
        #redacted
        #json
        #conversions
    })
}

fn doc_of(branch: &Branch) -> String {
    match branch.several {
        true => " What only several of the others describe together, kept as it came.".to_owned(),
        false => format!(" As `{}`.", branch.rust),
    }
}

/// The variant for values of a branch that the document does not list.
pub(crate) fn unknown_branch(branches: &[Branch]) -> String {
    unknown(branches.iter().map(|branch| branch.rust.as_str()))
}

/// Whether each branch is of a JSON type of its own.
fn are_apart(model: &Model, branches: &[Branch]) -> bool {
    let kinds: Option<BTreeSet<&str>> = branches
        .iter()
        .map(|branch| match &branch.schema {
            Schema::Boolean => Some("boolean"),
            Schema::Integer { .. } | Schema::Unsigned | Schema::Number => Some("number"),
            Schema::String(_) | Schema::Secret => Some("string"),
            Schema::Array(_) => Some("array"),
            Schema::Map(_) => Some("object"),
            Schema::Ref(name) => match model.types.get(name)?.shape {
                Shape::Struct { .. } => Some("object"),
                Shape::Enum { .. } | Shape::Secret => Some("string"),
                Shape::Union { .. } | Shape::Alias(_) => None,
            },
            Schema::Any | Schema::Concealed | Schema::File | Schema::Nullable(_) => None,
        })
        .collect();
    kinds.is_some_and(|kinds| kinds.len() == branches.len())
}

/// For each branch whether it can be made with its own value only.
fn pinned(model: &Model, branches: &[Branch], discriminator: &Discriminator) -> Vec<bool> {
    let pairs = branches.iter().zip(&discriminator.values);
    pairs
        .map(|(branch, values)| pins(model, branch, &discriminator.wire, values))
        .collect()
}

/// Whether a branch can be made with its own value only: it is required and there is one.
fn pins(model: &Model, branch: &Branch, wire: &str, values: &[String]) -> bool {
    let fields = model.fields(&branch.schema).unwrap_or_default();
    let mut fields = fields.iter().filter(|field| field.required);
    let field = fields.find(|field| field.wire == wire);
    let listed = field.and_then(|field| model.values(&field.schema));
    listed.is_some_and(|it| it.len() == 1 && it.iter().all(|it| values.iter().any(|v| v == it)))
}

/// The branch that keeps most of the value: where several fit, the first that loses nothing.
fn by_shape<'a>(
    model: &Model,
    branches: impl Iterator<Item = (&'a Branch, &'a Held)>,
) -> TokenStream {
    let mut end = quote!(.take());
    let mut offers = TokenStream::new();
    for (branch, (variant, ..)) in branches {
        let unlisted = unlisted(model, branch);
        match unlisted.as_slice() {
            _ if branch.several => end = quote!(.take_or(Self::#variant)),
            [] => offers.extend(quote!(.or(Self::#variant))),
            unlisted => {
                offers.extend(quote!(.or_listed(Self::#variant, |it| !(#(#unlisted)||*))));
            }
        }
    }
    quote!(runtime::json::Choice::new(&value)#offers #end)
}

/// What says that a branch holds a value which its enum does not list: the branch itself, or a
/// member that it requires.
fn unlisted(model: &Model, branch: &Branch) -> Vec<TokenStream> {
    let unknown = |schema: &Schema, place: TokenStream| {
        let Schema::Ref(name) = schema else {
            return None;
        };
        let Shape::Enum { values } = &model.types.get(name)?.shape else {
            return None;
        };
        let ident = format_ident!("{name}");
        let variant = format_ident!("{}", super::enumeration::unknown_variant(values));
        Some(quote!(matches!(#place, #ident::#variant(_))))
    };
    if let Some(of_itself) = unknown(&branch.schema, quote!(it)) {
        return vec![of_itself];
    }
    let fields = model.fields(&branch.schema).unwrap_or_default();
    let required = fields.iter().filter(|field| field.required);
    required
        .filter_map(|field| {
            let member = format_ident!("{}", field.rust);
            unknown(&field.schema, quote!(it.#member))
        })
        .collect()
}

/// Reads the JSON and takes a branch of it.
fn reading(ident: &Ident, branch: &TokenStream) -> TokenStream {
    quote! {
        impl<'de> serde::Deserialize<'de> for #ident {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let value: serde_json::Value = serde::Deserialize::deserialize(deserializer)?;
                let branch = #branch;
                // What is wrong with it is not said: it would quote the value.
                branch.ok_or_else(|| serde::de::Error::custom("no branch of the union fits"))
            }
        }
    }
}

/// A union whose branches a member tells apart.
struct Told<'a> {
    model: &'a Model,
    branches: &'a [Branch],
    discriminator: &'a Discriminator,
    unknown: Ident,
    held: &'a [Held],
}

impl Told<'_> {
    fn json(&self, ident: &Ident) -> TokenStream {
        let (reading, writing) = (reading(ident, &self.branch()), self.writing(ident));
        quote!(#reading #writing)
    }

    /// The branch whose value the member has. Whatever else would fit, another branch is not
    /// meant; only where the member is missing does the shape tell.
    fn branch(&self) -> TokenStream {
        let (tag, unknown) = (&self.discriminator.wire, &self.unknown);
        let pairs = self.held.iter().zip(&self.discriminator.values);
        let (told, shaped): (Vec<_>, Vec<_>) = pairs.partition(|(_, values)| !values.is_empty());
        let arms = told.into_iter().map(|((variant, ..), values)| {
            quote! {
                Some(#(#values)|*) => serde_json::from_value(value).map(Self::#variant).ok(),
            }
        });
        let kept = quote!(Self::#unknown(runtime::json::Undeclared::from(value)));
        // No value leads to these: they are what else there is.
        let shaped = shaped.into_iter().map(|((variant, ..), _)| variant);
        let shaped: Vec<&Ident> = shaped.collect();
        let rest = match shaped.is_empty() {
            true => quote!(Some(_) => Some(#kept),),
            false => quote! {
                Some(_) => {
                    let choice = runtime::json::Choice::new(&value)#(.or(Self::#shaped))*.take();
                    Some(choice.unwrap_or_else(|| #kept))
                }
            },
        };
        let untold = self.branches.iter().zip(self.held);
        let mut untold = untold
            .filter(|(branch, _)| !self.requires(branch))
            .peekable();
        let untold = match untold.peek() {
            Some(_) => by_shape(self.model, untold),
            None => quote!(None),
        };
        quote! {
            match value.get(#tag).and_then(serde_json::Value::as_str) {
                #(#arms)*
                #rest
                None => #untold,
            }
        }
    }

    /// Whether nothing can be of a branch without the member.
    fn requires(&self, branch: &Branch) -> bool {
        let fields = self.model.fields(&branch.schema).unwrap_or_default();
        let mut required = fields.iter().filter(|field| field.required);
        required.any(|field| field.wire == self.discriminator.wire)
    }

    /// Each branch with a value that leads back to it.
    fn writing(&self, ident: &Ident) -> TokenStream {
        let pinned = pinned(self.model, self.branches, self.discriminator);
        let (tag, unknown) = (&self.discriminator.wire, &self.unknown);
        let arms = self.held.iter().zip(&pinned).enumerate();
        let arms = arms.map(|(index, ((variant, ..), pinned))| match pinned {
            true => {
                quote!(Self::#variant(branch) => serde::Serialize::serialize(branch, serializer),)
            }
            false => quote!(Self::#variant(branch) => TAG.serialize(branch, #index, serializer),),
        });
        let values = self.discriminator.values.iter();
        let values = values.map(|values| quote!(&[#(#values),*]));
        let tag = pinned.contains(&false).then(|| {
            quote! {
                const TAG: runtime::json::Tag = runtime::json::Tag::new(#tag, &[#(#values),*]);
            }
        });
        quote! {
            impl serde::Serialize for #ident {
                fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    #tag
                    match self {
                        #(#arms)*
                        Self::#unknown(value) => serde::Serialize::serialize(value, serializer),
                    }
                }
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
