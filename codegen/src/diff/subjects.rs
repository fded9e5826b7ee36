//! What a change belongs to: a schema, an operation, or a part of the packaging.

use crate::pointer::Pointer;

/// Returns the schema or operation that contains a node, or else the top-level part.
pub(super) fn subject(pointer: &Pointer) -> String {
    match pointer.tokens() {
        [components, schemas, name, ..] if components == "components" && schemas == "schemas" => {
            format!("`{name}`")
        }
        [paths, path, method, ..] if paths == "paths" => {
            format!("`{} {path}`", method.to_uppercase())
        }
        [components, kind, name, ..] if components == "components" => format!("{kind} `{name}`"),
        [part, ..] => format!("`{part}`"),
        [] => String::new(),
    }
}

/// Returns the part of a detail that names a member, a parameter or a status: without the type or
/// operation before it, and without the values behind it.
pub(super) fn detail_name(detail: &str) -> String {
    // `Type`: `field`: `before` → `after`
    let own = match split_outside_code(detail, ": ") {
        Some((head, rest)) if is_code_span(head) => rest,
        _ => detail,
    };
    let own = split_outside_code(own, ": ").map_or(own, |(name, _)| name);
    let own = split_outside_code(own, " of `").map_or(own, |(name, _)| name);
    own.to_owned()
}

/// Splits a text at a separator that is not inside of a code span.
fn split_outside_code<'a>(text: &'a str, separator: &str) -> Option<(&'a str, &'a str)> {
    let mut in_code = false;
    for (index, c) in text.char_indices() {
        let (before, after) = text.split_at_checked(index)?;
        match after.strip_prefix(separator) {
            Some(after) if !in_code => return Some((before, after)),
            _ => in_code ^= c == '`',
        }
    }
    None
}

/// Whether a text is a single code span.
fn is_code_span(text: &str) -> bool {
    let rest = text.strip_prefix('`');
    let code = rest.and_then(|rest| rest.strip_suffix('`'));
    code.is_some_and(|code| !code.contains('`'))
}

#[cfg(test)]
mod tests {
    use super::detail_name;

    #[test]
    fn a_detail_is_named_by_its_own_part() {
        for (detail, expected) in [
            ("`Pet`: `age`: `i64` → `String`", "`age`"),
            ("`Pet`: `a: b of `", "`a: b of `"),
            ("`x: y`: `age`", "`age`"),
            ("`age`", "`age`"),
            ("status 404 of `GET /pets`", "status 404"),
            (
                "query parameter `a` of `GET /pets`: `x` → `y`",
                "query parameter `a`",
            ),
            ("`é`: `ü`: 1", "`ü`"),
        ] {
            assert_eq!(detail_name(detail), expected, "{detail}");
        }
    }
}
