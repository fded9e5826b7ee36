//! Emits constructors: `new` takes the required fields, and a setter per optional field.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::constant;
use crate::model::{Field, Model, Tags};
use crate::name::{companion, null_setter, setter};
use crate::prose::{Doc, Words};
use crate::rewrite::{is_patch, member_doc, option_inner};

/// The maximum number of arguments of `new`. If there are more required fields, they become a struct.
pub(crate) const POSITIONAL: usize = 4;

/// Emits the constructor and the setters of a type.
pub(super) struct Constructors<'a> {
    pub(super) name: &'a str,
    pub(super) model: &'a Model,
    /// The result of [`Model::tags`].
    pub(super) tags: &'a Tags<'a>,
}

impl Constructors<'_> {
    /// Emits `new` and a setter per optional field.
    pub(super) fn emit(
        &self,
        fields: &[Field],
        declared: Option<&syn::Item>,
    ) -> Result<TokenStream, String> {
        let Some(syn::Item::Struct(declared)) = declared else {
            return Err(format!("the type `{}` is not declared", self.name));
        };
        Ok(self.constructors(fields, declared))
    }

    /// The constant value that the constructor sets: the only value of a required field, or the tag of the
    /// unions that have this type as a variant.
    fn fixed(&self, member: &Member<'_>) -> Option<TokenStream> {
        let field = member.field;
        let mut listed = self.model.constants_of(field).unwrap_or_default();
        let tag = self.tags.get(&(self.name, field.wire.as_str())).copied();
        if field.required {
            let only = listed.pop().filter(|_| listed.is_empty());
            let value = only.or_else(|| tag.cloned())?;
            return constant::value(&value, field, member.ty, self.model);
        }
        let inner = member.patched().or_else(|| option_inner(member.ty))?;
        let value = constant::value(tag?, field, inner, self.model)?;
        Some(if member.patched().is_some() {
            quote!(Some(Some(#value)))
        } else {
            quote!(Some(#value))
        })
    }

    fn constructors(&self, fields: &[Field], declared: &syn::ItemStruct) -> TokenStream {
        let ident = format_ident!("{}", self.name);
        // An object without known members is a newtype around its map.
        let syn::Fields::Named(named) = &declared.fields else {
            return TokenStream::new();
        };
        let members = members(fields, named);
        let extra = named
            .named
            .iter()
            .filter_map(|declared| declared.ident.as_ref());
        let extra: Vec<&Ident> = extra
            .filter(|ident| fields.iter().all(|field| **ident != field.rust))
            .collect();
        let fixed: Vec<(&Ident, TokenStream)> = members
            .iter()
            .filter_map(|member| Some((&member.ident, self.fixed(member)?)))
            .collect();
        let is_free = |member: &&Member<'_>| fixed.iter().all(|(ident, _)| *ident != &member.ident);
        let required = members.iter().filter(|member| member.field.required);
        let required: Vec<&Member<'_>> = required.filter(is_free).collect();
        let optional = || members.iter().filter(|member| !member.field.required);
        let setters = optional().map(|member| {
            let (setter, null) = (member.setter(), member.null(fields));
            quote!(#setter #null)
        });
        let absent = optional().filter(is_free).map(|member| &member.ident);
        let fixed = fixed.iter().map(|(ident, value)| quote!(#ident: #value,));
        let rest = quote!(#(#fixed)* #(#absent: None,)* #(#extra: Default::default(),)*);
        let (new, companion) = match required.len() {
            0..=POSITIONAL => (positional(&required, &rest), TokenStream::new()),
            _ => named_constructor(&ident, &required, &rest, self.model),
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
        quote! {
            #companion
            #default
            impl #ident {
                #new
                #(#setters)*
            }
        }
    }
}

/// Returns the fields with their declared types.
fn members<'a>(fields: &'a [Field], named: &'a syn::FieldsNamed) -> Vec<Member<'a>> {
    let member = |field: &'a Field| {
        let mut declarations = named.named.iter();
        let declared = declarations.find(|declared| {
            let ident = declared.ident.as_ref();
            ident.is_some_and(|ident| *ident == field.rust)
        })?;
        Some(Member {
            field,
            ident: format_ident!("{}", field.rust),
            ty: &declared.ty,
        })
    };
    fields.iter().filter_map(member).collect()
}

/// A field with its declared type.
struct Member<'a> {
    field: &'a Field,
    ident: Ident,
    ty: &'a syn::Type,
}

impl Member<'_> {
    /// The type of the value, if the field may be absent, `null` or set.
    fn patched(&self) -> Option<&syn::Type> {
        let twice = option_inner(self.ty).and_then(option_inner);
        twice.filter(|_| is_patch(self.field))
    }

    /// The setter that sends `null`, which differs from leaving the field out.
    fn null(&self, fields: &[Field]) -> Option<TokenStream> {
        self.patched()?;
        let ident = &self.ident;
        let setter = format_ident!("{}", null_setter(self.field, fields));
        let words = Words::default()
            .say("Sends `null` for ")
            .code(&self.field.wire);
        let docs = Doc::of(words.say(".")).attributes();
        let deprecated = self.field.deprecated.then(|| quote!(#[deprecated]));
        Some(quote! {
            #(#docs)*
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
        let docs = member_doc(self.field).attributes();
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
        /// Creates a value from its required fields. Optional fields are unset.
        pub fn new(#(#arguments),*) -> Self {
            Self { #(#values)* #rest }
        }
    }
}

/// Emits a constructor that takes a struct, because many arguments need names.
fn named_constructor(
    ident: &Ident,
    required: &[&Member<'_>],
    rest: &TokenStream,
    model: &Model,
) -> (TokenStream, TokenStream) {
    let companion = format_ident!("{}", companion(&ident.to_string(), model));
    let words = Words::default()
        .say("The required fields of ")
        .item("", ident);
    let required_docs = Doc::of(words.say(".")).attributes();
    let members = required.iter().map(|member| {
        let (ident, ty) = (&member.ident, member.ty);
        let docs = member_doc(member.field).attributes();
        quote!(#(#docs)* pub #ident: #ty)
    });
    let values = required.iter().map(|member| {
        let ident = &member.ident;
        quote!(#ident: required.#ident)
    });
    let new = quote! {
        /// Creates a value from its required fields. Optional fields are unset.
        pub fn new(required: #companion) -> Self {
            Self { #(#values,)* #rest }
        }
    };
    let companion = quote! {
        #(#required_docs)*
        #[derive(Clone, Debug)]
        pub struct #companion { #(#members,)* }
    };
    (new, companion)
}

/// A field with its value, in the short form if both have the same name.
pub(super) fn assigned(ident: &Ident, value: &TokenStream) -> TokenStream {
    if *ident == value.to_string() {
        quote!(#ident,)
    } else {
        quote!(#ident: #value,)
    }
}

/// The type of an argument, and the expression that converts it: strings are taken as `impl Into<String>`.
pub(super) fn argument(ty: &syn::Type, ident: &Ident) -> (TokenStream, TokenStream) {
    match ty {
        syn::Type::Path(path) if path.path.is_ident("String") => {
            (quote!(impl Into<String>), quote!(#ident.into()))
        }
        _ => (quote!(#ty), quote!(#ident)),
    }
}
