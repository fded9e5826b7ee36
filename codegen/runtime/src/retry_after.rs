//! `Retry-After` (RFC 9110 section 10.2.3).

use std::time::{Duration, SystemTime};

use reqwest::header::{DATE, HeaderMap, HeaderName, RETRY_AFTER};

/// How long the server asks to wait; the longest, where it asks more than once. A date is taken
/// relative to the answer's own `Date`, since the two clocks may differ; without that header
/// relative to `date`.
pub(crate) fn retry_after(headers: &HeaderMap, date: Option<SystemTime>) -> Option<Duration> {
    let asked = headers.get_all(RETRY_AFTER).into_iter();
    asked
        .filter_map(|value| read(value.to_str().ok()?.trim(), headers, date))
        .max()
}

fn read(text: &str, headers: &HeaderMap, date: Option<SystemTime>) -> Option<Duration> {
    // `parse` alone would take a leading `+`.
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        // Digits that are no number are a time that does not end within any deadline.
        return Some(text.parse().map_or(Duration::MAX, Duration::from_secs));
    }
    let at = httpdate::parse_http_date(text).ok()?;
    let now = http_date(headers, &DATE).or(date)?;
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
    fn seconds_and_dates_are_read() {
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
            let expected = seconds.map(|it| match it {
                u64::MAX => Duration::MAX,
                it => Duration::from_secs(it),
            });
            assert_eq!(retry_after(&headers, now), expected, "{value:?} {date:?}");
        }
    }

    #[test]
    fn the_longest_of_several_is_meant() {
        let mut headers = HeaderMap::new();
        for value in ["0", "120", "soon", "7"] {
            headers.append("retry-after", HeaderValue::from_static(value));
        }
        let expected = Some(Duration::from_secs(120));
        assert_eq!(retry_after(&headers, None), expected);
    }
}
