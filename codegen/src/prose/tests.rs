//! Tests of prose that is written again.

use super::doc::Doc;
use super::words::Words;

#[track_caller]
fn check(input: &str, expected: &str) {
    assert_eq!(Doc::of_prose(input).lines.join("\n"), expected);
}

#[track_caller]
fn same(text: &str) {
    check(text, text);
}

#[test]
fn ordinary_prose_stays_as_it_is() {
    same("One line.");
    same("Two lines of\none paragraph.\n\nAnother one.  Two spaces.");
    same("A snake_case name, 3 * 4? No: `3 * 4`, \"quoted\" -- dashed... AT&T, #1, a - b, 1.5");
    same("With *stress*, _stress_, **more**, __more__ and ~~none~~.");
    same("- one\n- two\n  lines\n- three\n  - inner\n  - inner");
    same("1. one\n\n2. two\n\n   with a paragraph\n\n3. three");
    same("* one\n* two");
    same("> quoted\n> more\n>\n> - and a list");
    same("# Heading\n\nText\n\n## Another `one`\n\n---\n\nText");
    same("| a | b |\n| --- | --- |\n| 1 | `x` |");
    same("A [link](https://a.example/b?c=d#e) and <https://a.example/f_g>.");
    same("One\\\ntwo, for ~5 s");
    same("```text\nlet x = 1;\n\n    indented\n```");
}

#[test]
fn code_is_never_rust() {
    check("```\ncode\n```", "```text\ncode\n```");
    check("```rust\ncode", "```text\ncode\n```");
    check("~~~\n``` `\n~~~", "````text\n``` `\n````");
    check("a\n\n    code\n    more", "a\n\n```text\ncode\nmore\n```");
    check("\tcode\tx", "```text\ncode    x\n```");
    check("*     code", "* ```text\n  code\n  ```");
    check("1.      code", "1. ```text\n    code\n   ```");
    check("- ~~~\n  code", "- ```text\n  code\n  ```");
    check(
        "- a\n  - ```\n    code\n    ```",
        "- a\n  - ```text\n    code\n    ```",
    );
    check("- ````\n  ```\n  code", "- ````text\n  ```\n  code\n  ````");
    check("```\r\na\rb\r\n```", "```text\na\nb\n```");
    check("> ```\n> code\n> ```", "> ```text\n> code\n> ```");
    // Invisible characters between backticks are removed, so the backticks would end the block.
    check(
        "~~~\n`\u{85}`\u{200b}`\n\n```rust\ncode\n~~~",
        "````text\n```\n\n```rust\ncode\n````",
    );
}

#[test]
fn html_is_text() {
    check("Use Bearer <token>", "Use Bearer \\<token\\>");
    check(
        "<script>alert(1)</script>",
        "\\<script\\>alert(1)\\</script\\>",
    );
    check("a <img src=x onerror=y> b", "a \\<img src=x onerror=y\\> b");
    check("<!--\n\n```\n-->", "\\<!--\n\\`\\`\\`\n--\\>");
    check("&lt;b&gt; &amp;lt;", "\\<b\\> \\&lt;");
}

#[test]
fn links_lead_into_the_web() {
    check("See https://a.example/b.", "See <https://a.example/b>.");
    check("[here](/docs#x) [b](#c) [d](e)", "here b d");
    check("[x](javascript:alert(1)) [y](data:text/html,z)", "x y");
    check("<javascript:alert(1)>", "javascript:alert(1)");
    check(
        "[std::fs::write] [`Vec`]",
        "\\[std::fs::write\\] \\[`Vec`\\]",
    );
    check(
        "[a][b]\n\n[b]: https://a.example \"title\"",
        "[a](https://a.example)",
    );
    check(
        "![alt](https://a.example/i.png)",
        "[alt](https://a.example/i.png)",
    );
    check("![](https://a.example/i.png)", "<https://a.example/i.png>");
    check(
        "!\\[a](b) \\![a](https://a.example)",
        "!\\[a\\](b) \\![a](https://a.example)",
    );
    check("[![a](b)](https://a.example)", "[a](https://a.example)");
    check(
        "[a](<https://a.example/b (c)>)",
        "[a](https://a.example/b%20%28c%29)",
    );
    check("<me@a.example>", "[me@a.example](mailto:me@a.example)");
    check(
        "[https://a.example](https://a.example)",
        "[https://a.example](https://a.example)",
    );
    check("a [^1]\n\n[^1]: b", "a \\[1\\]\n\n\\[1\\]: b");
}

#[test]
fn nothing_begins_a_block_that_was_none() {
    check("1\\. a", "1\\. a");
    check("\\- a", "\\- a");
    check("\\# a", "\\# a");
    check("a\n\\---", "a\n\\---");
    check("a\n\\===", "a\n\\===");
    check("a|b\n\\-|-", "a|b\n\\-|-");
    check("\\`\\`\\`\ncode", "\\`\\`\\`\ncode");
    check("&#32;&#32;&#32;&#32;code", "code");
    check("a&#10;&#10;    code", "a\ncode");
    check("*&#32;a&#32;*", "*a*");
    check("-\n\n-", "");
    check("- - - &nbsp;\n      a", "- - - a");
    check("- - - &nbsp;", "");
    check("a&nbsp;", "a\u{a0}");
    check("*&nbsp;*", "");
    check("a\n*\n", "a\n\\*");
    check("~~\\~~~ a", "~~\\~~~ a");
}

#[test]
fn characters_that_are_not_seen() {
    check(
        "a\u{202e}b\u{2028}c\0d\u{1b}[0m",
        r"a\\u{202e}b\\u{2028}cd\[0m",
    );
    check("`a\u{2066}b`", "`a\\u{2066}b`");
    check("&#x202e;", r"\\u{202e}");
}

#[test]
fn words_hold_any_text() {
    #[track_caller]
    fn check(words: Words, expected: &str) {
        assert_eq!(Doc::of(words).lines.join("\n"), expected);
    }
    check(Words::default().code("a"), "`a`");
    check(Words::default().code("a`b"), "`` a`b ``");
    check(Words::default().code("a``b"), "`a''b`");
    check(Words::default().code(""), "\"\"");
    check(Words::default().code(" a"), "\" a\"");
    check(
        Words::default().code("GET /a\n\n    code"),
        "`GET /a      code`",
    );
    check(Words::in_cell().code("a|b"), "`a\\|b`");
    check(Words::in_cell().code("a\\|b"), "\"a\\\\\\\\\\|b\"");
    check(
        Words::default().say("“").plain("*a*\n<b>").say("”"),
        "“\\*a\\* \\<b\\>”",
    );
    check(
        Words::default().prose("# A\n\n- b\n- c\n\n    d\n\n```\ne\n```"),
        "A - b - c d `e`",
    );
    check(Words::in_cell().prose("a | b"), "a \\| b");
}

#[test]
fn a_long_text_says_what_is_left_out() {
    let doc = Doc::of_prose(&"word ".repeat(20_000));
    let last = doc.lines.last().map(String::as_str);
    assert_eq!(
        last,
        Some("(34464 more bytes of this text are in the document alone.)")
    );
}
