//! The URL of a Server Object, with its variables replaced by their defaults.

use serde_json::Value;

use crate::report::{Loss, Rule};

/// The rule for variables.
pub(crate) static VARIABLES: Rule = Rule {
    id: "server-variables",
    does: "the variables of a server have their defaults",
    loss: Some(Loss::Unexpressed(
        "server variables use their defaults; for others use `Environment::custom`",
    )),
};

/// A server's URL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ServerUrl {
    /// Without a trailing slash.
    pub(crate) url: String,
    /// The variables that were replaced, each with its default, as the log says it.
    pub(crate) replaced: Vec<String>,
}

/// The URL of a server; each variable has its default (OpenAPI "Server Variable Object").
pub(crate) fn expand(server: &Value) -> ServerUrl {
    let url = server.get("url").and_then(Value::as_str);
    let mut url = url.unwrap_or_default().to_owned();
    let mut replaced = Vec::new();
    let variables = server.get("variables").and_then(Value::as_object);
    for (name, variable) in variables.into_iter().flatten() {
        let expression = format!("{{{name}}}");
        let default = variable.get("default").map(|default| match default {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        });
        if let Some(default) = default.filter(|_| url.contains(&expression)) {
            url = url.replace(&expression, &default);
            replaced.push(format!("{expression} is `{default}`"));
        }
    }
    ServerUrl {
        url: url.trim_end_matches('/').to_owned(),
        replaced,
    }
}
