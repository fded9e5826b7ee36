//! The page of a change: what a reviewer reads, in repositories that are thrown away.

use std::path::Path;
use std::process::Command;

use serde_json::Value;
use tests::edits;
use tests::workspace::{Ran, Workspace};

use crate::output::root;

pub const DOCUMENT: &str = "openapi/zoo/openapi.yaml";
pub const CONFIG: &str = "openapi/zoo/client.yaml";

/// Runs git in a folder as nobody in particular, whatever the machine is set up for.
#[track_caller]
fn git(folder: &Path, arguments: &[&str]) {
    let settings = [
        "user.name=nobody",
        "user.email=nobody@example.com",
        "commit.gpgsign=false",
    ];
    let settings = settings.iter().flat_map(|setting| ["-c", setting]);
    let output = Command::new("git")
        .args(settings)
        .args(arguments)
        .current_dir(folder)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_SYSTEM", "/dev/null")
        .env_remove("GIT_DIR")
        .env_remove("GIT_WORK_TREE")
        .output()
        .expect("git runs");
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {complaint}");
}

pub fn commit(workspace: &Workspace) {
    git(workspace.path(), &["add", "--all"]);
    git(
        workspace.path(),
        &["commit", "--quiet", "--message", "A step"],
    );
}

/// A repository whose main branch has a client, and its crate.
pub fn repository() -> Workspace {
    let workspace = Workspace::empty();
    workspace.write("Cargo.toml", "[workspace]\n");
    let document = std::fs::read_to_string(root().join("tests/fixtures/zoo.yaml"));
    workspace.write(DOCUMENT, &document.expect("it is there"));
    workspace.write(CONFIG, edits::CONFIG);
    let made = workspace.xtask(&["regenerate"]);
    assert_eq!(made.code, Some(0), "{}", made.transcript());
    initialize(&workspace);
    workspace
}

/// Makes the workspace a repository whose main branch has all of it.
pub fn initialize(workspace: &Workspace) {
    let init = ["init", "--quiet", "--initial-branch", "main"];
    git(workspace.path(), &init);
    commit(workspace);
}

/// Runs the command, with git as it is everywhere.
pub fn diff(workspace: &Workspace, arguments: &[&str]) -> Ran {
    let arguments: Vec<&str> = ["diff"].iter().chain(arguments).copied().collect();
    let nowhere = [
        ("GIT_CONFIG_GLOBAL", "/dev/null"),
        ("GIT_CONFIG_SYSTEM", "/dev/null"),
        ("GIT_CEILING_DIRECTORIES", "/"),
    ];
    workspace.xtask_in("", &arguments, &nowhere)
}

/// The run with the base's hash replaced, which depends on the day.
pub fn shown(ran: &Ran) -> String {
    let mut text = ran.transcript();
    for before in ["Compared with `", "\"base\": \"", "nothing changed since "] {
        let places: Vec<usize> = text.match_indices(before).map(|(at, _)| at).collect();
        for at in places.into_iter().rev() {
            let at = at + before.len();
            text.replace_range(at..at + 12, "[BASE]");
        }
    }
    text
}

#[test]
fn what_is_added_and_what_is_gone_stand_on_one_page() {
    let workspace = repository();
    let edit = |from: &str, to: &str| workspace.edit(DOCUMENT, from, to);
    edit(
        "        age: {type: integer, minimum: 0}\n",
        "        age: {type: integer, minimum: 1}\n        weight: {type: number}\n",
    );
    edit("enum: [hay, meat]", "enum: [hay, meat, fish]");
    edit(
        "        '404':\n          description: There is none.\n",
        "",
    );
    let ran = diff(&workspace, &["--format", "markdown"]);
    insta::assert_snapshot!("diff_page", shown(&ran));
    let ran = diff(&workspace, &[]);
    insta::assert_snapshot!("diff_human", shown(&ran));
}

#[test]
fn a_denied_change_is_named() {
    let workspace = repository();
    workspace.edit(
        DOCUMENT,
        "required: [name, species, form]",
        "required: [name, species, form, pin]",
    );
    workspace.edit(DOCUMENT, "'2026-01-01'", "'2026-06-01'");
    let ran = diff(&workspace, &["--format", "markdown", "--deny", "major"]);
    insta::assert_snapshot!("diff_denied", shown(&ran));
    workspace.edit(CONFIG, "version: 0.3.1", "version: 0.4.0");
    let ran = diff(&workspace, &["--format", "markdown"]);
    assert!(ran.stdout.contains("**suffices**"), "{}", ran.transcript());
}

