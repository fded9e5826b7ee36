//! The cases of `tests/faults`: a violation of OpenAPI costs at most the operation that has it, and
//! is reported with its place and what it costs; in strict mode nothing is generated.

use std::path::PathBuf;

use codegen::config::Job;
use codegen::diagnostic::{Diagnostic, Place};
use codegen::pipeline::generate;
use codegen::source::{Input, Source};
use serde_json::{Value, json};
use tests::workspace::{files_below, repository};

/// A case.
struct Case {
    name: String,
    document: Value,
    finds: Vec<String>,
    operations: Vec<String>,
    rust: Vec<String>,
}

impl Case {
    fn read(path: &PathBuf) -> Self {
        let name = path.file_stem().expect("it has a name").to_string_lossy();
        let text = std::fs::read_to_string(path).expect("it is text");
        let mut keys: serde_json::Map<String, Value> =
            serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        let mut take = |key: &str| keys.remove(key).unwrap_or_default();
        let texts = |value: Value| -> Vec<String> {
            serde_json::from_value(value).expect("it is a list of texts")
        };
        assert!(take("shows").is_string(), "{name} says what it shows");
        let finds = texts(take("finds"));
        let operations = texts(take("operations"));
        let rust = match take("rust") {
            Value::Null => Vec::new(),
            pieces => texts(pieces),
        };
        let mut document =
            json!({ "openapi": "3.1.0", "info": { "title": "Shop", "version": "1" } });
        for (key, value) in keys {
            document[key] = value;
        }
        Self {
            name: name.into_owned(),
            document,
            finds,
            operations,
            rust,
        }
    }
}

fn cases() -> Vec<Case> {
    let mut files: Vec<PathBuf> = files_below(&repository().join("tests/faults")).collect();
    files.retain(|path| {
        path.extension()
            .is_some_and(|extension| extension == "yaml")
    });
    files.sort();
    files.iter().map(Case::read).collect()
}

/// A diagnostic as a case writes it.
fn line(diagnostic: &Diagnostic) -> String {
    let cost = diagnostic.tolerance.as_ref();
    let cost = cost.map_or("an error", |tolerance| tolerance.cost.name());
    let place = match &diagnostic.place {
        Place::Node(_, pointer) => pointer.to_string(),
        other => format!("{other:?}"),
    };
    format!("{}, {cost}, {place}", diagnostic.kind.id)
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_fault_costs_at_most_its_operation() {
    for case in cases() {
        let name = &case.name;
        let text = case.document.to_string();
        let source = Source::new(Input::Document, "openapi.json", text);
        let output = generate(&Job::of(&source));
        let found = &output.report.diagnostics;
        let mut lines: Vec<String> = found.iter().map(line).collect();
        lines.sort();
        assert_eq!(lines, case.finds, "{name}");
        let made = output.made.unwrap_or_else(|| panic!("{name} is refused"));
        let sources = made.files.iter().filter(|(path, _)| path.ends_with(".rs"));
        let code: String = sources.map(|(_, text)| squeezed(text) + "\n").collect();
        for operation in &case.operations {
            let method = format!("pub fn {operation}(");
            assert!(code.contains(&method), "{name} has no {operation}");
        }
        assert_eq!(made.operations, case.operations.len(), "{name}");
        let mut pieces = case.rust.iter();
        let missing = pieces.find(|piece| !code.contains(&squeezed(piece)));
        assert!(
            missing.is_none(),
            "{name}: no `{}`",
            missing.unwrap_or(name)
        );
        let logged = output.report.log.iter();
        let logged = logged.filter(|applied| RULES.contains(&applied.rule.id));
        assert_eq!(logged.count(), case.finds.len(), "{name}: each is logged");
    }
}

/// The rules that log faults.
pub(crate) const RULES: [&str; 3] = ["faulty-part", "left-out-operation", "mended-fault"];

#[test]
fn a_strict_run_generates_nothing_from_a_faulty_document() {
    for case in cases() {
        let source = Source::new(Input::Document, "openapi.json", case.document.to_string());
        let strict = Job {
            strict: true,
            ..Job::of(&source)
        };
        let output = generate(&strict);
        assert!(output.made.is_none(), "{}", case.name);
        let found = &output.report.diagnostics;
        assert!(found.iter().any(Diagnostic::is_error), "{}", case.name);
        assert!(
            found.iter().all(|found| found.tolerance.is_none()),
            "{}",
            case.name
        );
    }
}

/// A tree has no equal keys, so they need a text.
#[test]
fn equal_keys_are_read_as_far_as_they_agree() {
    let text = "openapi: 3.1.0\ninfo: {title: Shop, version: '1', version: '1'}\npaths:\n  \
                /pets:\n    get: {operationId: getPets, responses: {'204': {description: Found.}}}\n  \
                /pets:\n    put:\n      operationId: putPet\n      operationId: savePet\n      \
                responses: {'204': {description: Found.}}\n";
    let source = Source::new(Input::Document, "openapi.yaml", text);
    let output = generate(&Job::of(&source));
    let found = output.report.diagnostics.iter();
    let costs: Vec<_> = found.filter_map(|found| found.tolerance.clone()).collect();
    let readings: Vec<&str> = costs.iter().map(|cost| cost.reading.as_str()).collect();
    let expected = [
        "both are the same",
        "the last one counts",
        "read as one object with the members of both",
    ];
    assert_eq!(readings, expected);
    let made = output.made.expect("it is generated");
    for operation in ["get_pets", "save_pet"] {
        let method = format!("pub fn {operation}(");
        let mut files = made.files.values();
        assert!(files.any(|text| text.contains(&method)), "{operation}");
    }
    let strict = generate(&Job {
        strict: true,
        ..Job::of(&source)
    });
    assert!(strict.made.is_none());
}

#[test]
fn a_document_of_which_nothing_is_left_is_refused() {
    let paths = "paths: {'/pets/{id': {get: {responses: {'204': {description: Found.}}}}}";
    let text = format!("openapi: 3.1.0\ninfo: {{title: Shop, version: '1'}}\n{paths}\n");
    let source = Source::new(Input::Document, "openapi.yaml", text);
    let output = generate(&Job::of(&source));
    assert!(output.made.is_none());
    let lines: Vec<String> = output.report.diagnostics.iter().map(line).collect();
    let expected = [
        "invalid-path, left out, /paths/~1pets~1{id",
        "no-operation-left, an error, /paths",
    ];
    assert_eq!(lines, expected);
}

#[test]
fn a_case_shows_each_kind_of_fault() {
    let mut shown: Vec<String> = cases().into_iter().flat_map(|case| case.finds).collect();
    shown.push("duplicate-key, of which the test of equal keys has all cases".to_owned());
    let kinds = codegen::diagnostics::ALL.iter();
    let faults = kinds.filter(|kind| kind.level == codegen::diagnostic::Level::Fault);
    let missing: Vec<&str> = faults
        .map(|kind| kind.id)
        .filter(|id| !shown.iter().any(|line| line.starts_with(&format!("{id},"))))
        .collect();
    assert!(missing.is_empty(), "no case shows {missing:?}");
}
