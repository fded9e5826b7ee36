//! Properties of a URL that need no look-up.

use std::net::IpAddr;

use reqwest::Url;

use crate::zone::{Zone, zone};

/// Whether the host names this machine: a loopback address, or `localhost` (RFC 6761), whose
/// addresses are checked after the look-up.
pub(crate) fn is_local(url: &Url) -> bool {
    if let Some(address) = literal_address(url) {
        return zone(address) == Zone::Machine;
    }
    let host = url.host_str().unwrap_or_default();
    let host = host.strip_suffix('.').unwrap_or(host);
    host == "localhost" || host.ends_with(".localhost")
}

/// Returns the address in place of a host name. Other notations (`0x7f.1`, `2130706433`) were
/// normalised by the URL parser.
pub(crate) fn literal_address(url: &Url) -> Option<IpAddr> {
    let host = url.host_str()?;
    host.trim_start_matches('[')
        .trim_end_matches(']')
        .parse()
        .ok()
}

/// Returns the URL without userinfo and query, which may have secrets.
pub(crate) fn without_secrets(url: &Url) -> String {
    let mut url = url.clone();
    // These fail only for URLs that cannot have userinfo.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url.set_query(None);
    url.into()
}
