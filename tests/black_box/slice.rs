//! Cutting slices: what is cut, and what is said about it.

use codegen::report::Report;
use codegen::source::{Input, Source};
use serde_json::{Value, json};
use tests::workspace::{Ran, Workspace};

pub const FULL: &str = "full.yaml";
pub const STORED: &str = "openapi/shop/openapi.yaml";
pub const OVERLAY: &str = "openapi/shop/overlay.yaml";

/// A folder with the full document.
pub fn shop() -> Workspace {
    let workspace = Workspace::empty();
    let path = crate::output::root().join("tests/fixtures/shop.yaml");
    let text = std::fs::read_to_string(path).expect("it is there");
    workspace.write(FULL, &text);
    workspace
}

/// A folder with the full document and a slice of it.
pub fn sliced(operations: &[&str]) -> Workspace {
    let workspace = shop();
    ends(&cut(&workspace, FULL, operations), 0);
    workspace
}

pub fn slice(workspace: &Workspace, arguments: &[&str]) -> Ran {
    let into = ["slice", "--into", "openapi/shop"];
    workspace.xtask(&[&into, arguments].concat())
}

pub fn cut(workspace: &Workspace, from: &str, operations: &[&str]) -> Ran {
    let mut arguments = vec!["--from", from];
    for operation in operations {
        arguments.extend(["--operation", operation]);
    }
    slice(workspace, &arguments)
}

/// Judges the stored slice by itself.
pub fn check(workspace: &Workspace) -> Ran {
    unchanged(workspace, &["--check"])
}

/// Judges the stored slice by the full document too.
pub fn check_with(workspace: &Workspace, from: &str) -> Ran {
    unchanged(workspace, &["--check", "--from", from])
}

#[track_caller]
pub fn unchanged(workspace: &Workspace, arguments: &[&str]) -> Ran {
    let (tree, times) = (workspace.tree(), workspace.times());
    let ran = slice(workspace, arguments);
    assert!(workspace.tree() == tree, "nothing was written");
    assert_eq!(workspace.times(), times, "nothing was touched");
    ran
}

#[track_caller]
pub fn ends(ran: &Ran, code: i32) {
    assert_eq!(ran.code, Some(code), "{}", ran.transcript());
}

pub fn yaml(text: &str) -> Value {
    serde_yaml::from_str(text).expect("it is YAML")
}

/// The full document in OpenAPI 3.1, as JSON, its members in reverse.
fn newer(text: &str) -> String {
    let mut root = yaml(text);
    root["openapi"] = json!("3.1.0");
    root["webhooks"] = json!({"paid": {"post": {"responses": {}}}});
    root["components"]["schemas"]["Order"]["properties"]["note"]["type"] =
        json!(["string", "null"]);
    root["components"]["schemas"]["Bank"]["$anchor"] = json!("bank");
    root["components"]["schemas"]["Transfer"]["properties"]["bank"] = json!({"$ref": "#bank"});
    reversed(&root).to_string()
}

pub fn reversed(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let members = members.iter().rev();
            Value::Object(
                members
                    .map(|(name, it)| (name.clone(), reversed(it)))
                    .collect(),
            )
        }
        Value::Array(list) => list.iter().map(reversed).collect(),
        other => other.clone(),
    }
}

/// The lines that one text has and the other has not.
fn lines(old: &str, new: &str) -> String {
    let only = |one: &str, other: &str, sign: char| -> String {
        let mut rest: Vec<&str> = other.lines().collect();
        let lines = one.lines().filter(|line| {
            let known = rest.iter().position(|other| other == line);
            known.map(|at| rest.remove(at)).is_none()
        });
        lines.map(|line| format!("{sign}{line}\n")).collect()
    };
    format!("{}{}", only(old, new, '-'), only(new, old, '+'))
}

#[test]
fn an_operation_is_cut_with_all_that_it_uses() {
    let workspace = shop();
    let ran = cut(&workspace, FULL, &["list_reports"]);
    ends(&ran, 0);
    insta::assert_snapshot!("slice_first", ran.transcript());
    insta::assert_snapshot!("slice_reports", workspace.read(STORED));
    assert_eq!(
        workspace.tree().len(),
        3,
        "the slice and the list were written"
    );
    ends(&check_with(&workspace, FULL), 0);
}

