//! Servers: variables replaced by their defaults, and those that an operation has for itself.

use std::collections::BTreeSet;

use serde_json::Value;

use super::LoweredOperation;
use super::internal::SERVER;
use crate::config::is_base_url;
use crate::pointer::Pointer;
use crate::report::{Loss, Report, Rule};

pub(crate) static VARIABLES: Rule = Rule {
    id: "server-variables",
    does: "the variables of a server have their defaults",
    loss: Some(Loss::Unexpressed(
        "their other values: give the URL to `Environment::custom`",
    )),
};

pub(super) static OWN: Rule = Rule {
    id: "own-server",
    does: "an operation with a server of its own is sent there",
    loss: None,
};

pub(super) static SEVERAL: Rule = Rule {
    id: "several-own-servers",
    does: "of several servers of an operation the first is taken",
    loss: Some(Loss::Unexpressed(
        "the other servers: give one to `ClientBuilder::server`",
    )),
};

pub(super) static UNUSABLE: Rule = Rule {
    id: "unusable-own-server",
    does: "an operation whose own server has no `https` URL and no path is sent to the API's",
    loss: Some(Loss::Unexpressed("the server that the document gives")),
};

/// Every rule for servers.
pub(super) static ALL: &[&Rule] = &[&VARIABLES, &OWN, &SEVERAL, &UNUSABLE];

/// A server's URL without a trailing slash, each variable replaced by its default.
pub(crate) fn url(server: &Value, place: &Pointer, report: &mut Report) -> String {
    let text = |key: &str| server.get(key).and_then(Value::as_str);
    let mut url = text("url").unwrap_or_default().to_owned();
    let variables = server.get("variables").and_then(Value::as_object);
    for (name, variable) in variables.into_iter().flatten() {
        let expression = format!("{{{name}}}");
        let default = variable.get("default").map(|default| match default {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        });
        if let Some(default) = default.filter(|_| url.contains(&expression)) {
            url = url.replace(&expression, &default);
            report.apply(&VARIABLES, place, format!("{expression} is `{default}`"));
        }
    }
    url.trim_end_matches('/').to_owned()
}

/// The URLs of the API's own servers.
pub(super) fn of_api(root: &Value) -> BTreeSet<String> {
    let servers = root.get("servers").and_then(Value::as_array);
    let quiet = &mut Report::default();
    let urls = servers.into_iter().flatten();
    urls.map(|it| url(it, &Pointer::root(), quiet)).collect()
}

/// Gives an operation the URL of its own server, where it has one that is none of the API's.
pub(super) fn own(
    of_api: &BTreeSet<String>,
    item: &Value,
    place: &Pointer,
    operation: &mut LoweredOperation,
    report: &mut Report,
) {
    let given = |holder: Option<&Value>| holder.and_then(Value::as_array).cloned();
    let (servers, place) = match given(operation.object.get("servers")) {
        Some(servers) => (servers, operation.pointer.child("servers")),
        None => (
            given(item.get("servers")).unwrap_or_default(),
            place.child("servers"),
        ),
    };
    let Some(first) = servers.first() else { return };
    let is_shared = |it: &Value| of_api.contains(&url(it, &place, &mut Report::default()));
    if servers.iter().any(is_shared) {
        return;
    }
    let url = url(first, &place.child(0), report);
    let path = url.starts_with('/') && !url.starts_with("//");
    if !(path || url.starts_with("https://")) || !is_base_url(&url) {
        report.apply(&UNUSABLE, &place, url);
        return;
    }
    if servers.len() > 1 {
        report.apply(&SEVERAL, &place, url.as_str());
    }
    report.apply(&OWN, &place, url.as_str());
    operation
        .object
        .insert(SERVER.to_owned(), Value::String(url));
}
