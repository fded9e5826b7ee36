//! What is mutated: our own documents, and single operations of others' where they are there.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use codegen::parse;
use codegen::report::Report;
use codegen::slice;
use codegen::source::{Input, Source};
use serde_json::Value;

use crate::random::Random;

/// How many operations are taken of each document of others.
const OPERATIONS: usize = 60;

/// A larger one would make each input slow, and few inputs find little.
const LARGEST: usize = 60_000;

/// Every seed, in one order. Cutting them takes a while, so they are kept in the target folder.
pub fn all() -> &'static [Value] {
    static ALL: OnceLock<Vec<Value>> = OnceLock::new();
    ALL.get_or_init(kept)
}

fn kept() -> Vec<Value> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let kept = root.join("target/fuzz-seeds.json");
    let read = std::fs::read(&kept).ok();
    if let Some(seeds) = read.and_then(|bytes| serde_json::from_slice(&bytes).ok()) {
        return seeds;
    }
    let seeds = made(&root);
    // Without it each process makes its own.
    let _ = std::fs::write(kept, Value::from(seeds.clone()).to_string());
    seeds
}

fn made(root: &Path) -> Vec<Value> {
    let own = ["tests/fixtures", "openapi/monite"];
    let mut seeds: Vec<Value> = own
        .iter()
        .flat_map(|path| documents(&root.join(path)))
        .collect();
    // A folder of further documents, each operation of which is a seed.
    let further = std::env::var_os("CORPUS").map(PathBuf::from);
    for document in further.iter().flat_map(|folder| documents(folder)) {
        seeds.extend(operations(&document));
    }
    seeds
}

/// The OpenAPI documents of a folder; none where it is not there.
fn documents(folder: &Path) -> Vec<Value> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut paths: Vec<_> = entries.map(|entry| entry.path()).collect();
    paths.sort();
    let read = |path: &std::path::PathBuf| {
        let bytes = std::fs::read(path).ok()?;
        let source = Source::new(Input::Document, "seed", bytes);
        let parsed = parse::document(&source, &mut Report::default()).ok()?;
        let root = parsed.root().clone();
        (root.get("paths").is_some() || root.get("components").is_some()).then_some(root)
    };
    paths.iter().filter_map(read).collect()
}

/// Slices of a document, with one operation each.
fn operations(document: &Value) -> Vec<Value> {
    let source = Source::new(Input::Document, "seed", document.to_string());
    let Ok(parsed) = parse::document(&source, &mut Report::default()) else {
        return Vec::new();
    };
    let all: Vec<String> = slice::operations(&parsed)
        .iter()
        .map(ToString::to_string)
        .collect();
    if all.is_empty() {
        return Vec::new();
    }
    let mut random = Random::new(all.len() as u64);
    let mut slices = Vec::new();
    for _ in 0..OPERATIONS {
        let operations = [random.of(&all).clone()];
        let job = slice::Job {
            from: &parsed,
            stored: None,
            overlay: None,
            leave_out: &[],
            file: "openapi.yaml",
            operations: &operations,
        };
        if let Ok(slice) = slice::cut(&job, &mut Report::default())
            && slice.text.len() < LARGEST
        {
            slices.push(slice.root);
        }
    }
    slices
}
