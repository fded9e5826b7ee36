//! Emits the responses of an operation: their types, and the decoding by status.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use crate::model::{BodyKind, Operation, Response, ResponseBody, Schema, Status};
use crate::prose::{Doc, Words};

/// The emitted responses of an operation.
pub(super) struct EmittedResponses {
    /// The type of a success.
    pub(super) success: TokenStream,
    /// The type of a declared error.
    pub(super) error: TokenStream,
    /// The arms that decode by status.
    pub(super) arms: Vec<TokenStream>,
    /// Whether a range of statuses contains another declared status.
    pub(super) overlap: bool,
    /// Whether all successes are bytes or empty, and at least one is bytes.
    pub(super) streamable: bool,
    /// The enums of successes and errors.
    pub(super) enums: TokenStream,
}

/// A response with the type of its body.
struct TypedResponse<'a> {
    response: &'a Response,
    /// `None` if there is no body.
    ty: Option<TokenStream>,
}

impl TypedResponse<'_> {
    fn kind(&self) -> Option<BodyKind> {
        self.response.body.as_ref().map(|body| body.kind)
    }
}

/// The type of a text.
pub(super) fn text(schema: &Schema) -> TokenStream {
    match schema {
        Schema::Secret => quote!(runtime::Secret),
        _ => quote!(String),
    }
}

/// Whether a status is a success. A `default` may be either.
fn is_success(status: Status) -> bool {
    matches!(status, Status::Code(200..=299) | Status::Range(2))
}

