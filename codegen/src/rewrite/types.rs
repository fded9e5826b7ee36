//! The declarations of types: kept, renamed to the wire, documented, made extensible.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};
use syn::parse_quote;

use super::paths::shorten_in_types;
use crate::emit::constant;
use crate::model::{Field, Model, Schema, Shape, TypeDef};
use crate::progenitor_adapter::{Items, ProbeNames};
use crate::prose::{Doc, Words};

/// The declarations that typify made, by the type they belong to.
pub(super) fn types(
    items: Items,
    probes: &ProbeNames,
    model: &Model,
) -> Result<BTreeMap<String, Vec<syn::Item>>, String> {
    let mut declared: BTreeMap<String, Vec<syn::Item>> = BTreeMap::new();
    for item in items {
        let mut item = item?;
        let Some(name) = owner(&item) else { continue };
        if probes.probe(&name).is_some() {
            continue;
        }
        let Some(definition) = model.types.get(&name) else {
            // `impl From<Name> for i64` is the way out of a newtype, which `Deref` gives as well.
            if matches!(item, syn::Item::Impl(_)) {
                continue;
            }
            return Err(format!("the type `{name}` is not one of the model's"));
        };
        shorten_in_types(&mut item);
        match item {
            syn::Item::Struct(declaration) => {
                let structure = structure(declaration, definition, model)?;
                declared.entry(name).or_default().splice(0..0, structure);
            }
            other if kept(&other) => declared.entry(name).or_default().push(other),
            _ => {}
        }
    }
    match model.types.iter().find(|(name, definition)| {
        !crate::progenitor_adapter::emitted_by_us(&definition.shape)
            && !declared.contains_key(*name)
    }) {
        Some((name, _)) => Err(format!("the type `{name}` is not declared")),
        None => Ok(declared),
    }
}

/// The type that a declaration or an `impl` is about; `None` for modules and conversions out of
/// a type, which are written on the other side.
fn owner(item: &syn::Item) -> Option<String> {
    match item {
        syn::Item::Struct(declaration) => Some(declaration.ident.to_string()),
        syn::Item::Enum(declaration) => Some(declaration.ident.to_string()),
        syn::Item::Impl(block) => match block.self_ty.as_ref() {
            syn::Type::Path(path) if path.path.segments.len() == 1 => {
                Some(path.path.segments.first()?.ident.to_string())
            }
            _ => None,
        },
        _ => None,
    }
}

/// Which of typify's `impl`s stay: those that a newtype cannot do without.
fn kept(item: &syn::Item) -> bool {
    const KEPT: &[&str] = &["Deref", "From"];
    let syn::Item::Impl(block) = item else {
        return false;
    };
    let name = block
        .trait_
        .as_ref()
        .and_then(|(path, _)| path.segments.last());
    let takes_reference = name.is_some_and(|segment| {
        // `impl From<&Self>` is `clone` by another name.
        segment
            .arguments
            .to_token_stream()
            .to_string()
            .contains('&')
    });
    !takes_reference && name.is_some_and(|segment| KEPT.iter().any(|kept| segment.ident == kept))
}

