//! Path parameters: `simple`, `label`, `matrix`, JSON.

use serde::Serialize;

use super::value::{Value, interleave, join, join_pairs, json, percent};
use crate::{PathFault, RequestError};

/// How a path parameter becomes text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathStyle {
    /// `blue,black` (RFC 6570 section 3.2.2).
    Simple,
    /// `.blue,black` (RFC 6570 section 3.2.5).
    Label,
    /// `;color=blue,black` (RFC 6570 section 3.2.7).
    Matrix,
    /// JSON text, for a parameter that is declared with `content`.
    Json,
}

/// The text that replaces `{name}` in the style that path parameters have by default: `simple`.
///
/// # Errors
///
/// As [`path_as`].
pub fn path<T: Serialize + ?Sized>(name: &str, value: &T) -> Result<String, RequestError> {
    path_as(name, value, PathStyle::Simple, false)
}

/// The text that replaces `{name}` in a path template, percent-encoded.
///
/// # Errors
///
/// [`RequestError::Path`] if the text is absent, empty, `.` or `..`: the URL would name another
/// resource. [`RequestError::Value`] if the value is nested or cannot be serialised.
pub fn path_as<T: Serialize + ?Sized>(
    name: &str,
    value: &T,
    style: PathStyle,
    explode: bool,
) -> Result<String, RequestError> {
    let text = if style == PathStyle::Json {
        Some(percent(&json(name, value)?))
    } else {
        expand(name, &Value::of(name, value)?, style, explode)
    };
    let fault = match text.as_deref() {
        None => PathFault::Absent,
        Some("") => PathFault::Empty,
        Some("." | "..") => PathFault::DotSegment,
        Some(_) => return Ok(text.unwrap_or_default()),
    };
    Err(RequestError::Path {
        name: name.to_owned(),
        fault,
    })
}

fn expand(name: &str, value: &Value, style: PathStyle, explode: bool) -> Option<String> {
    let name = percent(name);
    let (first, between) = match style {
        PathStyle::Simple | PathStyle::Json => ("", ","),
        PathStyle::Label => (".", if explode { "." } else { "," }),
        PathStyle::Matrix => (";", if explode { ";" } else { "," }),
    };
    let matrix = style == PathStyle::Matrix;
    let named = if matrix {
        format!("{first}{name}=")
    } else {
        first.to_owned()
    };
    Some(match value {
        Value::Absent => return None,
        Value::Primitive(text) if matrix && text.is_empty() => format!(";{name}"),
        Value::Primitive(text) => format!("{named}{}", percent(text)),
        Value::List(items) if matrix && explode => items
            .iter()
            .map(|item| format!("{named}{}", percent(item)))
            .collect(),
        Value::List(items) => format!("{named}{}", join(items, between)),
        Value::Object(members) if explode => format!("{first}{}", join_pairs(members, between)),
        Value::Object(members) => format!("{named}{}", join(interleave(members), between)),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::value::samples;
    use super::{PathStyle, path_as};
    use crate::{PathFault, RequestError};

    #[track_caller]
    fn check(style: PathStyle, explode: bool, expected: [Option<&str>; 4]) {
        let actual = samples::table().map(|value| path_as("color", &value, style, explode).ok());
        assert_eq!(actual.each_ref().map(Option::as_deref), expected);
    }

    /// The table of OpenAPI 3.1.1, members in the order of their names.
    #[test]
    fn styles() {
        let list = "blue,black,brown";
        check(
            PathStyle::Simple,
            false,
            [None, Some("blue"), Some(list), Some("B,150,G,200,R,100")],
        );
        check(
            PathStyle::Simple,
            true,
            [None, Some("blue"), Some(list), Some("B=150,G=200,R=100")],
        );
        check(
            PathStyle::Label,
            false,
            [
                None,
                Some(".blue"),
                Some(".blue,black,brown"),
                Some(".B,150,G,200,R,100"),
            ],
        );
        check(
            PathStyle::Label,
            true,
            [
                None,
                Some(".blue"),
                Some(".blue.black.brown"),
                Some(".B=150.G=200.R=100"),
            ],
        );
        check(
            PathStyle::Matrix,
            false,
            [
                Some(";color"),
                Some(";color=blue"),
                Some(";color=blue,black,brown"),
                Some(";color=B,150,G,200,R,100"),
            ],
        );
        check(
            PathStyle::Matrix,
            true,
            [
                Some(";color"),
                Some(";color=blue"),
                Some(";color=blue;color=black;color=brown"),
                Some(";B=150;G=200;R=100"),
            ],
        );
    }

    #[test]
    fn a_value_stays_in_its_segment() {
        let simple = |value| path_as("id", &value, PathStyle::Simple, false);
        let fault = |fault| {
            Err(RequestError::Path {
                name: "id".to_owned(),
                fault,
            })
        };
        assert_eq!(simple(json!("../a?b#c")), Ok("..%2Fa%3Fb%23c".to_owned()));
        assert_eq!(simple(json!("%2e")), Ok("%252e".to_owned()));
        assert_eq!(simple(json!("")), fault(PathFault::Empty));
        assert_eq!(simple(json!(".")), fault(PathFault::DotSegment));
        assert_eq!(simple(json!("..")), fault(PathFault::DotSegment));
        assert_eq!(simple(json!(null)), fault(PathFault::Absent));
        assert_eq!(
            path_as("id", ".", PathStyle::Label, false),
            fault(PathFault::DotSegment)
        );
        assert_eq!(
            path_as("id", &[1], PathStyle::Json, false),
            Ok("%5B1%5D".to_owned())
        );
    }
}
