//! Rules for the server of an operation.

use super::operation_draft::Draft;
use super::operation_rule::Application;
use super::own_server::OwnServer;

/// A URL with variables.
pub(super) fn variables(draft: &mut Draft<'_>) -> Vec<Application> {
    let given = draft.server.given();
    let replaced = given.into_iter().flat_map(|given| {
        let place = given.place.child(0);
        let replaced = given.server.replaced.iter();
        replaced.map(move |variable| Application::new(&place, variable))
    });
    replaced.collect()
}

/// A server that no client can be sent to.
pub(super) fn unusable(draft: &mut Draft<'_>) -> Vec<Application> {
    match &draft.server {
        OwnServer::Unusable(given) => {
            vec![Application::new(&given.place, given.server.url.as_str())]
        }
        OwnServer::None | OwnServer::Usable(_) => Vec::new(),
    }
}

/// Several servers for one operation.
pub(super) fn several(draft: &mut Draft<'_>) -> Vec<Application> {
    match &draft.server {
        OwnServer::Usable(given) if given.count > 1 => {
            vec![Application::new(&given.place, given.server.url.as_str())]
        }
        _ => Vec::new(),
    }
}

/// An operation with a server of its own.
pub(super) fn own(draft: &mut Draft<'_>) -> Vec<Application> {
    match &draft.server {
        OwnServer::Usable(given) => vec![Application::new(&given.place, given.server.url.as_str())],
        OwnServer::None | OwnServer::Unusable(_) => Vec::new(),
    }
}
