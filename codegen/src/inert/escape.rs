//! Writes characters that act or are not seen as escapes.

use super::hidden;

/// Text as a part of one line: what acts or is not seen is written as an escape of Rust.
pub fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        match escape(text, at, c) {
            Some(escape) => shown.push_str(&escape),
            None => shown.push(c),
        }
    }
    shown
}

/// How a character of a text is shown; `None` where it is shown as it is.
pub(crate) fn escape(text: &str, at: usize, c: char) -> Option<String> {
    match c {
        '\n' => Some(r"\n".to_owned()),
        '\r' => Some(r"\r".to_owned()),
        '\t' => Some(r"\t".to_owned()),
        c if hidden::is_hidden(c) => Some(c.escape_unicode().to_string()),
        ':' if begins_command(text, at) => Some(r"\u{3a}".to_owned()),
        '#' if is_in_command(text, at) => Some(r"\u{23}".to_owned()),
        _ => None,
    }
}

/// Whether a colon begins a workflow command: GitHub takes a line for one that has `::` first,
/// spaces aside.
fn begins_command(text: &str, at: usize) -> bool {
    let (before, rest) = text.split_at_checked(at).unwrap_or_default();
    rest.starts_with("::") && before.trim_start().is_empty()
}

/// Whether a `#` is the second of `##[error]` or `##vso[task]`: older commands, which act anywhere
/// in a line.
fn is_in_command(text: &str, at: usize) -> bool {
    let (before, rest) = text.split_at_checked(at).unwrap_or_default();
    let name = rest.trim_start_matches('#');
    let name = name.trim_start_matches(|c: char| c.is_ascii_alphanumeric());
    before.ends_with('#') && name.starts_with('[')
}
