//! The cases of `tests/rules`: each shows what a rule for schemas logs, what Rust comes of it, and
//! that values of the schema are sent and received without a change.

use std::collections::BTreeMap;

use codegen::config::Job;
use codegen::pipeline::generate;
use codegen::source::{Input, Source};
use serde_json::{Value, json};
use tests::project::Project;
use tests::server::Server;
use tests::workspace::{files_below, repository};

/// A case.
struct Case {
    /// The id of the rule.
    rule: String,
    /// The component that has the schema: the words of the file's name.
    component: String,
    schema: Value,
    schemas: BTreeMap<String, Value>,
    detail: Option<String>,
    rust: Vec<String>,
    values: Vec<Value>,
}

impl Case {
    fn of(name: &str, text: &str) -> Self {
        let mut keys: BTreeMap<String, Value> = serde_yaml::from_str(text).expect("a case is YAML");
        let mut take = |key: &str| keys.remove(key).unwrap_or_default();
        let read = |value: Value| serde_json::from_value(value).expect("the key has its form");
        let shows: String =
            serde_json::from_value(take("shows")).expect("a case says what it shows");
        assert!(!shows.is_empty(), "{name}");
        let case = Self {
            rule: name.split('.').next().unwrap_or_default().to_owned(),
            component: pascal(name),
            schema: take("schema"),
            schemas: serde_json::from_value(take("schemas")).unwrap_or_default(),
            detail: take("detail").as_str().map(str::to_owned),
            rust: serde_json::from_value(take("rust")).expect("`rust` is a list of texts"),
            values: read(take("values")),
        };
        assert!(
            keys.is_empty(),
            "{name}: no key is called {:?}",
            keys.keys()
        );
        assert!(!case.values.is_empty(), "{name}: a case has values");
        case
    }
}

/// `all-of-refined.2` is `AllOfRefined2`.
fn pascal(name: &str) -> String {
    let words = name.split(['-', '.']);
    let words = words.map(|word| {
        let (first, rest) = word.split_at(word.len().min(1));
        first.to_uppercase() + rest
    });
    words.collect()
}

fn cases() -> Vec<Case> {
    let mut files: Vec<_> = files_below(&repository().join("tests/rules"))
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "yaml")
        })
        .collect();
    files.sort();
    let read = |path: &std::path::PathBuf| {
        let name = path.file_stem().expect("it has a name").to_string_lossy();
        Case::of(&name, &std::fs::read_to_string(path).expect("it is text"))
    };
    files.iter().map(read).collect()
}

/// The rules of which there are cases.
pub(crate) fn ids() -> Vec<String> {
    cases().into_iter().map(|case| case.rule).collect()
}

/// A document with an operation for each case that sends its schema and receives it.
fn document(cases: &[Case]) -> Value {
    let (mut paths, mut schemas) = (json!({}), json!({}));
    for (index, case) in cases.iter().enumerate() {
        let reference = json!({ "$ref": format!("#/components/schemas/{}", case.component) });
        let content = json!({ "application/json": { "schema": reference } });
        paths[format!("/case/{index}")] = json!({ "post": {
            "operationId": format!("case-{index}"),
            "requestBody": { "required": true, "content": content },
            "responses": { "200": { "description": "The same.", "content": content } },
        } });
        let own = [(&case.component, &case.schema)].into_iter();
        for (name, schema) in own.chain(&case.schemas) {
            assert!(schemas[name].is_null(), "two cases have a schema `{name}`");
            schemas[name] = schema.clone();
        }
    }
    json!({
        "openapi": "3.1.0", "info": { "title": "Rule cases", "version": "1" },
        "paths": paths, "components": { "schemas": schemas },
    })
}

/// A text with one space wherever it has white space, and without the marks of comments that go on.
fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn every_rule_does_to_the_code_what_its_case_says() {
    let cases = cases();
    let source = Source::new(Input::Document, "cases", document(&cases).to_string());
    let output = generate(&Job::of(&source));
    let made = output
        .made
        .unwrap_or_else(|| panic!("{:?}", output.report.diagnostics));
    let code = squeezed(&made.files["src/types.rs"]);
    for case in &cases {
        let place = format!("/components/schemas/{}", case.component);
        let mut applied = output.report.log.iter().filter(|applied| {
            applied.rule.id == case.rule && applied.pointer.to_string().starts_with(&place)
        });
        let first = applied.next();
        let first = first.unwrap_or_else(|| panic!("{} does not apply", case.rule));
        if let Some(detail) = &case.detail {
            assert_eq!(&first.detail, detail, "{}", case.rule);
        }
        for piece in &case.rust {
            assert!(
                code.contains(&squeezed(piece)),
                "{}: no `{piece}`",
                case.rule
            );
        }
    }
}

/// A program that calls every operation with every value, and prints what it receives.
fn program(cases: &[Case]) -> String {
    let mut calls = String::new();
    for (index, case) in cases.iter().enumerate() {
        for value in &case.values {
            let text = value.to_string();
            calls.push_str(&format!(
                "    let value = serde_json::from_str({text:?})?;\n    \
                 let response = client.case_{index}(read::<types::{}>(value)?).await?;\n    \
                 println!(\"{{}}\", serde_json::to_string(response.body())?);\n",
                case.component
            ));
        }
    }
    format!(
        "//! Sends every value of every case.\n\n\
         use rule_cases_client::{{Client, Environment, types}};\n\n\
         fn read<T: serde::de::DeserializeOwned>(value: serde_json::Value) -> Result<T, serde_json::Error> {{\n    \
         serde_json::from_value(value)\n}}\n\n\
         #[tokio::main(flavor = \"current_thread\")]\n\
         async fn main() -> Result<(), Box<dyn std::error::Error>> {{\n    \
         let url = std::env::args().nth(1).unwrap_or_default();\n    \
         let client = Client::builder(Environment::custom(&url)?).build()?;\n{calls}    Ok(())\n}}\n"
    )
}

const DEPENDENCIES: &str = "rule-cases-client = { path = \"../made\" }
serde = \"1\"
serde_json = \"1\"
tokio = { version = \"1.54.1\", default-features = false, features = [\"macros\", \"rt\"] }
";

#[test]
fn every_value_is_sent_and_received_without_a_change() {
    let cases = cases();
    let values: Vec<&Value> = cases.iter().flat_map(|case| &case.values).collect();
    let replies = values.iter().map(|value| {
        let body = value.to_string();
        let length = body.len();
        format!(
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\
             connection: close\r\n\r\n{body}"
        )
    });
    let server = Server::with(replies.map(String::into_bytes).collect());
    let project = Project::of("rule_cases.json", &document(&cases).to_string());
    let printed = project.run_text(DEPENDENCIES, &program(&cases), &[&server.url()]);
    let received: Vec<Value> = printed
        .lines()
        .map(|line| serde_json::from_str(line).expect("a line is JSON"))
        .collect();
    assert_eq!(received.len(), values.len());
    for (received, value) in received.iter().zip(&values) {
        assert_eq!(received, *value, "the client gives what it received");
        let request = server.request();
        let (_, body) = request
            .split_once("\r\n\r\n")
            .expect("a request has a body");
        let sent: Value = serde_json::from_str(body).expect("the body is JSON");
        assert_eq!(&sent, *value, "the server received what was given");
    }
}
