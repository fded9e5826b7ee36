//! What the workflows promise: pinned actions, few rights, bounded time, and no text of others in
//! a shell.

use std::collections::BTreeMap;

use serde_yaml::{Mapping, Value};

use crate::output::root;

/// Every workflow's text, by its file.
fn workflows() -> BTreeMap<String, String> {
    let folder = root().join(".github/workflows");
    let files = std::fs::read_dir(folder).expect("there are some");
    let files = files.map(|entry| {
        let path = entry.expect("it can be listed").path();
        let text = std::fs::read_to_string(&path).expect("it can be read");
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        (name.into_owned(), text)
    });
    files.collect()
}

fn map<'a>(value: &'a Value, what: &str) -> &'a Mapping {
    value
        .as_mapping()
        .unwrap_or_else(|| panic!("{what} is a map"))
}

/// Every step of every job, and the text that it stands for.
fn problems(file: &str, text: &str) -> Vec<String> {
    let root: Value = serde_yaml::from_str(text).expect("it is YAML");
    let mut problems = Vec::new();
    let mut must = |holds: bool, problem: String| {
        if !holds {
            problems.push(format!("{file}: {problem}"));
        }
    };
    for key in ["name", "on", "permissions", "jobs"] {
        must(root.get(key).is_some(), format!("no {key}"));
    }
    let writes = |permissions: &Value| {
        let rights = permissions.as_mapping();
        rights.is_none_or(|rights| rights.values().any(|right| right == "write"))
    };
    must(!writes(&root["permissions"]), "all jobs may write".into());
    must(
        root["on"].get("pull_request_target").is_none(),
        "others' changes run with our rights".into(),
    );
    for (name, job) in map(&root["jobs"], "jobs") {
        let name = name.as_str().unwrap_or_default();
        must(
            job["timeout-minutes"].is_number(),
            format!("{name} has no timeout"),
        );
        for step in job["steps"].as_sequence().into_iter().flatten() {
            let run = step["run"].as_str().unwrap_or_default();
            must(
                !run.contains("${{"),
                format!("{name} expands into a shell: {run}"),
            );
            let uses = step["uses"].as_str().unwrap_or_default();
            if let Some((_, commit)) = uses.split_once('@') {
                let pinned =
                    commit.len() == 40 && commit.bytes().all(|sign| sign.is_ascii_hexdigit());
                must(pinned, format!("{uses} is not pinned"));
                let noted = format!("{uses} # v");
                must(text.contains(&noted), format!("{uses} has no version"));
            }
            if uses.starts_with("actions/checkout@") {
                let kept = &step["with"]["persist-credentials"];
                must(
                    kept.as_bool() == Some(false),
                    format!("{name} keeps credentials"),
                );
            }
        }
    }
    problems
}

/// A tag can be moved; a commit cannot.
#[test]
fn workflows_are_pinned_bounded_and_closed_to_text_of_others() {
    let workflows = workflows();
    assert_eq!(
        workflows.keys().collect::<Vec<_>>(),
        ["check.yml", "update.yml"]
    );
    let problems = workflows
        .iter()
        .flat_map(|(file, text)| problems(file, text));
    let problems: Vec<String> = problems.collect();
    assert!(problems.is_empty(), "{problems:#?}");
}

/// The job that builds what is made from a document has no right to write; the one that writes
/// builds nothing.
#[test]
fn what_a_document_brings_runs_without_rights() {
    let text = &workflows()["update.yml"];
    let root: Value = serde_yaml::from_str(text).expect("it is YAML");
    for (name, job) in map(&root["jobs"], "jobs") {
        let rights = map(&job["permissions"], "permissions");
        let writes = rights.values().any(|other| other == "write");
        let steps = job["steps"].as_sequence().expect("there are steps");
        let token = steps
            .iter()
            .any(|value| value["env"].get("GH_TOKEN").is_some());
        let builds = steps
            .iter()
            .filter_map(|value| value["run"].as_str())
            .any(|run| run.contains("cargo") || run.contains(".ci/update"));
        assert!(!(builds && (writes || token)), "{name:?}");
    }
    let propose = std::fs::read_to_string(crate::output::root().join(".ci/propose"));
    let propose = propose.expect("it is there");
    assert!(!propose.contains("cargo") && !propose.contains("eval"));
}

/// The checks above see what they are for.
#[test]
fn a_careless_workflow_is_seen() {
    let careless = "\
name: Careless
on:
  pull_request_target:
permissions: write-all
jobs:
  all:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v5
      - run: echo ${{ github.event.pull_request.title }}
";
    let problems = problems("careless.yml", careless).join("\n");
    insta::assert_snapshot!("workflow_careless", problems);
}
