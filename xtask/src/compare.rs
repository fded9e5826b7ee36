//! Where two texts differ, for people.

use similar::TextDiff;

/// The first line at which two texts differ: its number, and both lines.
pub(crate) fn first_difference(one: &str, other: &str) -> (usize, String, String) {
    let mut lines = one.lines();
    let mut others = other.lines();
    let mut number = 1;
    loop {
        match (lines.next(), others.next()) {
            (Some(line), Some(same)) if line == same => number += 1,
            (line, other) => {
                let text = |line: Option<&str>| line.unwrap_or("(no line)").to_owned();
                return (number, text(line), text(other));
            }
        }
    }
}

/// What differs, as a unified diff.
pub(crate) fn diff(path: &str, old: &str, new: &str) -> String {
    let diff = TextDiff::from_lines(old, new);
    let mut unified = diff.unified_diff();
    let shown = unified.context_radius(3).header(path, path);
    // A file without a line break at its end has a line that says so.
    shown.to_string()
}

#[cfg(test)]
mod tests {
    use super::{diff, first_difference};

    #[test]
    fn differences_are_found() {
        let (one, other) = ("a\nb\nc\n", "a\nx\ny\nc\n");
        assert_eq!(
            first_difference(one, other),
            (2, "b".to_owned(), "x".to_owned())
        );
        assert_eq!(
            diff("f", one, other),
            "--- f\n+++ f\n@@ -1,3 +1,4 @@\n a\n-b\n+x\n+y\n c\n"
        );
        assert_eq!(diff("f", "", "a\n"), "--- f\n+++ f\n@@ -0,0 +1 @@\n+a\n");
    }
}
