//! Path parameters, in the styles `simple`, `label` and `matrix` or as JSON.

use serde::Serialize;

use super::value::{FlatValue, interleave, join, join_pairs, json_text, percent_encode};
use crate::{PathFault, RequestError};

/// The style of a path parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathStyle {
    /// `blue,black` (RFC 6570 section 3.2.2).
    Simple,
    /// `.blue,black` (RFC 6570 section 3.2.5).
    Label,
    /// `;color=blue,black` (RFC 6570 section 3.2.7).
    Matrix,
    /// JSON, for a parameter that is declared with `content`.
    Json,
}

/// Encodes a path parameter in the default style: `simple`, not exploded.
///
/// # Errors
///
/// Same as [`path_as`].
pub fn path<T: Serialize + ?Sized>(name: &str, value: &T) -> Result<String, RequestError> {
    path_as(name, value, PathStyle::Simple, false)
}

/// Encodes a path parameter: returns the percent-encoded text that replaces `{name}` in the path
/// template.
///
/// # Errors
///
/// [`RequestError::Path`] if the text is absent, empty, `.` or `..`: the path would name another
/// resource. [`RequestError::Value`] if the value is nested or cannot be serialised.
pub fn path_as<T: Serialize + ?Sized>(
    name: &str,
    value: &T,
    style: PathStyle,
    explode: bool,
) -> Result<String, RequestError> {
    let text = if style == PathStyle::Json {
        Some(percent_encode(&json_text(name, value)?))
    } else {
        expand(name, &FlatValue::flatten(name, value)?, style, explode)
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

fn expand(name: &str, value: &FlatValue, style: PathStyle, explode: bool) -> Option<String> {
    let name = percent_encode(name);
    let (prefix, delimiter) = match style {
        PathStyle::Simple | PathStyle::Json => ("", ","),
        PathStyle::Label => (".", if explode { "." } else { "," }),
        PathStyle::Matrix => (";", if explode { ";" } else { "," }),
    };
    let is_matrix = style == PathStyle::Matrix;
    let start = if is_matrix {
        format!("{prefix}{name}=")
    } else {
        prefix.to_owned()
    };
    Some(match value {
        FlatValue::Absent => return None,
        FlatValue::Scalar(text) if is_matrix && text.is_empty() => format!(";{name}"),
        FlatValue::Scalar(text) => format!("{start}{}", percent_encode(text)),
        FlatValue::List(items) if is_matrix && explode => items
            .iter()
            .map(|item| format!("{start}{}", percent_encode(item)))
            .collect(),
        FlatValue::List(items) => format!("{start}{}", join(items, delimiter)),
        FlatValue::Object(members) if explode => {
            format!("{prefix}{}", join_pairs(members, delimiter))
        }
        FlatValue::Object(members) => format!("{start}{}", join(interleave(members), delimiter)),
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

    /// The table of OpenAPI 3.1.1, with members sorted by name.
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
