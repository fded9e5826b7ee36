//! Words of a document as Rust identifiers.

use heck::{ToSnakeCase, ToUpperCamelCase};

use super::letters::{Letter, letter};
use crate::lock::sha256;

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

/// How long a name may be, in bytes. Names of types within types grow with their depth, and a
/// document may have a word of any length.
const LONGEST: usize = 200;

/// How long the name of a file may be without its ending, in bytes: file systems take 255, and
/// while a file is written more stands behind its name.
const LONGEST_FILE: usize = 80;

/// A type's or variant's name. Applying it twice changes nothing.
pub(crate) fn pascal(text: &str) -> String {
    let mut name = camel(&words(text));
    if !name.starts_with(char::is_alphabetic) {
        name = camel(&format!("N{name}"));
    }
    if name.len() > LONGEST {
        name = camel(&shortened(name, LONGEST, text, "H"));
    }
    if is_identifier(&name) {
        name
    } else {
        format!("{name}Type")
    }
}

/// A member's, parameter's, method's or module's name. typify leaves it as it is.
pub(crate) fn snake(text: &str) -> String {
    snake_within(text, LONGEST)
}

/// The name of a module, which is a file as well: of plain letters, since rustc looks for no file
/// of a module that is named by others.
pub(super) fn module(text: &str) -> String {
    snake_within(&ascii(text), LONGEST_FILE)
}

fn snake_within(text: &str, longest: usize) -> String {
    let mut name = words(text).to_snake_case().to_snake_case();
    if !name.starts_with(char::is_alphabetic) {
        name = format!("n{name}");
    }
    name = shortened(name, longest, text, "_");
    if is_identifier(&name) {
        name
    } else {
        format!("{name}_")
    }
}

fn camel(words: &str) -> String {
    words.to_upper_camel_case().to_upper_camel_case()
}

/// A name that is too long without its end, which a few digits stand for: they depend on the whole
/// text, and on no other name.
fn shortened(name: String, longest: usize, text: &str, separator: &str) -> String {
    if name.len() <= longest {
        return name;
    }
    let digest = sha256(text.as_bytes());
    let digits = digest.get(..8).unwrap_or_default();
    let room = longest - separator.len() - digits.len();
    let begin = (0..=room).rev().find_map(|end| name.get(..end));
    let begin = begin.unwrap_or_default();
    format!("{}{separator}{digits}", begin.trim_end_matches('_'))
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
        match (sign, letter(c)) {
            (Some((_, word)), _) if bare || (signed && index == 0) => {
                words.push(' ');
                words.push_str(word);
                words.push(' ');
            }
            (_, Letter::Itself) => words.push(c),
            (_, Letter::Spelled(letters)) => words.push_str(letters),
            (_, Letter::None) => words.push(' '),
        }
    }
    if words.chars().any(char::is_alphanumeric) {
        words
    } else {
        "empty".to_owned()
    }
}

/// The text with letters beyond ASCII spelled by their number.
fn ascii(text: &str) -> String {
    let spell = |c: char| {
        if c.is_ascii() {
            c.to_string()
        } else {
            format!(" u{:x} ", u32::from(c))
        }
    };
    text.chars().map(spell).collect()
}

#[cfg(test)]
mod tests {
    use super::{LONGEST, LONGEST_FILE, module, pascal, snake};

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
            ("cafe\u{301}", "Cafe", "cafe"),
            ("\u{130}stanbul", "Istanbul", "istanbul"),
            ("a\u{202e}b\u{200b}", "Ab", "a_b"),
        ] {
            assert_eq!(
                (pascal(text), snake(text)),
                (type_name.to_owned(), member.to_owned())
            );
            assert_eq!(pascal(&pascal(text)), pascal(text));
        }
    }

    /// typify and progenitor apply their own case to names again.
    #[test]
    fn long_names_are_cut_and_stay_as_they_are() {
        for unit in [
            "a",
            "Ab",
            "aB1",
            "\u{fc}",
            "\u{df}",
            "\u{6f22}",
            "\u{6f22}A",
            "1",
            "a ",
            "_x",
        ] {
            let [one, other] = ["b", "c"].map(|end| format!("{}{end}", unit.repeat(300)));
            for case in [pascal, snake, module] {
                let name = case(&one);
                assert!(name.len() <= LONGEST && syn::parse_str::<syn::Ident>(&name).is_ok());
                assert_eq!(case(&name), name);
                assert_ne!(case(&other), name, "the end tells them apart");
            }
            assert!(module(&one).len() <= LONGEST_FILE && module(&one).is_ascii());
        }
    }
}
