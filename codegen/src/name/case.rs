//! Words of a document as Rust identifiers.

use heck::{ToSnakeCase, ToUpperCamelCase};

/// Signs with the words that stand for them where nothing else does.
const SIGNS: &[(char, &str)] = &[
    ('!', "Not"),
    ('#', "Hash"),
    ('$', "Dollar"),
    ('%', "Percent"),
    ('&', "And"),
    ('*', "Star"),
    ('+', "Plus"),
    (',', "Comma"),
    ('-', "Minus"),
    ('.', "Dot"),
    ('/', "Slash"),
    (':', "Colon"),
    (';', "Semicolon"),
    ('<', "Less"),
    ('=', "Equal"),
    ('>', "Greater"),
    ('?', "Question"),
    ('@', "At"),
    ('^', "Caret"),
    ('|', "Or"),
    ('~', "Tilde"),
];

/// A type's or variant's name. Applying it twice changes nothing.
pub(crate) fn pascal(text: &str) -> String {
    let words = words(text);
    let mut name = words.to_upper_camel_case().to_upper_camel_case();
    if !name.starts_with(char::is_alphabetic) {
        name = format!("N{name}").to_upper_camel_case();
    }
    if is_identifier(&name) {
        name
    } else {
        format!("{name}Type")
    }
}

/// A member's, parameter's, method's or module's name. typify leaves it as it is.
pub(crate) fn snake(text: &str) -> String {
    let name = words(text).to_snake_case().to_snake_case();
    let name = match name.starts_with(|c: char| c.is_alphabetic()) {
        true => name,
        false => format!("n{name}"),
    };
    if is_identifier(&name) {
        name
    } else {
        format!("{name}_")
    }
}

/// Whether rustc takes it for a name, keywords of all editions excepted.
fn is_identifier(name: &str) -> bool {
    name != "gen" && syn::parse_str::<syn::Ident>(name).is_ok()
}

/// The text with everything that no identifier may hold taken out, or spelled where it is all
/// that there is.
fn words(text: &str) -> String {
    let signed =
        text.starts_with(['+', '-']) && text.chars().nth(1).is_some_and(|c| c.is_ascii_digit());
    let bare = !text.chars().any(char::is_alphanumeric);
    let mut words = String::new();
    for (index, c) in text.chars().enumerate() {
        let sign = SIGNS.iter().find(|(sign, _)| *sign == c);
        match sign {
            Some((_, word)) if bare || (signed && index == 0) => {
                words.push(' ');
                words.push_str(word);
                words.push(' ');
            }
            _ if c == '\'' => {}
            _ if allowed(c) => words.push(c),
            _ => words.push(' '),
        }
    }
    if words.chars().any(char::is_alphanumeric) {
        words
    } else {
        "empty".to_owned()
    }
}

/// Letters beyond ASCII that stand in identifiers without a warning: whole alphabets, no
/// compatibility forms (rustc's `uncommon_codepoints`).
const ALPHABETS: &[std::ops::RangeInclusive<char>] = &[
    '\u{c0}'..='\u{17e}',    // Latin
    '\u{391}'..='\u{3c9}',   // Greek
    '\u{410}'..='\u{44f}',   // Cyrillic
    '\u{5d0}'..='\u{5ea}',   // Hebrew
    '\u{3041}'..='\u{3096}', // Hiragana
    '\u{30a1}'..='\u{30fa}', // Katakana
    '\u{4e00}'..='\u{9fa5}', // Han
    '\u{ac00}'..='\u{d7a3}', // Hangul
];

/// Whether a character may stand inside an identifier.
fn allowed(c: char) -> bool {
    let letter = |c: char| ALPHABETS.iter().any(|alphabet| alphabet.contains(&c));
    c.is_ascii_alphanumeric() || (letter(c) && is_identifier(&format!("a{c}")))
}

/// The text with letters beyond ASCII spelled by their number: rustc looks for no file of a
/// module that is named by them.
pub(crate) fn ascii(text: &str) -> String {
    let spell = |c: char| match c.is_ascii() {
        true => c.to_string(),
        false => format!(" u{:x} ", u32::from(c)),
    };
    text.chars().map(spell).collect()
}

#[cfg(test)]
mod tests {
    use super::{pascal, snake};

    #[test]
    fn words_become_identifiers() {
        for (text, type_name, member) in [
            (
                "HTTPValidationError",
                "HttpValidationError",
                "http_validation_error",
            ),
            ("x-monite-version", "XMoniteVersion", "x_monite_version"),
            ("type", "Type", "type_"),
            ("self", "SelfType", "self_"),
            ("", "Empty", "empty"),
            ("+1", "Plus1", "plus_1"),
            ("-1", "Minus1", "minus_1"),
            ("*", "Star", "star"),
            ("2fa", "N2fa", "n2fa"),
            ("children's", "Childrens", "childrens"),
            ("größe", "Größe", "größe"),
            ("gen", "Gen", "gen_"),
        ] {
            assert_eq!(
                (pascal(text), snake(text)),
                (type_name.to_owned(), member.to_owned())
            );
            assert_eq!(pascal(&pascal(text)), pascal(text));
        }
    }
}
