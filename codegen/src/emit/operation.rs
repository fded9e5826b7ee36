//! Emits an operation: the method of the client, the request struct with its setters, and the sending.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::constructor::{argument, assigned};
use super::request;
use super::responses;
use super::responses::text;
use crate::model::{Body, BodyKind, Location, Model, Operation, Parameter};
use crate::progenitor_adapter::ProbeSchema;
use crate::prose::{Doc, Words};
use crate::rewrite::{Rewritten, option_inner};

/// Emits the public request API of one operation.
pub(super) struct OperationEmitter<'a> {
    index: usize,
    operation: &'a Operation,
    model: &'a Model,
    ident: Ident,
    arguments: Vec<Argument>,
    /// The statements of `fn request`.
    statements: TokenStream,
    responses: responses::EmittedResponses,
}

/// A parameter or the body, as the caller passes it.
struct Argument {
    ident: Ident,
    /// The type of the value, without `Option`.
    ty: TokenStream,
    /// The type of the argument of the method or setter.
    takes: TokenStream,
    /// The expression that converts the argument into the value.
    value: TokenStream,
    required: bool,
    doc: Doc,
    deprecated: bool,
}

impl Argument {
    fn parameter(parameter: &Parameter, ty: &syn::Type) -> Self {
        let ident = format_ident!("{}", parameter.rust);
        let required = parameter.required && parameter.constant.is_none();
        let ty = if required {
            ty
        } else {
            option_inner(ty).unwrap_or(ty)
        };
        let (takes, value) = argument(ty, &ident);
        let (place, wire) = (place(parameter.location), &parameter.wire);
        let words = Words::default().say("Sets the ").say(place).say(" ");
        let prose = parameter.doc.as_deref().unwrap_or_default();
        let doc = Doc::of(words.code(wire).say(".")).prose(prose);
        let deprecated = parameter.deprecated;
        Self {
            ident,
            ty: quote!(#ty),
            takes,
            value,
            required,
            doc,
            deprecated,
        }
    }

    fn body(body: &Body, ty: &syn::Type, model: &Model) -> Self {
        let ident = format_ident!("{}", body.rust);
        let (ty, takes, value) = match body.kind {
            BodyKind::Text => {
                let ty = text(&body.schema);
                (ty.clone(), quote!(impl Into<#ty>), quote!(#ident.into()))
            }
            BodyKind::Bytes => (
                quote!(runtime::Upload),
                quote!(impl Into<runtime::Upload>),
                quote!(#ident.into()),
            ),
            BodyKind::Json | BodyKind::Form | BodyKind::Multipart => {
                let ty = if body.required {
                    ty
                } else {
                    option_inner(ty).unwrap_or(ty)
                };
                let (takes, value) = if model.is_union(&body.schema) {
                    (quote!(impl Into<#ty>), quote!(#ident.into()))
                } else {
                    argument(ty, &ident)
                };
                (quote!(#ty), takes, value)
            }
        };
        let required = body.required;
        let doc = Doc::default().ours("Sets the request body.");
        Self {
            ident,
            ty,
            takes,
            value,
            required,
            doc,
            deprecated: false,
        }
    }

    fn field(&self) -> TokenStream {
        let (ident, ty) = (&self.ident, &self.ty);
        if self.required {
            quote!(#ident: #ty,)
        } else {
            quote!(#ident: Option<#ty>,)
        }
    }

    fn setter(&self) -> TokenStream {
        let (ident, takes, value) = (&self.ident, &self.takes, &self.value);
        let docs = self.doc.attributes();
        let deprecated = self.deprecated.then(|| quote!(#[deprecated]));
        quote! {
            #(#docs)*
            #deprecated
            pub fn #ident(mut self, #ident: #takes) -> Self {
                self.#ident = Some(#value);
                self
            }
        }
    }
}

/// What documentation calls a parameter by its location.
fn place(location: Location) -> &'static str {
    match location {
        Location::Path => "path parameter",
        Location::Query => "query parameter",
        Location::Header => "header",
        Location::Cookie => "cookie",
    }
}

impl<'a> OperationEmitter<'a> {
    pub(super) fn new(
        index: usize,
        operation: &'a Operation,
        rewritten: &'a Rewritten,
        model: &'a Model,
    ) -> Result<Self, String> {
        let probe = ProbeSchema::Operation(index);
        let typed = |name: String| {
            let ty = rewritten.probed.get(&probe.property(name.as_str()));
            ty.ok_or_else(|| format!("`{name}` of `{}` is not typed", operation.id))
        };
        let mut arguments = Vec::new();
        for (at, parameter) in operation.parameters.iter().enumerate() {
            arguments.push(Argument::parameter(parameter, typed(format!("p{at}"))?));
        }
        if let Some(body) = &operation.body {
            arguments.push(Argument::body(body, typed("body".to_owned())?, model));
        }
        let statements = request::statements(operation, model)?;
        let responses = responses::emit_responses(operation, &typed)?;
        let ident = format_ident!("{}", operation.type_name);
        Ok(Self {
            index,
            operation,
            model,
            ident,
            arguments,
            statements,
            responses,
        })
    }

    pub(super) fn emit(&self) -> TokenStream {
        let parts = [
            self.method(),
            self.token_source(),
            self.request_struct(),
            self.sending(),
            self.responses.enums.clone(),
        ];
        parts.into_iter().collect()
    }

    fn docs(&self) -> Vec<syn::Attribute> {
        let operation = self.operation;
        let prose = [&operation.summary, &operation.description];
        let prose = prose.into_iter().flatten();
        let doc = prose.fold(Doc::default(), |doc, prose| doc.prose(prose));
        let request = format!("{} {}", operation.method, operation.path);
        doc.paragraph(Words::default().code(&request)).attributes()
    }

    /// The method of the client, which takes the required arguments.
    fn method(&self) -> TokenStream {
        let (ident, name) = (&self.ident, format_ident!("{}", self.operation.rust));
        let docs = self.docs();
        let deprecated = self.operation.deprecated.then(|| quote!(#[deprecated]));
        let required = self.arguments.iter().filter(|argument| argument.required);
        let takes = required.clone().map(|argument| {
            let (ident, takes) = (&argument.ident, &argument.takes);
            quote!(#ident: #takes)
        });
        let fields = self.arguments.iter().map(|argument| {
            let (ident, value) = (&argument.ident, &argument.value);
            if argument.required {
                assigned(ident, value)
            } else {
                quote!(#ident: None,)
            }
        });
        quote! {
            impl Client {
                #(#docs)*
                #deprecated
                pub fn #name(&self, #(#takes),*) -> #ident {
                    #ident {
                        client: self.clone(),
                        #(#fields)*
                        options: runtime::CallOptions::default(),
                    }
                }
            }
        }
    }

    fn request_struct(&self) -> TokenStream {
        let (ident, fields) = (&self.ident, self.arguments.iter().map(Argument::field));
        let words = Words::default().say("A request of ");
        let words = words.item("Client::", &format_ident!("{}", self.operation.rust));
        let docs = Doc::of(words.say(".")).attributes();
        let setters = self
            .arguments
            .iter()
            .filter(|argument| !argument.required)
            .map(Argument::setter);
        let statements = &self.statements;
        let (constant, result) = (self.constant(), self.result());
        let (execution, streaming) = (self.execution(), self.streaming());
        quote! {
            #(#docs)*
            #[derive(Clone, Debug)]
            #[must_use = "a request does nothing until it is sent"]
            pub struct #ident {
                client: Client,
                #(#fields)*
                options: runtime::CallOptions,
            }

            impl #ident {
                const OPERATION: &'static runtime::Operation = &#constant;

                #(#setters)*

                /// Sets options for this call only: timeout, retries, extra headers.
                pub fn with(mut self, options: runtime::CallOptions) -> Self {
                    self.options = options;
                    self
                }

                /// Builds the request without credentials and without sending it.
                ///
                /// # Errors
                ///
                /// If an argument cannot be encoded in the URL, a header or the body.
                pub fn request(&self) -> Result<reqwest::Request, runtime::RequestError> {
                    #statements
                }

                /// Sends the request and reads the whole response.
                ///
                /// # Errors
                ///
                /// If the call does not succeed. [`runtime::Error`] has the cause, the response
                /// if one arrived, and whether the request may have taken effect.
                pub async fn send(self) -> #result {
                    let transport = self.client.transport();
                    #execution
                }

                #streaming
            }
        }
    }

    /// The method that streams the body of a success, if it is bytes: it may be too large for memory.
    fn streaming(&self) -> Option<TokenStream> {
        let error = &self.responses.error;
        self.responses.streamable.then(|| {
            quote! {
                /// Sends the request and returns the response body as a stream.
                ///
                /// # Errors
                ///
                /// Same as [`Self::send`]. Errors in the body are returned while reading it.
                pub async fn stream(
                    self,
                ) -> Result<runtime::Response<runtime::Download>, runtime::Error<#error>> {
                    let transport = self.client.transport();
                    transport.stream::<Self>(Self::OPERATION, || self.request(), &self.options).await
                }
            }
        })
    }

    /// The statements that send the request. If the operation revokes a token, no later call uses that
    /// token.
    fn execution(&self) -> TokenStream {
        let call = quote! {
            transport.call::<Self>(Self::OPERATION, || self.request(), &self.options).await
        };
        let source = self.model.token_source.as_ref();
        let revoked = source.and_then(|source| source.revoked_by.as_ref());
        match (revoked, &self.operation.body) {
            (Some((index, token)), Some(body)) if *index == self.index => {
                let (body, token) = (format_ident!("{}", body.rust), format_ident!("{token}"));
                quote! {
                    let guard = transport.guard_revocation(|| self.#body.#token.clone().into());
                    let result = #call;
                    guard.complete(&result);
                    result
                }
            }
            _ => call,
        }
    }

    /// The method that creates a token source, if the operation issues tokens.
    fn token_source(&self) -> TokenStream {
        let source = self.model.token_source.as_ref();
        let Some(source) = source.filter(|source| source.operation == self.index) else {
            return TokenStream::new();
        };
        let name = format_ident!("{}", self.operation.rust);
        let required: Vec<&Argument> = self
            .arguments
            .iter()
            .filter(|argument| argument.required)
            .collect();
        let takes = required.iter().map(|argument| {
            let (ident, takes) = (&argument.ident, &argument.takes);
            quote!(#ident: #takes)
        });
        let given = required.iter().map(|argument| &argument.ident);
        let token = format_ident!("{}", source.token);
        let expires_in = source.expires_in.as_ref().map(|name| {
            let name = format_ident!("{name}");
            if source.always_expires {
                quote!(Some(issued.#name))
            } else {
                quote!(issued.#name)
            }
        });
        let expires_in = expires_in.unwrap_or_else(|| quote!(None::<i64>));
        let words = Words::default()
            .say("Creates a token source for the builder of another client. It calls ")
            .item("Client::", &name)
            .say(
                " when a token is first needed, caches the token and renews it before it expires.",
            );
        let docs = Doc::of(words).attributes();
        quote! {
            impl Client {
                #(#docs)*
                ///
                /// This client itself can be built without a token.
                pub fn token_source(&self, #(#takes),*) -> runtime::CachedToken {
                    let request = self.#name(#(#given),*);
                    self.transport().cached_token(move || {
                        let request = request.clone();
                        async move {
                            let result = request.send().await;
                            let issued = result.map_err(|error| runtime::TokenError::from_call(&error))?;
                            let issued = issued.into_body();
                            Ok(runtime::IssuedToken::new(issued.#token, #expires_in))
                        }
                    })
                }
            }
        }
    }

    /// The type of the result of a call.
    fn result(&self) -> TokenStream {
        let (success, error) = (&self.responses.success, &self.responses.error);
        quote!(Result<runtime::Response<#success>, runtime::Error<#error>>)
    }

    fn sending(&self) -> TokenStream {
        let ident = &self.ident;
        let overlap = self.responses.overlap.then(|| {
            quote! {
                #[allow(clippy::match_overlapping_arm, reason = "a status goes before its range")]
            }
        });
        let (success, error, arms) = (
            &self.responses.success,
            &self.responses.error,
            &self.responses.arms,
        );
        let result = self.result();
        quote! {
            impl std::future::IntoFuture for #ident {
                type Output = #result;
                type IntoFuture = runtime::BoxFuture<Self::Output>;

                fn into_future(self) -> Self::IntoFuture {
                    Box::pin(self.send())
                }
            }

            impl runtime::Decode for #ident {
                type Success = #success;
                type Error = #error;

                #overlap
                fn decode(
                    response: &runtime::RawResponse,
                ) -> runtime::Decoded<Self::Success, Self::Error> {
                    match response.status().as_u16() { #(#arms,)* }
                }
            }
        }
    }

    /// The description of the operation for the runtime.
    fn constant(&self) -> TokenStream {
        let Operation {
            rust,
            method,
            path,
            idempotent,
            ..
        } = self.operation;
        let server = match &self.operation.server {
            Some(url) => quote!(Some(#url)),
            None => quote!(None),
        };
        let accept = responses::accept(self.operation);
        let security = self.operation.security.iter().map(|alternative| {
            let schemes = alternative
                .iter()
                .filter_map(|index| self.model.credentials.get(*index));
            let schemes = schemes.map(|credential| &credential.scheme);
            quote!(&[#(#schemes),*])
        });
        quote! {
            runtime::Operation {
                id: #rust,
                method: #method,
                path: #path,
                server: #server,
                idempotent: #idempotent,
                accept: #accept,
                security: &[#(#security),*],
            }
        }
    }
}
