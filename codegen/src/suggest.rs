//! Suggests names that are similar to a misspelled one.

/// Returns at most three names that are similar to the written one, most similar first.
pub(crate) fn nearest(written: &str, names: impl Iterator<Item = String>) -> Vec<String> {
    let written = written.to_lowercase();
    let limit = written.chars().count() / 3 + 1;
    let mut close: Vec<(usize, String)> = names
        .filter(|name| name.len().abs_diff(written.len()) <= 4 * limit)
        .map(|name| (distance(&written, &name.to_lowercase()), name))
        .filter(|(distance, _)| *distance <= limit)
        .collect();
    close.sort();
    close.dedup();
    close.into_iter().take(3).map(|(_, name)| name).collect()
}

/// Returns the Levenshtein distance: the number of insertions, removals and replacements.
fn distance(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (0..=b.chars().count()).collect();
    for (i, a) in a.chars().enumerate() {
        let mut next = vec![i + 1];
        for ((b, window), left) in b.chars().zip(row.windows(2)).zip(0..) {
            let replaced = window.first().copied().unwrap_or_default() + usize::from(a != b);
            let removed = window.last().copied().unwrap_or_default() + 1;
            let inserted = next.get(left).copied().unwrap_or_default() + 1;
            next.push(replaced.min(removed).min(inserted));
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn suggestions_are_few_and_similar() {
        let names = ["Pet", "Pets", "Petal", "Order", "Pat"];
        let near = |written| nearest(written, names.iter().map(|name| (*name).to_owned()));
        assert_eq!(near("Pett"), ["Pet", "Pets", "Pat"]);
        assert!(near("Customer").is_empty());
        assert_eq!(near("order"), ["Order"]);
    }
}
