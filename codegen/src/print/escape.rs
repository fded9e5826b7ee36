//! Escapes invisible characters in printed source. rustc refuses some of them
//! (`text_direction_codepoint_in_literal` and `_in_comment`, a bare carriage return in documentation),
//! and no reader sees them.
//!
//! This is the last step for every file, whatever its content. In a string the character is written as
//! an escape; in a comment it is left out; anywhere else it is an error.

use std::iter::Peekable;
use std::str::Chars;

use super::invisible::is_unseen;

/// Escapes the invisible characters in a source file.
///
/// # Errors
///
/// If one is in neither a string nor a comment, which is a defect of an earlier stage.
pub(super) fn escape_invisible(text: String) -> Result<String, String> {
    if !text.contains(is_unseen) {
        return Ok(text);
    }
    let mut scanner = Scanner {
        rest: text.chars().peekable(),
        out: String::with_capacity(text.len()),
    };
    scanner.code()?;
    Ok(scanner.out)
}

/// Scans source that prettyplease printed: it has no raw strings, and `quote` has escaped the content of
/// strings.
struct Scanner<'a> {
    rest: Peekable<Chars<'a>>,
    out: String,
}

impl Scanner<'_> {
    fn code(&mut self) -> Result<(), String> {
        while let Some(c) = self.rest.next() {
            if is_unseen(c) {
                return Err(format!("the code has the character {}", c.escape_unicode()));
            }
            self.out.push(c);
            match (c, self.rest.peek()) {
                ('"', _) => self.string(),
                ('/', Some('/')) => self.line_comment(),
                ('/', Some('*')) => self.block_comment(),
                ('\'', Some(_)) => self.character(),
                _ => {}
            }
        }
        Ok(())
    }

    /// Copies the rest of a string.
    fn string(&mut self) {
        while let Some(c) = self.rest.next() {
            if is_unseen(c) {
                self.out.extend(c.escape_unicode());
            } else {
                self.out.push(c);
            }
            match c {
                '\\' => self.out.extend(self.rest.next()),
                '"' => return,
                _ => {}
            }
        }
    }

    fn line_comment(&mut self) {
        for c in self.rest.by_ref() {
            self.out.extend(in_comment(c));
            if c == '\n' {
                return;
            }
        }
    }

    fn block_comment(&mut self) {
        let mut depth = 1_usize;
        self.out.extend(self.rest.next());
        while let Some(c) = self.rest.next() {
            self.out.extend(in_comment(c));
            let step: fn(usize) -> usize = match (c, self.rest.peek()) {
                ('*', Some('/')) => |depth| depth.saturating_sub(1),
                ('/', Some('*')) => |depth| depth.saturating_add(1),
                _ => continue,
            };
            depth = step(depth);
            self.out.extend(self.rest.next());
            if depth == 0 {
                return;
            }
        }
    }

    /// Copies what follows a single quote: a character with its closing quote, or a lifetime.
    fn character(&mut self) {
        let mut ahead = self.rest.clone();
        let (first, second) = (ahead.next(), ahead.next());
        if first == Some('\\') || second == Some('\'') {
            let taken = if first == Some('\\') { 2 } else { 1 };
            self.out.extend(self.rest.by_ref().take(taken));
            let mut open = true;
            self.out.extend(std::iter::from_fn(|| {
                let next = self.rest.next_if(|_| open);
                open = next.is_some_and(|c| c != '\'');
                next
            }));
        }
    }
}

/// Returns what replaces a character of a comment.
fn in_comment(c: char) -> Option<char> {
    match c {
        // Line ends become spaces, so that words stay apart.
        '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some(' '),
        c if is_unseen(c) => None,
        c => Some(c),
    }
}

#[cfg(test)]
mod tests {
    use super::{escape_invisible, is_unseen};

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        let printed = escape_invisible(text.to_owned()).ok();
        assert_eq!(printed.as_deref(), expected);
        let printed = printed.unwrap_or_default();
        assert!(!printed.contains(is_unseen), "{printed:?}");
    }

    #[test]
    fn strings_escape_and_comments_omit() {
        check("\"a\u{202e}b\"", Some("\"a\\u{202e}b\""));
        check("\"\\\"\u{202e}\"", Some("\"\\\"\\u{202e}\""));
        check("'\"' // a\u{202e}\rb\n", Some("'\"' // a b\n"));
        check("f<'a>(\"\u{0}\")", Some("f<'a>(\"\\u{0}\")"));
        check(
            "'\\'' /* \"\u{feff}*/ \"//\u{feff}\"",
            Some("'\\'' /* \"*/ \"//\\u{feff}\""),
        );
        check(
            "/* /* */ \u{200b} */ \"\u{200b}\"",
            Some("/* /* */  */ \"\\u{200b}\""),
        );
        check("let a\u{200b} = 1;", None);
        check("// a\u{200b}\nlet \u{202e}", None);
    }

    #[test]
    fn characters_that_shape_letters_and_emoji_stay() {
        for text in [
            "// 👩\u{200d}💻 \u{2764}\u{fe0f}\n",
            "// می\u{200c}خواهم\tü\n",
        ] {
            check(text, Some(text));
        }
    }
}