#[test]
fn a_slice_of_the_newer_version_is_cut_from_json() {
    let workspace = shop();
    workspace.write("full.json", &newer(&workspace.read(FULL)));
    ends(
        &cut(
            &workspace,
            "full.json",
            &["GET /orders/{id}/payments", "/categories#get"],
        ),
        0,
    );
    insta::assert_snapshot!("slice_newer", workspace.read(STORED));
    ends(&check_with(&workspace, "full.json"), 0);
}

#[test]
fn the_form_of_the_document_does_not_matter() {
    let workspace = shop();
    let full = workspace.read(FULL);
    workspace.write("full.json", &reversed(&yaml(&full)).to_string());
    workspace.write("windows.yaml", &full.replace('\n', "\r\n"));
    let operations = ["create_order", "list_payments", "list_reports"];
    let mut texts = ["full.yaml", "full.json", "windows.yaml"].map(|from| {
        ends(&cut(&workspace, from, &operations), 0);
        let text = workspace.read(STORED);
        std::fs::remove_file(workspace.path().join(STORED)).expect("it goes");
        text
    });
    texts.sort();
    assert!(texts[0] == texts[2], "the same bytes");
}

#[test]
fn all_operations_make_a_slice_that_is_closed_minimal_and_faithful() {
    let workspace = shop();
    let full = yaml(&workspace.read(FULL));
    let paths = full["paths"].as_object().expect("there are paths");
    let methods = ["get", "post", "delete"];
    let operations: Vec<String> = paths
        .iter()
        .flat_map(|(path, item)| {
            let methods = methods.iter().filter(|method| item.get(**method).is_some());
            methods.map(move |method| format!("{path}#{method}"))
        })
        .collect();
    assert!(operations.len() >= 12);
    let operations: Vec<&str> = operations.iter().map(String::as_str).collect();
    for operation in &operations {
        let workspace = sliced(&[operation]);
        ends(&check_with(&workspace, FULL), 0);
    }
    ends(&cut(&workspace, FULL, &operations), 0);
    let checked = unchanged(&workspace, &["--check", "--from", FULL, "--explain"]);
    ends(&checked, 0);
    insta::assert_snapshot!("slice_explain", checked.stdout);
    let components = yaml(&workspace.read(STORED))["components"].clone();
    let kinds = components
        .as_object()
        .expect("there are components")
        .values();
    let size: usize = kinds
        .map(|kind| kind.as_object().map_or(0, |value| value.len()))
        .sum();
    let named = checked.stdout.lines().filter(|line| !line.starts_with('#'));
    assert_eq!(named.count(), size, "each has its line");
    assert!(!checked.stdout.contains(": nothing"), "each is needed");
    assert!(!workspace.read(STORED).contains("Unused"));
}

#[test]
fn a_second_operation_is_merged() {
    let workspace = sliced(&["get_order"]);
    workspace.write("openapi/shop/client.yaml", "operations: [] # Mine.\n");
    let before = workspace.read(STORED);
    let ran = slice(
        &workspace,
        &[
            "--from",
            FULL,
            "--operation",
            "/orders/{id}#DELETE",
            "--explain",
        ],
    );
    ends(&ran, 0);
    insta::assert_snapshot!("slice_merged", ran.transcript());
    insta::assert_snapshot!(
        "slice_merged_lines",
        lines(&before, &workspace.read(STORED))
    );
    let packaging = workspace.read("openapi/shop/client.yaml");
    assert_eq!(packaging, "operations: [] # Mine.\n");
    let at_once = sliced(&["cancel_order", "get_order"]);
    assert!(
        at_once.read(STORED) == workspace.read(STORED),
        "one after the other is at once"
    );
}

