//! Tests that a pointer finds the same name in both formats.

use super::positions::Positions;
use crate::pointer::Pointer;
use crate::source::{Input, Source};

/// Checks the text that is marked for a pointer, and whether the node exists.
#[track_caller]
fn check(text: &str, pointer: &str, marked: &str, exact: bool) {
    let positions = Positions::of(&Source::new(Input::Document, "openapi", text));
    let found = positions.find(&Pointer::parse(pointer).unwrap()).unwrap();
    let text = text.get(found.mark()).unwrap();
    assert_eq!((text, found.exact), (marked, exact));
}

#[test]
fn names_are_marked_in_bytes() {
    let json = "\u{feff}{\"é\": {\"a/b\": [1, {\"c\": \"ü\"}]}}";
    check(json, "/é", "\"é\"", true);
    check(json, "/é/a~1b", "\"a/b\"", true);
    check(json, "/é/a~1b/0", "1", true);
    check(json, "/é/a~1b/1/c", "\"c\"", true);
    let yaml = "\u{feff}é:\n  # ü\n  a/b: [1, {c: ü}]\n  'd': |\n    é\n";
    check(yaml, "/é", "é", true);
    check(yaml, "/é/a~1b", "a/b", true);
    check(yaml, "/é/a~1b/0", "1", true);
    check(yaml, "/é/a~1b/1/c", "c", true);
    check(yaml, "/é/d", "'d'", true);
}

#[test]
fn what_is_absent_is_marked_at_its_nearest_ancestor() {
    check("{\"a\": {\"b\": 1}}", "/a/x/y", "\"a\"", false);
    check("a: {b: 1}\n", "/a/b/y", "b", false);
    check("a: {b: 1}\n", "/x", "a: {b: 1}", false);
}
