//! The syntax of header names, status codes and media types.

use serde_json::{Map, Value, json};

use super::context::Context;
use super::repair::{Edit, Repair};
use crate::diagnostics;
use crate::objects::At;
use crate::pointer::Pointer;

/// Checks the key of a Media Type Object.
pub(super) fn media_type(context: &mut Context<'_>, members: &Map<String, Value>, at: &At<'_>) {
    let pointer = at.pointer();
    let name = pointer.last().unwrap_or_default();
    if !is_media_type(name) {
        let message = format!("`{name}` is not a media type");
        let repair = media_type_repair(name, members, &pointer);
        context.fault(&diagnostics::INVALID_MEDIA_TYPE, &pointer, message, repair);
    }
}

fn media_type_repair(name: &str, members: &Map<String, Value>, place: &Pointer) -> Repair {
    const JSON: &str = "application/json";
    let is_schema = ["$ref", "type", "properties", "allOf", "oneOf", "anyOf"]
        .iter()
        .any(|keyword| members.contains_key(*keyword));
    if name == "schema" && is_schema {
        let content = place.parent().unwrap_or_default();
        let schema = Value::Object(members.clone());
        return Repair::mended("read as the schema of `application/json`")
            .put(content.child(JSON), json!({ "schema": schema }))
            .remove(place.clone());
    }
    if !members.contains_key("schema") {
        return Repair::mended("read as if the key were not there").remove(place.clone());
    }
    if name.trim() == "*" {
        return Repair::mended("read as `*/*`").with(Edit::Rename(place.clone(), "*/*".to_owned()));
    }
    if name.to_ascii_lowercase().contains("json") {
        return Repair::mended("read as `application/json`")
            .with(Edit::Rename(place.clone(), JSON.to_owned()));
    }
    Repair::lost("the client has no content of this key").remove(place.clone())
}

/// Whether a text is a token (RFC 9110 section 5.6.2).
pub(super) fn is_token(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}

/// Returns the header name that is meant by one with blanks or a colon around it.
pub(super) fn trimmed_name(name: &str) -> Option<String> {
    let trimmed = name.trim_matches(|c: char| c.is_whitespace() || c == ':');
    is_token(trimmed).then(|| trimmed.to_owned())
}

/// Whether a text is a media type or media range whose parameters fit into a header.
fn is_media_type(text: &str) -> bool {
    let (essence, parameters) = text.split_once(';').unwrap_or((text, ""));
    let printable = |byte: u8| byte == b'\t' || (b' '..=b'~').contains(&byte);
    essence
        .trim()
        .split_once('/')
        .is_some_and(|(kind, subtype)| is_token(kind) && is_token(subtype))
        && parameters.bytes().all(printable)
}

/// Whether a text is a status code, a range of them, or `default`.
pub(super) fn is_status(text: &str) -> bool {
    match text.as_bytes() {
        b"default" => true,
        [b'1'..=b'5', b'X', b'X'] => true,
        [b'1'..=b'5', tens, ones] => tens.is_ascii_digit() && ones.is_ascii_digit(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{is_media_type, is_status, is_token};

    #[test]
    fn tokens_media_types_and_statuses() {
        for token in ["x-monite-version", "ETag", "*"] {
            assert!(is_token(token), "{token}");
        }
        for other in ["", "x y", "x:y", "é", "a\n"] {
            assert!(!is_token(other), "{other}");
        }
        for media in [
            "application/json",
            "*/*",
            "text/*",
            "a/b; charset=utf-8",
            "a/b+json;v=1",
        ] {
            assert!(is_media_type(media), "{media}");
        }
        for other in ["", "json", "/json", "a/", "a/b/c", "a/b;\n"] {
            assert!(!is_media_type(other), "{other}");
        }
        for status in ["200", "4XX", "default", "599", "100"] {
            assert!(is_status(status), "{status}");
        }
        for other in ["", "2xx", "600", "20", "2000", "ok", "XXX"] {
            assert!(!is_status(other), "{other}");
        }
    }
}
