//! Same inputs, same bytes: a law, tried on random orders of every map and every way of writing.

use codegen::config::Job;
use codegen::pipeline::generate;
use codegen::source::{Input, Source};
use fastrand::Rng;
use serde_json::{Map, Value};

use crate::output::root;

/// How many random orders of each document are tried in the gate.
const ORDERS: u64 = 3;

/// How many are tried by the proof `every-order` of `.ci/proof`.
const MANY_ORDERS: u64 = 200;

/// The document as JSON text, every map in a random order.
fn shuffled(value: &Value, random: &mut Rng) -> String {
    match value {
        Value::Object(map) => {
            let mut members: Vec<String> = map
                .iter()
                .map(|(key, value)| {
                    format!("{}:{}", Value::from(key.as_str()), shuffled(value, random))
                })
                .collect();
            random.shuffle(&mut members);
            format!("{{{}}}", members.join(","))
        }
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(|item| shuffled(item, random)).collect();
            format!("[{}]", items.join(","))
        }
        scalar => scalar.to_string(),
    }
}

/// Everything that a run gives, as one text.
fn outcome(document: &Source, packaged: bool) -> String {
    let read = |input, file: &str| {
        let path = root().join("tests/fixtures/vault").join(file);
        Source::new(input, file, std::fs::read(path).expect("it is stored"))
    };
    let overlay = packaged.then(|| read(Input::Overlay, "overlay.yaml"));
    let config = packaged.then(|| read(Input::Config, "client.yaml"));
    let output = generate(&Job {
        overlay: overlay.as_ref(),
        config: config.as_ref(),
        ..Job::of(document)
    });
    let made = output
        .made
        .unwrap_or_else(|| panic!("{:?}", output.report.diagnostics));
    let files = made.files;
    // The lock file records the bytes of the document as it was written.
    let mut text: String = files
        .iter()
        .filter(|(path, _)| path.as_str() != codegen::lock::FILE)
        .map(|(path, text)| format!("== {path}\n{text}\n"))
        .collect();
    for applied in &output.report.log {
        text.push_str(&format!(
            "{} {} {}\n",
            applied.rule.id, applied.pointer, applied.detail
        ));
    }
    text
}

fn documents() -> [(String, bool); 2] {
    let read = |path: &str| std::fs::read_to_string(root().join(path)).expect("it is stored");
    [
        (read("tests/fixtures/vault/openapi.yaml"), true),
        (read("tests/fixtures/library.yaml"), false),
    ]
}

fn source(text: impl Into<Vec<u8>>) -> Source {
    Source::new(Input::Document, "document", text)
}

#[track_caller]
fn same(expected: &str, actual: &str, what: &str) {
    if expected == actual {
        return;
    }
    let mut pairs = expected.lines().zip(actual.lines());
    let differing = pairs.find(|(one, other)| one != other);
    panic!("{what} changes the output: {differing:?}");
}

#[test]
fn no_order_of_a_map_reaches_the_output() {
    orders_do_not_matter(ORDERS);
}

#[test]
#[ignore = "minutes long: `.ci/proof every-order`"]
fn no_order_of_many_reaches_the_output() {
    orders_do_not_matter(MANY_ORDERS);
    println!("{MANY_ORDERS} random orders of each document gave the same bytes");
}

fn orders_do_not_matter(orders: u64) {
    for (text, packaged) in documents() {
        let expected = outcome(&source(text.as_str()), packaged);
        let tree: Value = serde_yaml::from_str(&text).expect("it is YAML");
        for seed in 1..=orders {
            let json = shuffled(&tree, &mut Rng::with_seed(seed));
            same(
                &expected,
                &outcome(&source(json), packaged),
                &format!("the order with seed {seed}"),
            );
        }
    }
}

#[test]
fn no_way_of_writing_reaches_the_output() {
    for (text, packaged) in documents() {
        let expected = outcome(&source(text.as_str()), packaged);
        let tree: Value = serde_yaml::from_str(&text).expect("it is YAML");
        let pretty = serde_json::to_string_pretty(&tree).expect("it is written");
        let crlf = text.replace('\n', "\r\n");
        let bom = format!("\u{feff}{text}");
        for (what, written) in [("JSON", pretty), ("CRLF", crlf), ("a byte order mark", bom)] {
            same(&expected, &outcome(&source(written), packaged), what);
        }
    }
}

#[test]
fn the_test_document_is_large_enough_to_show_something() {
    let [_, (text, _)] = documents();
    let tree: Value = serde_yaml::from_str(&text).expect("it is YAML");
    let paths = tree["paths"].as_object().expect("there are paths");
    let methods =
        |item: &Map<String, Value>| item.keys().filter(|key| *key != "parameters").count();
    let operations: usize = paths
        .values()
        .filter_map(Value::as_object)
        .map(methods)
        .sum();
    assert!(operations >= 30, "{operations} operations");
}