/// A struct, and how it is read and written where it has members of its own.
fn structure(
    mut declaration: syn::ItemStruct,
    definition: &TypeDef,
    model: &Model,
) -> Result<Vec<syn::Item>, String> {
    let transparent = matches!(declaration.fields, syn::Fields::Unnamed(_));
    declaration.attrs = type_doc(definition).attributes();
    if definition.deprecated {
        declaration.attrs.push(parse_quote!(#[deprecated]));
    }
    declaration.attrs.push(derives(definition, transparent));
    if transparent {
        declaration.attrs.push(parse_quote!(#[serde(transparent)]));
        if let syn::Fields::Unnamed(fields) = &mut declaration.fields {
            fields.unnamed.iter_mut().for_each(|field| {
                field.attrs.push(parse_quote!(#[doc = " The inner value."]));
            });
        }
        let ident = &declaration.ident;
        let fits = parse_quote!(runtime::newtype!(#ident););
        return Ok(vec![syn::Item::Struct(declaration), fits]);
    }
    declaration.attrs.push(parse_quote!(#[non_exhaustive]));
    let Shape::Struct { fields, .. } = &definition.shape else {
        return Err(format!("the type `{}` is a struct", declaration.ident));
    };
    let syn::Fields::Named(named) = &mut declaration.fields else {
        return Err(format!("the type `{}` has no members", declaration.ident));
    };
    let mut declared: BTreeMap<String, syn::Field> = BTreeMap::new();
    for field in std::mem::take(&mut named.named) {
        declared.insert(field.ident.to_token_stream().to_string(), field);
    }
    let mut rows = TokenStream::new();
    for field in fields {
        let found = declared.remove(&field.rust).ok_or_else(|| {
            format!(
                "the member `{}` of `{}` is missing",
                field.rust, declaration.ident
            )
        })?;
        named.named.push(member(found, field, definition.in_body));
        rows.extend(row(field, definition.in_body, model));
    }
    for (_, mut extra) in declared {
        extra.attrs =
            vec![parse_quote!(#[doc = " Members that are not declared in the API document."])];
        let ident = &extra.ident;
        rows.extend(quote!(..#ident));
        named.named.push(extra);
    }
    let ident = &declaration.ident;
    let json =
        (!Model::has_files(definition)).then(|| parse_quote!(runtime::object!(#ident { #rows });));
    Ok([Some(syn::Item::Struct(declaration)), json]
        .into_iter()
        .flatten()
        .collect())
}

/// A type's documentation; where the document has none, at least its place.
pub(crate) fn type_doc(definition: &TypeDef) -> Doc {
    let place = || {
        let words = Words::default().code(&definition.pointer.to_string());
        Doc::of(words.say(" in the document."))
    };
    let doc = definition.doc.as_deref().map(Doc::of_prose);
    doc.filter(|doc| !doc.is_empty()).unwrap_or_else(place)
}

/// A type that came with an error response has a `Debug` of its own, emitted beside it. A newtype
/// is its value in JSON; how a struct is read and written stands beside it.
fn derives(definition: &TypeDef, transparent: bool) -> syn::Attribute {
    let debug = if definition.in_error && !Model::has_files(definition) {
        quote!()
    } else {
        quote!(Debug,)
    };
    let rest = match (Model::has_files(definition), transparent) {
        (true, _) => quote!(),
        (false, true) => quote!(PartialEq, serde::Deserialize, serde::Serialize),
        (false, false) => quote!(PartialEq),
    };
    parse_quote!(#[derive(Clone, #debug #rest)])
}

/// A member of an object: absence is `None` for whatever type, so that an absent list is not an
/// empty one.
fn member(mut declared: syn::Field, field: &Field, in_body: bool) -> syn::Field {
    declared.ident = Some(format_ident!("{}", field.rust));
    let patched = in_body && is_patch(field);
    let doc = member_doc(field);
    let doc = if patched { doc.ours(APART) } else { doc };
    declared.attrs = doc.attributes();
    if field.deprecated {
        declared.attrs.push(parse_quote!(#[deprecated]));
    }
    if !field.required && (patched || option_inner(&declared.ty).is_none()) {
        let inner = &declared.ty;
        declared.ty = syn::parse_quote!(Option<#inner>);
    }
    declared
}

/// How a member is read and written: a nullable one may be missing in a response although it is
/// required. In what is sent as a body absence and `null` are apart: one leaves a value as it is,
/// the other clears it.
fn row(field: &Field, in_body: bool, model: &Model) -> TokenStream {
    let nullable = matches!(field.schema, Schema::Nullable(_)) || field.schema.is_untyped();
    // Null is a value of any JSON, also where that has a name.
    let apart = in_body && (nullable || model.is_untyped(&field.schema));
    let kind = format_ident!(
        "{}",
        match (field.required, nullable) {
            (true, false) => "required",
            (true, true) => "nullable",
            (false, _) if apart => "patch",
            (false, _) => "optional",
        }
    );
    let (ident, wire) = (format_ident!("{}", field.rust), &field.wire);
    let constants = field.constants.iter().map(constant::in_table);
    let constants = (!field.constants.is_empty()).then(|| quote!(= #(#constants)|*));
    quote!(#kind #ident: #wire #constants,)
}

/// What the states of a member that may be absent or `null` are.
const APART: &str = "`None` leaves it out, `Some(None)` sends `null`.";

/// Whether a member of a body may be absent, `null` or set, and its type has no `null` of its own.
pub(crate) fn is_patch(field: &Field) -> bool {
    !field.required && matches!(field.schema, Schema::Nullable(_))
}

/// A member's documentation; where the document has none, at least its name in JSON.
pub(crate) fn member_doc(field: &Field) -> Doc {
    let name = || Doc::of(Words::default().code(&field.wire).say(" in JSON."));
    let doc = field.doc.as_deref().map(Doc::of_prose);
    doc.filter(|doc| !doc.is_empty()).unwrap_or_else(name)
}

/// What an `Option<…>` holds; `None` for other types.
pub(crate) fn option_inner(of: &syn::Type) -> Option<&syn::Type> {
    let syn::Type::Path(path) = of else {
        return None;
    };
    let segment = path
        .path
        .segments
        .last()
        .filter(|segment| segment.ident == "Option")?;
    match &segment.arguments {
        syn::PathArguments::AngleBracketed(arguments) => match arguments.args.first()? {
            syn::GenericArgument::Type(inner) => Some(inner),
            _ => None,
        },
        _ => None,
    }
}

/// The redacted `Debug` of a type that came with an error response: its text is the server's.
pub(crate) fn redacted_debug(name: &syn::Ident) -> syn::Item {
    let text = name.to_string();
    let body = quote!(f.debug_struct(#text).finish_non_exhaustive());
    parse_quote! {
        impl std::fmt::Debug for #name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                #body
            }
        }
    }
}
