//! Single characters: which are shown, which need a backslash, and where.

use crate::print::is_unseen;

/// What becomes of a character in text.
pub(super) enum Shown {
    /// It is not seen, and would be refused or do harm.
    Not,
    /// White space on a line.
    Space,
    /// The end of a line.
    Break,
    /// As it is.
    Same,
    /// As its number.
    Number,
}

/// What becomes of a character. The compiler refuses characters that change the direction of text,
/// editors and viewers take the separators for line breaks, and tags hide a text in another one.
pub(super) fn shown(c: char) -> Shown {
    match c {
        '\n' | '\r' => Shown::Break,
        '\t' | ' ' => Shown::Space,
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => Shown::Number,
        '\u{2028}' | '\u{2029}' | '\u{e0000}'..='\u{e007f}' => Shown::Number,
        // What printing would take out of a comment later must not hold anything apart now.
        c if c.is_control() || is_unseen(c) => Shown::Not,
        _ => Shown::Same,
    }
}

/// A character that is not shown as it is, by its number.
pub(super) fn number(c: char) -> String {
    format!("\\u{{{:x}}}", u32::from(c))
}

/// The text of a code span or of a line of code.
pub(super) fn literal(text: &str, space: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match shown(c) {
            Shown::Not => {}
            Shown::Space if c == '\t' => out.push_str(space),
            Shown::Space | Shown::Break => out.push(' '),
            Shown::Same => out.push(c),
            Shown::Number => out.push_str(&number(c)),
        }
    }
    out
}

/// A code span; `None` where text is none, or begins or ends with what a span loses.
pub(super) fn code(text: &str, cell: bool) -> Option<String> {
    let mut text = literal(text, " ");
    if text.trim().is_empty() || text.trim_matches(' ').len() != text.len() {
        return None;
    }
    // Three would open a block at the start of a line.
    if text.contains("``") {
        text = text.replace('`', "'");
    }
    if cell && text.contains('|') {
        // Which of several backslashes escapes the bar, parsers do not agree on.
        if text.contains('\\') {
            return None;
        }
        text = text.replace('|', "\\|");
    }
    Some(if text.contains('`') {
        format!("`` {text} ``")
    } else {
        format!("`{text}`")
    })
}

/// Whether a character of text needs a backslash, given what stands around it.
pub(super) fn is_markup(c: char, before: Option<char>, rest: &str, cell: bool) -> bool {
    match c {
        '\\' | '`' | '[' | ']' | '<' | '>' => true,
        '*' => before != Some(' ') || !rest.starts_with(' '),
        // One that cannot end anything: "about 5" is often written so.
        '~' => before != Some(' ') || !rest.starts_with(|c: char| c.is_ascii_digit()),
        '|' => cell,
        '&' => is_entity(rest),
        '_' => !is_in_word(before, rest),
        _ => false,
    }
}

/// Whether an underscore stands inside of a word, where it means itself.
fn is_in_word(before: Option<char>, rest: &str) -> bool {
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    is_word(before) && is_word(rest.chars().next())
}

/// Whether what follows `&` makes a character of it. The longest name has 31 letters.
fn is_entity(rest: &str) -> bool {
    let name = rest.strip_prefix('#').unwrap_or(rest);
    let end = name.bytes().take(40).position(|byte| byte == b';');
    let name = end.and_then(|end| name.get(..end));
    name.is_some_and(|name| {
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric())
    })
}

/// A line of a paragraph, such that its start makes nothing else of it.
pub(super) fn at_start_of_line(line: String) -> String {
    match place_of_escape(&line) {
        Some(place) => {
            let (before, after) = line.split_at_checked(place).unwrap_or((&line, ""));
            format!("{before}\\{after}")
        }
        None => line,
    }
}

/// Where a backslash is needed for a line not to begin a block, or to be the rule or the row below
/// a heading or a table's head.
fn place_of_escape(line: &str) -> Option<usize> {
    let only = |of: &str| !line.is_empty() && line.chars().all(|c| of.contains(c));
    let ends = |rest: &str| rest.is_empty() || rest.starts_with(' ');
    if only("-:| ") || only("= ") || only("_ ") || only("* ") {
        return Some(0);
    }
    if line.starts_with("~~~") || line.starts_with("```") {
        return Some(0);
    }
    if line.strip_prefix(['-', '+', '*']).is_some_and(ends) {
        return Some(0);
    }
    let unnumbered = line.trim_start_matches('#');
    if unnumbered.len() < line.len() && ends(unnumbered) {
        return Some(0);
    }
    let undigited = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = line.len() - undigited.len();
    let numbers = undigited.strip_prefix(['.', ')']).is_some_and(ends);
    (digits > 0 && numbers).then_some(digits)
}
