//! Which of several media types is chosen, and what kind of body it is.

use serde_json::{Map, Value};

use crate::model::BodyKind;

/// The essence of a media type: without parameters, in lower case.
fn essence(media_type: &str) -> String {
    media_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase()
}

/// Whether a body is sent or received.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BodyUse {
    Request,
    Response,
}

/// How a body of this media type is written or read.
pub(crate) fn kind_of(media_type: &str, body_use: BodyUse) -> BodyKind {
    match (kind(media_type), body_use) {
        // Forms are only ever sent.
        (BodyKind::Form, BodyUse::Response) => BodyKind::Text,
        (BodyKind::Multipart, BodyUse::Response) => BodyKind::Bytes,
        (kind, _) => kind,
    }
}

fn kind(media_type: &str) -> BodyKind {
    let essence = essence(media_type);
    match essence.as_str() {
        "application/x-www-form-urlencoded" => BodyKind::Form,
        "multipart/form-data" => BodyKind::Multipart,
        "application/json" => BodyKind::Json,
        _ if essence.ends_with("+json") => BodyKind::Json,
        _ if essence.starts_with("text/") => BodyKind::Text,
        _ => BodyKind::Bytes,
    }
}

/// Whether bytes are all that a media type is: nobody encodes them.
pub(crate) fn is_opaque(media_type: &str) -> bool {
    let essence = essence(media_type);
    let (kind, subtype) = essence.split_once('/').unwrap_or_default();
    let subtypes = ["*", "octet-stream", "pdf", "zip", "gzip", "x-gzip", "x-tar"];
    ["image", "audio", "video", "font", "*"].contains(&kind)
        || kind == "application" && subtypes.contains(&subtype)
}

/// Whether a media type is that of server-sent events.
pub(crate) fn is_events(media_type: &str) -> bool {
    essence(media_type) == "text/event-stream"
}

/// Lower goes first: plain JSON, other JSON, forms, text, the rest; names break ties.
fn rank(media_type: &str) -> u8 {
    match kind(media_type) {
        BodyKind::Json if essence(media_type) == "application/json" => 0,
        BodyKind::Json => 1,
        BodyKind::Form => 2,
        BodyKind::Multipart => 3,
        BodyKind::Text => 4,
        BodyKind::Bytes => 5,
    }
}

/// The names of the media types of a `content` map, the one that is chosen first.
pub(super) fn ranked(content: &Map<String, Value>) -> Vec<&str> {
    let mut names: Vec<&str> = content.keys().map(String::as_str).collect();
    names.sort_by_key(|name| (rank(name), *name));
    names
}
