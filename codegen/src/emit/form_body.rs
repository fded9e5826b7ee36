//! Emits the code that encodes form bodies, urlencoded and multipart, with the declared encodings of
//! their members.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::style_name::style_name;
use crate::model::{Body, Encoding, Field, Model, Schema, Shape, Style};

/// The expression that encodes a urlencoded body. `value` is a reference to the body.
pub(super) fn urlencoded(body: &Body, value: &TokenStream) -> TokenStream {
    let declared: Vec<TokenStream> = body
        .encoding
        .iter()
        .filter_map(|(name, encoding)| {
            let (style, explode) = style(encoding)?;
            let style = format_ident!("{}", style_name(style));
            Some(quote!((#name, runtime::QueryStyle::#style, #explode)))
        })
        .collect();
    if declared.is_empty() {
        quote!(encode::form_body(#value)?)
    } else {
        quote!(encode::form_body_as(#value, &[#(#declared),*])?)
    }
}

/// Returns the declared style. Of all media types, only JSON differs from the default encoding.
fn style(encoding: &Encoding) -> Option<(Style, bool)> {
    let json = encoding.content_type.as_deref() == Some("application/json");
    encoding.style.or(json.then_some((Style::Json, false)))
}

/// The statements that build `form` from the fields of `body`.
pub(super) fn multipart(body: &Body, model: &Model) -> Result<TokenStream, String> {
    let Schema::Ref(name) = &body.schema else {
        return Err("the form has no type of its own".to_owned());
    };
    let shape = model.types.get(name).map(|definition| &definition.shape);
    let Some(Shape::Struct { fields, additional }) = shape else {
        return Err("the form is no object".to_owned());
    };
    // Files go last, so that a server that processes the parts in order has the values first.
    let (files, values): (Vec<&Field>, Vec<&Field>) =
        fields.iter().partition(|field| field.schema.is_file());
    let parts = values.into_iter().chain(files).map(|field| {
        let encoding = body.encoding.get(&field.wire);
        let member = format_ident!("{}", field.rust);
        let inner = part(field, encoding, &quote!(value));
        let nullable = matches!(field.schema, Schema::Nullable(_));
        if field.required && !(nullable && field.schema.is_file()) {
            part(field, encoding, &quote!(&body.#member))
        } else {
            quote!(if let Some(value) = &body.#member { #inner })
        }
    });
    let extra = additional.is_some().then(|| {
        quote! {
            for (name, value) in &body.extra {
                form.value(name, value, None)?;
            }
        }
    });
    Ok(quote! {
        let mut form = runtime::Multipart::new();
        #(#parts)*
        #extra
    })
}

/// The statement that adds a field.
fn part(field: &Field, encoding: Option<&Encoding>, value: &TokenStream) -> TokenStream {
    let name = &field.wire;
    let media_type = encoding.and_then(|encoding| encoding.content_type.as_ref());
    let media_type = match media_type {
        Some(media_type) => quote!(Some(#media_type)),
        None => quote!(None),
    };
    let schema = match &field.schema {
        Schema::Nullable(inner) => inner,
        schema => schema,
    };
    match schema {
        Schema::File => quote!(form.file(#name, #value, #media_type)?;),
        Schema::Array(_) if schema.is_file() => quote! {
            for file in #value {
                form.file(#name, file, #media_type)?;
            }
        },
        _ if encoding
            .and_then(|encoding| encoding.style)
            .map(|(style, _)| style)
            == Some(Style::DeepObject) =>
        {
            quote!(form.deep(#name, #value)?;)
        }
        _ => quote!(form.value(#name, #value, #media_type)?;),
    }
}
