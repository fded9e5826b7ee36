//! The server of an operation that is not sent to the API's own servers.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::config::is_base_url;
use crate::pointer::Pointer;
use crate::resolve::ResolvedOperation;
use crate::server_url::{self, ServerUrl};

/// Where an operation is sent.
pub(super) enum OwnServer {
    /// To the API's servers.
    None,
    /// To the API's servers, because the server that the document gives cannot be used.
    Unusable(Given),
    /// To this server.
    Usable(Given),
}

/// The first server that an operation or its path item gives.
pub(super) struct Given {
    pub(super) server: ServerUrl,
    /// How many there are.
    pub(super) count: usize,
    /// The list of servers.
    pub(super) place: Pointer,
}

/// The URLs of the API's servers.
pub(super) fn of_api(servers: Option<&Value>) -> BTreeSet<String> {
    let servers = servers.and_then(Value::as_array).into_iter().flatten();
    servers
        .map(|server| server_url::expand(server).url)
        .collect()
}

impl OwnServer {
    /// The server of an operation; `of_api` are the URLs of the API's servers.
    pub(super) fn of(operation: &ResolvedOperation<'_>, of_api: &BTreeSet<String>) -> Self {
        let (servers, place) = &operation.servers;
        let Some(first) = servers.first() else {
            return Self::None;
        };
        let is_shared = |server: &Value| of_api.contains(&server_url::expand(server).url);
        if servers.iter().any(is_shared) {
            return Self::None;
        }
        let given = Given {
            server: server_url::expand(first),
            count: servers.len(),
            place: place.clone(),
        };
        let url = &given.server.url;
        let is_path = url.starts_with('/') && !url.starts_with("//");
        if (is_path || url.starts_with("https://")) && is_base_url(url) {
            Self::Usable(given)
        } else {
            Self::Unusable(given)
        }
    }

    /// What the document gives, where that is no server of the API.
    pub(super) fn given(&self) -> Option<&Given> {
        match self {
            Self::None => None,
            Self::Unusable(given) | Self::Usable(given) => Some(given),
        }
    }

    /// The URL to which the operation is sent, where that is not the API's.
    pub(super) fn into_url(self) -> Option<String> {
        match self {
            Self::Usable(given) => Some(given.server.url),
            Self::None | Self::Unusable(_) => None,
        }
    }
}
