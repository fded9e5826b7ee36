//! Which addresses are connected to. A host is looked up once, its addresses are judged, and only
//! what was judged is connected to: a second look-up could have another answer.

use std::error::Error;
use std::fmt;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};

use reqwest::Url;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use crate::address::{is_here, literal, shown};
use crate::failure::{DECIDE, Failure};
use crate::zone::{Zone, zone};

/// What looks names up.
pub(crate) trait Names: Send + Sync {
    /// The addresses of a host.
    fn addresses(&self, host: &str) -> Answer;
}

/// The addresses of a host, when they are there.
pub(crate) type Answer = Pin<Box<dyn Future<Output = io::Result<Vec<IpAddr>>> + Send>>;

/// The look-up of the system.
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

/// What requests go through.
pub(crate) struct Network {
    pub(crate) names: Arc<dyn Names>,
    /// Whether the proxies are used that the environment names. A proxy looks names up itself.
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

/// Where a request may go, by where it comes from.
#[derive(Clone, Debug)]
pub(crate) struct Rule {
    /// The URL that redirects, and the addresses that it was answered from, as far as they are
    /// known; `None` for the URL of the command line.
    from: Option<(Url, Vec<IpAddr>)>,
    /// Whether it must not leave this machine.
    plain: bool,
}

impl Rule {
    /// For the URL of the command line, which may be anywhere.
    pub(crate) fn named(url: &Url) -> Self {
        let plain = url.scheme() == "http";
        Self { from: None, plain }
    }

    /// For a URL that another one redirects to. A proxy tells no addresses; then there are none.
    pub(crate) fn redirected(from: &Url, addresses: Vec<IpAddr>, to: &Url) -> Self {
        Self {
            from: Some((from.clone(), addresses)),
            plain: to.scheme() == "http",
        }
    }

    /// Why an address is not connected to. Who is elsewhere does not choose among the servers of
    /// this machine and its networks.
    pub(crate) fn against(&self, address: IpAddr) -> Option<&'static str> {
        let whose = zone(address);
        if self.plain && whose != Zone::Machine {
            return Some("is plain http");
        }
        let (_, from) = self.from.as_ref()?;
        let here = !from.is_empty() && from.iter().all(|address| zone(*address) == Zone::Machine);
        match whose {
            Zone::World => None,
            Zone::Machine if here => None,
            Zone::Machine => Some("is on this machine"),
            Zone::Network if from.contains(&address) => None,
            Zone::Network => Some("is in a network that is not public"),
        }
    }

    /// Judges a URL by what is known of it without a look-up.
    pub(crate) fn judge(&self, to: &Url) -> Result<(), Failure> {
        let known = literal(to);
        // The name has one meaning (RFC 6761), whoever looks it up.
        let here = is_here(to).then_some(IpAddr::from([127, 0, 0, 1]));
        match known.or(here).and_then(|address| self.against(address)) {
            Some(why) => Err(self.refusal(to, why)),
            None => Ok(()),
        }
    }

    /// What is said of a URL that is not asked.
    pub(crate) fn refusal(&self, to: &Url, why: &str) -> Failure {
        let to = shown(to);
        let problem = match &self.from {
            Some((from, _)) => format!("`{}` redirects to `{to}`, which {why}", shown(from)),
            None => format!("`{to}` {why}, and not on this machine"),
        };
        Failure::new(DECIDE, problem, "name the URL of the document itself")
    }
}

/// Looks up the host of one request. Other names are those of proxies, which the user chose.
#[derive(Clone)]
pub(crate) struct Gate {
    host: String,
    rule: Rule,
    names: Arc<dyn Names>,
    found: Arc<Mutex<Vec<IpAddr>>>,
}

impl Gate {
    pub(crate) fn new(url: &Url, rule: &Rule, names: &Arc<dyn Names>) -> Self {
        Self {
            host: url.host_str().unwrap_or_default().to_owned(),
            rule: rule.clone(),
            names: Arc::clone(names),
            found: Arc::new(Mutex::new(literal(url).into_iter().collect())),
        }
    }

    /// The addresses that were let through.
    pub(crate) fn found(&self) -> Vec<IpAddr> {
        // What is in it is whole at any time.
        let found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        found.clone()
    }

    async fn addresses(self, host: String) -> Result<Addrs, Box<dyn Error + Send + Sync>> {
        let found = self.names.addresses(&host).await?;
        if host == self.host {
            // One that is refused among others tells what the others are for.
            if let Some(why) = found.iter().find_map(|address| self.rule.against(*address)) {
                return Err(Refused(why).into());
            }
            let mut kept = self.found.lock().unwrap_or_else(PoisonError::into_inner);
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

/// An address that is not connected to, and why.
#[derive(Debug)]
pub(crate) struct Refused(pub(crate) &'static str);

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl Error for Refused {}
