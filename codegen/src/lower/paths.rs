//! The rule for path templates with a fragment.

use super::operation_draft::Draft;
use super::operation_rule::Application;

/// A path with a fragment: authors tell operations of one path apart by it.
pub(super) fn fragment(draft: &mut Draft<'_>) -> Vec<Application> {
    let Some((path, fragment)) = split_fragment(&draft.path) else {
        return Vec::new();
    };
    let detail = format!("#{fragment}");
    let path = path.to_owned();
    // A parameter of the fragment alone has no place any more.
    draft.parameters.retain(|parameter| {
        parameter.location != "path" || path.contains(&format!("{{{}}}", parameter.name))
    });
    draft.path = path;
    vec![Application::new(draft.place(), detail)]
}

/// A path without its fragment, and the fragment; inside of an expression `#` begins none.
fn split_fragment(path: &str) -> Option<(&str, &str)> {
    let mut inside = false;
    let at = path.find(|c: char| {
        inside = (inside || c == '{') && c != '}';
        c == '#' && !inside
    })?;
    let (before, rest) = path.split_at_checked(at)?;
    Some((before, rest.strip_prefix('#')?))
}
