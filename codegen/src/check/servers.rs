//! Checks the URLs of servers, with variables replaced by their defaults.

use serde_json::Value;

use super::context::Context;
use super::repair::Repair;
use crate::config::{Config, malformed};
use crate::diagnostics;
use crate::pointer::Pointer;
use crate::select::METHODS;
use crate::server_url;

/// Checks the servers of the document, unless the packaging names others, and those of each path
/// and operation.
pub(super) fn check(context: &mut Context<'_>, config: &Config) {
    if config.environments.is_empty() {
        servers(context, &Pointer::root());
    }
    let paths = Pointer::root().child("paths");
    let items = context.root.get("paths").and_then(Value::as_object);
    for (path, item) in items.into_iter().flatten() {
        let place = paths.child(path);
        servers(context, &place);
        for method in METHODS.iter().filter(|method| item.get(**method).is_some()) {
            servers(context, &place.child(method));
        }
    }
}

fn servers(context: &mut Context<'_>, holder: &Pointer) {
    let place = holder.child("servers");
    let servers = place.get(context.root).and_then(Value::as_array);
    for (index, server) in servers.into_iter().flatten().enumerate() {
        let url = server_url::expand(server).url;
        if let Some(problem) = malformed(&url) {
            let message = format!("`{url}` {problem}");
            let server = place.child(index);
            let repair = if holder == &Pointer::root() {
                Repair::lost("the server is no environment of the client").remove(server.clone())
            } else {
                // A request must not be sent to another server than the one that is meant.
                Repair::left_out(&server)
            };
            let place = server.child("url");
            context.fault(&diagnostics::INVALID_SERVER_URL, &place, message, repair);
        }
    }
}
