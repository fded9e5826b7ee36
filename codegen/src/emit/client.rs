//! Emits `client.rs`: the client, its builder and its environments.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::constructor::argument;
use super::type_usage::names_type;
use crate::model::{ConstantHeader, Credential, CredentialKind, Location, Model};
use crate::print::{Module, Part};
use crate::progenitor_adapter::ProbeSchema;
use crate::prose::{Doc, Words};
use crate::rewrite::Rewritten;

/// Emits `client.rs`.
pub(super) fn client(rewritten: &Rewritten, model: &Model) -> Result<Module<'static>, String> {
    let constants = constants(rewritten, model)?;
    let items: TokenStream = [
        environment(model),
        client_struct(&constants),
        builder_struct(model, &constants),
    ]
    .into_iter()
    .collect();
    let doc = Doc::default().ours("The client, its builder and its environments.");
    Ok(Module {
        path: "client.rs".to_owned(),
        doc,
        attributes: if model.features().is_empty() {
            Vec::new()
        } else {
            vec![syn::parse_quote!(
                #![allow(dead_code, reason = "operations that need some of it may be disabled")]
            )]
        },
        imports: imports(model),
        parts: Part::alone(items),
    })
}

fn imports(model: &Model) -> TokenStream {
    let mut headers = model.constants.iter();
    let uses_types = headers.any(|header| names_type(&header.schema));
    let types = uses_types.then(|| {
        quote!(
            use crate::types;
        )
    });
    quote! {
        #types
        use openapi_client_runtime as runtime;
    }
}

/// A constant header with the Rust type of its value.
struct Constant<'a> {
    header: &'a ConstantHeader,
    ty: &'a syn::Type,
}

fn constants<'a>(rewritten: &'a Rewritten, model: &'a Model) -> Result<Vec<Constant<'a>>, String> {
    let headers = model.constants.iter().enumerate();
    headers
        .map(|(at, header)| {
            let ty = rewritten
                .probed
                .get(&ProbeSchema::Constants.property(format!("k{at}")));
            let ty = ty.ok_or_else(|| format!("the header `{}` is not typed", header.wire))?;
            Ok(Constant { header, ty })
        })
        .collect()
}

