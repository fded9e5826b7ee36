//! Instances of each schema go through the Rust type that is generated for it, and come out as they
//! went in. Members that are null on one side and absent on the other are the same, but not in what
//! is sent as a body. Members that no schema declares may be lost, and are counted.

mod driver;
mod instances;
mod schema;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use codegen::parse;
use codegen::report::Report;
use codegen::source::{Input, Source};
use driver::{Outcome, Typed};
use schema::Schemas;
use serde_json::Value;

/// What is counted for a document.
#[derive(Default)]
struct Tally {
    schemas: usize,
    examples: Counts,
    made: Counts,
    failures: BTreeMap<String, Vec<String>>,
}

/// What became of the instances of one origin.
#[derive(Default)]
struct Counts {
    all: usize,
    valid: usize,
    /// Valid, and everything that a schema declares came back.
    back: usize,
    /// Came back without members that no schema declares.
    less: usize,
}

impl std::fmt::Display for Counts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self {
            all,
            valid,
            back,
            less,
        } = self;
        write!(f, "{all} | {valid} | {back} | {less}")
    }
}

/// An instance, and where it is from.
struct Instance<'a> {
    place: &'a str,
    typed: &'a Typed,
    value: Value,
    is_example: bool,
}

fn main() -> ExitCode {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let documents: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    if documents.is_empty() {
        eprintln!("usage: round-trip DOC...");
        return ExitCode::from(2);
    }
    let counted = "valid | come back | less undeclared";
    println!("| document | schemas | examples | {counted} | made | {counted} |");
    println!("| --- {}|", "| ---: ".repeat(9));
    let mut sound = true;
    for document in &documents {
        let name = document.file_name().unwrap_or_default().to_string_lossy();
        match tally(&root, document) {
            Ok(tally) => {
                let Tally {
                    schemas,
                    examples,
                    made,
                    failures,
                } = tally;
                println!("| {name} | {schemas} | {examples} | {made} |");
                for (cause, places) in &failures {
                    sound = false;
                    let first = places.first().map(String::as_str).unwrap_or_default();
                    eprintln!("{} times {cause}, first {first}", places.len());
                }
            }
            Err(problem) => {
                sound = false;
                eprintln!("{name}: {problem}");
            }
        }
    }
    if sound {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn tally(root: &Path, path: &Path) -> Result<Tally, String> {
    let bytes = std::fs::read(path).map_err(|error| error.to_string())?;
    let source = Source::new(Input::Document, path.to_string_lossy(), bytes);
    let parsed = parse::document(&source, &mut Report::default());
    let document = parsed.map_err(|_| "it cannot be read")?.root().clone();
    let schemas = Schemas::new(&document);
    let types = driver::types(&source)?;
    let mut tally = Tally::default();
    let mut valid: Vec<Instance<'_>> = Vec::new();
    let mut examples = instances::examples(&document);
    for (place, typed) in &types {
        let Some(schema) = schemas.get(place) else {
            continue;
        };
        let Some(validator) = schemas.validator(place) else {
            continue;
        };
        tally.schemas += 1;
        let given = examples.remove(place).unwrap_or_default();
        let given = given.into_iter().map(|value| (value, true));
        let made = instances::made(&schemas, schema);
        let made = made.into_iter().map(|value| (value, false));
        for (value, is_example) in given.chain(made) {
            // Null belongs to the place that refers to the schema: `Option` around the type.
            if value.is_null() {
                continue;
            }
            let counts = if is_example {
                &mut tally.examples
            } else {
                &mut tally.made
            };
            counts.all += 1;
            if validator.is_valid(&value) {
                counts.valid += 1;
                valid.push(Instance {
                    place,
                    typed,
                    value,
                    is_example,
                });
            }
        }
    }
    let lines: Vec<(&str, &Value)> = valid
        .iter()
        .map(|instance| (instance.typed.rust.as_str(), &instance.value))
        .collect();
    let outcomes = driver::run(root, &source, &lines)?;
    compare(&schemas, &valid, outcomes, &mut tally);
    Ok(tally)
}

/// Counts which instances came out of their types as they went in.
fn compare(schemas: &Schemas, valid: &[Instance<'_>], outcomes: Vec<Outcome>, tally: &mut Tally) {
    for (instance, outcome) in valid.iter().zip(outcomes) {
        let mut comparison = Comparison {
            apart: instance.typed.in_body,
            schemas,
            instance,
            less: false,
        };
        let problem = match outcome {
            Outcome::Encoded(value) => {
                comparison.difference(&instance.value, &value, &mut Vec::new())
            }
            Outcome::Refused(reason) => Some((reason, String::new())),
        };
        let less = usize::from(comparison.less);
        let counts = if instance.is_example {
            &mut tally.examples
        } else {
            &mut tally.made
        };
        match problem {
            None => {
                counts.back += 1;
                counts.less += less;
            }
            Some((cause, place)) => {
                let place = format!("{} {place}", instance.place);
                tally.failures.entry(cause).or_default().push(place);
            }
        }
    }
}

/// How an instance is compared with what came back.
struct Comparison<'a> {
    /// Whether null and absence differ.
    apart: bool,
    schemas: &'a Schemas,
    instance: &'a Instance<'a>,
    /// Whether a member is lost that no schema declares.
    less: bool,
}

impl Comparison<'_> {
    /// Where the two differ: how, and where. Numbers are compared by value, points in time as such;
    /// what no schema declares need not come back.
    fn difference(
        &mut self,
        before: &Value,
        after: &Value,
        place: &mut Vec<String>,
    ) -> Option<(String, String)> {
        match (before, after) {
            (Value::Object(before), Value::Object(after)) => {
                let mut names: Vec<&String> = before.keys().chain(after.keys()).collect();
                names.sort_unstable();
                names.dedup();
                names.into_iter().find_map(|name| {
                    place.push(name.clone());
                    let found = self.member(before.get(name), after.get(name), place);
                    place.pop();
                    found
                })
            }
            (Value::Array(before), Value::Array(after)) if before.len() == after.len() => {
                let pairs = before.iter().zip(after).enumerate();
                pairs.into_iter().find_map(|(index, (one, other))| {
                    place.push(index.to_string());
                    let found = self.difference(one, other, place);
                    place.pop();
                    found
                })
            }
            (Value::Number(one), Value::Number(other)) if one.as_f64() == other.as_f64() => None,
            (Value::String(one), Value::String(other)) if same_instant(one, other) => None,
            (one, other) if one == other => None,
            _ => told("a value is another", place),
        }
    }

    fn member(
        &mut self,
        before: Option<&Value>,
        after: Option<&Value>,
        place: &mut Vec<String>,
    ) -> Option<(String, String)> {
        match (before, after) {
            (Some(one), Some(other)) => self.difference(one, other, place),
            (Some(Value::Null), None) if !self.apart => None,
            (None, Some(Value::Null)) if self.apart => told("a null is added", place),
            (None, Some(Value::Null)) | (None, None) => None,
            (None, Some(_)) if place.last().is_some_and(|value| self.schemas.tells(value)) => None,
            (None, Some(_)) => told("a member is added", place),
            (Some(lost), None) => {
                let of = self.instance;
                if !self.schemas.declare(of.place, &of.value, place) {
                    self.less = true;
                    return None;
                }
                match lost {
                    Value::Null => told("a null is lost", place),
                    _ => told("a member is lost", place),
                }
            }
        }
    }
}

fn told(cause: &str, place: &[String]) -> Option<(String, String)> {
    Some((cause.to_owned(), format!("/{}", place.join("/"))))
}

/// Whether two texts are the same point in time (RFC 3339), however it is written.
fn same_instant(one: &str, other: &str) -> bool {
    let read = |text| chrono::DateTime::parse_from_rfc3339(text).ok();
    read(one).is_some_and(|value| Some(value) == read(other))
}
