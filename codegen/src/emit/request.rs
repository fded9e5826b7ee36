//! Emits the code that builds the request of an operation: the URL, the headers and the body.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::form_body;
use super::style_name::style_name;
use crate::model::{Body, BodyKind, Location, Model, Operation, Parameter, Schema, Style};

/// The statements of `fn request`, which build the request without sending it.
///
/// # Errors
///
/// If the path has an expression without a parameter, which is a defect of the checks.
pub(super) fn statements(operation: &Operation, model: &Model) -> Result<TokenStream, String> {
    let request = RequestEmitter { model, operation };
    request
        .statements()
        .map_err(|reason| format!("the request of `{}`: {reason}", operation.id))
}

/// Emits the request of one operation.
struct RequestEmitter<'a> {
    model: &'a Model,
    operation: &'a Operation,
}

impl RequestEmitter<'_> {
    /// The statements of `fn request`. Headers are set on the built request: a header map of their own
    /// would cost an allocation per call.
    fn statements(&self) -> Result<TokenStream, String> {
        let url = self.url()?;
        let build = self.build()?;
        let headers = self.operation.parameters.iter();
        let headers = headers.filter_map(|parameter| self.header(parameter));
        let content_type = self.content_type();
        Ok(quote! {
            #url
            #build
            let headers = request.headers_mut();
            encode::accept(headers, Self::OPERATION.accept)?;
            #(#headers)*
            #content_type
            self.options.apply(&mut request)?;
            Ok(request)
        })
    }

    /// The URL with encoded path parameters, and the query appended to it.
    fn url(&self) -> Result<TokenStream, String> {
        let (path, values) = self.path()?;
        let queries: Vec<TokenStream> = self
            .parameters(Location::Query)
            .map(|parameter| self.query(parameter))
            .collect();
        let text = match (values.is_empty(), queries.is_empty()) {
            (true, true) => quote!(#path),
            (true, false) => quote!(String::from(#path)),
            (false, _) => quote!(format!(#path)),
        };
        let base_url = match &self.operation.server {
            None => quote!(transport.base_url()),
            Some(_) => quote!(transport.base_url_of(Self::OPERATION)?),
        };
        let append = if queries.is_empty() {
            quote!(let url = #base_url.append(#text)?;)
        } else {
            quote! {
                let mut url = #text;
                #(#queries)*
                let url = #base_url.append(url)?;
            }
        };
        Ok(quote! {
            let transport = self.client.transport();
            #(#values)*
            #append
        })
    }

    /// The path as a format string, with a `let` statement per template expression. Without expressions it
    /// is a plain string.
    fn path(&self) -> Result<(String, Vec<TokenStream>), String> {
        let mut template = String::new();
        let mut values: Vec<TokenStream> = Vec::new();
        let mut rest = self.operation.path.as_str();
        while let Some((literal, after)) = rest.split_once('{') {
            let (name, after) = after.split_once('}').ok_or("the path has an open brace")?;
            let parameter = self
                .parameters(Location::Path)
                .find(|parameter| parameter.wire == name);
            let parameter = parameter.ok_or_else(|| format!("no parameter `{name}`"))?;
            let (value, explode) = (self.value(parameter), parameter.explode);
            let part = format_ident!("path_{}", values.len());
            template.push_str(&format!("{literal}{{{part}}}"));
            let encoded = match parameter.style {
                Style::Simple if !explode => quote!(encode::path(#name, #value)?),
                _ => {
                    let style = style(parameter, "PathStyle");
                    quote!(encode::path_as(#name, #value, #style, #explode)?)
                }
            };
            values.push(quote!(let #part = #encoded;));
            rest = after;
        }
        if values.is_empty() {
            return Ok((self.operation.path.clone(), values));
        }
        template.push_str(&rest.replace('}', "}}"));
        Ok((template, values))
    }

    fn query(&self, parameter: &Parameter) -> TokenStream {
        let (name, value, explode) = (&parameter.wire, self.value(parameter), parameter.explode);
        if parameter.style == Style::Form && explode {
            return quote!(encode::query(&mut url, #name, #value)?;);
        }
        let style = style(parameter, "QueryStyle");
        quote!(encode::query_as(&mut url, #name, #value, #style, #explode)?;)
    }

    /// The statement that sets a header or cookie; `None` for other parameters.
    fn header(&self, parameter: &Parameter) -> Option<TokenStream> {
        let (name, value, explode) = (&parameter.wire, self.value(parameter), parameter.explode);
        match (parameter.location, parameter.style) {
            (Location::Cookie, Style::Json) => {
                Some(quote!(encode::json_cookie(headers, #name, #value)?;))
            }
            (Location::Cookie, _) => {
                Some(quote!(encode::cookie(headers, #name, #value, #explode)?;))
            }
            (Location::Header, Style::Json) => {
                Some(quote!(encode::json_header(headers, #name, #value)?;))
            }
            (Location::Header, _) if self.is_secret(parameter) => {
                Some(quote!(encode::secret_header(headers, #name, #value, #explode)?;))
            }
            (Location::Header, _) if explode => {
                Some(quote!(encode::header_as(headers, #name, #value, #explode)?;))
            }
            (Location::Header, _) => Some(quote!(encode::header(headers, #name, #value)?;)),
            (Location::Path | Location::Query, _) => None,
        }
    }

    /// The statements that build the request with its method, URL and body.
    fn build(&self) -> Result<TokenStream, String> {
        let request = self.method();
        let Some(body) = &self.operation.body else {
            return Ok(quote!(let mut request = #request.build()?;));
        };
        if body.kind == BodyKind::Multipart {
            return self.multipart(body, &request);
        }
        let set_body = body_call(body);
        if body.required {
            return Ok(quote!(let mut request = #request #set_body.build()?;));
        }
        let field = format_ident!("{}", body.rust);
        Ok(quote! {
            let request = #request;
            let mut request = match &self.#field {
                Some(body) => request #set_body,
                None => request,
            }
            .build()?;
        })
    }

    /// The call of the HTTP client with the method and the URL.
    fn method(&self) -> TokenStream {
        let method = self.operation.method.as_str();
        match method {
            // reqwest has no shorthand for these.
            "OPTIONS" | "TRACE" => {
                let method = format_ident!("{method}");
                quote!(transport.http().request(reqwest::Method::#method, url))
            }
            _ => {
                let method = format_ident!("{}", method.to_ascii_lowercase());
                quote!(transport.http().#method(url))
            }
        }
    }

    /// The statements that build a request with a multipart body.
    fn multipart(&self, body: &Body, request: &TokenStream) -> Result<TokenStream, String> {
        let field = format_ident!("{}", body.rust);
        let form = form_body::multipart(body, self.model)?;
        Ok(if body.required {
            quote! {
                let body = &self.#field;
                #form
                let mut request = form.on(#request).build()?;
            }
        } else {
            quote! {
                let request = #request;
                let mut request = match &self.#field {
                    Some(body) => {
                        #form
                        form.on(request)
                    }
                    None => request,
                }
                .build()?;
            }
        })
    }

    /// The statement that sets the `Content-Type` header. It is empty without a body, for JSON, where
    /// reqwest sets the header, and for multipart bodies, where the form sets it with its boundary.
    fn content_type(&self) -> TokenStream {
        let body = self.operation.body.as_ref();
        let named = |body: &&Body| {
            body.media_type == "application/json" || body.kind == BodyKind::Multipart
        };
        let Some(body) = body.filter(|body| !named(body)) else {
            return TokenStream::new();
        };
        let (field, media_type) = (format_ident!("{}", body.rust), &body.media_type);
        let set = quote!(encode::content_type(headers, #media_type)?;);
        if body.required {
            set
        } else {
            quote!(if self.#field.is_some() { #set })
        }
    }

    fn parameters(&self, location: Location) -> impl Iterator<Item = &Parameter> {
        self.operation
            .parameters
            .iter()
            .filter(move |parameter| parameter.location == location)
    }

    /// The value to encode: the argument, or else the one of the client.
    fn value(&self, parameter: &Parameter) -> TokenStream {
        let field = format_ident!("{}", parameter.rust);
        let constant = parameter
            .constant
            .and_then(|index| self.model.constants.get(index));
        match constant {
            Some(constant) => {
                let method = format_ident!("{}", constant.rust);
                quote!(&self.client.headers.#method(self.#field.as_ref()))
            }
            None => quote!(&self.#field),
        }
    }

    fn is_secret(&self, parameter: &Parameter) -> bool {
        self.model.is_secret(&parameter.schema)
    }
}

/// The call that sets a body, except for multipart bodies.
fn body_call(body: &Body) -> TokenStream {
    let field = format_ident!("{}", body.rust);
    let value = if body.required {
        quote!(&self.#field)
    } else {
        quote!(body)
    };
    match (body.kind, body.required) {
        (BodyKind::Json, _) => quote!(.json(#value)),
        (BodyKind::Form, _) => {
            let text = form_body::urlencoded(body, &value);
            quote!(.body(#text))
        }
        (BodyKind::Text, _) if body.schema == Schema::Secret => {
            quote!(.body((#value).expose_secret().to_owned()))
        }
        (BodyKind::Text, true) => quote!(.body(self.#field.clone())),
        (BodyKind::Text, false) => quote!(.body(body.clone())),
        (BodyKind::Bytes | BodyKind::Multipart, true) => quote!(.body(self.#field.body()?)),
        (BodyKind::Bytes | BodyKind::Multipart, false) => quote!(.body(body.body()?)),
    }
}

fn style(parameter: &Parameter, of: &str) -> TokenStream {
    let of = format_ident!("{of}");
    let style = format_ident!("{}", style_name(parameter.style));
    quote!(runtime::#of::#style)
}
