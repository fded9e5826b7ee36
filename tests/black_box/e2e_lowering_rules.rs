//! Every rule of lowering, on the wire: the client of `rules.yaml` is generated, compiled, and called
//! against servers that this test runs. A rule is proven by what they received, or by what the client
//! made of what they answered: `e2e_lowering_rules/evidence.rs` says by what.

mod evidence;

use std::collections::BTreeSet;
use std::path::Path;

use codegen::config::Job;
use codegen::pipeline::{generate, rules};
use codegen::source::{Input, Source};
use tests::control::Control;
use tests::project::Project;
use tests::workspace::files_below;

use crate::output::root;

const DEPENDENCIES: &str = r#"
lighthouse-client = { path = "../made" }
openapi-client-runtime = { path = "../made/runtime" }
serde_json = "1"
tokio = { version = "1.54.1", default-features = false, features = ["macros", "rt"] }
"#;

/// The sources of the program.
const SOURCES: [(&str, &str); 6] = [
    ("rules_app/compositions.rs", "compositions.rs"),
    ("rules_app/main.rs", "main.rs"),
    ("rules_app/operations.rs", "operations.rs"),
    ("rules_app/servers.rs", "servers.rs"),
    ("rules_app/values.rs", "values.rs"),
    ("rules_app/wire.rs", "wire.rs"),
];

/// The fixtures whose clients are called against a socket, or whose values are read and written.
const FIXTURES: [&str; 4] = ["parcel.yaml", "rules.yaml", "shelf.yaml", "values.yaml"];

fn read(path: impl AsRef<Path>) -> String {
    std::fs::read_to_string(root().join(path)).expect("it is there")
}

/// The rules that apply to a fixture.
fn applied(fixture: &str) -> BTreeSet<&'static str> {
    let text = read(format!("tests/fixtures/{fixture}"));
    let output = generate(&Job::of(&Source::new(Input::Document, fixture, text)));
    assert!(output.made.is_some(), "{:?}", output.report.diagnostics);
    output
        .report
        .log
        .iter()
        .map(|applied| applied.rule.id)
        .collect()
}

/// The id that a line of a source declares: of a rule by itself, or of the row of a table.
fn declared_in(line: &str, is_table: bool) -> Option<&str> {
    let (name, rest) = line.trim_start().split_once('"')?;
    let (id, rest) = rest.split_once('"')?;
    let name = name.trim_end();
    let is_constant = name
        .chars()
        .all(|sign| sign.is_ascii_uppercase() || sign == '_');
    let is_row = name == "rule!(" || is_constant && rest.starts_with(": \"");
    (name == "id:" || is_table && is_row).then_some(id)
}

/// The ids of the rules that the sources declare.
fn declared() -> BTreeSet<String> {
    let stages = [
        "build",
        "faults.rs",
        "lower",
        "name",
        "select",
        "server_url.rs",
        "swagger",
    ];
    let files = stages
        .iter()
        .flat_map(|stage| files_below(&root().join("codegen/src").join(stage)));
    let mut declared = BTreeSet::new();
    for path in files {
        let is_table = path.to_string_lossy().ends_with("_rules.rs");
        let text = read(path);
        let ids = text.lines().filter_map(|line| declared_in(line, is_table));
        declared.extend(ids.map(str::to_owned));
    }
    // The one that is not logged.
    declared.remove("reference-with-siblings");
    declared
}

/// These rules, and those that a case of `tests/rules` or `tests/faults`, or the client of a document in
/// Swagger 2.0, proves.
fn with_cases(ids: BTreeSet<&str>) -> BTreeSet<String> {
    let ids = ids.into_iter().map(str::to_owned);
    let cases = crate::rule_cases::ids().into_iter();
    let faults = crate::fault_cases::RULES.map(str::to_owned);
    let conversion = crate::e2e_swagger::ids();
    ids.chain(cases).chain(faults).chain(conversion).collect()
}

#[test]
fn every_rule_applies_to_a_fixture() {
    let known: BTreeSet<&str> = rules().map(|rule| rule.id).collect();
    assert_eq!(rules().count(), known.len(), "an id is of one rule");
    let declared = declared();
    let declared: BTreeSet<&str> = declared.iter().map(String::as_str).collect();
    assert_eq!(declared, known, "`pipeline::rules` has every rule");
    let applied: BTreeSet<&str> = FIXTURES.into_iter().flat_map(applied).collect();
    let applied = with_cases(applied);
    let known = known.into_iter().map(str::to_owned).collect();
    assert_eq!(applied, known, "every rule is in a `lowering.log`");
}

#[test]
fn every_rule_is_proven_on_the_wire() {
    let project = Project::of_fixture("rules");
    insta::assert_snapshot!("rules_applied", project.read("lowering.log"));
    let control = Control::start();
    let address = control.address();
    let variables = [("CONTROL", address.as_str())];
    let printed = project.run_program_with(DEPENDENCIES, &SOURCES, &variables);
    let requests = control.requests();
    let missing: Vec<String> = evidence::ALL
        .iter()
        .filter(|(_, evidence)| !evidence.is_there(&requests, &printed))
        .map(|(rule, evidence)| format!("{rule}: {evidence:?}"))
        .collect();
    let received = requests.join("\n\n");
    assert!(
        missing.is_empty(),
        "{}\n\n{received}\n\n{printed}",
        missing.join("\n")
    );
    let proven: BTreeSet<&str> = evidence::ALL.iter().map(|(rule, _)| *rule).collect();
    let known: BTreeSet<String> = rules().map(|rule| rule.id.to_owned()).collect();
    assert_eq!(
        with_cases(proven.clone()),
        known,
        "every rule has its evidence"
    );
    assert!(
        proven.is_subset(&applied("rules.yaml")),
        "what is proven applies"
    );
}
