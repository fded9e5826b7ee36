//! Reads `client.yaml`. Unknown members are errors, so that a typing error does not go unnoticed.

use serde_json::{Map, Value};

use super::packaging::{
    Config, ConstantHeaderConfig, DevDependency, EnvironmentConfig, Part, TokenSourceConfig,
};
use super::url;
use crate::diagnostic::{Diagnostic, Place};
use crate::diagnostics::{self, json_type_name};
use crate::parse::tree;
use crate::pointer::Pointer;
use crate::report::{Report, Stop};
use crate::source::{Input, Source};
use crate::suggest::nearest;

/// Reads the packaging, or returns the default one if there is none.
///
/// # Errors
///
/// [`Stop`] if a member is unknown, missing or of a wrong type.
pub fn read(source: Option<&Source>, report: &mut Report) -> Result<Config, Stop> {
    let Some(source) = source else {
        return Ok(Config::default());
    };
    let root = tree(source, report)?;
    let before = report.diagnostics.len();
    let mut config = Config::default();
    let Value::Object(members) = &root else {
        return Err(Stop);
    };
    let mut reader = Reader { report };
    let place = Pointer::root();
    let known = [
        "package",
        "source",
        "strict",
        "leave_out",
        "operations",
        "environments",
        "constant_headers",
        "dev_dependencies",
        "token_source",
    ];
    reader.known(members, &known, &place);
    if let Some(package) = members.get("package") {
        reader.package(package, &place.child("package"), &mut config);
    }
    config.source = reader.source(members, &place);
    config.strict = reader.flag(members, "strict", &place);
    let parts = reader.list(members, "leave_out");
    config.leave_out = parts.filter_map_with(|value, place| reader.part(value, place));
    config.leave_out.sort_unstable();
    config.leave_out.dedup();
    let operations = reader.list(members, "operations");
    config.operations = operations.filter_map_with(|value, place| reader.text(value, place));
    let environments = reader.list(members, "environments");
    config.environments =
        environments.filter_map_with(|value, place| reader.environment(value, place));
    let headers = reader.list(members, "constant_headers");
    config.constant_headers =
        headers.filter_map_with(|value, place| reader.constant_header(value, place));
    let dependencies = reader.list(members, "dev_dependencies");
    config.dev_dependencies =
        dependencies.filter_map_with(|value, place| reader.dev_dependency(value, place));
    if let Some(source) = members.get("token_source") {
        config.token_source = reader.token_source(source, &place.child("token_source"));
    }
    if report.diagnostics.len() == before {
        Ok(config)
    } else {
        Err(Stop)
    }
}

/// The entries of a list with their pointers.
struct Entries<'a>(Vec<(&'a Value, Pointer)>);

impl<'a> Entries<'a> {
    fn filter_map_with<T>(self, mut read: impl FnMut(&'a Value, &Pointer) -> Option<T>) -> Vec<T> {
        self.0
            .into_iter()
            .filter_map(|(value, place)| read(value, &place))
            .collect()
    }
}

struct Reader<'a> {
    report: &'a mut Report,
}

