//! Rules for request bodies.

use super::media_types::{self, BodyUse, kind_of};
use super::operation_draft::Draft;
use super::operation_rule::Application;
use crate::model::BodyKind;

/// A body with several media types.
pub(super) fn several_media_types(draft: &mut Draft<'_>) -> Vec<Application> {
    let bodies = draft.body.iter();
    let several = bodies.filter(|body| !body.content.others.is_empty());
    several
        .map(|body| Application::new(&body.located.origin, body.content.choice()))
        .collect()
}

/// A body of a media type that the client cannot encode.
pub(super) fn encoded_by_caller(draft: &mut Draft<'_>) -> Vec<Application> {
    let bodies = draft.body.iter();
    let encoded = bodies.filter(|body| {
        let media_type = body.content.media_type;
        let bytes = kind_of(media_type, BodyUse::Request) == BodyKind::Bytes;
        bytes && !media_types::is_opaque(media_type)
    });
    encoded
        .map(|body| Application::new(&body.located.origin, body.content.media_type))
        .collect()
}

/// A part of a multipart body for which the document declares headers.
pub(super) fn part_headers(draft: &mut Draft<'_>) -> Vec<Application> {
    let parts = draft.body.iter().flat_map(|body| &body.parts);
    let with_headers = parts.filter(|(_, part)| part.has_headers);
    with_headers
        .map(|(name, _)| Application::new(draft.place(), name))
        .collect()
}
