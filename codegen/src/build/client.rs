//! What belongs to the client as a whole: packaging, environments, credentials, constant headers.

use heck::ToKebabCase;
use serde_json::Value;

use std::collections::BTreeMap;

use crate::check_package::LONGEST_NAME;
use crate::config::{Config, ConstantHeaderConfig, Job, is_base_url};
use crate::lower::{server_url, sorted};
use crate::model::{
    ConstantHeader, Credential, CredentialKind, Environment, Location, Package, Schema,
};
use crate::name::{Scope, pascal, snake};
use crate::pointer::Pointer;
use crate::print;
use crate::report::{Loss, Report, Rule};
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
        guide: job.written.iter().any(|it| it.input == Input::Guide),
    }
}

/// The configured environments, or else the document's servers.
pub(super) fn environments(config: &Config, root: &Value, report: &mut Report) -> Vec<Environment> {
    let mut scope = Scope::of_environments();
    let place = Pointer::root().child("servers");
    let mut environment =
        |name: &str, url: &str, doc: Option<String>, of: Option<&Pointer>, report: &mut Report| {
            let rust = scope.add(&pascal(name), name, of.unwrap_or(&place), report);
            Environment {
                rust,
                url: url.trim_end_matches('/').to_owned(),
                doc,
                pointer: of.cloned(),
            }
        };
    if !config.environments.is_empty() {
        let configured = config.environments.iter();
        return configured
            .map(|it| environment(&it.name, &it.url, it.description.clone(), None, report))
            .collect();
    }
    let mut environments = Vec::new();
    let servers = root.get("servers").and_then(Value::as_array);
    for (index, server) in servers.into_iter().flatten().enumerate() {
        let place = place.child(index);
        let url = &server_url(server, &place, report);
        if !url.starts_with("https://") || !is_base_url(url) {
            report.apply(&SKIPPED_SERVER, &place, url.as_str());
            continue;
        }
        let doc = server
            .get("description")
            .and_then(Value::as_str)
            .map(str::to_owned);
        let host = url
            .trim_start_matches("https://")
            .split('/')
            .next()
            .unwrap_or_default();
        let description = server.get("description");
        let named = description.is_some_and(is_environment_name);
        let short = doc.as_deref().filter(|_| named);
        let name = short.unwrap_or(host).to_owned();
        environments.push(environment(&name, url, doc, Some(&place), report));
    }
    environments
}

/// Whether a server's description is a name and not a sentence.
pub(crate) fn is_environment_name(description: &Value) -> bool {
    description.as_str().is_some_and(|it| it.len() <= 40)
}

/// The security schemes that a client can serve.
///
/// With them the names that are taken on the client's builder.
pub(super) fn credentials(root: &Value) -> (Vec<Credential>, Scope) {
    let mut scope = Scope::of_builder();
    let credentials = servable(root, &mut scope);
    (credentials, scope)
}

fn servable(root: &Value, scope: &mut Scope) -> Vec<Credential> {
    let place = Pointer::root().join(["components", "securitySchemes"]);
    let Some(Value::Object(schemes)) = place.get(root) else {
        return Vec::new();
    };
    let kinds: Vec<(&String, &Value, CredentialKind)> = sorted(schemes)
        .into_iter()
        .filter_map(|(name, scheme)| Some((name, scheme, kind(scheme)?)))
        .collect();
    let mut of_setter: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, _, kind) in &kinds {
        *of_setter.entry(setter(kind)).or_default() += 1;
    }
    let credentials = kinds.iter().map(|(name, scheme, kind)| {
        let alone = of_setter.get(setter(kind)) == Some(&1);
        let wanted = if alone {
            setter(kind).to_owned()
        } else {
            snake(name)
        };
        let rust = scope.add(&wanted, name, &place, &mut Report::default());
        // A keyword's underscore would stand in the middle.
        let source = format!("{}_from", rust.trim_end_matches('_'));
        let source = scope.add(&source, name, &place, &mut Report::default());
        let doc = scheme
            .get("description")
            .and_then(Value::as_str)
            .map(str::to_owned);
        Credential {
            scheme: (*name).clone(),
            rust,
            source,
            kind: kind.clone(),
            doc,
        }
    });
    credentials.collect()
}

fn setter(kind: &CredentialKind) -> &'static str {
    match kind {
        CredentialKind::Bearer => "bearer_token",
        CredentialKind::Basic => "basic_auth",
        CredentialKind::ApiKey { .. } => "api_key",
    }
}

fn kind(scheme: &Value) -> Option<CredentialKind> {
    let text = |key: &str| scheme.get(key).and_then(Value::as_str).unwrap_or_default();
    match text("type") {
        "http" => match text("scheme").to_ascii_lowercase().as_str() {
            "bearer" => Some(CredentialKind::Bearer),
            "basic" => Some(CredentialKind::Basic),
            _ => None,
        },
        "oauth2" | "openIdConnect" => Some(CredentialKind::Bearer),
        "apiKey" => {
            let location = match text("in") {
                "header" => Location::Header,
                "query" => Location::Query,
                "cookie" => Location::Cookie,
                _ => return None,
            };
            Some(CredentialKind::ApiKey {
                location,
                name: text("name").to_owned(),
            })
        }
        _ => None,
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
    pub(super) fn new(config: &'a Config, root: &'a Value, scope: Scope) -> Self {
        let version = root.get("info").and_then(|info| info.get("version"));
        let version = version.and_then(Value::as_str).unwrap_or_default();
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
            .position(|it| it.wire.eq_ignore_ascii_case(wire));
        if known.is_some() {
            return known;
        }
        let config = self
            .config
            .iter()
            .find(|it| it.header.eq_ignore_ascii_case(wire))?;
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
