//! Edits of several places at once, or after others, with the rules that they meet.

use crate::diff::{CONFIG, DOCUMENT, commit, diff, repository, rules};

/// Makes edits, commits, makes others, and looks at the page.
#[track_caller]
pub fn between(before: &[(&str, &str)], after: &[(&str, &str)], expected: &str) {
    let workspace = repository();
    let edit = |edits: &[(&str, &str)]| {
        for (from, to) in edits {
            let is_in = |file: &&&str| workspace.read(file).contains(from);
            let file = [DOCUMENT, CONFIG].iter().find(is_in);
            workspace.edit(file.expect("it is in one of the two"), from, to);
        }
    };
    edit(before);
    if !before.is_empty() {
        assert_eq!(workspace.xtask(&["regenerate"]).code, Some(0));
        commit(&workspace);
    }
    edit(after);
    let ran = diff(&workspace, &["HEAD", "--format", "json"]);
    assert_eq!(ran.code, Some(0), "{}", ran.transcript());
    assert_eq!(rules(&ran).join(", "), expected, "{}", ran.stdout);
}

#[test]
fn operations_and_arguments_that_move() {
    between(
        &[],
        &[
            ("/meals/{meal}:", "/meals/{pick}:"),
            ("name: meal, in", "name: pick, in"),
        ],
        "patch required-parameter-renamed, patch required-parameter-renamed",
    );
    between(
        &[],
        &[
            ("/{id}/meals", "/{whose}/meals"),
            ("name: id, in", "name: whose, in"),
        ],
        "major arguments-swapped, major arguments-swapped, patch required-parameter-renamed, patch required-parameter-renamed",
    );
    let gone =
        "    delete:\n      operationId: fire\n      responses: {'204': {description: Gone.}}\n";
    between(
        &[("/tokens:\n", &format!("/tokens:\n{gone}"))],
        &[(gone, "")],
        "major operation-removed, major feature-removed",
    );
}

#[test]
fn credentials_that_come() {
    let added = (
        "    Token: {",
        "    Other: {type: http, scheme: basic}\n    Token: {",
    );
    let used = (
        "[{Token: []}, {Key: []}]",
        "[{Token: []}, {Key: []}, {Other: []}]",
    );
    between(
        &[],
        &[added, used],
        "minor credential-added, minor security-relaxed",
    );
    let added = (
        "    Token: {",
        "    Other: {type: http, scheme: bearer}\n    Token: {",
    );
    between(
        &[],
        &[added, used],
        "major credential-renamed, minor credential-added, minor security-relaxed",
    );
    let source = "token_source:\n  operation: issue_token\n  token: token\n";
    between(
        &[(source, "")],
        &[("environments:\n", &format!("{source}environments:\n"))],
        "minor token-source-added",
    );
    let token = "        token: {type: string, format: password}\n";
    between(
        &[(token, &format!("{token}        lasts: {{type: integer}}\n"))],
        &[(source, &format!("{source}  expires_in: lasts\n"))],
        "minor token-source-changed",
    );
}

#[test]
fn types_that_are_reached_otherwise() {
    between(
        &[],
        &[
            ("    Hay:\n", "    Straw:\n"),
            ("schemas/Hay'", "schemas/Straw'"),
        ],
        "major union-branch-renamed, major type-renamed",
    );
    let meat = "        - $ref: '#/components/schemas/Meat'\n";
    let text = format!("{meat}        - {{type: string}}\n");
    between(
        &[(meat, &text)],
        &[(&text, meat)],
        "major union-branch-removed",
    );
    between(
        &[],
        &[
            ("    NewAnimal:\n", "    AddAnimal:\n"),
            ("schemas/NewAnimal'", "schemas/AddAnimal'"),
        ],
        "major type-renamed, major type-renamed, major type-renamed, major operation-types-renamed",
    );
    let conflict = "          description: It is there already.\n          content:\n            application/json:\n              schema: {$ref: '#/components/schemas/";
    let (problem, animal) = (
        format!("{conflict}Problem'}}"),
        format!("{conflict}Animal'}}"),
    );
    between(
        &[],
        &[(&problem, &animal)],
        "major enum-now-in-errors, major response-body-changed, major feature-needed, patch type-now-in-errors",
    );
    between(
        &[(&problem, &animal)],
        &[(&animal, &problem)],
        "major response-body-changed, minor type-no-longer-in-errors, minor type-no-longer-in-errors, minor feature-no-longer-needed",
    );
    let listed = (
        "items: {$ref: '#/components/schemas/Animal'}",
        "items: {$ref: '#/components/schemas/NewAnimal'}",
    );
    let sent = "            schema: {$ref: '#/components/schemas/NewAnimal'}\n      responses";
    let other = "            schema: {$ref: '#/components/schemas/MealChange'}\n      responses";
    between(
        &[listed],
        &[(sent, other)],
        "major type-no-longer-in-requests, major type-changed, minor feature-no-longer-needed",
    );
}

/// What stands in one schema and reaches Rust by another is told once.
#[test]
fn members_that_are_inherited() {
    let workspace = repository();
    let heir = "    Hay:\n      allOf: [{$ref: '#/components/schemas/Feed'}]\n";
    let feed = "    Feed:\n      type: object\n      properties:\n        origin: {type: string}\n        name: {type: string}\n";
    workspace.edit(DOCUMENT, "    Hay:\n", &format!("{feed}{heir}"));
    assert_eq!(workspace.xtask(&["regenerate"]).code, Some(0));
    commit(&workspace);
    workspace.edit(DOCUMENT, "        origin: {type: string}\n", "");
    let ran = diff(&workspace, &["HEAD", "--format", "json"]);
    assert_eq!(
        rules(&ran),
        ["major member-removed"],
        "{}",
        ran.transcript()
    );
    assert!(
        ran.stdout.contains("\"document_only\": []"),
        "{}",
        ran.stdout
    );
}

#[test]
fn every_rule_is_met() {
    // Those about whole clients and about the generator stand in snapshots.
    let elsewhere = [
        "client-added",
        "client-removed",
        "unexplained-api-added",
        "unexplained-api-removed",
    ];
    let edits = concat!(
        include_str!("diff_combined_edits.rs"),
        include_str!("diff_report.rs"),
        include_str!("diff_semantic.rs"),
        include_str!("diff_semantic_types.rs"),
        include_str!("diff_wire.rs"),
        include_str!("../src/edits.rs")
    );
    let missing: Vec<&str> = codegen::diff::ALL
        .iter()
        .flat_map(|part| part.iter())
        .map(|rule| rule.id)
        .filter(|id| !elsewhere.contains(id) && !edits.contains(&format!(" {id}")))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}