impl Reader<'_> {
    fn package(&mut self, value: &Value, place: &Pointer, config: &mut Config) {
        let Some(members) = self.object(value, place) else {
            return;
        };
        let known = ["name", "version", "description", "license", "repository"];
        self.known(members, &known, place);
        config.name = self.optional(members, "name", place);
        config.version = self.optional(members, "version", place);
        config.description = self.optional(members, "description", place);
        config.license = self.optional(members, "license", place);
        config.repository = self.optional(members, "repository", place);
    }

    fn source(&mut self, members: &Map<String, Value>, place: &Pointer) -> Option<String> {
        let url = self.optional(members, "source", place)?;
        if let Err(message) = url::check_source(&url) {
            // A URL with `@` may contain a password, so its line is not shown.
            let place = if url.contains('@') {
                Place::Whole(Input::Config)
            } else {
                Place::Node(Input::Config, place.child("source"))
            };
            self.report.push(Diagnostic::new(
                &diagnostics::INVALID_SOURCE,
                place,
                message,
            ));
        }
        Some(url)
    }

    fn part(&mut self, value: &Value, place: &Pointer) -> Option<Part> {
        let text = self.text(value, place)?;
        let part = Part::ALL.into_iter().find(|(name, _)| *name == text);
        if part.is_none() {
            let names = Part::ALL.map(|(name, _)| format!("`{name}`")).join(" and ");
            self.wrong(place, format!("`{text}` is neither of {names}"));
        }
        part.map(|(_, part)| part)
    }

    fn environment(&mut self, value: &Value, place: &Pointer) -> Option<EnvironmentConfig> {
        let members = self.object(value, place)?;
        self.known(members, &["name", "url", "description"], place);
        let name = self.required(members, "name", place);
        let url = self.required(members, "url", place);
        let description = self.optional(members, "description", place);
        let url = url?;
        if let Err((kind, message)) = url::check(&url) {
            let place = Place::Node(Input::Config, place.child("url"));
            self.report.push(Diagnostic::new(kind, place, message));
        }
        Some(EnvironmentConfig {
            name: name?,
            url,
            description,
        })
    }

    fn constant_header(&mut self, value: &Value, place: &Pointer) -> Option<ConstantHeaderConfig> {
        let members = self.object(value, place)?;
        self.known(members, &["header", "setter", "default"], place);
        let header = self.required(members, "header", place);
        let setter = self.optional(members, "setter", place);
        let default = self.optional(members, "default", place);
        Some(ConstantHeaderConfig {
            header: header?,
            setter,
            default,
        })
    }

    fn dev_dependency(&mut self, value: &Value, place: &Pointer) -> Option<DevDependency> {
        let members = self.object(value, place)?;
        self.known(members, &["name", "version", "path", "features"], place);
        let name = self.required(members, "name", place);
        let version = self.optional(members, "version", place);
        let path = self.optional(members, "path", place);
        let features = self.list_at(members, "features", place);
        Some(DevDependency {
            name: name?,
            version,
            path,
            features: features.filter_map_with(|value, place| self.text(value, place)),
        })
    }

    fn token_source(&mut self, value: &Value, place: &Pointer) -> Option<TokenSourceConfig> {
        let members = self.object(value, place)?;
        let known = [
            "operation",
            "token",
            "expires_in",
            "revoked_by",
            "revoked_token",
        ];
        self.known(members, &known, place);
        let operation = self.required(members, "operation", place);
        let token = self.required(members, "token", place);
        let expires_in = self.optional(members, "expires_in", place);
        let revoked_by = self.optional(members, "revoked_by", place);
        let revoked_token = match revoked_by {
            Some(_) => self.required(members, "revoked_token", place),
            None => self.optional(members, "revoked_token", place),
        };
        Some(TokenSourceConfig {
            operation: operation?,
            token: token?,
            expires_in,
            revoked_by,
            revoked_token,
        })
    }

    fn list<'a>(&mut self, members: &'a Map<String, Value>, name: &str) -> Entries<'a> {
        self.list_at(members, name, &Pointer::root())
    }

    fn list_at<'a>(
        &mut self,
        members: &'a Map<String, Value>,
        name: &str,
        place: &Pointer,
    ) -> Entries<'a> {
        let place = place.child(name);
        match members.get(name) {
            None => Entries(Vec::new()),
            Some(Value::Array(list)) => {
                let places = (0..).map(|index: usize| place.child(index));
                Entries(list.iter().zip(places).collect())
            }
            Some(other) => {
                self.wrong(
                    &place,
                    format!("`{name}` is {}, not a list", json_type_name(other)),
                );
                Entries(Vec::new())
            }
        }
    }

    fn object<'a>(&mut self, value: &'a Value, place: &Pointer) -> Option<&'a Map<String, Value>> {
        let members = value.as_object();
        if members.is_none() {
            self.wrong(
                place,
                format!("this is {}, not an object", json_type_name(value)),
            );
        }
        members
    }

    fn text(&mut self, value: &Value, place: &Pointer) -> Option<String> {
        let text = value.as_str().map(str::to_owned);
        if text.is_none() {
            self.wrong(
                place,
                format!("this is {}, not a string", json_type_name(value)),
            );
        }
        text
    }

    /// Returns a flag, which is `false` if it is not there.
    fn flag(&mut self, members: &Map<String, Value>, name: &str, place: &Pointer) -> bool {
        match members.get(name) {
            None => false,
            Some(Value::Bool(flag)) => *flag,
            Some(other) => {
                let message = format!("this is {}, not a boolean", json_type_name(other));
                self.wrong(&place.child(name), message);
                false
            }
        }
    }

    fn optional(
        &mut self,
        members: &Map<String, Value>,
        name: &str,
        place: &Pointer,
    ) -> Option<String> {
        self.text(members.get(name)?, &place.child(name))
    }

    fn required(
        &mut self,
        members: &Map<String, Value>,
        name: &str,
        place: &Pointer,
    ) -> Option<String> {
        if !members.contains_key(name) {
            self.wrong(place, format!("`{name}` is missing"));
        }
        self.optional(members, name, place)
    }

    fn known(&mut self, members: &Map<String, Value>, known: &[&str], place: &Pointer) {
        for name in members
            .keys()
            .filter(|name| !known.contains(&name.as_str()))
        {
            let message = format!("`{name}` is not a member of this object");
            let mut diagnostic = wrong(&place.child(name), message);
            let known = known.iter().map(|known| (*known).to_owned());
            if let [near, ..] = nearest(name, known).as_slice() {
                diagnostic = diagnostic.help(format!("did you mean `{near}`?"));
            }
            self.report.push(diagnostic);
        }
    }

    fn wrong(&mut self, place: &Pointer, message: String) {
        self.report.push(wrong(place, message));
    }
}

fn wrong(place: &Pointer, message: String) -> Diagnostic {
    Diagnostic::new(
        &diagnostics::CONFIG_SHAPE,
        Place::Node(Input::Config, place.clone()),
        message,
    )
}