/// Emits the types and the decoding of the responses.
pub(super) fn emit_responses<'a>(
    operation: &'a Operation,
    typed: &dyn Fn(String) -> Result<&'a syn::Type, String>,
) -> Result<EmittedResponses, String> {
    let mut all = Vec::new();
    for (at, response) in operation.responses.iter().enumerate() {
        let ty = match &response.body {
            None => None,
            Some(body) => Some(match body.kind {
                BodyKind::Json | BodyKind::Form => {
                    let ty = typed(format!("r{at}"))?;
                    quote!(#ty)
                }
                BodyKind::Text => text(&body.schema),
                BodyKind::Bytes | BodyKind::Multipart => quote!(Vec<u8>),
            }),
        };
        all.push(TypedResponse { response, ty });
    }
    let declared_success = all.iter().any(|typed| is_success(typed.response.status));
    let in_success = |typed: &&TypedResponse<'_>| match typed.response.status {
        Status::Default => !declared_success,
        status => is_success(status),
    };
    let successes: Vec<&TypedResponse<'_>> = all.iter().filter(in_success).collect();
    let errors: Vec<&TypedResponse<'_>> = all
        .iter()
        .filter(|typed| !is_success(typed.response.status))
        .collect();

    let success_enum = format_ident!("{}", operation.success_type);
    let error_enum = format_ident!("{}", operation.error_type);
    let needs_enum = distinct(&successes);
    let mut enums = TokenStream::new();
    if needs_enum {
        enums.extend(success_declaration(operation, &successes));
    }
    enums.extend(error_declaration(operation, &errors));
    let success = match (needs_enum, successes.first()) {
        (true, _) => quote!(#success_enum),
        (false, Some(TypedResponse { ty: Some(ty), .. })) => ty.clone(),
        (false, _) => quote!(()),
    };
    let wrap = needs_enum.then_some(&success_enum);
    let overlap = all
        .iter()
        .any(|typed| !matches!(typed.response.status, Status::Code(_)));
    let is_bytes = |typed: &TypedResponse<'_>| typed.kind() == Some(BodyKind::Bytes);
    let streamable = successes.iter().any(|typed| is_bytes(typed))
        && successes
            .iter()
            .all(|typed| typed.ty.is_none() || is_bytes(typed));
    let arms = arms(&all, declared_success, wrap, &error_enum);
    Ok(EmittedResponses {
        success,
        error: quote!(#error_enum),
        arms,
        overlap,
        streamable,
        enums,
    })
}

/// Whether successes have different types, which needs an enum.
fn distinct(successes: &[&TypedResponse<'_>]) -> bool {
    let text = |typed: &TypedResponse<'_>| typed.ty.as_ref().map(ToString::to_string);
    successes
        .first()
        .is_some_and(|first| successes.iter().any(|typed| text(typed) != text(first)))
}

fn arms(
    all: &[TypedResponse<'_>],
    declared_success: bool,
    success: Option<&syn::Ident>,
    error: &syn::Ident,
) -> Vec<TokenStream> {
    let mut arms = Vec::new();
    let mut open = true;
    for typed in all {
        let variant = format_ident!("{}", typed.response.rust);
        let read = read(typed.response.body.as_ref());
        let empty = typed.ty.is_none();
        let as_success = match (success, empty) {
            (None, _) => quote!(#read.success()),
            (Some(success), true) => quote!(#read.success_as(|()| #success::#variant)),
            (Some(success), false) => quote!(#read.success_as(#success::#variant)),
        };
        let as_error = if empty {
            quote!(#read.error(|()| #error::#variant))
        } else {
            quote!(#read.error(#error::#variant))
        };
        match typed.response.status {
            Status::Code(code) if is_success(typed.response.status) => {
                let code = Literal::u16_unsuffixed(code);
                arms.push(quote!(#code => #as_success));
            }
            Status::Range(2) => arms.push(quote!(200..=299 => #as_success)),
            Status::Code(code) => {
                let code = Literal::u16_unsuffixed(code);
                arms.push(quote!(#code => #as_error));
            }
            Status::Range(digit) => {
                let low = u16::from(digit) * 100;
                let (low, high) = (
                    Literal::u16_unsuffixed(low),
                    Literal::u16_unsuffixed(low + 99),
                );
                arms.push(quote!(#low..=#high => #as_error));
            }
            Status::Default => {
                if !declared_success {
                    arms.push(quote!(200..=299 => #as_success));
                    arms.push(quote!(_ => #as_error));
                } else {
                    // An undeclared success is not an error of the `default`.
                    if all
                        .iter()
                        .all(|typed| typed.response.status != Status::Range(2))
                    {
                        arms.push(quote!(200..=299 => runtime::Decoded::undeclared()));
                    }
                    arms.push(quote!(_ => #as_error));
                }
                open = false;
            }
        }
    }
    if open {
        arms.push(quote!(_ => runtime::Decoded::undeclared()));
    }
    arms
}

/// The expression that decodes a body.
fn read(body: Option<&ResponseBody>) -> TokenStream {
    let Some(body) = body else {
        return quote!(response.empty());
    };
    let media_type = &body.media_type;
    match body.kind {
        BodyKind::Json | BodyKind::Form => quote!(response.json(#media_type)),
        BodyKind::Text => quote!(response.text(#media_type)),
        BodyKind::Bytes | BodyKind::Multipart => quote!(response.bytes(#media_type)),
    }
}

fn variants(responses: &[&TypedResponse<'_>]) -> TokenStream {
    let variants = responses.iter().map(|typed| {
        let variant = format_ident!("{}", typed.response.rust);
        let status = match typed.response.status {
            Status::Code(code) => Words::default().say("Status ").number(code.into()),
            Status::Range(digit) => {
                let hundreds = usize::from(digit) * 100;
                let words = Words::default().say("Statuses ").number(hundreds);
                words.say(" to ").number(hundreds + 99)
            }
            Status::Default => Words::default().say("Any other status"),
        };
        let prose = typed.response.doc.as_deref().unwrap_or_default();
        let prose = Words::default().prose(prose);
        let words = if prose.is_empty() {
            status.say(".")
        } else {
            status.say(": ").words(prose)
        };
        let docs = Doc::of(words).attributes();
        match &typed.ty {
            Some(ty) => quote!(#(#docs)* #variant(#ty),),
            None => quote!(#(#docs)* #variant,),
        }
    });
    variants.collect()
}

fn success_declaration(operation: &Operation, successes: &[&TypedResponse<'_>]) -> TokenStream {
    let ident = format_ident!("{}", operation.success_type);
    let words = Words::default()
        .say("The success responses of ")
        .item("", &format_ident!("{}", operation.type_name));
    let docs = Doc::of(words.say(", one variant per status.")).attributes();
    let variants = variants(successes);
    quote! {
        #(#docs)*
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #ident { #variants }
    }
}

/// The error enum. Its `Debug` prints only the name of the variant.
fn error_declaration(operation: &Operation, errors: &[&TypedResponse<'_>]) -> TokenStream {
    let ident = format_ident!("{}", operation.error_type);
    let words = Words::default()
        .say("The error responses of ")
        .item("", &format_ident!("{}", operation.type_name))
        .say(", one variant per status.");
    let docs = Doc::of(words).attributes();
    let variants = variants(errors);
    let names = errors.iter().map(|typed| {
        let (variant, name) = (
            format_ident!("{}", typed.response.rust),
            &typed.response.rust,
        );
        match typed.ty {
            Some(_) => quote!(Self::#variant(_) => #name,),
            None => quote!(Self::#variant => #name,),
        }
    });
    let names = if errors.is_empty() {
        quote!(match *self {})
    } else {
        quote!(match self { #(#names)* })
    };
    quote! {
        #(#docs)*
        ///
        /// `Debug` prints only the variant name, because error bodies may echo secrets.
        #[derive(Clone, PartialEq)]
        #[non_exhaustive]
        pub enum #ident { #variants }

        impl runtime::ErrorVariant for #ident {
            fn variant(&self) -> &'static str {
                #names
            }
        }

        impl std::fmt::Debug for #ident {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(runtime::ErrorVariant::variant(self))
            }
        }
    }
}

/// The media types of the responses, for the `Accept` header (RFC 9110 section 12.5.1).
pub(super) fn accept(operation: &Operation) -> String {
    let mut types: Vec<&str> = Vec::new();
    for body in operation
        .responses
        .iter()
        .filter_map(|response| response.body.as_ref())
    {
        if !types.contains(&body.media_type.as_str()) {
            types.push(&body.media_type);
        }
    }
    if types.is_empty() {
        "*/*".to_owned()
    } else {
        types.join(", ")
    }
}
