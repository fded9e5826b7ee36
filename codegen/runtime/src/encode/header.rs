//! Header parameters, in the style `simple` or as JSON.

use reqwest::header::{ACCEPT, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use serde::{Serialize, Serializer};

use super::value::{FlatValue, json_text};
use crate::RequestError;

/// Sets a header in the default style of headers: `simple`, not exploded.
///
/// # Errors
///
/// Same as [`header_as`].
pub fn header<T: Serialize + ?Sized>(
    headers: &mut HeaderMap,
    name: &str,
    value: &T,
) -> Result<(), RequestError> {
    header_as(headers, name, value, false)
}

/// Sets a header in the style `simple`. An absent value sets nothing.
///
/// # Errors
///
/// [`RequestError::Header`] if the name or the value is invalid (RFC 9110 section 5): a value is visible
/// ASCII with spaces and tabs inside. [`RequestError::Value`] if the value is nested or cannot be
/// serialised.
pub fn header_as<T: Serialize + ?Sized>(
    headers: &mut HeaderMap,
    name: &str,
    value: &T,
    explode: bool,
) -> Result<(), RequestError> {
    set(headers, name, simple(name, value, explode)?, false)
}

/// Same as [`header_as`], but marks the value as sensitive, so that `Debug` of the request does not print
/// it.
///
/// # Errors
///
/// Same as [`header_as`].
pub fn secret_header<T: Serialize + ?Sized>(
    headers: &mut HeaderMap,
    name: &str,
    value: &T,
    explode: bool,
) -> Result<(), RequestError> {
    set(headers, name, simple(name, value, explode)?, true)
}

/// Sets a header as JSON, for a parameter that is declared with `content`. `null` sets nothing.
///
/// # Errors
///
/// Same as [`header_as`].
pub fn json_header<T: Serialize + ?Sized>(
    headers: &mut HeaderMap,
    name: &str,
    value: &T,
) -> Result<(), RequestError> {
    let text = json_text(name, value)?;
    set(headers, name, (text != "null").then_some(text), false)
}

/// Sets the `Accept` header (RFC 9110 section 12.5.1).
///
/// # Errors
///
/// [`RequestError::Header`] if the text is not a valid header value.
pub fn accept(headers: &mut HeaderMap, media_types: &str) -> Result<(), RequestError> {
    set_known(headers, ACCEPT, media_types)
}

/// Sets the `Content-Type` header (RFC 9110 section 8.3), for bodies whose type `reqwest` does not set.
///
/// # Errors
///
/// [`RequestError::Header`] if the text is not a valid header value.
pub fn content_type(headers: &mut HeaderMap, media_type: &str) -> Result<(), RequestError> {
    set_known(headers, CONTENT_TYPE, media_type)
}

/// A value, or a default text if it is absent. Used for headers that are set once per client.
#[derive(Clone, Copy, Debug)]
pub struct OrDefault<'a, T> {
    value: Option<&'a T>,
    default: &'static str,
}

impl<'a, T> OrDefault<'a, T> {
    /// Creates it from a value and the default text.
    pub fn new(value: Option<&'a T>, default: &'static str) -> Self {
        Self { value, default }
    }
}

impl<T: Serialize> Serialize for OrDefault<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.value {
            Some(value) => value.serialize(serializer),
            None => serializer.serialize_str(self.default),
        }
    }
}

fn simple<T: Serialize + ?Sized>(
    name: &str,
    value: &T,
    explode: bool,
) -> Result<Option<String>, RequestError> {
    Ok(match FlatValue::flatten(name, value)? {
        FlatValue::Absent => None,
        FlatValue::Scalar(text) => Some(text),
        FlatValue::List(items) => Some(items.join(",")),
        FlatValue::Object(members) => {
            let separator = if explode { '=' } else { ',' };
            let members: Vec<String> = members
                .iter()
                .map(|(key, value)| format!("{key}{separator}{value}"))
                .collect();
            Some(members.join(","))
        }
    })
}

