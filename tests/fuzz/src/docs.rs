//! Prose of chance: what a document says in Markdown must not act in the documentation of its crate.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use codegen::config::Job;
use codegen::pipeline::generate;
use codegen::source::{Input, Source};
use serde_json::{Value, json};

use crate::random::Random;

/// What a text is put together from.
const FRAGMENTS: &[&str] = &[
    "a",
    "b c",
    " ",
    "  ",
    "    ",
    "     ",
    "\t",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "\\",
    "`",
    "``",
    "```",
    "````",
    "```rust",
    "~~~",
    "~",
    "~~",
    "*",
    "**",
    "***",
    "_",
    "__",
    "- ",
    "+ ",
    "* ",
    "-     ",
    "*\t",
    "1. ",
    "1)",
    "1.      ",
    "7. ",
    "0. ",
    "999999999. ",
    "1000000000. ",
    "> ",
    ">",
    "# ",
    "####### ",
    "#",
    "---",
    "- - -",
    "===",
    "|",
    "| a | b |\n| - | - |\n| c | d |\n",
    "a | b\n--|--\n",
    ":-:",
    "[",
    "]",
    "(",
    ")",
    "![",
    "](",
    "[a]",
    "[a](b)",
    "[a][b]",
    "[b]: ",
    "[b]: https://b.example 'c'\n",
    "[^1]",
    "[^1]: ",
    "[ ] ",
    "[x] ",
    "[std::fs::write]",
    "[`Vec`]",
    "https://",
    "https://a.example/b_c*d|e?f=g&h#i",
    "http://a",
    "<https://a.example>",
    "<a@b.example>",
    "<",
    ">",
    "<b>",
    "</b>",
    "<script>",
    "</script>",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<!--",
    "-->",
    "<?",
    "?>",
    "<![CDATA[",
    "]]>",
    "<pre>",
    "<style>",
    "<iframe src=https://a.example>",
    "<a href=\"javascript:alert(1)\">",
    "<div\n",
    "![a](https://a.example/i.png)",
    "[a](javascript:alert(1))",
    "[a](<data:text/html,b>)",
    "[a](https://a.example \"b\")",
    "<javascript:alert(1)>",
    "&",
    "&lt;",
    "&#60;",
    "&#10;",
    "&#32;",
    "&#x202e;",
    "&nbsp;",
    "&copy;",
    "&#0;",
    "\u{0}",
    "\u{1}",
    "\u{1b}",
    "\u{85}",
    "\u{a0}",
    "\u{200b}",
    "\u{202e}",
    "\u{2028}",
    "\u{2066}",
    "\u{feff}",
    "\u{e0041}",
    "é",
    "👩‍👧",
    "*/",
    "/*",
    "//!",
    "///",
    "#![doc = \"x\"]",
    "{",
    "}",
    "$",
    "$$",
    ":",
    ": a\n",
    "=",
    "!",
    "\"",
    "'",
    "--",
    "...",
    "assert!(false);",
    "fn main() { panic!() }",
    "+++\n",
    "---\n",
];

/// So much longer than its text is documentation at most: each line of a list in lists has what
/// stands before it.
const GROWTH: usize = 200;

/// Longer than any of these texts takes, also where others have the processors.
const LONGEST: Duration = Duration::from_secs(10);

/// A document of such texts, and what its crate says.
pub fn trial(random: &mut Random) -> Result<(), String> {
    let texts: Vec<String> = (0..TEXTS).map(|_| text(random)).collect();
    let document = document(&texts);
    let shown = || {
        texts
            .iter()
            .map(|text| format!("\n{text:?}"))
            .collect::<String>()
    };
    let begin = Instant::now();
    let source = Source::new(Input::Document, "input", document.to_string());
    let Some(made) = generate(&Job::of(&source)).made else {
        return Err(format!("no crate is made{}", shown()));
    };
    if begin.elapsed() > LONGEST {
        return Err(format!("it takes {:?}{}", begin.elapsed(), shown()));
    }
    let sources = made
        .files
        .iter()
        .filter(|(path, _)| path.starts_with("src/"));
    let mut bytes = 0;
    if let Some((path, _)) = sources.clone().find(|(_, text)| is_in_another_form(text)) {
        return Err(format!(
            "{path} has documentation in another form{}",
            shown()
        ));
    }
    for doc in sources.flat_map(|(_, text)| docs(text)) {
        bytes += doc.len();
        judge(&doc).map_err(|problem| format!("{problem} in {doc:?}{}", shown()))?;
    }
    let given: usize = texts.iter().map(String::len).sum();
    if bytes > (given + 2000) * GROWTH {
        return Err(format!("{given} bytes become {bytes}{}", shown()));
    }
    Ok(())
}

