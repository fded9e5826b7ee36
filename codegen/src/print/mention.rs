//! Which names the paths of printed code begin with.
//!
//! The text is looked through, and not its tokens: a search for a few letters costs next to
//! nothing, while looking into the groups of a token stream copies each of them.

/// Whether a path begins with a name. serde is given paths as text: what one of its functions is
/// called by is a path as well, and any other literal is a document's.
pub(super) fn mentions(text: &str, name: &str) -> bool {
    let path = format!("{name}::");
    let code = |line: &&str| line.contains(&path) && !line.trim_start().starts_with("//");
    text.lines().filter(code).any(|line| {
        let mut found = line.match_indices(&path);
        found.any(|(at, _)| line.get(..at).is_some_and(begins))
    })
}

/// Whether what stands before it on its line lets a path begin.
fn begins(before: &str) -> bool {
    let continues = |last: char| last == ':' || last == '_' || last.is_alphanumeric();
    match before.strip_suffix('"') {
        Some(before) => before.ends_with("with = ") && !in_literal(before),
        None => !before.ends_with(continues) && !in_literal(before),
    }
}

/// Whether a string literal is open at the end of a part of a line; the formatter breaks none.
fn in_literal(before: &str) -> bool {
    let mut open = false;
    let mut escaped = false;
    for byte in before.bytes() {
        match byte {
            b'"' if !escaped => open = !open,
            _ => {}
        }
        escaped = open && byte == b'\\' && !escaped;
    }
    open
}

#[cfg(test)]
mod tests {
    use super::mentions;

    #[test]
    fn paths_that_begin_with_the_name() {
        assert!(mentions("    pub id: types::Id,", "types"));
        assert!(mentions("fn f(x: &'a types::Id) {}", "types"));
        assert!(mentions(
            "    #[serde(with = \"runtime::json\")]",
            "runtime"
        ));
        assert!(mentions("f(\"a \\\" b\", types::Id)", "types"));
    }

    #[test]
    fn other_places_of_the_name() {
        assert!(!mentions("    /// See [`types::Id`].", "types"));
        assert!(!mentions("crate::types::Id", "types"));
        assert!(!mentions("my_types::Id", "types"));
        assert!(!mentions("f(\"of types::Id\")", "types"));
        assert!(!mentions("types: Id", "types"));
        assert!(!mentions("f(\"types::Id\")", "types"));
        assert!(!mentions("f(\"with = \\\"types::Id\\\"\")", "types"));
    }
}
