//! What becomes of each feature of OpenAPI: run for real, and written to `docs/features.md`.

use std::collections::{BTreeMap, BTreeSet};

use codegen::config::{Job, Layout};
use codegen::pipeline::generate;
use codegen::report::{Loss, Report};
use codegen::source::{Input, Source};
use serde_json::{Value, json};

use crate::output::root;

/// What becomes of a feature.
struct Outcome {
    verdict: &'static str,
    /// By which rules and diagnostics, and what is lost.
    how: String,
    /// The expectations that do not hold.
    wrong: Vec<String>,
}

/// The smallest document that uses a feature.
fn document(row: &Value) -> Value {
    let version = row["version"].as_str().unwrap_or("3.1.0");
    if version == SWAGGER {
        return swagger_document(row);
    }
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
    with_operation(root, operation, row)
}

/// A document with one operation, and with what a row adds to the operation, its path and the root.
fn with_operation(mut root: Value, mut operation: Value, row: &Value) -> Value {
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

/// The version of the rows that are documents in Swagger 2.0.
const SWAGGER: &str = "2.0";

/// The smallest document in Swagger 2.0 that uses a feature.
fn swagger_document(row: &Value) -> Value {
    let mut root = json!({
        "swagger": SWAGGER,
        "info": {"title": "Features", "version": "1"},
        "host": "a.example",
        "schemes": ["https"],
        "paths": {},
    });
    let mut operation = json!({"responses": {"204": {"description": "Done."}}});
    if let Some(schema) = row.get("schema") {
        let schema = json!({"type": "object", "properties": {"member": schema}});
        let body = json!({"name": "body", "in": "body", "required": true, "schema": schema});
        operation["parameters"] = json!([body]);
        operation["responses"] = json!({"200": {"description": "It is.", "schema": schema}});
    }
    if let Some(parameter) = row.get("parameter") {
        operation["parameters"] = json!([parameter]);
    }
    if let Some(answer) = row.get("answer") {
        operation["responses"] = json!({ "200": answer });
    }
    if let Some(scheme) = row.get("scheme") {
        root["securityDefinitions"] = json!({ "Scheme": scheme });
        operation["security"] = json!([{"Scheme": []}]);
    }
    with_operation(root, operation, row)
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

/// The sources of the crate that a row's document gives, as one text, and the report.
fn generated(row: &Value) -> (Option<String>, Report) {
    let text = document(row).to_string().into_bytes();
    let source = Source::new(Input::Document, "features.json", text);
    let output = generate(&Job {
        layout: Layout::Member,
        ..Job::of(&source)
    });
    let sources = output.made.map(|made| {
        let sources = made
            .files
            .into_iter()
            .filter(|(path, _)| path.starts_with("src/"));
        sources.map(|(_, text)| text).collect()
    });
    (sources, output.report)
}

/// The fragments of Rust that a row expects.
fn expected(row: &Value) -> Vec<&str> {
    match &row["expect"] {
        Value::Array(fragments) => fragments.iter().filter_map(Value::as_str).collect(),
        fragment => fragment.as_str().into_iter().collect(),
    }
}

/// The fragments that a row expects and that prove nothing: they are not in its crate, or they are in
/// the crate of a document without the feature. Line breaks do not matter.
fn disproved(row: &Value, sources: &str) -> Vec<String> {
    let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let (plain, _) = generated(&json!({ "version": row["version"] }));
    let plain = one_line(&plain.expect("the plain document is accepted"));
    let sources = one_line(sources);
    let is_wrong = |fragment: &&&str| {
        plain.contains(**fragment) && row["operation"] != json!({}) || !sources.contains(**fragment)
    };
    let wrong = expected(row);
    wrong
        .iter()
        .filter(is_wrong)
        .map(ToString::to_string)
        .collect()
}

/// What becomes of a feature that nothing was reported of.
fn quiet_verdict(row: &Value, sources: &str) -> Outcome {
    if let Some(without) = row.get("ignored") {
        let (plain, _) = generated(without);
        let is_same = plain.is_some_and(|plain| plain == sources);
        return Outcome {
            verdict: "ignored",
            how: String::new(),
            wrong: if is_same {
                Vec::new()
            } else {
                vec!["it has an effect".to_owned()]
            },
        };
    }
    let expected = expected(row);
    let how: Vec<String> = expected
        .iter()
        .map(|fragment| format!("`` {fragment} ``"))
        .collect();
    Outcome {
        verdict: if expected.is_empty() {
            "accepted"
        } else {
            "full"
        },
        how: how.join("; "),
        wrong: disproved(row, sources),
    }
}

fn outcome(row: &Value) -> Outcome {
    let (sources, report) = generated(row);
    let diagnostics = report.diagnostics.iter();
    let found: BTreeSet<String> = diagnostics
        .map(|diagnostic| format!("`{}`: {}", diagnostic.kind.id, diagnostic.kind.why))
        .collect();
    let rules = report.log.iter().map(|applied| applied.rule);
    let lost: Vec<(&str, Loss)> = rules
        .filter_map(|rule| Some((rule.id, rule.loss?)))
        .collect();
    let losses: BTreeSet<String> = lost
        .iter()
        .map(|(id, loss)| format!("`{id}`, lost: {}", loss.what()))
        .collect();
    let unchecked = |(_, loss): &(&str, Loss)| matches!(loss, Loss::Unchecked(_));
    let verdict = match sources {
        None => "refused",
        Some(sources) if found.is_empty() && lost.is_empty() => {
            return quiet_verdict(row, &sources);
        }
        Some(_) if found.is_empty() && lost.iter().all(unchecked) => "unchecked",
        Some(_) => "degraded",
    };
    let reported: Vec<String> = found.into_iter().chain(losses).collect();
    Outcome {
        verdict,
        how: reported.join("; "),
        wrong: Vec::new(),
    }
}

/// The words for what becomes of a feature, and what they mean.
const VERDICTS: [(&str, &str); 6] = [
    (
        "full",
        "the client does what the document says, which the shown part of the generated Rust proves",
    ),
    (
        "accepted",
        "nothing is reported as lost, and no test looks at the generated Rust",
    ),
    (
        "ignored",
        "the client is the same with and without it, and nothing says so",
    ),
    (
        "unchecked",
        "all that is valid is sent and read; the client does not refuse what is not, or leaves it to the server",
    ),
    (
        "degraded",
        "the operation is generated, and the caller has to know more",
    ),
    (
        "refused",
        "nothing is generated, and the diagnostic says what to do ([diagnostics](diagnostics.md))",
    ),
];

#[test]
fn every_feature_is_in_the_docs() {
    let path = root().join("tests/fixtures/features.yaml");
    let text = std::fs::read_to_string(path).expect("it is there");
    let sections: Vec<serde_json::Map<String, Value>> =
        serde_yaml::from_str(&text).expect("it is YAML");
    let mut tables = String::new();
    let mut problems = Vec::new();
    let mut counts = BTreeMap::new();
    for (section, rows) in sections.iter().flatten() {
        tables.push_str(&format!(
            "\n## {section}\n\n| feature | client | how |\n| --- | --- | --- |\n"
        ));
        let rows = rows.as_array().expect("a section is a list");
        let rows = rows.iter().flat_map(|row| row.as_object().expect("a row"));
        for (name, row) in rows {
            let Outcome {
                verdict,
                how,
                wrong,
            } = outcome(row);
            problems.extend(
                wrong
                    .iter()
                    .map(|wrong| format!("{section}, {name}: {wrong}")),
            );
            *counts.entry(verdict).or_insert(0) += 1;
            assert!(!how.contains("generator-"), "{section}, {name}: {how}");
            let how = how.replace('|', "\\|");
            tables.push_str(&format!("| {name} | {verdict} | {how} |\n"));
        }
    }
    assert!(
        problems.is_empty(),
        "not as expected:\n{}",
        problems.join("\n")
    );
    let mut head =
        "# Features of OpenAPI\n\nWhat becomes of each in a generated client:\n\n".to_owned();
    for (verdict, meaning) in VERDICTS {
        let count = counts.get(verdict).copied().unwrap_or(0);
        head.push_str(&format!("- *{verdict}* ({count}): {meaning}.\n"));
    }
    head.push_str(
        "\n`lowering.log` tells of each *unchecked* and *degraded* feature. Each row is run from\n\
         `tests/fixtures/features.yaml`, which has its part of a document and the Rust that it expects;\n\
         `INSTA_UPDATE=always cargo test -p tests features` writes this page.\n",
    );
    crate::generated_docs::hold("docs/features.md", &format!("{head}{tables}"));
}