#[test]
fn nothing_changed_is_nothing_to_read() {
    let workspace = repository();
    let ran = diff(&workspace, &["--format", "markdown", "--deny", "patch"]);
    insta::assert_snapshot!("diff_nothing", shown(&ran));
    let ran = diff(&workspace, &[]);
    insta::assert_snapshot!("diff_nothing_human", shown(&ran));
}

#[test]
fn prose_asks_for_nothing() {
    let workspace = repository();
    let edit = |from: &str, to: &str| workspace.edit(DOCUMENT, from, to);
    edit("An animal.", "An animal of the zoo.");
    edit("example: Ada", "example: Bo");
    edit("summary: List animals", "summary: List the animals");
    edit("who keeps them", "who feeds them");
    let ran = diff(&workspace, &["--format", "markdown", "--deny", "patch"]);
    insta::assert_snapshot!("diff_prose", shown(&ran));
}

#[test]
fn what_no_change_of_the_document_explains_is_told() {
    let workspace = repository();
    // As a generator of another day would have left it.
    let types = "generated/zoo-client/src/types.rs";
    workspace.edit(types, "pub bales: i64", "pub bales: u64");
    let lock = "generated/zoo-client/client.lock.json";
    let progenitor = codegen::lock::TOOLS
        .iter()
        .find(|(tool, _)| *tool == "progenitor");
    let (_, version) = progenitor.expect("it is pinned");
    workspace.edit(
        lock,
        &format!("\"progenitor\": \"{version}\""),
        "\"progenitor\": \"0.1.0\"",
    );
    commit(&workspace);
    let ran = diff(
        &workspace,
        &["HEAD", "--format", "markdown", "--deny", "major"],
    );
    let page = shown(&ran).replace(version, "[PROGENITOR]");
    insta::assert_snapshot!("diff_unexplained", page);
}

#[test]
fn a_base_is_the_fork_a_revision_or_a_place_in_one() {
    let workspace = repository();
    git(workspace.path(), &["tag", "released"]);
    git(workspace.path(), &["switch", "--quiet", "--create", "work"]);
    workspace.edit(DOCUMENT, "enum: [hay, meat]", "enum: [hay, meat, fish]");
    commit(&workspace);
    let is_changed = |base: &[&str]| {
        let ran = diff(&workspace, &[base, &["--format", "markdown"]].concat());
        assert_eq!(ran.code, Some(0), "{}", ran.transcript());
        ran.stdout.contains("response-enum") || ran.stdout.contains("one more enum value")
    };
    assert!(is_changed(&[]), "since the branch left main");
    assert!(is_changed(&["released"]));
    assert!(is_changed(&["HEAD~1"]));
    assert!(is_changed(&["main:openapi/zoo"]));
    assert!(is_changed(&["main:openapi/zoo/openapi.yaml"]));
    assert!(!is_changed(&["HEAD"]));
}

#[test]
fn clients_come_and_go() {
    let workspace = repository();
    workspace.write("openapi/pets/openapi.yaml", tests::workspace::PETS);
    std::fs::remove_dir_all(workspace.path().join("openapi/zoo")).expect("it goes");
    let ran = diff(&workspace, &["--format", "markdown", "--deny", "major"]);
    insta::assert_snapshot!("diff_clients", shown(&ran));
}

#[test]
fn what_cannot_be_compared_is_said() {
    let workspace = Workspace::with_pets();
    let nowhere = diff(&workspace, &[]);
    insta::assert_snapshot!("diff_no_repository", nowhere.transcript());
    let workspace = repository();
    let unknown = diff(&workspace, &["yesterday"]);
    insta::assert_snapshot!("diff_no_revision", unknown.transcript());
    let nothing = diff(&workspace, &["main:openapi/dogs"]);
    assert_eq!(nothing.code, Some(101), "{}", nothing.transcript());
    git(workspace.path(), &["branch", "--quiet", "--move", "trunk"]);
    let no_main = diff(&workspace, &[]);
    insta::assert_snapshot!("diff_no_main", no_main.transcript());
    workspace.edit(DOCUMENT, "openapi: 3", "openapi: 4");
    assert_eq!(diff(&workspace, &["HEAD"]).code, Some(100));
    assert_eq!(diff(&workspace, &["--deny", "all"]).code, Some(2));
}

/// The rules that a run gives, with their levels, in the order of the page.
pub fn rules(ran: &Ran) -> Vec<String> {
    let page: Value = serde_json::from_str(&ran.stdout).expect("it is JSON");
    let client = &page["clients"][0];
    let lists = [&client["changes"], &client["unexplained"]];
    let all = lists.iter().filter_map(|value| value.as_array()).flatten();
    let text = |value: &Value, key: &str| value[key].as_str().unwrap_or_default().to_owned();
    all.map(|value| format!("{} {}", text(value, "level"), text(value, "rule")))
        .collect()
}
