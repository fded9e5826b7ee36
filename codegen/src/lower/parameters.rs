//! Rules for the parameters of an operation.

use serde_json::Value;

use super::operation_draft::{Draft, ParameterDraft};
use super::operation_rule::Application;

/// Headers that are no parameters (OpenAPI "Parameter Object", `name`).
const IGNORED: [&str; 3] = ["accept", "authorization", "content-type"];

/// Drops headers that other parts of the document declare: media types and security schemes.
pub(super) fn ignored(draft: &mut Draft<'_>) -> Vec<Application> {
    let is_ignored = |parameter: &ParameterDraft<'_>| {
        let name = parameter.name.to_ascii_lowercase();
        parameter.location == "header" && IGNORED.contains(&name.as_str())
    };
    let ignored = draft
        .parameters
        .extract_if(.., |parameter| is_ignored(parameter));
    ignored.map(|parameter| application(&parameter)).collect()
}

/// Without its path parameters an operation has no URL.
pub(super) fn path_required(draft: &mut Draft<'_>) -> Vec<Application> {
    let optional = draft.parameters.iter_mut();
    let optional = optional.filter(|parameter| parameter.location == "path" && !parameter.required);
    let mut applications = Vec::new();
    for parameter in optional {
        parameter.required = true;
        applications.push(application(parameter));
    }
    applications
}

/// `allowReserved`.
pub(super) fn reserved(draft: &mut Draft<'_>) -> Vec<Application> {
    with_flag(draft, "allowReserved")
}

/// `allowEmptyValue`.
pub(super) fn empty(draft: &mut Draft<'_>) -> Vec<Application> {
    with_flag(draft, "allowEmptyValue")
}

fn with_flag(draft: &Draft<'_>, flag: &str) -> Vec<Application> {
    let parameters = draft.parameters.iter();
    let flagged = parameters
        .filter(|parameter| parameter.located.object.get(flag) == Some(&Value::Bool(true)));
    flagged.map(application).collect()
}

fn application(parameter: &ParameterDraft<'_>) -> Application {
    Application::new(&parameter.located.origin, parameter.name)
}
