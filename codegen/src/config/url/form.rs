//! The form of a base URL.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::punycode;

pub(super) enum Problem {
    /// It is no URL (RFC 3986).
    Invalid(&'static str),
    /// It is one, or the pattern of one, that no client is made for.
    Unfit(&'static str),
    Insecure,
}

impl Problem {
    pub(super) fn text(&self) -> &'static str {
        match self {
            Self::Invalid(text) | Self::Unfit(text) => text,
            Self::Insecure => "is plain http",
        }
    }
}

/// Whether the paths of operations can be appended to a URL: what the runtime's `BaseUrl` takes.
pub(super) fn base(url: &str) -> Result<(), Problem> {
    let query = url
        .split('#')
        .next()
        .is_some_and(|before| before.contains('?'));
    match form(url) {
        Ok(()) if query => Err(Problem::Unfit("has a query")),
        other => other,
    }
}

/// Whether a URL is absolute, without userinfo and fragment, with https, or http on loopback.
pub(super) fn form(url: &str) -> Result<(), Problem> {
    let Some((scheme, rest)) = url.split_once("://") else {
        return Err(Problem::Unfit("is not absolute"));
    };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if authority.contains('@') {
        return Err(Problem::Unfit("has userinfo"));
    }
    characters(url)?;
    if rest.contains('#') {
        return Err(Problem::Unfit("has a fragment"));
    }
    let (host, port) =
        parts(authority).ok_or(Problem::Invalid("has a bracket that is not paired"))?;
    is_host(host)?;
    if !is_port(port) {
        return Err(Problem::Invalid("has a port that is no number up to 65535"));
    }
    match scheme {
        "https" => Ok(()),
        "http" if is_loopback(host) => Ok(()),
        "http" => Err(Problem::Insecure),
        _ => Err(Problem::Unfit("is neither https nor http")),
    }
}

/// Whether a text is a port; none at all, after the colon, is the scheme's own (RFC 3986 section
/// 3.2.3).
fn is_port(text: &str) -> bool {
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
    text.is_empty() || (is_number && text.parse::<u16>().is_ok())
}

/// Whether all of a URL's characters are those of URLs (RFC 3986 section 2).
fn characters(url: &str) -> Result<(), Problem> {
    // Angle brackets and braces stand around what a person is to put in.
    if url.contains(['{', '}', '<', '>']) {
        return Err(Problem::Unfit("has an expression that nothing replaces"));
    }
    if url.contains(|c: char| c.is_whitespace() || c.is_control()) {
        return Err(Problem::Invalid(
            "has a space, or a character that is not seen",
        ));
    }
    if !url.is_ascii() {
        return Err(Problem::Unfit("has letters beyond ASCII"));
    }
    if url.contains(['|', '\\', '^', '`', '"']) {
        return Err(Problem::Invalid("has a character that no URL has"));
    }
    let mut escapes = url.split('%').skip(1);
    let is_escape = |rest: &str| {
        let digits = rest.bytes().take(2);
        digits.filter(u8::is_ascii_hexdigit).count() == 2
    };
    if escapes.all(is_escape) {
        Ok(())
    } else {
        Err(Problem::Invalid(
            "has a `%` without two hexadecimal digits behind it",
        ))
    }
}

/// The host of an authority, in its brackets where it has them, and the port; `None` where the
/// brackets are not paired.
fn parts(authority: &str) -> Option<(&str, &str)> {
    let end = if authority.starts_with('[') {
        authority.find(']')? + 1
    } else {
        authority.find(':').unwrap_or(authority.len())
    };
    let (host, port) = authority.split_at_checked(end)?;
    match port.strip_prefix(':') {
        Some(port) => Some((host, port)),
        None => port.is_empty().then_some((host, port)),
    }
}

/// Whether a host is an address, or a name that can be looked up (RFC 1123 section 2.1), an
/// underscore allowed.
fn is_host(host: &str) -> Result<(), Problem> {
    let invalid = |problem| Err(Problem::Invalid(problem));
    if host.is_empty() {
        return invalid("has no host");
    }
    if let Some(address) = unbracketed(host) {
        return match address.parse::<Ipv6Addr>() {
            Ok(_) => Ok(()),
            Err(_) => invalid("has no IPv6 address between its brackets"),
        };
    }
    let name = host.strip_suffix('.').unwrap_or(host);
    let is_label = |label: &str| {
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
        (1..=63).contains(&label.len()) && label.bytes().all(allowed) && is_encoded(label)
    };
    if name.len() > 253 || !name.split('.').all(is_label) {
        return invalid("has no name of a host");
    }
    // A last label that is a number makes an address of it (WHATWG URL, host parsing).
    let last = name.rsplit('.').next().unwrap_or_default();
    let is_number = last.bytes().all(|byte| byte.is_ascii_digit())
        || last
            .get(..2)
            .is_some_and(|begin| begin.eq_ignore_ascii_case("0x"));
    if is_number && (name.parse::<Ipv4Addr>().is_err() || name != host) {
        invalid("has no IPv4 address")
    } else {
        Ok(())
    }
}

/// Whether a label that says that it encodes letters beyond ASCII may do so (RFC 5890 section
/// 2.3.2.1): what it encodes is not looked at.
fn is_encoded(label: &str) -> bool {
    let begin = label.get(..4).unwrap_or_default();
    let rest = label.get(4..).unwrap_or_default();
    !begin.eq_ignore_ascii_case("xn--") || punycode::encodes(rest)
}

fn unbracketed(host: &str) -> Option<&str> {
    host.strip_prefix('[')?.strip_suffix(']')
}

fn is_loopback(host: &str) -> bool {
    let address = unbracketed(host).unwrap_or(host).parse::<IpAddr>();
    host == "localhost" || address.is_ok_and(|address| address.is_loopback())
}
