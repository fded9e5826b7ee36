//! What belongs to the client as a whole: packaging, environments, credentials, constant headers.

use heck::ToKebabCase;
use serde_json::Value;

use std::collections::BTreeMap;

use crate::check_package::LONGEST_NAME;
use crate::config::{Config, ConstantHeaderConfig, Job, is_base_url};
use crate::lower::{SecurityScheme, Server};
use crate::model::{ConstantHeader, Credential, CredentialKind, Environment, Package, Schema};
use crate::name::{Scope, pascal, snake};
use crate::pointer::Pointer;
use crate::print;
use crate::report::{Loss, Report, Rule};
use crate::server_url;
use crate::source::Input;

pub(super) static SKIPPED_SERVER: Rule = Rule {
    id: "server-without-url",
    does: "a server whose URL is relative or not `https` is no environment",
    loss: Some(Loss::Unexpressed("give its URL to `Environment::custom`")),
};

/// What a crate's name ends with where the document's title makes it.
const SUFFIX: &str = "-client";

/// The manifest's facts.
pub(super) fn package(config: &Config, job: &Job<'_>, title: &str) -> Package {
    let derived = || {
        let title = title
            .replace(|c: char| !c.is_ascii_alphanumeric(), " ")
            .to_kebab_case();
        let title = if title.starts_with(|c: char| c.is_ascii_alphabetic()) {
            title
        } else {
            format!("api-{title}").trim_end_matches('-').to_owned()
        };
        let mut title = title.as_str();
        // As many whole words as a name may have.
        let longest = LONGEST_NAME - SUFFIX.len();
        while title.len() > longest {
            let end = title.rfind('-').unwrap_or(longest);
            title = title.get(..end).unwrap_or_default();
        }
        format!("{title}{SUFFIX}")
    };
    let name = job.name.map(str::to_owned).or_else(|| config.name.clone());
    // Cargo hands them on as variables of the environment, which have no NUL.
    let line = |text: &Option<String>| text.as_deref().map(print::line);
    Package {
        name: name.unwrap_or_else(derived),
        version: config.version.clone().unwrap_or_else(|| "0.1.0".to_owned()),
        description: line(&config.description)
            .unwrap_or_else(|| print::line(&format!("Client for {title}"))),
        license: line(&config.license),
        repository: line(&config.repository),
        dev_dependencies: config.dev_dependencies.clone(),
        guide: job
            .written
            .iter()
            .any(|source| source.input == Input::Guide),
    }
}

/// The configured environments, or else the document's servers.
pub(super) fn environments(
    config: &Config,
    servers: &[Server],
    report: &mut Report,
) -> Vec<Environment> {
    let mut scope = Scope::of_environments();
    if config.environments.is_empty() {
        let usable = servers.iter();
        let usable = usable.filter_map(|server| environment(server, &mut scope, report));
        return usable.collect();
    }
    let place = Pointer::root().child("servers");
    let configured = config.environments.iter().map(|configured| Environment {
        rust: scope.add(&pascal(&configured.name), &configured.name, &place, report),
        url: configured.url.trim_end_matches('/').to_owned(),
        doc: configured.description.clone(),
        pointer: None,
    });
    configured.collect()
}

/// The environment that a server of the document is, where a client can be sent to it.
fn environment(server: &Server, scope: &mut Scope, report: &mut Report) -> Option<Environment> {
    let (url, place) = (&server.url, &server.pointer);
    for variable in &server.replaced_variables {
        report.apply(&server_url::VARIABLES, place, variable.as_str());
    }
    if !url.starts_with("https://") || !is_base_url(url) {
        report.apply(&SKIPPED_SERVER, place, url.as_str());
        return None;
    }
    let host = url.trim_start_matches("https://").split('/').next();
    let description = server.description.as_deref();
    let short = description.filter(|text| is_short(text));
    let name = short.or(host).unwrap_or_default();
    Some(Environment {
        rust: scope.add(&pascal(name), name, place, report),
        url: url.clone(),
        doc: server.description.clone(),
        pointer: Some(place.clone()),
    })
}

/// Whether a server's description is a name and not a sentence.
pub(crate) fn is_environment_name(description: &Value) -> bool {
    description.as_str().is_some_and(is_short)
}

fn is_short(description: &str) -> bool {
    description.len() <= 40
}

/// The security schemes as credentials, with the names that are taken on the client's builder.
pub(super) fn credentials(schemes: &[SecurityScheme]) -> (Vec<Credential>, Scope) {
    let mut scope = Scope::of_builder();
    let place = Pointer::root().join(["components", "securitySchemes"]);
    let mut schemes_of: BTreeMap<&str, usize> = BTreeMap::new();
    for scheme in schemes {
        *schemes_of.entry(setter(&scheme.kind)).or_default() += 1;
    }
    let credentials = schemes.iter().map(|scheme| {
        let setter = setter(&scheme.kind);
        let wanted = if schemes_of.get(setter) == Some(&1) {
            setter.to_owned()
        } else {
            snake(&scheme.name)
        };
        let ignored = &mut Report::default();
        let rust = scope.add(&wanted, &scheme.name, &place, ignored);
        // A keyword's underscore would stand in the middle.
        let source = format!("{}_from", rust.trim_end_matches('_'));
        let source = scope.add(&source, &scheme.name, &place, ignored);
        Credential {
            scheme: scheme.name.clone(),
            rust,
            source,
            kind: scheme.kind.clone(),
            doc: scheme.description.clone(),
        }
    });
    let credentials = credentials.collect();
    (credentials, scope)
}

fn setter(kind: &CredentialKind) -> &'static str {
    match kind {
        CredentialKind::Bearer => "bearer_token",
        CredentialKind::Basic => "basic_auth",
        CredentialKind::ApiKey { .. } => "api_key",
    }
}

/// The headers that are lifted from operations to the client, as operations are seen to take them.
pub(super) struct Constants<'a> {
    config: &'a [ConstantHeaderConfig],
    version: &'a str,
    found: Vec<ConstantHeader>,
    scope: Scope,
}

impl<'a> Constants<'a> {
    /// `scope` has the names that are taken on the client's builder.
    pub(super) fn new(config: &'a Config, version: &'a str, scope: Scope) -> Self {
        Self {
            config: &config.constant_headers,
            version,
            found: Vec::new(),
            scope,
        }
    }

    /// The constant that a header parameter is an occurrence of.
    pub(super) fn claim(
        &mut self,
        wire: &str,
        schema: &Schema,
        doc: Option<String>,
    ) -> Option<usize> {
        let known = self
            .found
            .iter()
            .position(|constant| constant.wire.eq_ignore_ascii_case(wire));
        if known.is_some() {
            return known;
        }
        let config = self
            .config
            .iter()
            .find(|constant| constant.header.eq_ignore_ascii_case(wire))?;
        let default = config.default.as_deref();
        let default = default.map(|text| {
            if text == "$info.version" {
                self.version
            } else {
                text
            }
        });
        let wanted = config.setter.as_deref().map_or_else(|| snake(wire), snake);
        let (place, report) = (Pointer::root(), &mut Report::default());
        self.found.push(ConstantHeader {
            wire: wire.to_owned(),
            rust: self.scope.add(&wanted, wire, &place, report),
            default: default.map(str::to_owned),
            schema: schema.clone(),
            doc,
        });
        Some(self.found.len() - 1)
    }

    /// What its setter is called.
    pub(super) fn rust(&self, index: usize) -> Option<&str> {
        self.found.get(index).map(|constant| constant.rust.as_str())
    }

    pub(super) fn finish(self) -> Vec<ConstantHeader> {
        self.found
    }
}
