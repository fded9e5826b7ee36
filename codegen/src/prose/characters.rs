//! Decides which characters are shown, and which need a backslash.

use crate::print::is_unseen;

/// How a character is shown in text.
pub(super) enum Shown {
    /// Removed: it is invisible, and the compiler would reject it or it would do harm.
    Not,
    /// White space on a line.
    Space,
    /// The end of a line.
    Break,
    /// Unchanged.
    Same,
    /// Replaced by its number.
    Number,
}

/// Returns how a character is shown. The compiler rejects characters that change the direction of
/// text, editors treat separators as line breaks, and tag characters hide a text in another one.
pub(super) fn shown(c: char) -> Shown {
    match c {
        '\n' | '\r' => Shown::Break,
        '\t' | ' ' => Shown::Space,
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => Shown::Number,
        '\u{2028}' | '\u{2029}' | '\u{e0000}'..='\u{e007f}' => Shown::Number,
        // Printing removes these from comments later, so they must not separate anything now.
        c if c.is_control() || is_unseen(c) => Shown::Not,
        _ => Shown::Same,
    }
}

/// Returns the escape with a character's number.
pub(super) fn number(c: char) -> String {
    format!("\\u{{{:x}}}", u32::from(c))
}

/// Returns the text of a code span or of a line of code.
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

/// Returns a code span, or `None` if the text is empty or begins or ends with a space.
pub(super) fn code(text: &str, cell: bool) -> Option<String> {
    let mut text = literal(text, " ");
    if text.trim().is_empty() || text.trim_matches(' ').len() != text.len() {
        return None;
    }
    // Three backticks would open a block at the start of a line.
    if text.contains("``") {
        text = text.replace('`', "'");
    }
    if cell && text.contains('|') {
        // Parsers disagree on which of several backslashes escapes the bar.
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

/// Whether a character of text needs a backslash, given the text around it.
pub(super) fn is_markup(c: char, before: Option<char>, rest: &str, cell: bool) -> bool {
    match c {
        '\\' | '`' | '[' | ']' | '<' | '>' => true,
        '*' => before != Some(' ') || !rest.starts_with(' '),
        // `~5` often means "about 5", and cannot end a strikethrough.
        '~' => before != Some(' ') || !rest.starts_with(|c: char| c.is_ascii_digit()),
        '|' => cell,
        '&' => is_entity(rest),
        '_' => !is_in_word(before, rest),
        _ => false,
    }
}

/// Whether an underscore is inside a word, where it is not markup.
fn is_in_word(before: Option<char>, rest: &str) -> bool {
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    is_word(before) && is_word(rest.chars().next())
}

/// Whether `&` begins an entity, given the text after it. The longest name has 31 letters.
fn is_entity(rest: &str) -> bool {
    let name = rest.strip_prefix('#').unwrap_or(rest);
    let end = name.bytes().take(40).position(|byte| byte == b';');
    let name = end.and_then(|end| name.get(..end));
    name.is_some_and(|name| {
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric())
    })
}

/// Returns a line of a paragraph, escaped so that its start does not begin a block.
pub(super) fn at_start_of_line(line: String) -> String {
    match escape_position(&line) {
        Some(place) => {
            let (before, after) = line.split_at_checked(place).unwrap_or((&line, ""));
            format!("{before}\\{after}")
        }
        None => line,
    }
}

/// Returns where a line needs a backslash so that it does not begin a block or underline a heading or
/// a table's head.
fn escape_position(line: &str) -> Option<usize> {
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
