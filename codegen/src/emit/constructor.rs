//! Constructors: required members first, optional ones added by name.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::doc;
use crate::model::{Field, Model, Schema, Shape};
use crate::name::{companion, null_setter, setter};
use crate::rewrite::{is_patch, member_doc, option_inner};

/// Up to so many required members are arguments of `new`; more become a struct with names.
pub(crate) const POSITIONAL: usize = 4;

/// `new(…)` and a `with_…` per optional member, for a type that callers make.
pub(super) fn constructors(
    ident: &Ident,
    fields: &[Field],
    declared: Option<&syn::Item>,
    model: &Model,
) -> Result<TokenStream, String> {
    let Some(syn::Item::Struct(declared)) = declared else {
        return Err(format!("the type `{ident}` is not declared"));
    };
    // An object without known members is a newtype, made from its map.
    let syn::Fields::Named(named) = &declared.fields else {
        return Ok(TokenStream::new());
    };
    let members: Vec<Member<'_>> = fields
        .iter()
        .filter_map(|field| {
            let found = named
                .named
                .iter()
                .find(|it| it.ident.as_ref().is_some_and(|it| *it == field.rust));
            found.map(|found| Member {
                field,
                ident: format_ident!("{}", field.rust),
                ty: &found.ty,
            })
        })
        .collect();
    let extra = named.named.iter().filter_map(|it| it.ident.as_ref());
    let extra: Vec<&Ident> = extra
        .filter(|ident| fields.iter().all(|field| **ident != field.rust))
        .collect();
    let (fixed, members): (Vec<_>, Vec<_>) = members
        .into_iter()
        .partition(|it| it.only_value(model).is_some());
    let required: Vec<&Member<'_>> = members.iter().filter(|it| it.field.required).collect();
    let optional: Vec<&Member<'_>> = members.iter().filter(|it| !it.field.required).collect();
    let setters = optional.iter().map(|member| {
        let (setter, null) = (member.setter(), member.null(fields));
        quote!(#setter #null)
    });
    let absent: Vec<&Ident> = optional.iter().map(|member| &member.ident).collect();
    let fixed = fixed.iter().filter_map(|member| {
        let (ident, value) = (&member.ident, member.only_value(model)?);
        Some(quote!(#ident: #value,))
    });
    let rest = quote!(#(#fixed)* #(#absent: None,)* #(#extra: Default::default(),)*);
    let (new, companion) = match required.len() {
        0..=POSITIONAL => (positional(&required, &rest), TokenStream::new()),
        _ => named_constructor(ident, &required, &rest, model),
    };
    let default = required.is_empty().then(|| {
        quote! {
            impl Default for #ident {
                fn default() -> Self {
                    Self::new()
                }
            }
        }
    });
    Ok(quote! {
        #companion
        #default
        impl #ident {
            #new
            #(#setters)*
        }
    })
}

struct Member<'a> {
    field: &'a Field,
    ident: Ident,
    ty: &'a syn::Type,
}

impl Member<'_> {
    /// The value of a required member that can have only one: nobody is asked for it.
    fn only_value(&self, model: &Model) -> Option<TokenStream> {
        let Schema::Ref(name) = &self.field.schema else {
            return None;
        };
        let Shape::Enum { values } = &model.types.get(name)?.shape else {
            return None;
        };
        match (values.as_slice(), self.field.required) {
            ([value], true) => {
                let (ty, variant) = (self.ty, format_ident!("{}", value.rust));
                Some(quote!(#ty::#variant))
            }
            _ => None,
        }
    }

    /// What the member holds where it may be absent, `null` or set.
    fn patched(&self) -> Option<&syn::Type> {
        let twice = option_inner(self.ty).and_then(option_inner);
        twice.filter(|_| is_patch(self.field))
    }

    /// Sends `null`, which is not what leaving the member out does.
    fn null(&self, fields: &[Field]) -> Option<TokenStream> {
        self.patched()?;
        let ident = &self.ident;
        let setter = format_ident!("{}", null_setter(self.field, fields));
        let doc = format!(" Sends `null` for `{}`.", self.field.wire.replace('`', "'"));
        let deprecated = self.field.deprecated.then(|| quote!(#[deprecated]));
        Some(quote! {
            #[doc = #doc]
            #deprecated
            #[must_use]
            pub fn #setter(mut self) -> Self {
                self.#ident = Some(None);
                self
            }
        })
    }

    fn setter(&self) -> TokenStream {
        let (ident, setter) = (&self.ident, format_ident!("{}", setter(self.field)));
        let inner = option_inner(self.ty).unwrap_or(self.ty);
        let (ty, value) = match self.patched() {
            Some(inner) => {
                let (ty, value) = argument(inner, ident);
                (ty, quote!(Some(#value)))
            }
            None => argument(inner, ident),
        };
        let docs = doc::attributes(Some(&member_doc(self.field)));
        let deprecated = self.field.deprecated.then(|| quote!(#[deprecated]));
        quote! {
            #(#docs)*
            #deprecated
            #[must_use]
            pub fn #setter(mut self, #ident: #ty) -> Self {
                self.#ident = Some(#value);
                self
            }
        }
    }
}

fn positional(required: &[&Member<'_>], rest: &TokenStream) -> TokenStream {
    let arguments = required.iter().map(|member| {
        let (ident, (ty, _)) = (&member.ident, argument(member.ty, &member.ident));
        quote!(#ident: #ty)
    });
    let values = required.iter().map(|member| {
        let (ident, (_, value)) = (&member.ident, argument(member.ty, &member.ident));
        assigned(ident, &value)
    });
    quote! {
        /// Takes the required members; optional ones are absent.
        pub fn new(#(#arguments),*) -> Self {
            Self { #(#values)* #rest }
        }
    }
}

/// Beyond a few arguments only names tell which is which.
fn named_constructor(
    ident: &Ident,
    required: &[&Member<'_>],
    rest: &TokenStream,
    model: &Model,
) -> (TokenStream, TokenStream) {
    let companion = format_ident!("{}", companion(&ident.to_string(), model));
    let doc = format!(" The required members of [`{ident}`].");
    let members = required.iter().map(|member| {
        let (ident, ty) = (&member.ident, member.ty);
        let docs = doc::attributes(Some(&member_doc(member.field)));
        quote!(#(#docs)* pub #ident: #ty)
    });
    let values = required.iter().map(|member| {
        let ident = &member.ident;
        quote!(#ident: required.#ident)
    });
    let new = quote! {
        /// Takes the required members; optional ones are absent.
        pub fn new(required: #companion) -> Self {
            Self { #(#values,)* #rest }
        }
    };
    let companion = quote! {
        #[doc = #doc]
        #[derive(Clone, Debug)]
        pub struct #companion { #(#members,)* }
    };
    (new, companion)
}

/// A member with its value, in the short form where both have one name.
pub(super) fn assigned(ident: &Ident, value: &TokenStream) -> TokenStream {
    match *ident == value.to_string() {
        true => quote!(#ident,),
        false => quote!(#ident: #value,),
    }
}

/// How a value is taken: text as anything that becomes a `String`, all else as it is.
pub(super) fn argument(ty: &syn::Type, ident: &Ident) -> (TokenStream, TokenStream) {
    match ty {
        syn::Type::Path(path) if path.path.is_ident("String") => {
            (quote!(impl Into<String>), quote!(#ident.into()))
        }
        _ => (quote!(#ty), quote!(#ident)),
    }
}
