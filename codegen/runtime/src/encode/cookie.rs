//! Cookie parameters: `form` and JSON.
//!
//! Exploded values are separated as cookies are, by `; ` (RFC 6265 section 4.2.1): the `&` of the
//! `form` style would make one cookie of them.

use reqwest::header::{COOKIE, HeaderMap, HeaderValue};
use serde::Serialize;
use zeroize::Zeroizing;

use super::form::pairs;
use super::header::field_value;
use super::value::{Value, json};
use crate::RequestError;

/// Adds a cookie in the `form` style, marked sensitive. An absent value adds nothing.
///
/// # Errors
///
/// [`RequestError::Value`] if the value is nested or cannot be serialised.
pub fn cookie<T: Serialize + ?Sized>(
    headers: &mut HeaderMap,
    name: &str,
    value: &T,
    explode: bool,
) -> Result<(), RequestError> {
    add(headers, name, &Value::of(name, value)?, explode)
}

/// Adds a cookie of JSON text, marked sensitive, for a parameter that is declared with `content`.
/// `null` adds nothing.
///
/// # Errors
///
/// As [`cookie`].
pub fn json_cookie<T: Serialize + ?Sized>(
    headers: &mut HeaderMap,
    name: &str,
    value: &T,
) -> Result<(), RequestError> {
    let text = json(name, value)?;
    let value = if text == "null" {
        Value::Absent
    } else {
        Value::Primitive(text)
    };
    add(headers, name, &value, false)
}

fn add(
    headers: &mut HeaderMap,
    name: &str,
    value: &Value,
    explode: bool,
) -> Result<(), RequestError> {
    let Some(text) = pairs(name, value, explode, "; ", ",") else {
        return Ok(());
    };
    let illegal = || RequestError::Header {
        name: COOKIE.as_str().to_owned(),
    };
    let value = field_value(&text).ok_or_else(illegal)?;
    append(headers, &value).map_err(|()| illegal())
}

/// Appends to the one `Cookie` header that a request may have (RFC 6265 section 5.4).
pub(crate) fn append(headers: &mut HeaderMap, cookie: &HeaderValue) -> Result<(), ()> {
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
    fn share_one_header() {
        let mut headers = HeaderMap::new();
        cookie(&mut headers, "a", "b;c", true).unwrap();
        cookie(&mut headers, "n", &None::<u8>, true).unwrap();
        json_cookie(&mut headers, "j", &json!([1])).unwrap();
        assert_eq!(headers.get_all(COOKIE).iter().count(), 1);
        assert_eq!(headers[COOKIE], "a=b%3Bc; j=%5B1%5D");
        assert!(headers[COOKIE].is_sensitive());
    }
}