#[test]
fn a_fresh_slice_is_not_touched() {
    let workspace = sliced(&["get_order", "list_payments"]);
    for operations in [&[][..], &["get_order"]] {
        let (tree, times) = (workspace.tree(), workspace.times());
        let ran = cut(&workspace, FULL, operations);
        ends(&ran, 0);
        assert!(workspace.tree() == tree, "no byte changed");
        assert_eq!(workspace.times(), times, "no file was touched");
        insta::assert_snapshot!("slice_fresh", ran.transcript());
    }
    let checked = check(&workspace);
    ends(&checked, 0);
    insta::assert_snapshot!("slice_check_fresh", checked.transcript());
    let explained = unchanged(&workspace, &["--explain"]);
    insta::assert_snapshot!("slice_explain_stored", explained.transcript());
}

#[test]
fn an_interrupted_run_is_healed() {
    let workspace = sliced(&["get_order"]);
    let whole = workspace.tree();
    workspace.write(&format!("{STORED}.xtask-new"), "comp");
    ends(&cut(&workspace, FULL, &[]), 0);
    assert!(
        workspace.tree() == whole,
        "as if it had not been interrupted"
    );
}

/// A new optional field, a new value of an enum, a status that is gone.
fn move_upstream(workspace: &Workspace) {
    let note = "        note:\n";
    workspace.edit(
        FULL,
        note,
        &format!("        gift:\n          type: boolean\n{note}"),
    );
    workspace.edit(
        FULL,
        "[open, paid, shipped]",
        "[open, paid, packed, shipped]",
    );
    workspace.edit(
        FULL,
        "        '410':\n          description: The order was deleted.\n",
        "",
    );
    workspace.edit(FULL, "What a customer buys.", "What a customer bought.");
}

#[test]
fn a_slice_is_refreshed_after_the_document_moved() {
    let workspace = sliced(&["get_order", "list_payments"]);
    let before = workspace.read(STORED);
    move_upstream(&workspace);
    let checked = check_with(&workspace, FULL);
    ends(&checked, 4);
    insta::assert_snapshot!("slice_check_moved", checked.transcript());
    let ran = cut(&workspace, FULL, &[]);
    ends(&ran, 0);
    insta::assert_snapshot!("slice_refreshed", ran.transcript());
    insta::assert_snapshot!(
        "slice_refreshed_lines",
        lines(&before, &workspace.read(STORED))
    );
    ends(&check_with(&workspace, FULL), 0);
}

#[test]
fn a_slip_in_a_selector_is_told_with_the_nearest_names() {
    let workspace = sliced(&["get_order"]);
    for code in ["--from", "--check"] {
        let mut arguments = vec!["--from", FULL, "--operation", "GET /order/{id}"];
        arguments.extend(["--operation", "list_payment"]);
        arguments.extend(Some("--check").filter(|other| *other == code));
        let ran = unchanged(&workspace, &arguments);
        ends(&ran, 100);
        insta::assert_snapshot!("slice_selector", ran.transcript());
    }
}

#[test]
fn an_operation_that_is_gone_is_for_a_person() {
    let workspace = sliced(&["get_order", "list_payments"]);
    workspace.edit(FULL, "  /orders/{id}/payments:", "  /orders/{id}/bills:");
    let refused = unchanged(&workspace, &["--from", FULL]);
    ends(&refused, 100);
    insta::assert_snapshot!("slice_gone", refused.transcript());
    let checked = check_with(&workspace, FULL);
    ends(&checked, 100);
    insta::assert_snapshot!("slice_check_gone", checked.transcript());
}

