//! Letters of identifiers: which may stand in them, and which look like others.
//!
//! Rust takes far more than this. What is left out would be normalised (NFC), draw a warning
//! (`uncommon_codepoints`), or change its length when its case does; what is taken is the same
//! before and after all three.

use std::ops::RangeInclusive;

/// Letters beyond ASCII that stand in identifiers without a warning: whole alphabets, no
/// compatibility forms (rustc's `uncommon_codepoints`).
const ALPHABETS: &[RangeInclusive<char>] = &[
    '\u{c0}'..='\u{17e}',    // Latin
    '\u{391}'..='\u{3c9}',   // Greek
    '\u{410}'..='\u{44f}',   // Cyrillic
    '\u{5d0}'..='\u{5ea}',   // Hebrew
    '\u{3041}'..='\u{3096}', // Hiragana
    '\u{30a1}'..='\u{30fa}', // Katakana
    '\u{4e00}'..='\u{9fa5}', // Han
    '\u{ac00}'..='\u{d7a3}', // Hangul
];

/// Letters that are spelled otherwise: those that another case or normalisation would take apart.
const SPELLED: &[(char, &str)] = &[
    ('\u{130}', "I"),
    ('\u{132}', "IJ"),
    ('\u{133}', "ij"),
    ('\u{13f}', "L"),
    ('\u{140}', "l"),
    ('\u{149}', "n"),
];

/// Marks that combine with the letter before them. Names go without: an identifier is composed
/// (NFC), and most letters with marks have a form of their own.
const MARKS: RangeInclusive<char> = '\u{300}'..='\u{36f}';

/// Letters that look like others, with what they look like: of what stands in [`ALPHABETS`] the
/// pairs of Unicode's `confusables.txt` (UTS 39) that a reader is likely to meet.
const LOOKS: &[(&str, &str)] = &[
    // Latin
    ("ÆæŒœı", "AE ae OE oe i"),
    // Greek
    ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "A B E Z H I K M N O P T Y X"),
    ("αβγικνορστυχ", "a ß y i k v o p o t u x"),
    // Cyrillic
    ("АВЕЗКМНОРСТУХЬ", "A B E 3 K M H O P C T Y X b"),
    ("абвгекмнорстух", "a 6 B r e k M H o p c T y x"),
    // Hebrew
    ("וןס", "l l o"),
    // Katakana, by Hiragana and Han
    (
        "ヘベペリエオカタチトニハロ",
        "へ べ ぺ り 工 才 力 夕 千 卜 二 八 口",
    ),
];

/// What a character of a text is in a name.
pub(super) enum Letter {
    /// It stands in the name as it is.
    Itself,
    /// It is written by other letters, or by none.
    Spelled(&'static str),
    /// It ends a word.
    None,
}

/// What a character of a text is in a name.
pub(super) fn letter(c: char) -> Letter {
    let spelled = SPELLED.iter().find(|(letter, _)| *letter == c);
    match spelled {
        Some((_, spelling)) => Letter::Spelled(spelling),
        None if c == '\'' || MARKS.contains(&c) => Letter::Spelled(""),
        None if c.is_ascii_alphanumeric() || (is_in_alphabet(c) && keeps_its_length(c)) => {
            Letter::Itself
        }
        None => Letter::None,
    }
}

fn is_in_alphabet(c: char) -> bool {
    // Two signs stand among the letters of Latin.
    c.is_alphabetic() && ALPHABETS.iter().any(|alphabet| alphabet.contains(&c))
}

/// Whether a letter is one letter in every case, or plain ones, as `ß` is.
fn keeps_its_length(c: char) -> bool {
    let plain = |cased: &[char]| matches!(cased, [_]) || cased.iter().all(char::is_ascii);
    let (upper, lower) = (c.to_uppercase(), c.to_lowercase());
    plain(&upper.collect::<Vec<_>>()) && plain(&lower.collect::<Vec<_>>())
}

/// What a name looks like: the same for names that a reader cannot tell apart.
pub(super) fn look(name: &str) -> String {
    if name.is_ascii() {
        return name.to_owned();
    }
    name.chars().fold(String::new(), |mut looks, c| {
        match looks_like(c) {
            Some(other) => looks.push_str(other),
            None => looks.push(c),
        }
        looks
    })
}

fn looks_like(c: char) -> Option<&'static str> {
    LOOKS.iter().find_map(|(letters, others)| {
        let mut pairs = letters.chars().zip(others.split(' '));
        pairs.find_map(|(letter, other)| (letter == c).then_some(other))
    })
}

/// Whether rustc may warn of a name beside others that look like it, somewhere in a crate
/// (`confusable_idents`, `mixed_script_confusables`): it has more than ASCII and the Latin letters
/// of western Europe.
pub(crate) fn may_be_confused(name: &str) -> bool {
    let plain = |c: char| c.is_ascii() || (('À'..='ÿ').contains(&c) && looks_like(c).is_none());
    !name.chars().all(plain)
}

#[cfg(test)]
mod tests {
    use super::{ALPHABETS, LOOKS, Letter, letter, look};

    #[test]
    fn letters_stay_letters_in_every_case() {
        for c in ALPHABETS.iter().cloned().flatten() {
            if let Letter::Itself = letter(c) {
                for other in c.to_uppercase().chain(c.to_lowercase()) {
                    let name = format!("a{other}");
                    assert!(syn::parse_str::<syn::Ident>(&name).is_ok(), "{c} {other}");
                }
            }
        }
    }

    #[test]
    fn each_letter_looks_like_one_other() {
        for (letters, others) in LOOKS {
            let mut others = others.split(' ');
            for letter in letters.chars() {
                let other = others.next().expect("each has one");
                assert_eq!(look(&letter.to_string()), other);
                assert_eq!(look(other), other, "what it looks like is what it is");
            }
            assert_eq!(others.next(), None);
        }
    }
}
