//! Nothing in printed source acts unseen: no control character, nothing that turns the direction of
//! text, nothing without width. rustc refuses some of them (`text_direction_codepoint_in_literal`
//! and `_in_comment`, a bare carriage return in documentation), and a reader sees none.
//!
//! This is the last that is done to a file, whatever was put into it. In a string such a character
//! is written by its number; in a comment it is left out; anywhere else there is none.

use std::iter::Peekable;
use std::str::Chars;

/// Characters that are not seen and have no part in how letters or emoji look, which joiners and
/// variation selectors have.
const UNSEEN: &[(char, char)] = &[
    ('\0', '\u{8}'),
    ('\u{b}', '\u{1f}'),
    ('\u{7f}', '\u{9f}'),
    ('\u{61c}', '\u{61c}'),     // a direction
    ('\u{180e}', '\u{180e}'),   // no width
    ('\u{200b}', '\u{200b}'),   // no width
    ('\u{200e}', '\u{200f}'),   // directions
    ('\u{2028}', '\u{202e}'),   // ends of lines, and directions
    ('\u{2060}', '\u{206f}'),   // no width, and directions
    ('\u{feff}', '\u{feff}'),   // no width
    ('\u{fff9}', '\u{fffb}'),   // annotations
    ('\u{e0000}', '\u{e007f}'), // tags
];

/// Whether a character acts unseen. Line breaks and tabs are seen.
pub(crate) fn is_unseen(c: char) -> bool {
    // Almost every character is one of these.
    let plain = (' '..='~').contains(&c) || c == '\n';
    !plain && UNSEEN.iter().any(|(from, to)| (*from..=*to).contains(&c))
}

/// Text on one line, for manifests: what acts unseen, and the ends of lines, are spaces.
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

/// Source without anything that acts unseen.
///
/// # Errors
///
/// Where it stands in neither a string nor a comment: a defect of a stage before.
pub(super) fn source(text: String) -> Result<String, String> {
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

/// Goes through source that prettyplease printed: its strings are plain, and `quote` escapes what
/// stands in them.
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

    /// The rest of a string, with its end.
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
            self.out.extend(said(c));
            if c == '\n' {
                return;
            }
        }
    }

    fn block_comment(&mut self) {
        let mut depth = 1_usize;
        self.out.extend(self.rest.next());
        while let Some(c) = self.rest.next() {
            self.out.extend(said(c));
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

    /// What follows a single quote: a character and its end, or the name of a lifetime.
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

/// What a character of a comment is in print.
fn said(c: char) -> Option<char> {
    match c {
        // They end lines, and would join the words that they part.
        '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some(' '),
        c if is_unseen(c) => None,
        c => Some(c),
    }
}

#[cfg(test)]
mod tests {
    use super::{is_unseen, source};

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        let printed = source(text.to_owned()).ok();
        assert_eq!(printed.as_deref(), expected);
        let printed = printed.unwrap_or_default();
        assert!(!printed.contains(is_unseen), "{printed:?}");
    }

    #[test]
    fn strings_say_it_by_number_and_comments_leave_it_out() {
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
    fn what_shapes_letters_and_emoji_stays() {
        for text in [
            "// 👩\u{200d}💻 \u{2764}\u{fe0f}\n",
            "// می\u{200c}خواهم\tü\n",
        ] {
            check(text, Some(text));
        }
    }
}
