//! Tests that no foreign text has an effect.

use serde_json::json;

use super::escape::visible;
use super::markdown::Markdown;
use super::text::Inert;

#[test]
fn characters_with_an_effect_or_no_shape_are_escaped() {
    for (text, shown) in [
        (
            "/pets/{id}: `a` \\d+ é 日本 🦀",
            "/pets/{id}: `a` \\d+ é 日本 🦀",
        ),
        ("a\u{1b}[31mb", r"a\u{1b}[31mb"),
        ("a\u{9b}31mb\u{7f}", r"a\u{9b}31mb\u{7f}"),
        ("a\r\n::error::b", r"a\r\n::error::b"),
        ("::error::b", r"\u{3a}:error::b"),
        (" \u{a0}::error::b", " \u{a0}\\u{3a}:error::b"),
        ("types::Pet", "types::Pet"),
        ("a ##[add-mask]b", r"a #\u{23}[add-mask]b"),
        ("a ##[error]b", r"a #\u{23}[error]b"),
        (
            "a ###vso[task.complete]",
            r"a #\u{23}\u{23}vso[task.complete]",
        ),
        ("## heading", "## heading"),
        ("\u{202e}gpj\u{2066}", r"\u{202e}gpj\u{2066}"),
        (
            "a\u{200b}b\u{2028}c\u{feff}",
            r"a\u{200b}b\u{2028}c\u{feff}",
        ),
        ("a\u{e0041}\u{fe0f}\u{ad}", r"a\u{e0041}\u{fe0f}\u{ad}"),
    ] {
        assert_eq!(visible(text), shown);
    }
}

#[test]
fn only_our_line_breaks_break_lines() {
    let mut text = Inert::default();
    text.line("a\nb");
    assert_eq!(text.as_str(), "a\\nb\n");
    assert_eq!(
        Inert::lines("a\r\n::b\n\nc").as_str(),
        "a\\r\n\\u{3a}:b\n\nc\n"
    );
    assert_eq!(Inert::lines("").as_str(), "");
}

#[test]
fn an_annotation_is_one_command() {
    let mut text = Inert::default();
    let properties = [("file", "a,line=1::b%\n".to_owned())];
    text.annotation("error", &properties, &["50%", "::error::c\r"]);
    let file = r"a%2Cline=1%3A%3Ab%25\n";
    let shown = format!(
        "::error file={file}::50%25%0A{}:error::c{}\n",
        r"\u{3a}", r"\r"
    );
    assert_eq!(text.as_str(), shown);
}

#[test]
fn json_stays_the_same_value() {
    let value = json!({"a\u{9b}": ["\u{202e}\u{e0041}\u{7f}", "##[error]", "::", "\n"]});
    let text = Inert::json(&value);
    assert!(
        text.as_str()
            .bytes()
            .all(|byte| byte == b'\n' || (b' '..=b'~').contains(&byte))
    );
    assert!(!text.as_str().contains("##["), "{text}");
    assert_eq!(
        serde_json::from_str::<serde_json::Value>(text.as_str()).ok(),
        Some(value)
    );
}

#[test]
fn words_stay_and_everything_else_is_code() {
    for (text, shown) in [
        ("status 404 of", "status 404 of"),
        (
            "openapi/zoo/openapi.yaml:31 ",
            "openapi/zoo/openapi.yaml:31 ",
        ),
        (
            "(below the second, a minor one)",
            "(below the second, a minor one)",
        ),
        ("optional → required", "optional → required"),
        ("ask @octocat", "ask `@octocat`"),
        ("<img src=x>", "`<img` `src=x>`"),
        (
            "https://a.example www.a.example",
            "`https://a.example` `www.a.example`",
        ),
        (
            "1. #1 GH-1 a_b (RFC 9) - *",
            "`1.` `#1` `GH-1` `a_b` (RFC 9) `-` `*`",
        ),
        (
            "deadbeef1 :smile: [a](b) a|b",
            "`deadbeef1` `:smile:` `[a](b)` `a|b`",
        ),
        ("deadbeef1日本 café", "`deadbeef1日本` café"),
        ("a\n\n# b", r"`a\n\n#` b"),
        ("    a", " a"),
    ] {
        assert_eq!(Markdown::text(text).as_str(), shown);
    }
}

#[test]
fn code_cannot_be_left() {
    for (text, shown) in [
        ("a", "`a`"),
        ("", "`  `"),
        ("a`b", "``a`b``"),
        ("`", "`` ` ``"),
        (" a ", "`  a  `"),
        (" a", "` a`"),
        ("a```\n# b", r"````a```\n# b````"),
    ] {
        assert_eq!(Markdown::code(text).as_str(), shown);
    }
    assert_eq!(Markdown::code(r"a|b\|c").cell().as_str(), r"`a\|b\\u{7c}c`");
    let two = Markdown::code("a") + Markdown::code("b`");
    assert_eq!(two.as_str(), "`a` `` b` ``");
    let lines = ["- a\n```".to_owned()];
    assert_eq!(
        Markdown::block("diff", lines).as_str(),
        "````diff\n- a\\n```\n````\n"
    );
}

#[test]
fn a_message_is_text_and_code_however_its_backticks_pair_up() {
    for (text, shown) in [
        ("`a` → `b`: c", "`a` → `b`: c"),
        ("`a`<b>` c", "`a` `<b>` ` c`"),
        ("`<b>", "`<b>`"),
    ] {
        assert_eq!(Markdown::message(text).as_str(), shown);
    }
}
