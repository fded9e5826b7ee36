//! Emits constants: for the tables of the runtime, and as values of a field.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use crate::model::{Constant, Field, Model, Schema, Shape};

/// A constant in a table of the runtime, for example `Integer(1)`.
pub(crate) fn in_table(constant: &Constant) -> TokenStream {
    match constant {
        Constant::Boolean(value) => quote!(Boolean(#value)),
        Constant::Integer(value) => {
            let value = Literal::i128_unsuffixed(*value);
            quote!(Integer(#value))
        }
        Constant::Number(text) => {
            let value = number(text);
            quote!(Number(#value))
        }
        Constant::String(text) => quote!(String(#text)),
    }
}

fn number(text: &str) -> Literal {
    Literal::f64_unsuffixed(text.parse().unwrap_or_default())
}

/// A constant as a value of the type `ty` of a field, without `Option`. Returns `None` if the type does not
/// have this value.
pub(super) fn value(
    constant: &Constant,
    field: &Field,
    ty: &syn::Type,
    model: &Model,
) -> Option<TokenStream> {
    let schema = match &field.schema {
        Schema::Nullable(inner) => inner,
        schema => schema,
    };
    match (constant, schema) {
        (Constant::String(text), Schema::Ref(name)) => {
            let Shape::Enum { values } = &model.types.get(name)?.shape else {
                return None;
            };
            let listed = values.iter().find(|value| value.wire == *text)?;
            let variant = format_ident!("{}", listed.rust);
            Some(quote!(#ty::#variant))
        }
        (Constant::String(text), Schema::String(_)) => Some(quote!(#text.to_owned())),
        (Constant::Boolean(value), Schema::Boolean) => Some(quote!(#value)),
        (Constant::Integer(value), Schema::Integer { .. } | Schema::Unsigned) => {
            let value = Literal::i128_unsuffixed(*value);
            Some(quote!(#value))
        }
        (Constant::Integer(value), Schema::Number) => {
            let value = Literal::f64_unsuffixed(*value as f64);
            Some(quote!(#value))
        }
        (Constant::Number(text), Schema::Number) => {
            let value = number(text);
            Some(quote!(#value))
        }
        _ => None,
    }
}
