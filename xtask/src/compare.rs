//! Where two texts differ, for people.

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
        assert_eq!(
            diff("f", one, other),
            "--- f\n+++ f\n@@ -2,1 +2,2 @@\n-b\n+x\n+y\n"
        );
        assert_eq!(diff("f", "", "a\n"), "--- f\n+++ f\n@@ -1,0 +1,1 @@\n+a\n");
    }
}
