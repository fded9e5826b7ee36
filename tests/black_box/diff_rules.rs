//! Single edits, each with the rules that it meets and their levels; nothing else is reported.

use tests::edits::{Edit, OPERATIONS, PACKAGING, PARAMETERS, RESPONSES, TYPES};
use tests::workspace::Workspace;

use crate::diff::{CONFIG, DOCUMENT, diff, repository, rules};

/// Makes each edit alone, and looks at the page.
#[track_caller]
fn check(file: &str, edits: &[Edit]) {
    let workspace: Workspace = repository();
    let before = workspace.read(file);
    let mut wrong = Vec::new();
    for (from, to, expected) in edits {
        assert_eq!(
            before.matches(from).count(),
            1,
            "{from:?} stands in it once"
        );
        workspace.edit(file, from, to);
        let ran = diff(&workspace, &["--format", "json"]);
        if ran.code != Some(0) {
            panic!("{from:?} → {to:?}: {}", ran.transcript());
        }
        let found = rules(&ran).join(", ");
        if found != *expected {
            wrong.push(format!(
                "{from:?} → {to:?}\n   expected {expected}\n   found    {found}"
            ));
        }
        workspace.write(file, &before);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn edits_of_the_packaging() {
    check(CONFIG, PACKAGING);
}

#[test]
fn edits_of_operations() {
    check(DOCUMENT, OPERATIONS);
}

#[test]
fn edits_of_parameters_and_bodies() {
    check(DOCUMENT, PARAMETERS);
}

#[test]
fn edits_of_responses() {
    check(DOCUMENT, RESPONSES);
}

#[test]
fn edits_of_types() {
    check(DOCUMENT, TYPES);
}
