//! Resolves host names and refuses addresses.
//!
//! A host is looked up once, and only the checked addresses are connected to, because a second
//! look-up could have another answer.

use std::error::Error;
use std::fmt;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};

use reqwest::Url;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use crate::rule::Rule;
use crate::url::literal_address;

/// A resolver of host names.
pub(crate) trait Names: Send + Sync {
    /// Returns the addresses of a host.
    fn addresses(&self, host: &str) -> Answer;
}

/// The future of a host's addresses.
pub(crate) type Answer = Pin<Box<dyn Future<Output = io::Result<Vec<IpAddr>>> + Send>>;

/// The resolver of the system.
struct System;

impl Names for System {
    fn addresses(&self, host: &str) -> Answer {
        let host = host.to_owned();
        Box::pin(async move {
            let found = tokio::net::lookup_host((host, 0)).await?;
            Ok(found.map(|address| address.ip()).collect())
        })
    }
}

/// The network settings of requests.
pub(crate) struct Network {
    pub(crate) names: Arc<dyn Names>,
    /// Whether to use the proxies of the environment, which resolve names themselves.
    pub(crate) proxies: bool,
}

impl Network {
    pub(crate) fn of_system() -> Self {
        Self {
            names: Arc::new(System),
            proxies: true,
        }
    }
}

/// Resolves and checks the host of one request. Other names are proxies, which the user chose.
#[derive(Clone)]
pub(crate) struct Gate {
    host: String,
    rule: Rule,
    names: Arc<dyn Names>,
    accepted: Arc<Mutex<Vec<IpAddr>>>,
}

impl Gate {
    pub(crate) fn new(url: &Url, rule: &Rule, names: &Arc<dyn Names>) -> Self {
        Self {
            host: url.host_str().unwrap_or_default().to_owned(),
            rule: rule.clone(),
            names: Arc::clone(names),
            accepted: Arc::new(Mutex::new(literal_address(url).into_iter().collect())),
        }
    }

    /// Returns the accepted addresses.
    pub(crate) fn accepted(&self) -> Vec<IpAddr> {
        // The list is always complete, also after a panic.
        let found = self.accepted.lock().unwrap_or_else(PoisonError::into_inner);
        found.clone()
    }

    async fn addresses(self, host: String) -> Result<Addrs, Box<dyn Error + Send + Sync>> {
        let found = self.names.addresses(&host).await?;
        if host == self.host {
            // One refused address makes all addresses of the host suspicious.
            if let Some(why) = found.iter().find_map(|address| self.rule.refuses(*address)) {
                return Err(Refused(why).into());
            }
            let mut kept = self.accepted.lock().unwrap_or_else(PoisonError::into_inner);
            kept.clone_from(&found);
        }
        // The port is the URL's.
        let found = found.into_iter().map(|address| SocketAddr::new(address, 0));
        Ok(Box::new(found))
    }
}

impl Resolve for Gate {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(self.clone().addresses(name.as_str().to_owned()))
    }
}

/// The error about a refused address, with the reason.
#[derive(Debug)]
pub(crate) struct Refused(pub(crate) &'static str);

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl Error for Refused {}
