//! Counts in messages.

/// Returns a number with its noun, in the plural unless the number is one.
pub(crate) fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}