/// How many texts a document has.
const TEXTS: usize = 12;

fn text(random: &mut Random) -> String {
    let count = 1 + random.below(24);
    let mut text: String = (0..count).map(|_| *random.of(FRAGMENTS)).collect();
    if random.below(40) == 0 {
        // What grows faster than its text shows only in a long one.
        let repeated = [*random.of(FRAGMENTS), *random.of(FRAGMENTS)].concat();
        text.push_str(&repeated.repeat(random.below(4000)));
    }
    text
}

/// A document that has the texts wherever prose may stand.
fn document(texts: &[String]) -> Value {
    let text = |at: usize| texts.get(at).cloned().unwrap_or_default();
    let pattern = text(9);
    json!({
        "openapi": "3.1.0",
        "info": { "title": text(0), "version": "1", "description": text(1) },
        "servers": [{ "url": "https://a.example", "description": text(2) }],
        "tags": [{ "name": "tag", "description": text(3) }],
        "paths": { "/a": { "post": {
            "operationId": "send", "tags": ["tag"], "summary": text(4), "description": text(5),
            "parameters": [{
                "name": "q", "in": "query", "description": text(6),
                "schema": { "type": "string", "default": text(7) },
            }],
            "requestBody": { "content": { "application/json": {
                "schema": { "$ref": "#/components/schemas/Sent" },
            } } },
            "responses": { "200": { "description": text(8) }, "4XX": { "description": text(6) } },
            "security": [{ "key": [] }],
        } } },
        "components": {
            "securitySchemes": { "key": { "type": "http", "scheme": "bearer", "description": text(3) } },
            "schemas": { "Sent": {
                "type": "object", "description": text(9), "required": ["a"],
                "properties": {
                    "a": { "type": "string", "description": text(10), "pattern": pattern },
                    "b": { "type": ["string", "null"], "title": text(11) },
                    "c": { "type": "string", "enum": [text(7), "d"], "description": text(5) },
                },
            } },
        },
    })
}

/// Whether documentation stands in attributes, where it is not looked for.
fn is_in_another_form(source: &str) -> bool {
    let mut lines = source.lines().map(str::trim_start);
    lines.any(|line| line.starts_with("#[doc = \"") || line.starts_with("#![doc = \""))
}

/// The documentation of each item and file.
fn docs(source: &str) -> Vec<String> {
    let mut docs: Vec<String> = Vec::new();
    let mut open = false;
    for line in source.lines() {
        let line = line.trim_start();
        let said = line
            .strip_prefix("///")
            .or_else(|| line.strip_prefix("//!"));
        match (said, open) {
            (Some(said), true) => {
                let doc = docs.last_mut().expect("one is open");
                doc.push('\n');
                doc.push_str(said.strip_prefix(' ').unwrap_or(said));
            }
            (Some(said), false) => docs.push(said.strip_prefix(' ').unwrap_or(said).to_owned()),
            (None, _) => {}
        }
        open = said.is_some();
    }
    docs
}

/// What acts in a documentation, by the parser of today's rustdoc and by the latest.
fn judge(doc: &str) -> Result<(), String> {
    if let Some(hidden) = doc.chars().find(|c| is_refused(*c)) {
        return Err(format!("{hidden:?}"));
    }
    rustdoc(doc)?;
    latest(doc)
}

