//! The `Retry-After` header (RFC 9110 section 10.2.3).

use std::time::{Duration, SystemTime};

use reqwest::header::{DATE, HeaderMap, HeaderName, RETRY_AFTER};

/// Returns how long the server asks to wait; the longest time, if there are several headers. A date is
/// relative to the response's `Date` header, since the two clocks may differ, or else to `now`.
pub(crate) fn retry_after(headers: &HeaderMap, now: Option<SystemTime>) -> Option<Duration> {
    let values = headers.get_all(RETRY_AFTER).into_iter();
    values
        .filter_map(|value| parse(value.to_str().ok()?.trim(), headers, now))
        .max()
}

fn parse(text: &str, headers: &HeaderMap, now: Option<SystemTime>) -> Option<Duration> {
    // `str::parse` alone would accept a leading `+`.
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        // A number that overflows is longer than any timeout.
        return Some(text.parse().map_or(Duration::MAX, Duration::from_secs));
    }
    let at = httpdate::parse_http_date(text).ok()?;
    let now = http_date(headers, &DATE).or(now)?;
    Some(at.duration_since(now).unwrap_or_default())
}

fn http_date(headers: &HeaderMap, name: &HeaderName) -> Option<SystemTime> {
    httpdate::parse_http_date(headers.get(name)?.to_str().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

    use super::retry_after;

    #[test]
    fn parses_seconds_and_dates() {
        const MOMENT: &str = "Sun, 06 Nov 1994 08:49:37 GMT";
        const LATER: &str = "Sun, 06 Nov 1994 08:50:07 GMT";
        let moment = httpdate::parse_http_date(MOMENT).ok();
        for (value, date, now, seconds) in [
            ("0", None, None, Some(0)),
            ("120", None, None, Some(120)),
            (" 7 ", None, None, Some(7)),
            ("99999999999999999999", None, None, Some(u64::MAX)),
            (LATER, Some(MOMENT), None, Some(30)),
            (LATER, Some(MOMENT), Some(SystemTime::now()), Some(30)),
            (LATER, None, moment, Some(30)),
            (MOMENT, Some(LATER), None, Some(0)),
            (LATER, None, None, None),
            ("+5", None, None, None),
            ("-5", None, None, None),
            ("1.5", None, None, None),
            ("", None, None, None),
            ("soon", None, None, None),
        ] {
            let mut headers = HeaderMap::new();
            let value = HeaderValue::from_str(value).unwrap();
            headers.insert("retry-after", value.clone());
            if let Some(date) = date {
                let name = HeaderName::from_static("date");
                headers.insert(name, HeaderValue::from_static(date));
            }
            let expected = seconds.map(|seconds| match seconds {
                u64::MAX => Duration::MAX,
                seconds => Duration::from_secs(seconds),
            });
            assert_eq!(retry_after(&headers, now), expected, "{value:?} {date:?}");
        }
    }

    #[test]
    fn the_longest_of_several_counts() {
        let mut headers = HeaderMap::new();
        for value in ["0", "120", "soon", "7"] {
            headers.append("retry-after", HeaderValue::from_static(value));
        }
        let expected = Some(Duration::from_secs(120));
        assert_eq!(retry_after(&headers, None), expected);
    }
}
