//! Rules for responses.

use std::collections::BTreeSet;

use super::media_types::{self, BodyUse, kind_of};
use super::operation_draft::{Draft, ResponseDraft};
use super::operation_rule::Application;
use crate::model::BodyKind;

/// A response with several media types.
pub(super) fn several_media_types(draft: &mut Draft<'_>) -> Vec<Application> {
    let responses = draft.responses.iter();
    let contents = responses.filter_map(|response| Some((response, response.content.as_ref()?)));
    let several = contents.filter(|(_, content)| !content.others.is_empty());
    several
        .map(|(response, content)| Application::new(&response.located.origin, content.choice()))
        .collect()
}

/// Errors with bodies of several types.
pub(super) fn several_errors(draft: &mut Draft<'_>) -> Vec<Application> {
    several_bodies(draft, |response| !is_success(response))
}

/// Successes with bodies of several types.
pub(super) fn several_successes(draft: &mut Draft<'_>) -> Vec<Application> {
    several_bodies(draft, is_success)
}

fn is_success(response: &ResponseDraft<'_>) -> bool {
    response.status.starts_with('2')
}

fn several_bodies(draft: &Draft<'_>, wanted: fn(&ResponseDraft<'_>) -> bool) -> Vec<Application> {
    let responses: Vec<&ResponseDraft<'_>> = draft
        .responses
        .iter()
        .filter(|response| wanted(response))
        .collect();
    let bodies = responses.iter().map(|response| {
        let content = response.content.as_ref();
        content.map(|content| content.object.to_string())
    });
    if bodies.collect::<BTreeSet<_>>().len() <= 1 {
        return Vec::new();
    }
    let statuses: Vec<&str> = responses.iter().map(|response| response.status).collect();
    let place = draft.place().child("responses");
    vec![Application::new(&place, statuses.join(", "))]
}

/// A response for every status that is not declared.
pub(super) fn default(draft: &mut Draft<'_>) -> Vec<Application> {
    let place = draft.place().child("responses");
    let responses = draft.responses.iter();
    let default = responses.filter(|response| response.status == "default");
    default.map(|_| Application::new(&place, "")).collect()
}

/// Server-sent events.
pub(super) fn events(draft: &mut Draft<'_>) -> Vec<Application> {
    of_media_type(draft, media_types::is_events)
}

/// A body of a media type that the client cannot decode.
pub(super) fn bytes(draft: &mut Draft<'_>) -> Vec<Application> {
    of_media_type(draft, |media_type| {
        kind_of(media_type, BodyUse::Response) == BodyKind::Bytes
            && !media_types::is_opaque(media_type)
    })
}

fn of_media_type(draft: &Draft<'_>, wanted: fn(&str) -> bool) -> Vec<Application> {
    let responses = draft.responses.iter();
    let contents = responses.filter_map(|response| Some((response, response.content.as_ref()?)));
    let wanted = contents.filter(|(_, content)| wanted(content.media_type));
    wanted
        .map(|(response, content)| Application::new(&response.located.origin, content.media_type))
        .collect()
}
