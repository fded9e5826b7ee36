//! What is new upstream and not in a slice: told when it is cut, and on the page.

use tests::workspace::Workspace;

use crate::diff::{commit, diff, initialize, shown};
use crate::slice::{FULL, STORED, check_with, cut, ends, slice, sliced};

const OFFERED: &str = "openapi/shop/operations.txt";
const PACKAGING: &str = "openapi/shop/client.yaml";

/// Adds an operation that no client takes.
fn offer(workspace: &Workspace, path: &str) {
    let item =
        format!("paths:\n  {path}:\n    put: {{responses: {{'204': {{description: Done.}}}}}}\n");
    workspace.edit(FULL, "paths:\n", &item);
}

#[test]
fn operations_that_are_new_upstream_are_told_once() {
    let workspace = sliced(&["get_order"]);
    let first = workspace.read(OFFERED);
    assert!(first.contains("GET /orders/{id}\n") && first.lines().count() >= 12);
    offer(&workspace, "/gifts");
    let before = workspace.read(STORED);
    let checked = check_with(&workspace, FULL);
    ends(&checked, 0);
    let told = "    Upstream PUT /gifts is new\n";
    assert!(checked.stderr.contains(told), "{}", checked.transcript());
    let ran = cut(&workspace, FULL, &[]);
    ends(&ran, 0);
    insta::assert_snapshot!("upstream_told", ran.transcript());
    assert_eq!(workspace.read(STORED), before);
    let ran = cut(&workspace, FULL, &[]);
    assert!(!ran.stderr.contains("Upstream"), "{}", ran.transcript());
}

#[test]
fn the_page_lists_new_operations_and_new_losses() {
    let workspace = sliced(&["get_order"]);
    workspace.write("Cargo.toml", "[workspace]\n");
    ends(&workspace.xtask(&["regenerate"]), 0);
    initialize(&workspace);
    offer(&workspace, "'/gifts/` <b>@octocat</b>'");
    workspace.edit(FULL, "        note:\n", "        tags:\n          type: array\n          contains: {type: string}\n          items: {type: string}\n        note:\n");
    ends(&cut(&workspace, FULL, &[]), 0);
    ends(&workspace.xtask(&["regenerate"]), 0);
    let page = shown(&diff(&workspace, &["--format", "markdown"]));
    let folds = page.split("<details><summary>");
    let news: Vec<&str> = folds.filter(|part| part.starts_with("New ")).collect();
    assert_eq!(news.len(), 2, "{page}");
    insta::assert_snapshot!("upstream_page", news.concat());
    let lines = shown(&diff(&workspace, &[]));
    let lines: Vec<&str> = lines
        .lines()
        .filter(|part| part.contains("upstream ") || part.contains("  limitation "))
        .collect();
    assert_eq!(lines.len(), 2, "{lines:?}");
    commit(&workspace);
    let page = diff(&workspace, &["HEAD", "--format", "markdown"]);
    assert_eq!(page.stdout, "", "nothing is new twice");
}

/// An update of which nothing reaches the slice still has a page.
#[test]
fn the_page_is_not_empty_where_only_upstream_moved() {
    let workspace = sliced(&["get_order"]);
    workspace.write("Cargo.toml", "[workspace]\n");
    ends(&workspace.xtask(&["regenerate"]), 0);
    initialize(&workspace);
    offer(&workspace, "/gifts");
    ends(&cut(&workspace, FULL, &[]), 0);
    let ran = diff(
        &workspace,
        &["--format", "markdown", "--deny", "patch", "--check-version"],
    );
    ends(&ran, 0);
    insta::assert_snapshot!("upstream_alone", shown(&ran));
}

#[test]
fn a_version_that_does_not_suffice_fails() {
    let workspace = sliced(&["get_order", "create_order"]);
    workspace.write("Cargo.toml", "[workspace]\n");
    workspace.write(PACKAGING, "package: {name: shop-client, version: 0.4.0}\n");
    ends(&workspace.xtask(&["regenerate"]), 0);
    initialize(&workspace);
    ends(&diff(&workspace, &["--check-version"]), 0);
    workspace.edit(FULL, "[open, paid, shipped]", "[open, paid, shipped, lost]");
    ends(&cut(&workspace, FULL, &[]), 0);
    let ran = diff(&workspace, &["--check-version", "--format", "markdown"]);
    ends(&ran, 100);
    insta::assert_snapshot!("upstream_version", ran.stderr);
    workspace.edit(PACKAGING, "0.4.0", "0.4.1");
    ends(&diff(&workspace, &["--check-version"]), 0);
    workspace.edit(
        FULL,
        "      operationId: create_order\n",
        "      operationId: place_order\n",
    );
    ends(&cut(&workspace, FULL, &[]), 0);
    ends(&diff(&workspace, &["--check-version"]), 100);
    workspace.edit(PACKAGING, "0.4.1", "0.5.0");
    ends(&diff(&workspace, &["--check-version"]), 0);
}

#[test]
fn a_slice_that_is_json_stays_json() {
    let workspace = sliced(&["get_order"]);
    let yaml: serde_json::Value = serde_yaml::from_str(&workspace.read(STORED)).expect("YAML");
    std::fs::remove_file(workspace.path().join(STORED)).expect("it goes");
    let json = "openapi/shop/openapi.json";
    workspace.write(json, &yaml.to_string());
    ends(&slice(&workspace, &["--check"]), 4);
    ends(&cut(&workspace, FULL, &[]), 0);
    let text = serde_json::to_string_pretty(&yaml).expect("it is written") + "\n";
    assert_eq!(workspace.read(json), text);
    ends(&check_with(&workspace, FULL), 0);
    let files = workspace.tree();
    assert!(!files.contains_key(STORED), "{:?}", files.keys());
}
