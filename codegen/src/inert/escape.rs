//! Escapes characters that have an effect or are invisible.

use super::hidden;

/// Returns a text as part of one line, with Rust escapes for characters that have an effect or are
/// invisible.
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

/// Returns the escape of a character of a text, or `None` if it needs none.
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

/// Whether a colon begins a workflow command: for GitHub, a line that begins with `::` after spaces.
fn begins_command(text: &str, at: usize) -> bool {
    let (before, rest) = text.split_at_checked(at).unwrap_or_default();
    rest.starts_with("::") && before.trim_start().is_empty()
}

/// Whether a `#` is the second one of `##[error]` or `##vso[task]`: older commands, which have an
/// effect anywhere in a line.
fn is_in_command(text: &str, at: usize) -> bool {
    let (before, rest) = text.split_at_checked(at).unwrap_or_default();
    let name = rest.trim_start_matches('#');
    let name = name.trim_start_matches(|c: char| c.is_ascii_alphanumeric());
    before.ends_with('#') && name.starts_with('[')
}
