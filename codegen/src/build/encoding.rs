//! How the members of a form are written, and which of them are files.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::lower::PARTS;
use crate::model::{Encoding, Style};
use crate::report::{Loss, Rule};

pub(super) static FORM_OF_BYTES: Rule = Rule {
    id: "form-without-members",
    does: "a form that is no object with members is bytes, or text",
    loss: Some(Loss::Unexpressed(
        "the caller encodes it, with the boundary where it has one",
    )),
};

fn parts(media_type: &Value) -> impl Iterator<Item = (&String, &Value)> {
    let parts = media_type.get(PARTS).and_then(Value::as_object);
    parts.into_iter().flatten()
}

/// The members that are files, and whether they are lists of them.
pub(super) fn files(media_type: &Value) -> BTreeMap<&str, bool> {
    let files = parts(media_type).filter_map(|(name, part)| {
        let file = part.get("file")?.as_str()?;
        Some((name.as_str(), file == "list"))
    });
    files.collect()
}

/// What the document says about members. A style, where there is one, goes before a media type
/// (OpenAPI "Encoding Object").
pub(super) fn of(media_type: &Value) -> BTreeMap<String, Encoding> {
    let members = parts(media_type).filter_map(|(name, part)| {
        let text = |key: &str| part.get(key).and_then(Value::as_str);
        let explode = part.get("explode").and_then(Value::as_bool);
        let style = match text("style") {
            Some("spaceDelimited") => Some(Style::SpaceDelimited),
            Some("pipeDelimited") => Some(Style::PipeDelimited),
            Some("deepObject") => Some(Style::DeepObject),
            Some(_) => Some(Style::Form),
            None => explode.map(|_| Style::Form),
        };
        let encoding = Encoding {
            style: style.map(|style| (style, explode.unwrap_or(style == Style::Form))),
            content_type: text("contentType").map(str::to_owned),
        };
        (encoding != Encoding::default()).then(|| (name.clone(), encoding))
    });
    members.collect()
}
