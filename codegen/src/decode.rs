//! Decodes the bytes of an input to text, and tells JSON from YAML.

use crate::diagnostic::{Diagnostic, Place};
use crate::diagnostics;
use crate::source::Source;

/// The text of an input.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Text<'a> {
    /// The text, without byte order mark.
    pub(crate) text: &'a str,
    /// Number of bytes before the text.
    pub(crate) base: usize,
}

impl Text<'_> {
    /// Whether the text is JSON. Its first character decides, because file extensions are often wrong
    /// and nobody writes YAML's flow style at the root.
    pub(crate) fn is_json(&self) -> bool {
        self.text.trim_start().starts_with(['{', '['])
    }
}

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Decodes an input as text.
///
/// # Errors
///
/// A diagnostic if the input is too large, not UTF-8, or empty.
pub(crate) fn decode(source: &Source) -> Result<Text<'_>, Box<Diagnostic>> {
    let (bytes, base) = match source.bytes.strip_prefix(BYTE_ORDER_MARK) {
        Some(rest) => (rest, BYTE_ORDER_MARK.len()),
        None => (source.bytes.as_slice(), 0),
    };
    let whole = |kind, message| {
        Err(Box::new(Diagnostic::new(
            kind,
            Place::Whole(source.input),
            message,
        )))
    };
    if bytes.len() > Source::MAX_BYTES {
        let message = format!(
            "`{}` is larger than {} MiB",
            source.name,
            Source::MAX_BYTES >> 20
        );
        return whole(&diagnostics::TOO_LARGE, message);
    }
    if let Some(at) = bytes.iter().position(|byte| *byte == 0) {
        let message = format!("`{}` has a NUL byte at offset {}", source.name, at + base);
        return whole(&diagnostics::NOT_TEXT, message);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) if text.trim().is_empty() => whole(
            &diagnostics::EMPTY_INPUT,
            format!("`{}` is empty", source.name),
        ),
        Ok(text) => Ok(Text { text, base }),
        Err(error) => {
            let at = error.valid_up_to() + base;
            let message = format!("`{}` is not UTF-8 at offset {at}", source.name);
            whole(&diagnostics::NOT_TEXT, message)
        }
    }
}
