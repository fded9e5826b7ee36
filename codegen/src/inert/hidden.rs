//! Characters that are invisible or that move other characters.

/// Ranges of the Unicode Standard: control characters (Cc), format characters (Cf), separators of
/// lines and paragraphs (Zl, Zp), `Default_Ignorable_Code_Point`, and noncharacters. The table is
/// fixed here, because the standard library's changes with the toolchain, and logs are output.
const HIDDEN: &[(u32, u32)] = &[
    (0x0000, 0x001f),
    (0x007f, 0x009f),
    (0x00ad, 0x00ad),
    (0x034f, 0x034f),
    (0x0600, 0x0605),
    (0x061c, 0x061c),
    (0x06dd, 0x06dd),
    (0x070f, 0x070f),
    (0x0890, 0x0891),
    (0x08e2, 0x08e2),
    (0x115f, 0x1160),
    (0x17b4, 0x17b5),
    (0x180b, 0x180f),
    (0x200b, 0x200f),
    (0x2028, 0x202e),
    (0x2060, 0x206f),
    (0x3164, 0x3164),
    (0xfe00, 0xfe0f),
    (0xfdd0, 0xfdef),
    (0xfeff, 0xfeff),
    (0xffa0, 0xffa0),
    (0xfff0, 0xfffb),
    (0xfffe, 0xffff),
    (0x110bd, 0x110bd),
    (0x110cd, 0x110cd),
    (0x13430, 0x1343f),
    (0x1bca0, 0x1bca3),
    (0x1d173, 0x1d17a),
    (0xe0000, 0xe0fff),
];

/// Whether a character has no visible shape, so that its number is shown instead.
pub(super) fn is_hidden(c: char) -> bool {
    let number = u32::from(c);
    let is_noncharacter = number & 0xfffe == 0xfffe;
    is_noncharacter
        || HIDDEN
            .iter()
            .any(|(from, to)| (*from..=*to).contains(&number))
}
