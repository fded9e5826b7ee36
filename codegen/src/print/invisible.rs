//! Invisible characters: control characters, and characters that change the direction of text or have
//! no width.

/// Characters that are invisible and have no part in how letters or emoji look, unlike joiners and
/// variation selectors.
const UNSEEN: &[(char, char)] = &[
    ('\0', '\u{8}'),
    ('\u{b}', '\u{1f}'),
    ('\u{7f}', '\u{9f}'),
    ('\u{61c}', '\u{61c}'),     // direction
    ('\u{180e}', '\u{180e}'),   // no width
    ('\u{200b}', '\u{200b}'),   // no width
    ('\u{200e}', '\u{200f}'),   // directions
    ('\u{2028}', '\u{202e}'),   // line ends and directions
    ('\u{2060}', '\u{206f}'),   // no width, and directions
    ('\u{feff}', '\u{feff}'),   // no width
    ('\u{fff9}', '\u{fffb}'),   // annotations
    ('\u{e0000}', '\u{e007f}'), // tags
];

/// Whether a character is invisible. Line breaks and tabs are not.
pub(crate) fn is_unseen(c: char) -> bool {
    // Almost every character is one of these.
    let plain = (' '..='~').contains(&c) || c == '\n';
    !plain && UNSEEN.iter().any(|(from, to)| (*from..=*to).contains(&c))
}

/// Puts a text on one line, for manifests: invisible characters and line ends become spaces.
pub(crate) fn line(text: &str) -> String {
    let spaced = |c: char| {
        if is_unseen(c) || c.is_control() {
            ' '
        } else {
            c
        }
    };
    text.chars().map(spaced).collect()
}