/// What the compiler refuses in a comment, or nobody sees.
fn is_refused(c: char) -> bool {
    let refused = [
        '\u{202a}'..='\u{202e}',
        '\u{2066}'..='\u{2069}',
        '\u{2028}'..='\u{2029}',
    ];
    (c.is_control() && c != '\n') || refused.iter().any(|range| range.contains(&c))
}

/// Judges by one version of the parser.
macro_rules! by {
    ($name:ident, $parser:ident) => {
        fn $name(doc: &str) -> Result<(), String> {
            use $parser::{CodeBlockKind, Event, Options, Parser, Tag};
            let options = Options::ENABLE_TABLES
                | Options::ENABLE_FOOTNOTES
                | Options::ENABLE_STRIKETHROUGH
                | Options::ENABLE_TASKLISTS
                | Options::ENABLE_SMART_PUNCTUATION;
            let mut items = BTreeMap::new();
            // What rustdoc takes for a link to an item.
            let mut unknown = |link: $parser::BrokenLink<'_>| {
                items.insert(link.reference.to_string(), ());
                None
            };
            let parser = Parser::new_with_broken_link_callback(doc, options, Some(&mut unknown));
            let (mut linked, mut coded) = (false, false);
            for event in parser {
                match event {
                    Event::Html(text) | Event::InlineHtml(text) => {
                        return Err(format!("HTML {text:?}"));
                    }
                    Event::End($parser::TagEnd::CodeBlock) => coded = false,
                    Event::Start(Tag::CodeBlock(kind)) => {
                        coded = true;
                        if !matches!(&kind, CodeBlockKind::Fenced(info) if &**info == "text") {
                            return Err(format!("{kind:?}"));
                        }
                    }
                    Event::Start(Tag::Image { dest_url, .. }) => {
                        return Err(format!("an image {dest_url:?}"));
                    }
                    Event::Start(Tag::Link { dest_url, .. }) => {
                        linked = true;
                        if !is_web(&dest_url) {
                            return Err(format!("a link to {dest_url:?}"));
                        }
                    }
                    Event::End($parser::TagEnd::Link) => linked = false,
                    Event::FootnoteReference(label) => return Err(format!("a footnote {label:?}")),
                    // A whole URL that is no link is a warning.
                    Event::Text(text) if !linked && !coded && is_bare_url(&text) => {
                        return Err(format!("a bare URL {text:?}"));
                    }
                    _ => {}
                }
            }
            match items.keys().find(|item| !is_ours(item)) {
                Some(item) => Err(format!("a link to the item {item:?}")),
                None => Ok(()),
            }
        }
    };
}

by!(rustdoc, pulldown_cmark_of_rustdoc);
by!(latest, pulldown_cmark);

fn is_web(target: &str) -> bool {
    ["https://", "http://", "mailto:"].iter().any(|scheme| {
        let start = target.get(..scheme.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    })
}

fn is_bare_url(text: &str) -> bool {
    text.contains("https://a.example") || text.contains("https://b.example")
}

/// Links that our own words have.
fn is_ours(item: &str) -> bool {
    let item = item.trim_matches('`');
    let operation = item.strip_prefix("Client::").unwrap_or(item);
    ["Client", "Client::builder", "Self::bearer_token"].contains(&item)
        || ["runtime::", "Send", "Sent", "send"]
            .iter()
            .any(|begin| operation.starts_with(begin))
}

#[cfg(test)]
mod tests {
    use super::{judge, rustdoc};

    #[test]
    fn what_acts_is_seen() {
        for acts in [
            "```\na\n```",
            "- a\n\n      b",
            "<b>",
            "a\n<script>",
            "![a](https://a.example)",
            "[a](javascript:b)",
            "[std::vec::Vec]",
            "[^1]\n\n[^1]: a",
            "https://a.example",
            "a\u{202e}",
        ] {
            assert!(judge(acts).is_err(), "{acts:?}");
            assert!(
                rustdoc(acts).is_err() || acts.ends_with('\u{202e}'),
                "{acts:?}"
            );
        }
        assert_eq!(
            judge("- a\n\n  ```text\n  <b>\n  ```\n\n\\<b\\> <https://a.example>"),
            Ok(())
        );
    }
}
