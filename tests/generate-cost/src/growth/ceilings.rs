//! Documents just below the ceilings: what the largest that is accepted may take.

use std::path::Path;

use serde_json::{Map, Value, json};

use super::families::{Inputs, Subcommand};
use super::{Measured, document, run};

/// What the document of a ceiling is called, and how it is made.
type Ceiling = (&'static str, fn() -> String);

/// Measures each.
pub(super) fn measure(xtask: &Path) -> Result<Vec<Measured>, String> {
    let documents: [Ceiling; 7] = [
        ("40,000 operations", operations),
        ("490,000 members of 49 types", members),
        ("10,000 parameters of an operation", parameters),
        ("60,000 types with members", types),
        ("64 MiB of prose", prose),
        ("64 MiB of YAML", yaml),
        ("2,900,000 nodes of YAML", nodes),
    ];
    let mut all = Vec::new();
    for (name, make) in documents {
        let inputs = Inputs {
            document: make(),
            overlay: None,
            command: Subcommand::Generate,
        };
        let measured = run::measured(xtask, name, &inputs)?;
        eprintln!(
            "{name}: {} bytes, {:.1} s, {:.0} MiB, {}",
            measured.bytes,
            measured.user,
            measured.memory / f64::from(1 << 20),
            measured.outcome
        );
        all.push(measured);
    }
    Ok(all)
}

fn operations() -> String {
    let path = |index: usize| {
        (
            format!("/p{index}"),
            json!({ "get": document::operation() }),
        )
    };
    let paths: Map<String, Value> = (0..40_000).map(path).collect();
    document::of(paths).to_string()
}

fn members() -> String {
    let member = |index: usize| (format!("v{index}"), document::text());
    let wide = document::object((0..9_900).map(member).collect());
    let schemas: Map<String, Value> = (0..49).map(|at| (format!("S{at}"), wide.clone())).collect();
    let refer = |index: usize| (format!("x{index}"), document::reference(index));
    let all = document::object((0..49).map(refer).collect());
    let document = document::get(document::answer(all));
    document::components(document, "schemas", schemas).to_string()
}

fn parameters() -> String {
    let parameter = |index: usize| json!({ "name": format!("v{index}"), "in": "query", "schema": document::text() });
    let parameters: Value = (0..9_990).map(parameter).collect();
    document::get(json!({ "parameters": parameters })).to_string()
}

fn types() -> String {
    let schema = |index: usize| {
        let member = |at: usize| (format!("m{at}"), document::reference((index + at) % 60_000));
        (
            format!("S{index}"),
            document::object((0..7).map(member).collect()),
        )
    };
    let document = document::get(document::answer(document::reference(0)));
    let schemas: Map<String, Value> = (0..60_000).map(schema).collect();
    document::components(document, "schemas", schemas).to_string()
}

fn prose() -> String {
    // Longer ones are cut.
    const LENGTH: usize = 60 << 10;
    let description = "words that say something\n".repeat(LENGTH / 26);
    let member = json!({ "type": "string", "description": description });
    let members = (0..(63 << 20) / LENGTH).map(|value| (format!("v{value}"), member.clone()));
    document::schemas([("E", document::object(members.collect()))]).to_string()
}

/// Lines as people write them.
fn yaml() -> String {
    const LINE: &str = "  name: what it is called by people\n";
    let mut text = head();
    for index in 0..(63 << 20) / (LINE.len() + 6) {
        text.push_str(&format!("  name{index:06}: what it is called by people\n"));
    }
    text
}

fn nodes() -> String {
    format!("{}  k: [{}a]\n", head(), "a,".repeat(2_900_000))
}

fn head() -> String {
    "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {}\nx-a:\n".to_owned()
}
