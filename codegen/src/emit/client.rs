//! The client, its builder and the environments that it can be told.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::constructor::argument;
use super::{Module, Part};
use crate::model::{ConstantHeader, Credential, CredentialKind, Location, Model};
use crate::print::{Printed, mentioned};
use crate::progenitor_adapter::ProbeSchema;
use crate::prose::{Doc, Words};
use crate::rewrite::Rewritten;

/// `client.rs`.
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
                #![allow(dead_code, reason = "some of it is for operations that may be left out")]
            )]
        },
        imports,
        parts: Part::alone(items),
    })
}

fn imports(printed: &[Printed]) -> TokenStream {
    let types = mentioned(printed, "types").then(|| {
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
        /// Where requests go. There is no default: which one is meant must be said.
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum Environment {
            #variants
            /// A server of your own choice, for tests or behind a gateway.
            Custom(runtime::BaseUrl),
        }

        impl Environment {
            /// A server by its base URL, such as `http://127.0.0.1:8080/v1`.
            ///
            /// # Errors
            ///
            /// If the URL is none, is not `https` (loopback excepted), or has user information, a
            /// query or a fragment.
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
        /// The client: cheap to clone, safe to share between threads.
        ///
        /// `Debug` shows where it sends to and never a credential.
        #[derive(Clone, Debug)]
        pub struct Client {
            transport: runtime::Transport,
            #field
        }

        impl Client {
            /// Starts a client for an environment.
            pub fn builder(environment: Environment) -> ClientBuilder {
                ClientBuilder::new(environment)
            }

            /// What carries the requests: connection pool, limits, credentials.
            pub fn transport(&self) -> &runtime::Transport {
                &self.transport
            }
        }

        #headers
    }
}

/// The headers that are set once: a type of their own, since the document may have an operation of
/// any name.
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
    /// What a request sends in the header: its own value, the client's, or the default.
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
            words = words.say(" Unless set, ").code(default).say(" is sent.");
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
        /// Collects what a [`Client`] is made of.
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

            /// Makes the client. Nothing is sent.
            ///
            /// # Errors
            ///
            /// If a setting is unusable or TLS cannot be set up.
            pub fn build(self) -> Result<Client, runtime::BuildError> {
                #documented
                Ok(Client { transport, #built })
            }
        }
    }
}

/// The setter for servers that operations have for themselves, and how the transport is built.
fn servers(model: &Model) -> (TokenStream, TokenStream) {
    let servers = model.operations.iter().filter_map(|it| it.server.as_ref());
    let all: BTreeSet<&String> = servers.collect();
    if all.is_empty() {
        let build = quote! {
            let transport = self.transport.build(self.environment.base_url()?)?;
        };
        return (TokenStream::new(), build);
    }
    let relative: Vec<&String> = all
        .iter()
        .filter(|it| it.starts_with('/'))
        .copied()
        .collect();
    let words = Words::default().say(
        "Sets where operations go that have a server of their own, by its URL in the document: ",
    );
    let urls = all.iter().enumerate().fold(words, |words, (at, url)| {
        let words = if at > 0 { words.say(", ") } else { words };
        words.code(url)
    });
    let docs = Doc::of(urls.say("."))
        .ours(
            "In a named environment that is where they go unless this is called. With \
             `Environment::Custom` they are refused until it is: credentials would leave for hosts \
             that were not chosen.",
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
            Words::default().say("Sets user and password (RFC 7617)"),
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
                    .say("Sets the API key that travels in the ")
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

/// A setter for a bearer token that is obtained when it is needed.
fn sourced(credential: &Credential) -> TokenStream {
    let (ident, scheme) = (format_ident!("{}", credential.source), &credential.scheme);
    let words = Words::default()
        .say("As ")
        .item("Self::", &format_ident!("{}", credential.rust))
        .say(
            ", with a token that is obtained when it is needed, and anew when the server refuses \
             it.",
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
        /// Limits a whole call: its attempts, and the waits between them. 30 seconds unless set.
        pub fn timeout(mut self, timeout: std::time::Duration) -> Self {
            self.transport = self.transport.timeout(timeout);
            self
        }

        /// Limits an attempt that another one may follow. 10 seconds unless set.
        pub fn attempt_timeout(mut self, timeout: std::time::Duration) -> Self {
            self.transport = self.transport.attempt_timeout(timeout);
            self
        }

        /// Sets how often a call is repeated where that is safe.
        pub fn retry(mut self, policy: runtime::RetryPolicy) -> Self {
            self.transport = self.transport.retry(policy);
            self
        }

        /// Replaces time and chance, for tests that do not wait.
        pub fn clock(mut self, clock: impl runtime::Clock) -> Self {
            self.transport = self.transport.clock(clock);
            self
        }

        /// Limits connecting, TLS included. 5 seconds unless set.
        pub fn connect_timeout(mut self, timeout: std::time::Duration) -> Self {
            self.transport = self.transport.connect_timeout(timeout);
            self
        }

        /// Limits a response's body, in bytes. 16 MiB unless set.
        pub fn max_response_bytes(mut self, bytes: usize) -> Self {
            self.transport = self.transport.max_response_bytes(bytes);
            self
        }

        /// Limits the memory that a response's values take, in bytes. Sixteen times the largest
        /// body unless set.
        pub fn max_decoded_bytes(mut self, bytes: usize) -> Self {
            self.transport = self.transport.max_decoded_bytes(bytes);
            self
        }

        /// Sets which operations may go over a connection that an earlier call has left open.
        /// Only those that read unless set.
        pub fn connection_reuse(mut self, reuse: runtime::ConnectionReuse) -> Self {
            self.transport = self.transport.connection_reuse(reuse);
            self
        }

        /// Replaces the `User-Agent`.
        pub fn user_agent(mut self, user_agent: &str) -> Self {
            self.transport = self.transport.user_agent(user_agent);
            self
        }

        /// Sends through a proxy. The environment's proxy variables are not read.
        pub fn proxy(mut self, url: impl Into<runtime::Secret>) -> Self {
            self.transport = self.transport.proxy(url);
            self
        }
    }
}
