//! The rule for the addresses that a request may connect to.

use std::net::IpAddr;

use reqwest::Url;

use crate::failure::{DECIDE, Failure};
use crate::url::{is_local, literal_address, without_secrets};
use crate::zone::{Zone, zone};

/// The addresses that a request may connect to, which depend on its origin.
#[derive(Clone, Debug)]
pub(crate) struct Rule {
    /// The redirecting URL and its known addresses; `None` for the URL of the command line.
    from: Option<(Url, Vec<IpAddr>)>,
    /// Whether the request is plain http, which must not leave this machine.
    plain: bool,
}

impl Rule {
    /// Returns the rule for the URL of the command line, which may be anywhere.
    pub(crate) fn named(url: &Url) -> Self {
        let plain = url.scheme() == "http";
        Self { from: None, plain }
    }

    /// Returns the rule for the target of a redirect. Behind a proxy the addresses are unknown.
    pub(crate) fn redirected(from: &Url, addresses: Vec<IpAddr>, to: &Url) -> Self {
        Self {
            from: Some((from.clone(), addresses)),
            plain: to.scheme() == "http",
        }
    }

    /// Returns why an address is refused. A server outside must not direct requests to this machine
    /// and its networks.
    pub(crate) fn refuses(&self, address: IpAddr) -> Option<&'static str> {
        let zone_of_address = zone(address);
        if self.plain && zone_of_address != Zone::Machine {
            return Some("is plain http");
        }
        let (_, from) = self.from.as_ref()?;
        let from_local =
            !from.is_empty() && from.iter().all(|address| zone(*address) == Zone::Machine);
        match zone_of_address {
            Zone::World => None,
            Zone::Machine if from_local => None,
            Zone::Machine => Some("is on this machine"),
            Zone::Network if from.contains(&address) => None,
            Zone::Network => Some("is in a network that is not public"),
        }
    }

    /// Checks a URL without a look-up.
    pub(crate) fn check(&self, to: &Url) -> Result<(), Failure> {
        let known = literal_address(to);
        // `localhost` is this machine for every resolver (RFC 6761).
        let local = is_local(to).then_some(IpAddr::from([127, 0, 0, 1]));
        match known.or(local).and_then(|address| self.refuses(address)) {
            Some(why) => Err(self.refusal(to, why)),
            None => Ok(()),
        }
    }

    /// Returns the failure about a refused URL.
    pub(crate) fn refusal(&self, to: &Url, why: &str) -> Failure {
        let to = without_secrets(to);
        let problem = match &self.from {
            Some((from, _)) => format!(
                "`{}` redirects to `{to}`, which {why}",
                without_secrets(from)
            ),
            None => format!("`{to}` {why}, but is not on this machine"),
        };
        Failure::new(DECIDE, problem, "use the URL of the document itself")
    }
}
