//! Prose from the document as documentation that rustdoc takes without a warning.
//!
//! Documents are written in CommonMark for a web page. In rustdoc a fence without a language or
//! an indented block is a test that is compiled, `[x]` is a link to an item, `<x>` is HTML, and a
//! bare URL is a warning.

use syn::parse_quote;

/// One attribute per line, so that the printer writes line comments.
pub(crate) fn attributes(text: Option<&str>) -> Vec<syn::Attribute> {
    let Some(text) = text else { return Vec::new() };
    lines(text)
        .into_iter()
        .map(|line| {
            let line = if line.is_empty() {
                line
            } else {
                format!(" {line}")
            };
            parse_quote!(#[doc = #line])
        })
        .collect()
}

/// The same for the head of a file.
pub(crate) fn inner_attributes(text: &str) -> Vec<syn::Attribute> {
    text.trim_end()
        .lines()
        .map(|line| {
            let line = if line.is_empty() {
                String::new()
            } else {
                format!(" {line}")
            };
            parse_quote!(#![doc = #line])
        })
        .collect()
}

/// Text as a code span, whatever it holds.
pub(crate) fn code(text: &str) -> String {
    let visible: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    match visible.contains('`') || visible.trim().is_empty() {
        true => format!(" {:?}", visible.replace('`', "'")),
        false => format!(" `{visible}`"),
    }
}

/// Prose of several lines.
pub(crate) fn text(text: &str) -> String {
    lines(text).join("\n")
}

/// Prose on one line, for lists and tables.
pub(crate) fn line(text: &str) -> String {
    let joined: Vec<String> = lines(text);
    joined.join(" ").trim().to_owned()
}

/// The lines of a text, made safe.
fn lines(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut fenced = false;
    for line in text.trim().lines() {
        let line = line.trim_end();
        let bare = line.trim_start();
        if let Some(fence) = fence(bare) {
            // A language of `text` keeps an example from being compiled as a test.
            let opening = !fenced;
            fenced = !fenced;
            lines.push(if opening {
                format!("{fence}text")
            } else {
                fence.to_owned()
            });
        } else if fenced {
            lines.push(line.to_owned());
        } else if bare.is_empty() {
            // Two blank lines say no more than one.
            if lines.last().is_some_and(|last| !last.is_empty()) {
                lines.push(String::new());
            }
        } else {
            lines.push(format!("{}{}", indent(line), inline(bare)));
        }
    }
    if fenced {
        lines.push("```".to_owned());
    }
    lines
}

fn fence(line: &str) -> Option<&'static str> {
    ["```", "~~~"]
        .into_iter()
        .find(|fence| line.starts_with(fence))
}

/// At most three spaces: four would make code of it.
fn indent(line: &str) -> &'static str {
    match line.len() - line.trim_start().len() {
        0 | 1 => "",
        2 | 3 => "  ",
        _ => "   ",
    }
}

/// A line outside of fences, with what rustdoc would misread escaped. Code spans stay.
fn inline(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let balanced = line.matches('`').count().is_multiple_of(2);
    for (index, part) in line.split('`').enumerate() {
        if index > 0 {
            out.push_str(if balanced { "`" } else { "\\`" });
        }
        match balanced && index % 2 == 1 {
            true => out.push_str(part),
            false => out.push_str(&prose(part)),
        }
    }
    out
}

fn prose(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(next) = rest.chars().next() {
        if let Some((link, after)) = link(rest) {
            out.push_str(&link);
            rest = after;
            continue;
        }
        if let Some((url, after)) = url(rest) {
            out.push_str(&format!("<{url}>"));
            rest = after;
            continue;
        }
        match next {
            '[' | ']' | '<' | '>' => {
                out.push('\\');
                out.push(next);
            }
            '\t' => out.push(' '),
            control if control.is_control() => {}
            other => out.push(other),
        }
        rest = rest.get(next.len_utf8()..).unwrap_or_default();
    }
    out
}

/// `[text](https://…)` at the start of `text`: a link that may stay. Others point into a site
/// that the reader is not on; their text stays.
fn link(text: &str) -> Option<(String, &str)> {
    let (label, rest) = text.strip_prefix('[')?.split_once("](")?;
    let (target, rest) = rest.split_once(')')?;
    if label.contains(['[', ']']) {
        return None;
    }
    let label = prose(label);
    let absolute = ["https://", "http://"]
        .iter()
        .any(|scheme| target.starts_with(scheme))
        && !target.contains(|c: char| c.is_whitespace() || c == '<' || c == '>');
    Some((
        if absolute {
            format!("[{label}]({target})")
        } else {
            label
        },
        rest,
    ))
}

/// A URL at the start of `text`.
fn url(text: &str) -> Option<(&str, &str)> {
    ["https://", "http://"]
        .iter()
        .find(|scheme| text.starts_with(**scheme))?;
    let end = text
        .find(|c: char| c.is_whitespace() || "<>\"')]".contains(c))
        .unwrap_or(text.len());
    let url = text
        .get(..end)?
        .trim_end_matches(['.', ',', ';', ':', '!', '?']);
    Some((url, text.get(url.len()..)?))
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[track_caller]
    fn check(input: &str, expected: &str) {
        assert_eq!(lines(input).join("\n"), expected);
    }

    #[test]
    fn prose_is_safe_for_rustdoc() {
        check("See https://a.example/b.", "See <https://a.example/b>.");
        check("Use Bearer <token>", "Use Bearer \\<token\\>");
        check("A list[0] of `Vec<u8>`", "A list\\[0\\] of `Vec<u8>`");
        check("[here](https://a.example/)", "[here](https://a.example/)");
        check("[here](/docs#x)", "here");
        check("```\ncode\n```", "```text\ncode\n```");
        check("```json\ncode", "```text\ncode\n```");
        check("a\n\n\n\n        b", "a\n\n   b");
        check("one ` two [x]", "one \\` two \\[x\\]");
    }
}
