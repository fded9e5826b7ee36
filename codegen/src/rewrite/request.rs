//! The code that builds a request: progenitor's straight line up to `.build()?`, with our own
//! encoders, wire names and media types put in.

use std::collections::BTreeMap;
use std::ops::Range;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Expr, ExprMethodCall, ImplItem, ImplItemFn, Item, Stmt};

use super::form;
use crate::model::{Body, BodyKind, Location, Model, Operation, Parameter, Schema, Style};

/// The statements of the requests of some operations, as text.
pub(super) fn requests(
    file: &syn::File,
    some: Range<usize>,
    model: &Model,
) -> Result<Vec<String>, String> {
    let methods = file.items.iter().flat_map(methods);
    let methods: BTreeMap<String, &ImplItemFn> = methods
        .map(|method| (method.sig.ident.to_string(), method))
        .collect();
    let operations = model.operations.iter().enumerate();
    let operations = operations.skip(some.start).take(some.len());
    operations
        .map(|(index, operation)| {
            let method = methods.get(&format!("o{index}"));
            let method = method.ok_or_else(|| format!("no method for `{}`", operation.id))?;
            let statements = Request { model, operation }.statements(&method.block);
            let statements = statements
                .map_err(|reason| format!("the method for `{}`: {reason}", operation.id))?;
            Ok(quote!(#(#statements)*).to_string())
        })
        .collect()
}

fn methods(item: &Item) -> Vec<&ImplItemFn> {
    let Item::Impl(block) = item else {
        return Vec::new();
    };
    let functions = block.items.iter().filter_map(|item| match item {
        ImplItem::Fn(function) => Some(function),
        _ => None,
    });
    functions.collect()
}

/// What a statement of progenitor's method does.
enum Step<'a> {
    /// `let url = format!(…);`
    Url,
    /// `let mut header_map = HeaderMap::with_capacity(…);`
    HeaderMap,
    /// The `api-version` header, which nobody asked for.
    ApiVersion,
    /// Appends the header parameter with this synthetic name.
    Header(String),
    /// `let mut request = self.client.post(url)….build()?;`
    Build(Vec<&'a ExprMethodCall>),
}

/// One operation's request.
struct Request<'a> {
    model: &'a Model,
    operation: &'a Operation,
}

impl Request<'_> {
    /// The headers are written into the request that was built: a map of their own would be made
    /// and merged for every call.
    fn statements(&self, block: &syn::Block) -> Result<Vec<Stmt>, String> {
        let (mut url, mut headers) = (TokenStream::new(), TokenStream::new());
        for statement in &block.stmts {
            match step(statement)? {
                Step::Url => url.extend(self.url()?),
                Step::HeaderMap => {
                    headers.extend(quote!(encode::accept(headers, Self::OPERATION.accept)?;));
                }
                Step::ApiVersion => {}
                Step::Header(name) => headers.extend(self.header(&name)?),
                Step::Build(calls) => {
                    let build = self.build(&calls)?;
                    let content_type = self.content_type();
                    let block: syn::Block = syn::parse2(quote!({
                        #url
                        #build
                        let headers = request.headers_mut();
                        #headers
                        #content_type
                        self.options.apply(&mut request)?;
                        Ok(request)
                    }))
                    .map_err(|error| error.to_string())?;
                    return Ok(block.stmts);
                }
            }
        }
        Err("it never builds the request".to_owned())
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

    /// The path as a format string, with a binding per template expression; as it is where there
    /// is none.
    fn path(&self) -> Result<(String, Vec<TokenStream>), String> {
        let mut template = String::new();
        let mut values: Vec<TokenStream> = Vec::new();
        let mut rest = self.operation.path.as_str();
        while let Some((literal, after)) = rest.split_once('{') {
            let (name, after) = after.split_once('}').ok_or("the path has an open brace")?;
            let parameter = self.parameters(Location::Path).find(|it| it.wire == name);
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

    fn header(&self, name: &str) -> Result<TokenStream, String> {
        let index = name
            .strip_prefix('p')
            .and_then(|index| index.parse::<usize>().ok());
        let parameter = index.and_then(|index| self.operation.parameters.get(index));
        let parameter = parameter.ok_or_else(|| format!("it has a header `{name}`"))?;
        let (wire, value, explode) = (&parameter.wire, self.value(parameter), parameter.explode);
        let cookie = parameter.location == Location::Cookie;
        Ok(match (parameter.style, self.is_secret(parameter)) {
            (Style::Json, _) if cookie => {
                quote!(encode::json_cookie(headers, #wire, #value)?;)
            }
            (Style::Json, _) => {
                quote!(encode::json_header(headers, #wire, #value)?;)
            }
            _ if cookie => {
                quote!(encode::cookie(headers, #wire, #value, #explode)?;)
            }
            (_, true) => {
                quote!(encode::secret_header(headers, #wire, #value, #explode)?;)
            }
            _ if explode => {
                quote!(encode::header_as(headers, #wire, #value, #explode)?;)
            }
            _ => quote!(encode::header(headers, #wire, #value)?;),
        })
    }

    /// The chain of calls on the HTTP client that builds the request.
    fn build(&self, calls: &[&ExprMethodCall]) -> Result<TokenStream, String> {
        let mut request = quote!(transport.http());
        let mut body = None;
        for call in calls {
            match call.method.to_string().as_str() {
                "get" | "put" | "post" | "delete" | "head" | "patch" => {
                    let method = &call.method;
                    request.extend(quote!(.#method(url)));
                }
                // reqwest has no shorthand for the others.
                name @ ("options" | "trace") => {
                    let method = format_ident!("{}", name.to_ascii_uppercase());
                    request.extend(quote!(.request(reqwest::Method::#method, url)));
                }
                "json" | "body" | "form_urlencoded" => body = Some(self.body()?),
                // The encoders put these in place.
                "headers" | "query" | "header" | "build" => {}
                other => return Err(format!("it calls `{other}`")),
            }
        }
        let declared = self.operation.body.as_ref();
        if let Some(declared) = declared.filter(|it| it.kind == BodyKind::Multipart) {
            return self.multipart(declared, &request);
        }
        let optional = declared.filter(|body| !body.required);
        Ok(match optional {
            None => quote!(let mut request = #request #body.build()?;),
            Some(declared) => {
                let field = format_ident!("{}", declared.rust);
                quote! {
                    let request = #request;
                    let mut request = match &self.#field {
                        Some(body) => request #body,
                        None => request,
                    }
                    .build()?;
                }
            }
        })
    }

    /// The statements that build a request whose body is a form of parts.
    fn multipart(&self, body: &Body, request: &TokenStream) -> Result<TokenStream, String> {
        let field = format_ident!("{}", body.rust);
        let form = form::multipart(body, self.model)?;
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

    /// The body's part of the chain.
    fn body(&self) -> Result<TokenStream, String> {
        let body = self.operation.body.as_ref().ok_or("it has a body")?;
        let field = format_ident!("{}", body.rust);
        let value = if body.required {
            quote!(&self.#field)
        } else {
            quote!(body)
        };
        Ok(match (body.kind, body.required) {
            (BodyKind::Json, _) => quote!(.json(#value)),
            (BodyKind::Form, _) => {
                let text = form::urlencoded(body, &value);
                quote!(.body(#text))
            }
            (BodyKind::Text, _) if body.schema == Schema::Secret => {
                quote!(.body((#value).expose_secret().to_owned()))
            }
            (BodyKind::Text, true) => quote!(.body(self.#field.clone())),
            (BodyKind::Text, false) => quote!(.body(body.clone())),
            (BodyKind::Bytes | BodyKind::Multipart, true) => quote!(.body(self.#field.body()?)),
            (BodyKind::Bytes | BodyKind::Multipart, false) => quote!(.body(body.body()?)),
        })
    }

    /// The statement that declares the body's media type. Without a body there is none; plain JSON
    /// is named by reqwest itself, and the boundary of a form is known to the form alone.
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

    /// The value that is encoded: the argument, or the client's where the request sets none.
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

fn style(parameter: &Parameter, of: &str) -> TokenStream {
    let of = format_ident!("{of}");
    let style = format_ident!("{}", style_name(parameter.style));
    quote!(runtime::#of::#style)
}

/// The runtime's name of a style.
pub(super) fn style_name(style: Style) -> &'static str {
    match style {
        Style::Simple => "Simple",
        Style::Label => "Label",
        Style::Matrix => "Matrix",
        Style::Form => "Form",
        Style::SpaceDelimited => "SpaceDelimited",
        Style::PipeDelimited => "PipeDelimited",
        Style::DeepObject => "DeepObject",
        Style::Json => "Json",
    }
}

/// Tells by its shape what a statement does.
fn step(statement: &Stmt) -> Result<Step<'_>, String> {
    match statement {
        Stmt::Local(local) => {
            let init = local.init.as_ref().map(|init| init.expr.as_ref());
            match init {
                Some(Expr::Macro(call)) if call.mac.path.is_ident("format") => Ok(Step::Url),
                Some(Expr::Call(_)) => Ok(Step::HeaderMap),
                Some(Expr::Try(attempt)) => chain(&attempt.expr),
                _ => Err("it has a binding of an unknown shape".to_owned()),
            }
        }
        Stmt::Expr(expression, _) => header(expression),
        _ => Err("it has a statement of an unknown shape".to_owned()),
    }
}

/// `header_map.append("p0", …)`, bare or inside `if let Some(value) = p0`.
fn header(expression: &Expr) -> Result<Step<'_>, String> {
    match expression {
        Expr::MethodCall(call) if call.method == "append" => match call.args.first() {
            Some(Expr::Lit(syn::ExprLit {
                lit: syn::Lit::Str(name),
                ..
            })) => Ok(Step::Header(name.value())),
            _ => Ok(Step::ApiVersion),
        },
        Expr::If(branch) => match branch.then_branch.stmts.first() {
            Some(Stmt::Expr(inner, _)) => header(inner),
            _ => Err("it has an empty branch".to_owned()),
        },
        _ => Err("it has an expression of an unknown shape".to_owned()),
    }
}

/// The calls of a method chain, first call first.
fn chain(expression: &Expr) -> Result<Step<'_>, String> {
    let mut calls = Vec::new();
    let mut rest = expression;
    loop {
        match rest {
            Expr::MethodCall(call) => {
                calls.push(call);
                rest = &call.receiver;
            }
            // `.form_urlencoded(…)?` stands in the middle of the chain.
            Expr::Try(attempt) => rest = &attempt.expr,
            _ => break,
        }
    }
    calls.reverse();
    if calls.last().is_some_and(|call| call.method == "build") {
        Ok(Step::Build(calls))
    } else {
        Err("a chain of calls does not end in `build`".to_owned())
    }
}
