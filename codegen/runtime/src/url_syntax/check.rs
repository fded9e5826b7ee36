//! Checks the syntax of URLs that a client sends requests to.
//!
//! It is stricter than the URL parser, which repairs what people mistype: a URL that passes here means
//! the same to every parser. The generator checks servers and environments with the same code, so a URL
//! that it accepts is one to the client.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::punycode;

/// What is wrong with a URL. Texts follow the URL in a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Problem {
    /// It violates RFC 3986, or its host cannot exist.
    Invalid(&'static str),
    /// It is the pattern of a URL, or only a part of one.
    Unfit(&'static str),
    /// Its scheme is neither https nor http.
    Scheme,
    /// It is plain http to another machine.
    Insecure,
    /// It has a user name or a password.
    Userinfo,
    /// It has a query.
    Query,
    /// It has a fragment.
    Fragment,
}

/// Checks that the paths of operations can be appended to a URL.
pub(crate) fn check_base_url(url: &str) -> Result<(), Problem> {
    let query = url
        .split('#')
        .next()
        .is_some_and(|before| before.contains('?'));
    match check_url(url) {
        Ok(()) if query => Err(Problem::Query),
        other => other,
    }
}

/// Checks that a URL is absolute, without userinfo and fragment, and https or http on loopback.
pub(crate) fn check_url(url: &str) -> Result<(), Problem> {
    let Some((scheme, rest)) = url.split_once("://") else {
        return Err(Problem::Unfit("is not absolute"));
    };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if authority.contains('@') {
        return Err(Problem::Userinfo);
    }
    check_characters(url)?;
    if rest.contains('#') {
        return Err(Problem::Fragment);
    }
    let (host, port) = host_and_port(authority)
        .ok_or(Problem::Invalid("has a bracket without its counterpart"))?;
    check_host(host)?;
    if !is_port(port) {
        return Err(Problem::Invalid(
            "has a port that is not a number up to 65535",
        ));
    }
    match scheme.to_ascii_lowercase().as_str() {
        "https" => Ok(()),
        "http" if is_loopback(host) => Ok(()),
        "http" => Err(Problem::Insecure),
        _ => Err(Problem::Scheme),
    }
}

/// Whether a text is a port. An empty one is the default port of the scheme (RFC 3986 section
/// 3.2.3).
fn is_port(text: &str) -> bool {
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
    text.is_empty() || (is_number && text.parse::<u16>().is_ok())
}

/// Checks that a URL has only the characters of RFC 3986 section 2.
fn check_characters(url: &str) -> Result<(), Problem> {
    // People write angle brackets and braces around a placeholder.
    if url.contains(['{', '}', '<', '>']) {
        return Err(Problem::Unfit("has a placeholder without a value"));
    }
    if url.contains(|c: char| c.is_whitespace() || c.is_control()) {
        return Err(Problem::Invalid("has a space or an invisible character"));
    }
    if !url.is_ascii() {
        return Err(Problem::Unfit(
            "has letters beyond ASCII, which must be percent-encoded, or Punycode in the host",
        ));
    }
    if url.contains(['|', '\\', '^', '`', '"']) {
        return Err(Problem::Invalid(
            "has a character that is not allowed in URLs",
        ));
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
            "has a `%` that two hexadecimal digits do not follow",
        ))
    }
}

/// Splits an authority into the host, with its brackets, and the port. Returns `None` if the
/// brackets are not paired.
fn host_and_port(authority: &str) -> Option<(&str, &str)> {
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

/// Checks that a host is an address or a name (RFC 1123 section 2.1; underscores are allowed).
fn check_host(host: &str) -> Result<(), Problem> {
    let invalid = |problem| Err(Problem::Invalid(problem));
    if host.is_empty() {
        return invalid("has no host");
    }
    if let Some(address) = unbracketed(host) {
        return match address.parse::<Ipv6Addr>() {
            Ok(_) => Ok(()),
            Err(_) => invalid("has brackets around something that is not an IPv6 address"),
        };
    }
    let name = host.strip_suffix('.').unwrap_or(host);
    let is_label = |label: &str| {
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
        (1..=63).contains(&label.len()) && label.bytes().all(allowed) && is_encoded(label)
    };
    if name.len() > 253 || !name.split('.').all(is_label) {
        return invalid("has an invalid host name");
    }
    // A host whose last label is a number is an IPv4 address (WHATWG URL, host parsing).
    let last = name.rsplit('.').next().unwrap_or_default();
    let is_number = last.bytes().all(|byte| byte.is_ascii_digit())
        || last
            .get(..2)
            .is_some_and(|begin| begin.eq_ignore_ascii_case("0x"));
    if is_number && (name.parse::<Ipv4Addr>().is_err() || name != host) {
        invalid("has an invalid IPv4 address")
    } else {
        Ok(())
    }
}

/// Whether a label that begins with `xn--` is valid Punycode (RFC 5890 section 2.3.2.1).
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
    host.eq_ignore_ascii_case("localhost") || address.is_ok_and(|address| address.is_loopback())
}
