//! The rate limit headers of a response.
//!
//! There is no standard, only a draft whose versions differ (draft-ietf-httpapi-ratelimit-headers):
//! up to version 06 three headers, in version 07 one header with three members, since then one
//! structured header and another for the policy. All of them are supported. Some servers send the
//! Unix time of the reset instead of seconds; the two cannot be confused, because of their size.

use std::time::{Duration, SystemTime};

use reqwest::header::HeaderMap;

/// The rate limit of a server. Each part may be missing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct RateLimit {
    /// The number of requests that are allowed in a time window.
    pub limit: Option<u64>,
    /// The number of requests that are left until the reset.
    pub remaining: Option<u64>,
    /// When the next time window starts.
    pub reset: Option<Reset>,
}

/// When a time window of a rate limit starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reset {
    /// This time after the response.
    After(Duration),
    /// At this time, by the clock of the server.
    At(SystemTime),
}

/// From this value on a number is a Unix time: as a wait it would be thirty years.
const FIRST_UNIX_TIME: u64 = 1_000_000_000;

impl Reset {
    fn new(number: u64) -> Option<Self> {
        if number < FIRST_UNIX_TIME {
            return Some(Self::After(Duration::from_secs(number)));
        }
        let moment = SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(number));
        moment.map(Self::At)
    }
}

/// The three headers of the older versions.
const SEPARATE_HEADERS: [&str; 3] = ["ratelimit-limit", "ratelimit-remaining", "ratelimit-reset"];

/// Returns the rate limit of a response, if it has one.
pub(crate) fn rate_limit(headers: &HeaderMap) -> Option<RateLimit> {
    let field = |name: &str| headers.get(name)?.to_str().ok();
    let numbers = SEPARATE_HEADERS.map(|name| field(name).and_then(leading_number));
    let combined = || {
        let limits = field("ratelimit")?;
        let policies = field("ratelimit-policy").unwrap_or_default();
        Some(combined(limits, policies))
    };
    let found = match numbers {
        [None, None, None] => combined()?,
        [limit, remaining, reset] => parts(limit, remaining, reset),
    };
    (found != RateLimit::default()).then_some(found)
}

fn parts(limit: Option<u64>, remaining: Option<u64>, reset: Option<u64>) -> RateLimit {
    RateLimit {
        limit,
        remaining,
        reset: reset.and_then(Reset::new),
    }
}

/// Parses `limit=100, reset=5` of version 07, or the later form: a list such as
/// `"default";r=50;t=30`. Of a list, the limit with the fewest requests left is returned, with the quota
/// of the policy of the same name.
fn combined(limits: &str, policies: &str) -> RateLimit {
    let members = |name: &str| limits.split(',').find_map(|item| member(item, name));
    if !limits.trim_start().starts_with('"') {
        return parts(members("limit"), members("remaining"), members("reset"));
    }
    let first = limits
        .split(',')
        .min_by_key(|limit| member(limit, "r").unwrap_or(u64::MAX));
    let limit = first.unwrap_or_default();
    let policy = policies
        .split(',')
        .find(|policy| name(policy) == name(limit));
    let quota = policy.and_then(|policy| member(policy, "q"));
    parts(quota, member(limit, "r"), member(limit, "t"))
}

/// Returns the name of an item, in quotes.
fn name(item: &str) -> &str {
    item.split(';').next().unwrap_or_default().trim()
}

/// Returns the number at the start of a text such as `100, 100;w=60`.
fn leading_number(text: &str) -> Option<u64> {
    let text = text.trim();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    text.get(..digits)?.parse().ok()
}

/// Returns the number of a member, as in `limit=100` and `"default";r=50;t=30`.
fn member(item: &str, name: &str) -> Option<u64> {
    let mut members = item.split(';').filter_map(|part| part.split_once('='));
    let (_, value) = members.find(|(known, _)| known.trim() == name)?;
    leading_number(value)
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

    use super::{RateLimit, Reset, rate_limit};

    fn read(fields: &[(&'static str, &'static str)]) -> Option<RateLimit> {
        let mut headers = HeaderMap::new();
        for (name, value) in fields {
            let name = HeaderName::from_static(name);
            headers.insert(name, HeaderValue::from_static(value));
        }
        rate_limit(&headers)
    }

    #[test]
    fn parses_every_form() {
        let limit = |reset| RateLimit {
            limit: Some(100),
            remaining: Some(50),
            reset: Some(reset),
        };
        let after = limit(Reset::After(Duration::from_secs(30)));
        let at = SystemTime::UNIX_EPOCH + Duration::from_secs(1_716_600_000);
        let fields = |limit, reset| {
            read(&[
                ("ratelimit-limit", limit),
                ("ratelimit-remaining", "50"),
                ("ratelimit-reset", reset),
            ])
        };
        assert_eq!(fields("100", "1716600000"), Some(limit(Reset::At(at))));
        assert_eq!(fields("100, 100;w=60", "30"), Some(after));
        let one = read(&[("ratelimit", "limit=100, remaining=50, reset=30")]);
        assert_eq!(one, Some(after));
        let structured = read(&[
            ("ratelimit", "\"default\";r=50;t=30"),
            ("ratelimit-policy", "\"default\";q=100;w=60"),
        ]);
        assert_eq!(structured, Some(after));
        // Of several the one with the fewest requests left, with the quota of its own policy.
        let several = read(&[
            ("ratelimit", "\"daily\";r=999;t=3600, \"burst\";r=50;t=30"),
            (
                "ratelimit-policy",
                "\"daily\";q=1000;w=86400, \"burst\";q=100;w=60",
            ),
        ]);
        assert_eq!(several, Some(after));
        let only = RateLimit {
            remaining: Some(0),
            ..RateLimit::default()
        };
        assert_eq!(read(&[("ratelimit-remaining", "0")]), Some(only));
        assert_eq!(read(&[("ratelimit-limit", "many")]), None);
        assert_eq!(
            read(&[("ratelimit-limit", "99999999999999999999999")]),
            None
        );
        assert_eq!(read(&[]), None);
    }
}
