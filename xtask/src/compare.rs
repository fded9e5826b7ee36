//! Compares two texts for people.

use codegen::inert::{Inert, visible};
use similar::TextDiff;

/// Returns the first line at which two texts differ: its number, and both lines. If only the ends of
/// the lines differ, they are escaped.
pub(crate) fn first_difference(one: &str, other: &str) -> (usize, String, String) {
    let mut lines = one.split_inclusive('\n');
    let mut others = other.split_inclusive('\n');
    let mut number = 1;
    loop {
        match (lines.next(), others.next()) {
            (Some(line), Some(same)) if line == same => number += 1,
            (Some(line), Some(other)) if line.trim_end() == other.trim_end() => {
                let text = |line: &str| line.escape_debug().to_string();
                return (number, text(line), text(other));
            }
            (line, other) => {
                let text = |line: Option<&str>| line.unwrap_or("(no line)").trim_end().to_owned();
                return (number, text(line), text(other));
            }
        }
    }
}

/// Returns the differences as a unified diff.
pub(crate) fn diff(path: &str, old: &str, new: &str) -> Inert {
    let path = &visible(path);
    let diff = TextDiff::from_lines(old, new);
    let mut unified = diff.unified_diff();
    let shown = unified.context_radius(3).header(path, path);
    // The diff has a line that marks a missing line break at the end of a file.
    Inert::lines(&shown.to_string())
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
        let (number, line, other_line) = first_difference("a\r\nb", "a\nb");
        assert_eq!((number, &*line, &*other_line), (1, r"a\r\n", r"a\n"));
        assert_eq!(
            diff("f", one, other).as_str(),
            "--- f\n+++ f\n@@ -1,3 +1,4 @@\n a\n-b\n+x\n+y\n c\n"
        );
        assert_eq!(
            diff("f", "", "a\n").as_str(),
            "--- f\n+++ f\n@@ -0,0 +1 @@\n+a\n"
        );
    }
}
