//! Judging a stored slice: closed, minimal, faithful, and in its form.

use crate::slice::{
    FULL, OVERLAY, STORED, check, check_with, cut, ends, reversed, sliced, unchanged, yaml,
};

/// An overlay up to its actions.
const ACTIONS: &str = "overlay: 1.0.0\ninfo: {title: x, version: '1'}\nactions:\n";

#[test]
fn a_slice_that_is_not_closed_is_stale() {
    let workspace = sliced(&["get_order", "list_payments"]);
    workspace.edit(STORED, "\n    State:\n", "\n    Stat:\n");
    workspace.edit(STORED, "    Token:\n", "    Tokens:\n");
    workspace.edit(STORED, "    Card:\n", "    Cards:\n");
    let checked = check(&workspace);
    ends(&checked, 4);
    insta::assert_snapshot!("slice_check_closed", checked.transcript());
    ends(&check_with(&workspace, FULL), 4);
    ends(&cut(&workspace, FULL, &[]), 0);
    ends(&check_with(&workspace, FULL), 0);
}

#[test]
fn a_slice_that_is_not_minimal_is_stale() {
    let workspace = sliced(&["get_order"]);
    let add = |before: &str, text: &str| workspace.edit(STORED, before, &format!("{text}{before}"));
    add("    Order:\n", "    Old:\n      type: string\n");
    add(
        "  responses:\n    NotFound",
        "  parameters:\n    Old:\n      in: query\n",
    );
    add("  /orders/{id}:\n", "  /old:\n    summary: Old\n");
    add("- description: What", "- name: Old\n");
    add("paths:\n", "other: {}\n");
    let checked = check(&workspace);
    ends(&checked, 4);
    insta::assert_snapshot!("slice_check_minimal", checked.transcript());
}

#[test]
fn a_slice_that_says_something_else_is_stale() {
    let workspace = sliced(&["get_order", "create_order"]);
    workspace.edit(
        STORED,
        "          minimum: 1\n",
        "          maximum: 9\n          minimum: 2\n",
    );
    workspace.edit(STORED, "      - paid\n", "");
    workspace.edit(
        STORED,
        "      - amount\n",
        "      - amount\n      - colour\n",
    );
    workspace.edit(
        STORED,
        "        '410':\n          description: The order was deleted.\n",
        "",
    );
    workspace.edit(
        STORED,
        "          default: 1\n",
        "          default: many\n",
    );
    ends(&check(&workspace), 0);
    let checked = check_with(&workspace, FULL);
    ends(&checked, 4);
    insta::assert_snapshot!("slice_check_faithful", checked.transcript());
}

#[test]
fn prose_and_what_the_overlay_names_may_differ() {
    let workspace = sliced(&["get_order", "create_order"]);
    workspace.edit(
        STORED,
        "description: What a customer buys.",
        "description: An order.",
    );
    workspace.edit(STORED, "      summary: Read an order\n", "");
    workspace.edit(STORED, "  title: Shop\n", "  title: A shop\n");
    ends(&check_with(&workspace, FULL), 0);
    // A property that is called like prose is none.
    workspace.edit(STORED, "        title:\n          description: What is bought. The name of this member is no prose.\n          type: string\n", "        title:\n          type: boolean\n");
    let checked = check_with(&workspace, FULL);
    ends(&checked, 4);
    insta::assert_snapshot!("slice_check_property", checked.transcript());

    let correct = |target: &str, change: &str| {
        workspace.write(
            OVERLAY,
            &format!("{ACTIONS}- {{target: {target}, {change}}}\n"),
        );
    };
    correct("$.components.schemas.Line.properties.title", "remove: true");
    ends(&check_with(&workspace, FULL), 0);
    correct(
        "$.components.schemas.Line",
        "update: {properties: {title: {type: number}}}",
    );
    ends(&check_with(&workspace, FULL), 0);
    // An action about a neighbour names nothing here.
    correct(
        "$.components.schemas",
        "update: {Line: {properties: {amount: {type: number}}}}",
    );
    ends(&check_with(&workspace, FULL), 4);
}

#[test]
fn a_slice_that_was_written_by_hand_is_stale() {
    let workspace = sliced(&["get_status"]);
    let whole = workspace.read(STORED);
    workspace.write(STORED, &whole.replace("paths:\n", "paths: # All.\n"));
    let checked = check(&workspace);
    ends(&checked, 4);
    insta::assert_snapshot!("slice_check_form", checked.transcript());
    ends(&cut(&workspace, FULL, &[]), 0);
    assert_eq!(workspace.read(STORED), whole);
    workspace.write(STORED, &reversed(&yaml(&whole)).to_string());
    ends(&check(&workspace), 4);
    workspace.write(STORED, whole.trim_end());
    ends(&check(&workspace), 4);
}

#[test]
fn a_document_that_dangles_itself_is_for_a_person() {
    let workspace = sliced(&["get_order"]);
    for file in [FULL, STORED] {
        workspace.edit(file, "\n    State:\n", "\n    Stat:\n");
    }
    let refused = unchanged(&workspace, &["--from", FULL]);
    ends(&refused, 100);
    insta::assert_snapshot!("slice_dangling", refused.transcript());
    let checked = check_with(&workspace, FULL);
    ends(&checked, 100);
    insta::assert_snapshot!("slice_check_dangling", checked.transcript());

    // It is mended by what the overlay removes, or by what it adds.
    for action in [
        "{target: $.components.schemas.Order.properties.state, remove: true}",
        "{target: $.components.schemas, update: {State: {type: string}}}",
    ] {
        workspace.write(OVERLAY, &format!("{ACTIONS}- {action}\n"));
        ends(&cut(&workspace, FULL, &[]), 0);
        ends(&check_with(&workspace, FULL), 0);
    }
}