fn environment(model: &Model) -> TokenStream {
    let mut variants = TokenStream::new();
    let mut urls = TokenStream::new();
    for environment in &model.environments {
        let (variant, url) = (format_ident!("{}", environment.rust), &environment.url);
        let doc = Doc::of_prose(environment.doc.as_deref().unwrap_or_default());
        let docs = doc.paragraph(Words::default().code(url)).attributes();
        variants.extend(quote!(#(#docs)* #variant,));
        urls.extend(quote!(Self::#variant => runtime::BaseUrl::parse(#url),));
    }
    quote! {
        /// The server that requests are sent to. There is no default.
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum Environment {
            #variants
            /// Any other server, for example a test server or a gateway.
            Custom(runtime::BaseUrl),
        }

        impl Environment {
            /// Creates an environment from a base URL, for example `http://127.0.0.1:8080/v1`.
            ///
            /// # Errors
            ///
            /// If the URL is invalid, is not `https` (plain `http` is allowed on loopback), or
            /// contains credentials, a query or a fragment.
            pub fn custom(url: &str) -> Result<Self, runtime::BuildError> {
                Ok(Self::Custom(runtime::BaseUrl::parse(url)?))
            }

            fn base_url(&self) -> Result<runtime::BaseUrl, runtime::BaseUrlError> {
                match self {
                    #urls
                    Self::Custom(url) => Ok(url.clone()),
                }
            }
        }
    }
}

fn client_struct(constants: &[Constant<'_>]) -> TokenStream {
    let headers = headers(constants);
    let field = (!constants.is_empty()).then(|| quote!(pub(crate) headers: Headers,));
    quote! {
        /// The API client. It is cheap to clone and can be shared between threads.
        ///
        /// `Debug` prints the base URL and never a credential.
        #[derive(Clone, Debug)]
        pub struct Client {
            transport: runtime::Transport,
            #field
        }

        impl Client {
            /// Creates a builder for a client of this environment.
            pub fn builder(environment: Environment) -> ClientBuilder {
                ClientBuilder::new(environment)
            }

            /// Returns the transport: the connection pool, the limits and the credentials.
            pub fn transport(&self) -> &runtime::Transport {
                &self.transport
            }
        }

        #headers
    }
}

/// The headers that are set once per client. They have a type of their own, because an operation may
/// have any name.
fn headers(constants: &[Constant<'_>]) -> TokenStream {
    if constants.is_empty() {
        return TokenStream::new();
    }
    let fields = constants.iter().map(|constant| {
        let (ident, ty) = (format_ident!("{}", constant.header.rust), constant.ty);
        quote!(#ident: Option<#ty>,)
    });
    let readers = constants.iter().map(Constant::reader);
    quote! {
        /// The headers that are set once per client.
        #[derive(Clone, Debug, Default)]
        pub(crate) struct Headers { #(#fields)* }

        impl Headers { #(#readers)* }
    }
}

impl Constant<'_> {
    /// The method that chooses a header's value: the request's own, the client's, or the default.
    fn reader(&self) -> TokenStream {
        let (ident, ty) = (format_ident!("{}", self.header.rust), self.ty);
        let value = quote!(value.or(self.#ident.as_ref()));
        match &self.header.default {
            Some(default) => quote! {
                pub(crate) fn #ident<'a>(
                    &'a self,
                    value: Option<&'a #ty>,
                ) -> runtime::encode::OrDefault<'a, #ty> {
                    runtime::encode::OrDefault::new(#value, #default)
                }
            },
            None => quote! {
                pub(crate) fn #ident<'a>(&'a self, value: Option<&'a #ty>) -> Option<&'a #ty> {
                    #value
                }
            },
        }
    }

    fn setter(&self) -> TokenStream {
        let ident = format_ident!("{}", self.header.rust);
        let (ty, value) = argument(self.ty, &ident);
        let words = Words::default().say("Sets the header ");
        let mut words = words.code(&self.header.wire).say(" of every request.");
        if let Some(default) = &self.header.default {
            words = words.say(" Default: ").code(default).say(".");
        }
        let doc = self.header.doc.as_deref().unwrap_or_default();
        let docs = Doc::of(words).prose(doc).attributes();
        quote! {
            #(#docs)*
            pub fn #ident(mut self, #ident: #ty) -> Self {
                self.headers.#ident = Some(#value);
                self
            }
        }
    }
}

fn builder_struct(model: &Model, constants: &[Constant<'_>]) -> TokenStream {
    let has = !constants.is_empty();
    let field = has.then(|| quote!(headers: Headers,));
    let default = has.then(|| quote!(headers: Headers::default(),));
    let built = has.then(|| quote!(headers: self.headers,));
    let setters = constants.iter().map(Constant::setter);
    let credentials = model.credentials.iter().map(credential);
    let limits = limits();
    let (server, documented) = servers(model);
    quote! {
        /// Builds a [`Client`].
        #[derive(Clone, Debug)]
        #[must_use = "a builder does nothing until it is built"]
        pub struct ClientBuilder {
            environment: Environment,
            transport: runtime::TransportBuilder,
            #field
        }

        impl ClientBuilder {
            fn new(environment: Environment) -> Self {
                let user_agent = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));
                let transport = runtime::TransportBuilder::new().user_agent(user_agent);
                Self { environment, transport, #default }
            }

            #(#credentials)*
            #(#setters)*
            #limits
            #server

            /// Creates the client. No request is sent.
            ///
            /// # Errors
            ///
            /// If a setting is invalid or TLS cannot be set up.
            pub fn build(self) -> Result<Client, runtime::BuildError> {
                #documented
                Ok(Client { transport, #built })
            }
        }
    }
}

/// The setter for servers that only some operations use, and the statements that build the transport.
fn servers(model: &Model) -> (TokenStream, TokenStream) {
    let servers = model
        .operations
        .iter()
        .filter_map(|operation| operation.server.as_ref());
    let all: BTreeSet<&String> = servers.collect();
    if all.is_empty() {
        let build = quote! {
            let transport = self.transport.build(self.environment.base_url()?)?;
        };
        return (TokenStream::new(), build);
    }
    let relative: Vec<&String> = all
        .iter()
        .filter(|url| url.starts_with('/'))
        .copied()
        .collect();
    let words = Words::default().say(
        "Sets the URL of a server that only some operations use. `documented` is the URL of that server in the API document: ",
    );
    let urls = all.iter().enumerate().fold(words, |words, (at, url)| {
        let words = if at > 0 { words.say(", ") } else { words };
        words.code(url)
    });
    let docs = Doc::of(urls.say("."))
        .ours(
            "By default, named environments use the documented URL. With `Environment::Custom` \
             these operations return an error until this is set, so that credentials are never \
             sent to a host that was not chosen.",
        )
        .attributes();
    let all = all.iter();
    let setter = quote! {
        #(#docs)*
        pub fn server(mut self, documented: &str, url: runtime::BaseUrl) -> Self {
            self.transport = self.transport.server(documented, url);
            self
        }
    };
    let named = (!model.environments.is_empty()).then(|| quote!(_ => &[#(#all),*],));
    let build = quote! {
        let documented: &[&str] = match self.environment {
            Environment::Custom(_) => &[#(#relative),*],
            #named
        };
        let transport = self.transport.documented_servers(documented);
        let transport = transport.build(self.environment.base_url()?)?;
    };
    (setter, build)
}

/// A setter for a security scheme.
fn credential(credential: &Credential) -> TokenStream {
    let (ident, scheme) = (format_ident!("{}", credential.rust), &credential.scheme);
    let (arguments, value, what) = match &credential.kind {
        CredentialKind::Bearer => (
            quote!(token: impl Into<runtime::Secret>),
            quote!(runtime::Credential::bearer(token)),
            Words::default().say("Sets the bearer token (RFC 6750)"),
        ),
        CredentialKind::Basic => (
            quote!(user: impl Into<runtime::Secret>, password: impl Into<runtime::Secret>),
            quote!(runtime::Credential::basic(user, password)),
            Words::default().say("Sets the user name and the password (RFC 7617)"),
        ),
        CredentialKind::ApiKey { location, name } => {
            let (constructor, place) = match location {
                Location::Query => ("api_key_query", "query parameter"),
                Location::Cookie => ("api_key_cookie", "cookie"),
                Location::Header | Location::Path => ("api_key_header", "header"),
            };
            let constructor = format_ident!("{constructor}");
            (
                quote!(key: impl Into<runtime::Secret>),
                quote!(runtime::Credential::#constructor(#name, key)),
                Words::default()
                    .say("Sets the API key that is sent in the ")
                    .say(place)
                    .say(" ")
                    .code(name),
            )
        }
    };
    let words = what
        .say(", for operations that need ")
        .code(scheme)
        .say(".");
    let doc = credential.doc.as_deref().unwrap_or_default();
    let docs = Doc::of(words).prose(doc).attributes();
    let sourced = matches!(credential.kind, CredentialKind::Bearer).then(|| sourced(credential));
    quote! {
        #(#docs)*
        pub fn #ident(mut self, #arguments) -> Self {
            self.transport = self.transport.credential(#scheme, #value);
            self
        }

        #sourced
    }
}

/// A setter for a bearer token from a token source.
fn sourced(credential: &Credential) -> TokenStream {
    let (ident, scheme) = (format_ident!("{}", credential.source), &credential.scheme);
    let words = Words::default()
        .say("Same as ")
        .item("Self::", &format_ident!("{}", credential.rust))
        .say(
            ", but the token comes from a source: it is obtained when it is first needed and \
             replaced when the server rejects it.",
        );
    let docs = Doc::of(words).attributes();
    quote! {
        #(#docs)*
        pub fn #ident(mut self, source: impl runtime::TokenSource) -> Self {
            let credential = runtime::Credential::bearer_from(source);
            self.transport = self.transport.credential(#scheme, credential);
            self
        }
    }
}

/// Settings that every client has.
fn limits() -> TokenStream {
    quote! {
        /// Sets the timeout of a whole call: all attempts and the waits between them. Default:
        /// 30 seconds.
        pub fn timeout(mut self, timeout: std::time::Duration) -> Self {
            self.transport = self.transport.timeout(timeout);
            self
        }

        /// Sets the timeout of each attempt that can still be retried. Default: 10 seconds.
        pub fn attempt_timeout(mut self, timeout: std::time::Duration) -> Self {
            self.transport = self.transport.attempt_timeout(timeout);
            self
        }

        /// Sets how often a call is retried. Default: up to two retries, where that is safe.
        pub fn retry(mut self, policy: runtime::RetryPolicy) -> Self {
            self.transport = self.transport.retry(policy);
            self
        }

        /// Replaces the clock and the random source, so that tests need not wait.
        pub fn clock(mut self, clock: impl runtime::Clock) -> Self {
            self.transport = self.transport.clock(clock);
            self
        }

        /// Sets the timeout for connecting, TLS included. Default: 5 seconds.
        pub fn connect_timeout(mut self, timeout: std::time::Duration) -> Self {
            self.transport = self.transport.connect_timeout(timeout);
            self
        }

        /// Sets the maximum size of a response body, in bytes. Default: 16 MiB.
        pub fn max_response_bytes(mut self, bytes: usize) -> Self {
            self.transport = self.transport.max_response_bytes(bytes);
            self
        }

        /// Sets the maximum memory for the decoded values of one response, in bytes. Default:
        /// sixteen times the maximum body size.
        pub fn max_decoded_bytes(mut self, bytes: usize) -> Self {
            self.transport = self.transport.max_decoded_bytes(bytes);
            self
        }

        /// Sets which operations may reuse an open connection. Default: only operations that read
        /// (GET, HEAD, OPTIONS, TRACE).
        pub fn connection_reuse(mut self, reuse: runtime::ConnectionReuse) -> Self {
            self.transport = self.transport.connection_reuse(reuse);
            self
        }

        /// Sets the `User-Agent` header. Default: this crate's name and version.
        pub fn user_agent(mut self, user_agent: &str) -> Self {
            self.transport = self.transport.user_agent(user_agent);
            self
        }

        /// Sends all requests through the HTTP proxy at this URL. Default: no proxy; environment
        /// variables such as `HTTPS_PROXY` are ignored.
        pub fn proxy(mut self, url: impl Into<runtime::Secret>) -> Self {
            self.transport = self.transport.proxy(url);
            self
        }
    }
}
