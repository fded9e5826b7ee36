//! What becomes of each feature of OpenAPI: run for real, and written to `docs/features.md`.

use std::collections::BTreeSet;

use codegen::config::{Job, Layout};
use codegen::pipeline::generate;
use codegen::report::Loss;
use codegen::source::{Input, Source};
use serde_json::{Value, json};

use crate::output::root;

/// What becomes of a feature.
struct Outcome {
    verdict: &'static str,
    /// By which rules and diagnostics, and what is lost.
    how: String,
}

/// The smallest document that uses a feature.
fn document(row: &Value) -> Value {
    let version = row["version"].as_str().unwrap_or("3.1.0");
    let mut root = json!({
        "openapi": version,
        "info": {"title": "Features", "version": "1"},
        "servers": [{"url": "https://a.example"}],
        "components": {"schemas": {}, "securitySchemes": {}},
        "paths": {},
    });
    let mut operation = json!({"responses": {"204": {"description": "Done."}}});
    let json_of = |schema: &Value| {
        let member = json!({"type": "object", "properties": {"member": schema}});
        json!({"application/json": {"schema": member}})
    };
    let body = match (row.get("body"), row.get("schema")) {
        (Some(content), _) => Some(content.clone()),
        (_, Some(schema)) => Some(json_of(schema)),
        _ => None,
    };
    if let Some(content) = &body {
        operation["requestBody"] = json!({"required": true, "content": content});
    }
    if let Some(schema) = row.get("schema") {
        let answer = json!({"description": "It is.", "content": json_of(schema)});
        operation["responses"] = json!({ "200": answer });
    }
    if let Some(parameter) = row.get("parameter") {
        operation["parameters"] = json!([parameter]);
    }
    if let Some(answers) = row.get("answers") {
        operation["responses"] = answers.clone();
    }
    if row.get("key").is_some() {
        root["components"]["securitySchemes"] = json!({
            "Key": {"type": "apiKey", "in": "header", "name": "x-key"},
            "Token": {"type": "http", "scheme": "bearer"},
        });
    }
    if let Some(scheme) = row.get("scheme") {
        root["components"]["securitySchemes"]["Scheme"] = scheme.clone();
        operation["security"] = json!([{"Scheme": []}]);
    }
    merge(&mut operation, row.get("operation"));
    let mut path = json!({});
    // A path item that is a reference has no operation of its own.
    if row["path"].get("$ref").is_none() {
        path["post"] = operation;
    }
    merge(&mut path, row.get("path"));
    root["paths"]["/things"] = path;
    merge(&mut root, row.get("root"));
    root
}

/// Puts the members of an object into another, object by object.
fn merge(value: &mut Value, more: Option<&Value>) {
    match (value, more) {
        (Value::Object(members), Some(Value::Object(more))) => {
            for (name, more) in more {
                merge(members.entry(name).or_insert(Value::Null), Some(more));
            }
        }
        (value, Some(more)) => *value = more.clone(),
        (_, None) => {}
    }
}

fn outcome(row: &Value) -> Outcome {
    let source = Source::new(
        Input::Document,
        "features.json",
        document(row).to_string().into_bytes(),
    );
    let output = generate(&Job {
        layout: Layout::Member,
        ..Job::of(&source)
    });
    let diagnostics = output.report.diagnostics.iter();
    let told: BTreeSet<String> = diagnostics
        .map(|it| format!("`{}`: {}", it.kind.id, it.kind.why))
        .collect();
    let rules = output.report.log.iter().map(|it| it.rule);
    let lost: Vec<(&str, Loss)> = rules.filter_map(|it| Some((it.id, it.loss?))).collect();
    let losses: BTreeSet<String> = lost
        .iter()
        .map(|(id, loss)| format!("`{id}`, lost: {}", loss.what()))
        .collect();
    let unchecked = |(_, loss): &(&str, Loss)| matches!(loss, Loss::Unchecked(_));
    let verdict = match output.made.is_some() {
        false => "refused",
        true if told.is_empty() && lost.is_empty() => "full",
        true if told.is_empty() && lost.iter().all(unchecked) => "unchecked",
        true => "degraded",
    };
    let all: Vec<String> = told.into_iter().chain(losses).collect();
    Outcome {
        verdict,
        how: all.join("; "),
    }
}

#[test]
fn every_feature_is_in_the_docs() {
    let path = root().join("tests/fixtures/features.yaml");
    let text = std::fs::read_to_string(path).expect("it is there");
    let sections: Vec<serde_json::Map<String, Value>> =
        serde_yaml::from_str(&text).expect("it is YAML");
    let mut text = String::new();
    let mut counts = std::collections::BTreeMap::new();
    for (section, rows) in sections.iter().flatten() {
        text.push_str(&format!(
            "\n## {section}\n\n| feature | client | how |\n| --- | --- | --- |\n"
        ));
        let rows = rows.as_array().expect("a section is a list");
        for (name, row) in rows.iter().flat_map(|it| it.as_object().expect("a row")) {
            let Outcome { verdict, how } = outcome(row);
            *counts.entry(verdict).or_insert(0) += 1;
            assert!(!how.contains("generator-"), "{section}, {name}: {how}");
            text.push_str(&format!(
                "| {name} | {verdict} | {} |\n",
                how.replace('|', "\\|")
            ));
        }
    }
    let count = |verdict: &str| counts.get(verdict).copied().unwrap_or(0);
    let head = format!(
        "# Features of OpenAPI\n\n\
         What becomes of each in a generated client. *Full*: the client does what the document \
         says.\n*Unchecked*: all that is valid is sent and read; the client does not refuse \
         what is not, or\nleaves it to the server. *Degraded*: the operation is generated, and \
         the caller has to know more.\nBoth are told in `lowering.log`. *Refused*: nothing is \
         generated, and the diagnostic says what to do\n([diagnostics](diagnostics.md)).\n\n\
         {} full, {} unchecked, {} degraded, {} refused. Each row is run from `tests/fixtures/features.yaml`;\n\
         `INSTA_UPDATE=always cargo test -p tests features` writes this page.\n",
        count("full"),
        count("unchecked"),
        count("degraded"),
        count("refused"),
    );
    crate::docs::hold("docs/features.md", &format!("{head}{text}"));
}
