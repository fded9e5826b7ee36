//! The addresses that a link may have: of the web, or of a mailbox.

/// The schemes of links. Other links are relative to a site, refer to an item of the crate, or
/// execute something.
const SCHEMES: &[&str] = &["https://", "http://", "mailto:"];

/// Maximum length of an address.
const MAX_LENGTH: usize = 2048;

/// Returns an address in characters without a meaning in Markdown, or `None` if links may not have
/// it.
pub(super) fn address(target: &str) -> Option<String> {
    let scheme = SCHEMES.iter().find(|scheme| {
        let start = target.get(..scheme.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    })?;
    if target.len() == scheme.len() || target.len() > MAX_LENGTH {
        return None;
    }
    let mut out = String::with_capacity(target.len());
    for byte in target.bytes() {
        match byte {
            b'%' | b'/' | b':' | b'?' | b'#' | b'@' | b'&' | b'=' | b'+' | b',' | b'-' | b'.'
            | b'_' | b'$' | b'!' => out.push(char::from(byte)),
            byte if byte.is_ascii_alphanumeric() => out.push(char::from(byte)),
            b';' if !out.contains('&') => out.push(';'),
            byte => out.push_str(&format!("%{byte:02X}")),
        }
    }
    Some(out)
}

/// Returns the URL at the start of a text, without the punctuation of its sentence.
pub(super) fn url(text: &str) -> Option<&str> {
    let schemes = SCHEMES.iter().take(2);
    let scheme = schemes.copied().find(|scheme| text.starts_with(scheme))?;
    let ends = |c: char| c.is_whitespace() || c.is_control() || "<>\"')[]`\\|".contains(c);
    let ends =
        |c: char| ends(c) || !matches!(super::characters::shown(c), super::characters::Shown::Same);
    let end = text.find(ends).unwrap_or(text.len());
    let url = text.get(..end)?;
    let url = url.trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '_', '~']);
    (url.len() > scheme.len()).then_some(url)
}
