//! What is added to a document stands between what is there: no line of a crate changes its place,
//! so a diff shows the addition alone.

use std::collections::BTreeMap;

use codegen::config::Job;
use codegen::pipeline::generate;
use codegen::source::{Input, Source};
use tests::edits::{self, Edit};

use crate::output::root;

/// The sources of the crate of a document.
fn sources(document: &str) -> BTreeMap<String, String> {
    let document = Source::new(Input::Document, "openapi.yaml", document);
    let config = Source::new(Input::Config, "client.yaml", edits::CONFIG);
    let output = generate(&Job {
        config: Some(&config),
        ..Job::of(&document)
    });
    let made = output.made;
    let made = made.unwrap_or_else(|| panic!("{:?}", output.report.diagnostics));
    let mut files = made.files;
    files.retain(|path, _| path.starts_with("src/"));
    files
}

/// What a source declares, line by line: items, members, variants and methods, up to the name.
fn declared(text: &str) -> Vec<&str> {
    let declares = |line: &str| {
        let line = line.trim_start();
        let begins = ["pub ", "impl", "runtime::", "required ", "optional "];
        let variant = line.starts_with(char::is_uppercase) && line.ends_with(',');
        variant || begins.iter().any(|value| line.starts_with(value))
    };
    let lines = text.lines().filter(|line| declares(line));
    // The arguments of a function may become more.
    lines
        .map(|line| line.split_inclusive('(').next().unwrap_or(line))
        .collect()
}

/// The first line that is not in the newer text, or not behind those before it.
fn moved<'a>(old: &[&'a str], new: &[&str]) -> Option<&'a str> {
    let mut rest = new.iter();
    old.iter()
        .find(|line| !rest.any(|other| other == *line))
        .copied()
}

/// Edits that add something, and take nothing away.
fn additions() -> impl Iterator<Item = &'static Edit> {
    let tables = [
        edits::OPERATIONS,
        edits::PARAMETERS,
        edits::RESPONSES,
        edits::TYPES,
    ];
    let added = |rule: &str| rule.starts_with("minor ") && rule.ends_with("-added");
    let all = tables.into_iter().flatten();
    all.filter(move |(_, _, rules)| rules.split(", ").all(added))
}

#[test]
fn an_addition_moves_nothing() {
    let document = std::fs::read_to_string(root().join("tests/fixtures/zoo.yaml"));
    let document = document.expect("it is there");
    let before = sources(&document);
    let mut wrong = Vec::new();
    let mut tried = 0;
    for (from, to, rules) in additions() {
        tried += 1;
        let after = sources(&document.replacen(from, to, 1));
        for (path, text) in &before {
            let (old, new) = (declared(text), declared(&after[path]));
            if let Some(line) = moved(&old, &new) {
                wrong.push(format!("{rules}: {path}: {line}"));
            }
        }
    }
    assert!(tried >= 8, "{tried} additions");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The check above sees what it is for.
#[test]
fn a_line_that_moves_is_seen() {
    let old = declared("pub mod a;\npub mod b;\npub fn c(&self) {}\n");
    assert_eq!(old, ["pub mod a;", "pub mod b;", "pub fn c("]);
    assert_eq!(
        moved(
            &old,
            &["pub mod a;", "pub mod x;", "pub mod b;", "pub fn c("]
        ),
        None
    );
    assert_eq!(
        moved(&old, &["pub mod b;", "pub mod a;", "pub fn c("]),
        Some("pub mod b;")
    );
}
