//! Reads path templates such as `/pets/{id}`.

/// Returns the expressions of a template in order, or `None` if its braces are not paired.
pub(super) fn expressions(path: &str) -> Option<Vec<&str>> {
    let mut names = Vec::new();
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, remainder) = after.split_once('}')?;
        if before.contains('}') || name.is_empty() || name.contains(['{', '/']) {
            return None;
        }
        names.push(name);
        rest = remainder;
    }
    (!rest.contains('}')).then_some(names)
}

/// Returns the template without the names in it, which is equal for identical paths.
pub(super) fn skeleton(path: &str) -> String {
    let mut skeleton = String::new();
    let mut inside = false;
    for character in path.chars() {
        match character {
            '{' => {
                inside = true;
                skeleton.push('{');
            }
            '}' => inside = false,
            other if !inside => skeleton.push(other),
            _ => {}
        }
    }
    skeleton
}

#[cfg(test)]
mod tests {
    use super::{expressions, skeleton};

    #[test]
    fn expressions_are_found_where_braces_pair() {
        assert_eq!(expressions("/a"), Some(vec![]));
        assert_eq!(expressions("/a/{b}/c.{d}"), Some(vec!["b", "d"]));
        for bad in ["/{", "/}", "/{}", "/{a", "/a}", "/{a{b}}", "/{a/b}"] {
            assert_eq!(expressions(bad), None, "{bad}");
        }
        assert_eq!(skeleton("/a/{b}/c"), skeleton("/a/{x}/c"));
        assert_ne!(skeleton("/a/{b}/c"), skeleton("/a/{b}/d"));
    }
}
