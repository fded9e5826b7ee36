//! Cookie parameters, in the style `form` or as JSON.
//!
//! Exploded values are separated by `; ` as cookies are (RFC 6265 section 4.2.1): with the `&` of the
//! style `form` they would be one cookie.

use reqwest::header::{COOKIE, HeaderMap, HeaderValue};
use serde::Serialize;
use zeroize::Zeroizing;

use super::header::field_value;
use super::pairs::pairs;
use super::value::{FlatValue, json_text};
use crate::RequestError;

/// Adds a cookie in the style `form`, marked as sensitive. An absent value adds nothing.
///
/// # Errors
///
/// [`RequestError::Value`] if the value is nested or cannot be serialised, [`RequestError::Header`] if
/// the name is invalid.
pub fn cookie<T: Serialize + ?Sized>(
    headers: &mut HeaderMap,
    name: &str,
    value: &T,
    explode: bool,
) -> Result<(), RequestError> {
    add(headers, name, &FlatValue::flatten(name, value)?, explode)
}

/// Adds a cookie as JSON, marked as sensitive, for a parameter that is declared with `content`. `null`
/// adds nothing.
///
/// # Errors
///
/// Same as [`cookie`].
pub fn json_cookie<T: Serialize + ?Sized>(
    headers: &mut HeaderMap,
    name: &str,
    value: &T,
) -> Result<(), RequestError> {
    let text = json_text(name, value)?;
    let value = if text == "null" {
        FlatValue::Absent
    } else {
        FlatValue::Scalar(text)
    };
    add(headers, name, &value, false)
}

fn add(
    headers: &mut HeaderMap,
    name: &str,
    value: &FlatValue,
    explode: bool,
) -> Result<(), RequestError> {
    let Some(text) = pairs(name, value, explode, "; ", ",") else {
        return Ok(());
    };
    let invalid = || RequestError::Header {
        name: COOKIE.as_str().to_owned(),
    };
    let value = field_value(&text).ok_or_else(invalid)?;
    append_cookie(headers, &value).map_err(|()| invalid())
}

/// Appends a cookie to the `Cookie` header, of which a request has at most one (RFC 6265 section 5.4).
pub(crate) fn append_cookie(headers: &mut HeaderMap, cookie: &HeaderValue) -> Result<(), ()> {
    let mut joined = match headers.get(COOKIE) {
        None => cookie.clone(),
        Some(present) => {
            let text = [present.as_bytes(), b"; ", cookie.as_bytes()].concat();
            HeaderValue::from_bytes(&Zeroizing::new(text)).map_err(|_| ())?
        }
    };
    joined.set_sensitive(true);
    headers.insert(COOKIE, joined);
    Ok(())
}

#[cfg(test)]
mod tests {
    use reqwest::header::{COOKIE, HeaderMap};
    use serde_json::json;

    use super::super::value::samples;
    use super::{cookie, json_cookie};

    #[track_caller]
    fn check(explode: bool, expected: [&str; 4]) {
        let actual = samples::table().map(|value| {
            let mut headers = HeaderMap::new();
            cookie(&mut headers, "color", &value, explode).unwrap();
            headers[COOKIE].to_str().unwrap().to_owned()
        });
        assert_eq!(actual, expected);
    }

    #[test]
    fn form_style() {
        let list = "color=blue,black,brown";
        check(
            false,
            ["color=", "color=blue", list, "color=B,150,G,200,R,100"],
        );
        let list = "color=blue; color=black; color=brown";
        check(true, ["color=", "color=blue", list, "B=150; G=200; R=100"]);
    }

    #[test]
    fn cookies_share_one_header() {
        let mut headers = HeaderMap::new();
        cookie(&mut headers, "a", "b;c", true).unwrap();
        cookie(&mut headers, "n", &None::<u8>, true).unwrap();
        json_cookie(&mut headers, "j", &json!([1])).unwrap();
        assert_eq!(headers.get_all(COOKIE).iter().count(), 1);
        assert_eq!(headers[COOKIE], "a=b%3Bc; j=%5B1%5D");
        assert!(headers[COOKIE].is_sensitive());
    }
}
