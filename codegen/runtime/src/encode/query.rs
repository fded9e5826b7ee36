//! Query parameters, in the styles `form`, `spaceDelimited`, `pipeDelimited` and `deepObject` or as JSON.

use serde::Serialize;

use super::deep_object;
use super::pairs::pairs;
use super::value::{FlatValue, join_pairs, json_text};
use crate::RequestError;

/// The style of a query parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QueryStyle {
    /// `color=blue,black`, or exploded `color=blue&color=black`.
    Form,
    /// `color=blue%20black`, or exploded the same as `form`.
    SpaceDelimited,
    /// `color=blue%7Cblack`, or exploded the same as `form`.
    PipeDelimited,
    /// `color%5BR%5D=100&color%5BG%5D=200`, exploded or not. Nested values continue in brackets, list
    /// items by their number; a scalar is encoded as in `form`.
    DeepObject,
    /// JSON, for a parameter that is declared with `content`.
    Json,
}

/// Appends a query parameter in the default style: `form`, exploded.
///
/// # Errors
///
/// Same as [`query_as`].
pub fn query<T: Serialize + ?Sized>(
    url: &mut String,
    name: &str,
    value: &T,
) -> Result<(), RequestError> {
    query_as(url, name, value, QueryStyle::Form, true)
}

/// Appends a query parameter to a URL without a fragment. An absent value appends nothing.
///
/// # Errors
///
/// [`RequestError::Value`] if the value is nested (except in `deepObject` and JSON) or cannot be
/// serialised.
pub fn query_as<T: Serialize + ?Sized>(
    url: &mut String,
    name: &str,
    value: &T,
    style: QueryStyle,
    explode: bool,
) -> Result<(), RequestError> {
    if let Some(text) = styled(name, value, style, explode)? {
        url.push(if url.contains('?') { '&' } else { '?' });
        url.push_str(&text);
    }
    Ok(())
}

/// Encodes a value as `name=value` pairs, joined by `&`; `None` if it is absent.
pub(super) fn styled<T: Serialize + ?Sized>(
    name: &str,
    value: &T,
    style: QueryStyle,
    explode: bool,
) -> Result<Option<String>, RequestError> {
    if style == QueryStyle::DeepObject {
        return deep_object_pairs(name, value);
    }
    let flat = FlatValue::for_style(name, value, style)?;
    Ok(match style {
        QueryStyle::Form | QueryStyle::Json => pairs(name, &flat, explode, "&", ","),
        QueryStyle::SpaceDelimited => pairs(name, &flat, explode, "&", "%20"),
        QueryStyle::PipeDelimited => pairs(name, &flat, explode, "&", "%7C"),
        QueryStyle::DeepObject => None,
    })
}

impl FlatValue {
    /// Flattens a value for a style. In the style JSON the whole value is one scalar, unless it is
    /// `null`.
    fn for_style<T: Serialize + ?Sized>(
        name: &str,
        value: &T,
        style: QueryStyle,
    ) -> Result<Self, RequestError> {
        if style != QueryStyle::Json {
            return Self::flatten(name, value);
        }
        let text = json_text(name, value)?;
        Ok(if text == "null" {
            Self::Absent
        } else {
            Self::Scalar(text)
        })
    }
}

fn deep_object_pairs<T: Serialize + ?Sized>(
    name: &str,
    value: &T,
) -> Result<Option<String>, RequestError> {
    let pairs = deep_object::name_pairs(name, deep_object::to_json(name, value)?);
    Ok((!pairs.is_empty()).then(|| join_pairs(&pairs, "&")))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::value::samples;
    use super::{QueryStyle, query_as};

    #[track_caller]
    fn check(style: QueryStyle, explode: bool, expected: [Option<&str>; 4]) {
        let actual = samples::table().map(|value| {
            let mut url = String::new();
            query_as(&mut url, "color", &value, style, explode)
                .ok()
                .map(|()| url)
        });
        assert_eq!(actual.each_ref().map(Option::as_deref), expected);
    }

    /// The table of OpenAPI 3.1.1, with members sorted by name. Combinations that it calls n/a are the
    /// same as `form`; `deepObject` numbers list items.
    #[test]
    fn styles() {
        let (empty, text) = (Some("?color="), Some("?color=blue"));
        let list = Some("?color=blue&color=black&color=brown");
        let object = Some("?B=150&G=200&R=100");
        check(
            QueryStyle::Form,
            false,
            [
                empty,
                text,
                Some("?color=blue,black,brown"),
                Some("?color=B,150,G,200,R,100"),
            ],
        );
        check(QueryStyle::Form, true, [empty, text, list, object]);
        check(
            QueryStyle::SpaceDelimited,
            false,
            [
                empty,
                text,
                Some("?color=blue%20black%20brown"),
                Some("?color=B%20150%20G%20200%20R%20100"),
            ],
        );
        check(
            QueryStyle::SpaceDelimited,
            true,
            [empty, text, list, object],
        );
        check(
            QueryStyle::PipeDelimited,
            false,
            [
                empty,
                text,
                Some("?color=blue%7Cblack%7Cbrown"),
                Some("?color=B%7C150%7CG%7C200%7CR%7C100"),
            ],
        );
        let deep = Some("?color%5BB%5D=150&color%5BG%5D=200&color%5BR%5D=100");
        let list = Some("?color%5B0%5D=blue&color%5B1%5D=black&color%5B2%5D=brown");
        check(QueryStyle::DeepObject, true, [empty, text, list, deep]);
        check(QueryStyle::DeepObject, false, [empty, text, list, deep]);
    }

    #[test]
    fn parameters_are_appended() {
        let mut url = "https://example.com/a".to_owned();
        let absent: Option<u8> = None;
        query_as(&mut url, "n", &absent, QueryStyle::Form, true).unwrap();
        query_as(&mut url, "n", &absent, QueryStyle::Json, true).unwrap();
        query_as(&mut url, "a b", "c&d", QueryStyle::Form, true).unwrap();
        query_as(&mut url, "j", &json!({"x": 1}), QueryStyle::Json, true).unwrap();
        assert_eq!(url, "https://example.com/a?a%20b=c%26d&j=%7B%22x%22%3A1%7D");
    }
}