#[test]
fn what_cannot_be_done_is_said() {
    let workspace = shop();
    let nothing = cut(&workspace, FULL, &[]);
    ends(&nothing, 2);
    insta::assert_snapshot!("slice_no_operation", nothing.transcript());
    let none = check(&workspace);
    ends(&none, 100);
    insta::assert_snapshot!("slice_none_stored", none.transcript());
    ends(&slice(&workspace, &["--operation", "pay"]), 2);
    ends(&workspace.xtask(&["slice", "--from", FULL]), 2);
    let unreadable = cut(&workspace, "nowhere.yaml", &["pay"]);
    ends(&unreadable, 100);
    insta::assert_snapshot!("slice_unreadable", unreadable.transcript());
    workspace.write("openapi/shop/openapi.json", "{}");
    workspace.write(STORED, "{}");
    let two = cut(&workspace, FULL, &["pay"]);
    ends(&two, 100);
    insta::assert_snapshot!("slice_two_documents", two.transcript());
    for file in ["openapi/shop/openapi.json", STORED] {
        std::fs::remove_file(workspace.path().join(file)).expect("it goes");
    }
    ends(&cut(&workspace, FULL, &["pay"]), 0);
    ends(
        &unchanged(&workspace, &["--check", "--operation", "pay"]),
        2,
    );
    ends(
        &unchanged(&workspace, &["--explain", "--operation", "pay"]),
        2,
    );
    let more = unchanged(
        &workspace,
        &["--check", "--from", FULL, "--operation", "get_status"],
    );
    ends(&more, 4);
}

#[test]
fn the_client_of_a_slice_is_that_of_the_full_document() {
    let workspace = sliced(&["list_reports", "list_payments"]);
    let made = |arguments: &[&str]| {
        let generate = ["generate", "--from", FULL, "--out", "made"];
        ends(&workspace.xtask(&[&generate, arguments].concat()), 0);
        let mut tree = workspace.tree();
        tree.retain(|path, _| path.starts_with("made/") && !path.ends_with("client.lock.json"));
        tree
    };
    let whole = made(&[
        "--operation",
        "list_reports",
        "--operation",
        "list_payments",
    ]);
    workspace.write(FULL, &workspace.read(STORED));
    let part = made(&[]);
    let differ = part
        .iter()
        .filter(|(path, text)| whole.get(*path) != Some(text));
    let differ: Vec<&String> = differ.map(|(path, _)| path).collect();
    assert!(differ.is_empty() && part.len() == whole.len(), "{differ:?}");
}

#[test]
fn the_slices_that_are_stored_are_as_they_are_cut() {
    let clients = std::fs::read_dir(crate::output::root().join("openapi"));
    let clients = clients.expect("there are clients");
    let clients = clients.map(|value| value.expect("it can be listed").path());
    // Another document may be whole, and in any form.
    let slices: Vec<_> = clients
        .filter(|path| path.join("operations.txt").is_file())
        .collect();
    assert!(!slices.is_empty());
    for folder in slices {
        let read = |file: &str| std::fs::read_to_string(folder.join(file)).expect("it is stored");
        let names = ["openapi.yaml", "openapi.yml", "openapi.json"];
        let mut names = names.into_iter();
        let name = names.find(|path| folder.join(path).is_file());
        let name = name.expect("there is a document");
        let stored = read(name);
        let workspace = Workspace::empty();
        for file in [name, "overlay.yaml", "client.yaml"] {
            if folder.join(file).is_file() {
                workspace.write(&format!("openapi/shop/{file}"), &read(file));
            }
        }
        workspace.write("full.json", &reversed(&yaml(&stored)).to_string());
        let operations = operations_of(&stored);
        let operations: Vec<&str> = operations.iter().map(String::as_str).collect();
        ends(&cut(&workspace, "full.json", &operations), 0);
        let file = format!("openapi/shop/{name}");
        assert!(workspace.read(&file) == stored, "to the byte");
        ends(&check_with(&workspace, "full.json"), 0);
    }
}

/// The operations of a document, as `slice` names them.
fn operations_of(text: &str) -> Vec<String> {
    let source = Source::new(Input::Document, "openapi.yaml", text);
    let parsed = codegen::parse::document(&source, &mut Report::default());
    let parsed = parsed.expect("it can be read");
    let operations = codegen::slice::operations(&parsed);
    operations.iter().map(ToString::to_string).collect()
}

#[test]
fn an_extension_beside_the_paths_is_no_path() {
    let workspace = shop();
    workspace.edit(
        FULL,
        "paths:\n",
        "paths:\n  x-draft: {get: {responses: {}}}\n",
    );
    ends(&cut(&workspace, FULL, &["GET x-draft"]), 100);
    ends(&cut(&workspace, FULL, &["list_reports"]), 0);
    ends(&check_with(&workspace, FULL), 0);
}
