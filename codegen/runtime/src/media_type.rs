//! Checks the media type of a response (RFC 9110 section 8.3.1).

use reqwest::header::{CONTENT_TYPE, HeaderMap};

/// Whether the `Content-Type` header matches a declared media type or range.
///
/// Parameters such as `charset` are ignored: JSON has none, and text is checked to be UTF-8 when it is
/// decoded. A response without the header, or with several, has no media type.
pub(crate) fn matches(declared: &str, headers: &HeaderMap) -> bool {
    let mut values = headers.get_all(CONTENT_TYPE).iter();
    let (Some(value), None) = (values.next(), values.next()) else {
        return false;
    };
    // Usually the header is exactly the declared text.
    if value.as_bytes() == declared.as_bytes() {
        return essence(declared).is_some();
    }
    let Ok(value) = value.to_str() else {
        return false;
    };
    let (Some(declared), Some(actual)) = (essence(declared), essence(value)) else {
        return false;
    };
    let same = |wanted: &str, found: &str| wanted == "*" || wanted.eq_ignore_ascii_case(found);
    same(declared.0, actual.0) && same(declared.1, actual.1)
        || is_json(declared.1) && is_json(actual.1)
}

/// Whether a subtype is JSON, by name or by suffix (RFC 6839 section 3.1). All JSON types match each
/// other, because servers that declare `application/json` return errors as
/// `application/problem+json`.
fn is_json(subtype: &str) -> bool {
    let subtype = subtype.to_ascii_lowercase();
    subtype == "json" || subtype.ends_with("+json")
}

/// Returns the type and the subtype, without parameters.
fn essence(text: &str) -> Option<(&str, &str)> {
    let (kind, subtype) = text.split(';').next()?.trim().split_once('/')?;
    (!kind.is_empty() && !subtype.is_empty()).then_some((kind, subtype))
}

#[cfg(test)]
mod tests {
    use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderValue};

    #[track_caller]
    fn check(declared: &str, actual: &[&'static str], expected: bool) {
        let mut headers = HeaderMap::new();
        for value in actual {
            headers.append(CONTENT_TYPE, HeaderValue::from_static(value));
        }
        assert_eq!(
            super::matches(declared, &headers),
            expected,
            "{declared} {actual:?}"
        );
    }

    #[test]
    fn compares_type_and_subtype() {
        check("application/json", &["application/json"], true);
        check(
            "application/json; charset=utf-8",
            &["Application/JSON"],
            true,
        );
        check(
            "application/json",
            &["application/json ;charset=utf-8"],
            true,
        );
        check("application/*", &["application/pdf"], true);
        check("*/*", &["text/html"], true);
        check("application/json", &["text/html"], false);
        check("application/json", &["application/problem+json"], true);
        check("application/hal+json", &["application/json"], true);
        check("application/json", &["application/jsonp"], false);
        check("application/json", &[], false);
        check("*/*", &["nonsense"], false);
        check("nonsense", &["nonsense"], false);
        check(
            "application/json",
            &["application/json", "text/html"],
            false,
        );
    }
}
