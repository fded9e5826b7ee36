//! Tests with small overlays on small documents.

use serde_json::{Value, json};

use super::action::Action;
use super::limits::Limits;
use super::read;
use crate::diagnostic::Place;
use crate::origins::Origins;
use crate::pointer::Pointer;
use crate::report::Report;
use crate::source::Input;

/// Applies actions. Returns the tree and the origins, or the id of the first diagnostic.
fn apply(mut root: Value, actions: Value) -> Result<(Value, Origins), &'static str> {
    let mut overlay = json!({"overlay": "1.0.0", "info": {}, "actions": actions});
    let mut report = Report::default();
    let mut origins = Origins::default();
    let mut limits = Limits::of(&root);
    let actions: Vec<Action> =
        read::actions(&mut overlay, &mut report).map_err(|_| report.diagnostics[0].kind.id)?;
    for action in actions {
        let applied = action.apply(&mut root, &mut origins, &mut limits);
        applied.map_err(|diagnostic| diagnostic.kind.id)?;
    }
    Ok((root, origins))
}

#[track_caller]
fn check(root: Value, actions: Value, expected: Result<Value, &'static str>) {
    assert_eq!(apply(root, actions).map(|(root, _)| root), expected);
}

#[test]
fn updates_merge_into_objects_and_append_to_lists() {
    check(
        json!({"a": {"b": 1, "c": {"d": 1, "l": [1]}}}),
        json!([{"target": "$.a", "update": {"b": 2, "c": {"e": 3, "l": [2]}}}]),
        Ok(json!({"a": {"b": 2, "c": {"d": 1, "e": 3, "l": [1, 2]}}})),
    );
    check(
        json!({"l": [1]}),
        json!([{"target": "$.l", "update": {"x": 1}}]),
        Ok(json!({"l": [1, {"x": 1}]})),
    );
    check(
        json!({"p": {"/a": {"get": {}}, "/b": {"get": {}}}}),
        json!([{"target": "$.p[*].get", "update": {"x": 1}}]),
        Ok(json!({"p": {"/a": {"get": {"x": 1}}, "/b": {"get": {"x": 1}}}})),
    );
}

#[test]
fn removals_take_out_every_match() {
    check(
        json!({"l": [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]}),
        json!([{"target": "$.l[2, 10, 0]", "remove": true}]),
        Ok(json!({"l": [1, 3, 4, 5, 6, 7, 8, 9, 11]})),
    );
    check(
        json!({"a": {"x": {"x": 1}}, "x": 2, "b": 3}),
        json!([{"target": "$..x", "remove": true}]),
        Ok(json!({"a": {}, "b": 3})),
    );
}

#[test]
fn invalid_actions_are_rejected() {
    let root = || json!({"a": 1, "o": {}});
    let action = |action: Value, id| check(root(), json!([action]), Err(id));
    action(json!({"target": "$.x", "remove": true}), "overlay-no-match");
    action(json!({"target": "$.a", "update": 2}), "overlay-target");
    action(json!({"target": "$.o", "update": [1]}), "overlay-target");
    action(json!({"target": "$", "remove": true}), "overlay-target");
    action(json!({"target": "a..", "remove": true}), "overlay-path");
    action(json!({"target": "$.a"}), "overlay-shape");
    action(json!({"target": "$.a", "remove": "yes"}), "overlay-shape");
    action(
        json!({"target": "$.o", "update": {}, "remove": true}),
        "overlay-shape",
    );
    action(
        json!({"target": "$.o", "update": {}, "why": "x"}),
        "overlay-shape",
    );
    check(root(), json!([]), Err("overlay-shape"));
}

#[test]
fn each_node_knows_the_text_that_it_comes_from() {
    let (_, origins) = apply(
        json!({"l": [{"n": 0}, {"n": 1}, {"n": 2}], "o": {"a": {"b": 1}}}),
        json!([
            {"target": "$.l[1]", "update": {"x": {"y": 1}}},
            {"target": "$.l[0]", "remove": true},
            {"target": "$.o", "update": {"a": {"b": 2}}},
        ]),
    )
    .unwrap();
    let place = |pointer: &str| match origins.place(&Pointer::parse(pointer).unwrap()) {
        Place::Node(input, pointer) => (input, pointer.to_string()),
        other => panic!("{other:?}"),
    };
    let document = |pointer: &str| (Input::Document, pointer.to_owned());
    let overlay = |pointer: &str| (Input::Overlay, pointer.to_owned());
    assert_eq!(place("/l/0/n"), document("/l/1/n"));
    assert_eq!(place("/l/1/n"), document("/l/2/n"));
    assert_eq!(place("/l/0/x/y"), overlay("/actions/0/update/x/y"));
    assert_eq!(place("/o/a"), document("/o/a"));
    assert_eq!(place("/o/a/b"), overlay("/actions/2/update/a/b"));
}
