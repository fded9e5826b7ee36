//! Tests that the same content gives the same tree in both formats.

use serde_json::{Value, json};

use super::object::tree;
use super::tree::DEPTH;
use crate::diagnostic::Place;
use crate::report::Report;
use crate::source::{Input, Source};

/// Checks the tree of a text, or the ids of its diagnostics with the texts that they mark.
#[track_caller]
fn check(text: &str, expected: Result<Value, &[(&str, &str)]>) {
    let source = Source::new(Input::Document, "openapi", text);
    let mut report = Report::default();
    let read = tree(&source, &mut report);
    let found: Vec<(&str, &str)> = report
        .diagnostics
        .iter()
        .map(|diagnostic| {
            let marked = match &diagnostic.place {
                Place::Bytes(_, bytes) => text.get(bytes.clone()).unwrap(),
                _ => "",
            };
            (diagnostic.kind.id, marked)
        })
        .collect();
    match expected {
        Ok(value) => assert_eq!((read, found), (Ok(value), vec![])),
        Err(expected) => assert_eq!(found, expected),
    }
}

#[test]
fn both_formats_give_one_tree() {
    let tree = json!({"a": [1, -2, 0.5, null, true, "x"], "b": {"c": {}}});
    check(&tree.to_string(), Ok(tree.clone()));
    check(
        "a: [1, -2, 0.5, ~, true, x]\nb:\n  c: {}\n",
        Ok(tree.clone()),
    );
    check(
        "\u{feff}a: [1, -2, 5e-1, null, true, 'x']\r\nb:\r\n  c: {}\r\n",
        Ok(tree),
    );
}

#[test]
fn keys_are_the_text_that_stands_there() {
    check("200: a\n", Ok(json!({"200": "a"})));
    check("1.10: a\n", Ok(json!({"1.10": "a"})));
    check("true: a\n", Ok(json!({"true": "a"})));
    check("200: a\n'200': b\n", Err(&[("duplicate-key", "'200'")]));
}

#[test]
fn scalars_keep_their_meaning() {
    check("a: 2024-05-25\n", Ok(json!({"a": "2024-05-25"})));
    check("a: '1.0'\n", Ok(json!({"a": "1.0"})));
    check("a: no\n", Ok(json!({"a": "no"})));
    check("a: 18446744073709551615\n", Ok(json!({"a": u64::MAX})));
    check(
        "a: 18446744073709551616\n",
        Ok(json!({"a": 18446744073709551616.0})),
    );
    check(r#"{"a": "\ud83d\ude00"}"#, Ok(json!({"a": "\u{1f600}"})));
}

#[test]
fn aliases_and_merge_keys_are_expanded() {
    check(
        "a: &a {x: 1}\nb: *a\n",
        Ok(json!({"a": {"x": 1}, "b": {"x": 1}})),
    );
    check(
        "a: &a {x: 1, y: 1}\nb: {<<: *a, y: 2}\n",
        Ok(json!({"a": {"x": 1, "y": 1}, "b": {"x": 1, "y": 2}})),
    );
    check(
        "b: {<<: [{x: 1}, {x: 2, y: 2}]}\n",
        Ok(json!({"b": {"x": 1, "y": 2}})),
    );
    check("a: &a [*a]\n", Err(&[("too-deep", "&")]));
}

#[test]
fn every_duplicate_is_marked_where_it_repeats() {
    check(
        r#"{"a": {"b": 1, "b": 2}, "c": 0, "c": 1}"#,
        Err(&[("duplicate-key", "\"b\""), ("duplicate-key", "\"c\"")]),
    );
    // The first `a` has the duplicate; a tree would keep only the second.
    check(
        "a: {b: 1, b: 2}\na: {}\n",
        Err(&[("duplicate-key", "b"), ("duplicate-key", "a")]),
    );
}

#[test]
fn a_text_of_nothing_is_empty() {
    for text in ["", " \n", "\u{feff}", "# a comment\n", "---\n", "~\n"] {
        check(text, Err(&[("empty-input", "")]));
    }
}

#[test]
fn depth_is_bounded_before_it_costs() {
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    let object = |depth| format!("{{\"a\": {}}}", nested(depth));
    let mut report = Report::default();
    let mut reads = |text: String| {
        let source = Source::new(Input::Document, "openapi", text);
        tree(&source, &mut report).is_ok()
    };
    assert!(reads(object(DEPTH - 1)) && reads(format!("a: {}", nested(DEPTH - 1))));
    assert!(!reads(object(DEPTH)) && !reads(format!("a: {}", nested(DEPTH))));
    for bottomless in ["[", "{\"a\":", "- ", "? "] {
        assert!(!reads(bottomless.repeat(100_000)));
        assert!(!reads(format!("a:\n  {}", bottomless.repeat(100_000))));
    }
    assert!(
        report
            .diagnostics
            .iter()
            .all(|diagnostic| diagnostic.kind.id != "duplicate-key")
    );
}

#[test]
fn a_cut_text_is_a_diagnostic_wherever_it_is_cut() {
    let text = "{\"openapi\": \"3.1.0\", \"a\": [1, {\"é\": \"\\u00e9\", \"b\": null}]}";
    for cut in (1..text.len()).filter(|cut| text.is_char_boundary(*cut)) {
        let source = Source::new(Input::Document, "openapi", text.get(..cut).unwrap());
        let mut report = Report::default();
        assert!(tree(&source, &mut report).is_err(), "{cut}");
        assert_eq!(report.diagnostics.len(), 1, "{cut}");
    }
}
