//! Where two texts differ, for people.

/// The first line at which two texts differ: its number, and both lines. Where only the ends of
/// the lines differ, they are written as escapes.
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

/// The lines that differ, in the form of a unified diff without context.
pub(crate) fn diff(path: &str, old: &str, new: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let start = old
        .iter()
        .zip(&new)
        .take_while(|(one, other)| one == other)
        .count();
    let rest = old.len().min(new.len()) - start;
    let end = old.iter().rev().zip(new.iter().rev()).take(rest);
    let end = end.take_while(|(one, other)| one == other).count();
    let changed = |lines: &[&str], sign: char| -> String {
        let lines = lines.get(start..lines.len() - end).unwrap_or_default();
        lines.iter().map(|line| format!("{sign}{line}\n")).collect()
    };
    format!(
        "--- {path}\n+++ {path}\n@@ -{},{} +{},{} @@\n{}{}",
        start + 1,
        old.len() - end - start,
        start + 1,
        new.len() - end - start,
        changed(&old, '-'),
        changed(&new, '+'),
    )
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
            diff("f", one, other),
            "--- f\n+++ f\n@@ -2,1 +2,2 @@\n-b\n+x\n+y\n"
        );
        assert_eq!(diff("f", "", "a\n"), "--- f\n+++ f\n@@ -1,0 +1,1 @@\n+a\n");
    }
}