fn set(
    headers: &mut HeaderMap,
    name: &str,
    text: Option<String>,
    sensitive: bool,
) -> Result<(), RequestError> {
    let Some(text) = text else { return Ok(()) };
    let invalid = || RequestError::Header {
        name: name.to_owned(),
    };
    let header = HeaderName::from_bytes(name.as_bytes()).map_err(|_| invalid())?;
    insert(headers, header, &text, sensitive).ok_or_else(invalid)
}

/// Inserts a header. Returns `None` if the text is not a valid value.
fn insert(headers: &mut HeaderMap, name: HeaderName, text: &str, sensitive: bool) -> Option<()> {
    let mut value = field_value(text)?;
    value.set_sensitive(sensitive);
    headers.insert(name, value);
    Some(())
}

/// Sets a header with a known name.
fn set_known(headers: &mut HeaderMap, name: HeaderName, text: &str) -> Result<(), RequestError> {
    let invalid = || RequestError::Header {
        name: name.as_str().to_owned(),
    };
    insert(headers, name.clone(), text, false).ok_or_else(invalid)
}

/// Converts a text to a header value; `None` if it is not a valid one.
pub(crate) fn field_value(text: &str) -> Option<HeaderValue> {
    if !is_field_value(text) {
        return None;
    }
    HeaderValue::from_str(text).ok()
}

/// Whether a text is a `field-value` (RFC 9110 section 5.5) without `obs-text`: visible ASCII with
/// spaces and tabs inside. `HeaderValue` also accepts bytes from 0x80 and whitespace at the ends,
/// which the server would remove.
pub(crate) fn is_field_value(text: &str) -> bool {
    let bytes = text.as_bytes();
    let blank = |byte: Option<&u8>| matches!(byte, Some(b' ' | b'\t'));
    // Without an early exit, so that the loop can be vectorised.
    let valid = bytes.iter().fold(true, |valid, byte| {
        valid & matches!(byte, b' '..=b'~' | b'\t')
    });
    valid && !blank(bytes.first()) && !blank(bytes.last())
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderMap;
    use serde_json::json;

    use super::super::value::samples;
    use super::{header_as, json_header, secret_header};
    use crate::RequestError;

    #[track_caller]
    fn check(explode: bool, expected: [&str; 4]) {
        let actual = samples::table().map(|value| {
            let mut headers = HeaderMap::new();
            header_as(&mut headers, "color", &value, explode).unwrap();
            headers["color"].to_str().unwrap().to_owned()
        });
        assert_eq!(actual, expected);
    }

    #[test]
    fn simple_style() {
        check(false, ["", "blue", "blue,black,brown", "B,150,G,200,R,100"]);
        check(true, ["", "blue", "blue,black,brown", "B=150,G=200,R=100"]);
    }

    #[test]
    fn values_are_checked_and_not_in_errors() {
        let mut headers = HeaderMap::new();
        let error = header_as(&mut headers, "x-a", "canary\r\nx-b: c", false);
        assert_eq!(
            error,
            Err(RequestError::Header {
                name: "x-a".to_owned()
            })
        );
        assert!(header_as(&mut headers, "x-a", "\u{fc}", false).is_err());
        for text in [" b", "b ", "\tb", "b\u{7f}c", "b\u{0}", "\r"] {
            assert!(header_as(&mut headers, "x-a", text, false).is_err());
        }
        header_as(&mut headers, "x-b", "a \t~", false).unwrap();
        assert_eq!(headers.remove("x-b").unwrap(), "a \t~");
        assert!(header_as(&mut headers, "x a", "b", false).is_err());
        header_as(&mut headers, "x-a", &None::<u8>, false).unwrap();
        assert!(headers.is_empty());
        secret_header(&mut headers, "x-a", "canary", false).unwrap();
        assert!(!format!("{headers:?}").contains("canary"));
        json_header(&mut headers, "x-j", &json!({"a": [1]})).unwrap();
        assert_eq!(headers["x-j"], "{\"a\":[1]}");
    }
}
