//! The generated crate with a program that decodes and encodes what it is given.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use codegen::config::Job;
use codegen::model::Model;
use codegen::pipeline::{generate, model};
use codegen::runtime_sources;
use codegen::source::Source;
use serde_json::Value;

/// What became of an instance.
pub enum Outcome {
    /// The JSON that came out.
    Encoded(Value),
    /// Why it was not read.
    Refused(String),
}

/// A Rust type that a schema has.
pub struct Typed {
    /// Its name.
    pub rust: String,
    /// Whether it is sent as a body: null and absence are two things then.
    pub in_body: bool,
}

/// The Rust type of each schema that has one, by its place in the document.
pub fn types(source: &Source) -> Result<BTreeMap<String, Typed>, String> {
    let modelled = model(&job(source)).0.ok_or("no model is made")?;
    let types = modelled.model.types.into_iter();
    let types = types
        // A form with files is no JSON.
        .filter(|(_, definition)| !Model::has_files(definition))
        .map(|(rust, definition)| {
            let typed = Typed {
                rust,
                in_body: definition.in_body,
            };
            (definition.pointer.to_string(), typed)
        });
    Ok(types.collect())
}

fn job(source: &Source) -> Job<'_> {
    Job {
        name: Some("round-trip-client"),
        ..Job::of(source)
    }
}

/// Runs instances, each with its Rust type, through the crate that is generated.
pub fn run(root: &Path, source: &Source, all: &[(&str, &Value)]) -> Result<Vec<Outcome>, String> {
    let folder = root.join("target/round-trip/crate");
    let made = generate(&job(source)).made.ok_or("nothing is generated")?;
    for (path, text) in runtime_sources::FILES {
        write(&folder.join("runtime").join(path), text)?;
    }
    for (path, text) in &made.files {
        write(&folder.join(path), text)?;
    }
    // The program needs them also where the crate does not.
    let manifest = made
        .files
        .get("Cargo.toml")
        .map(String::as_str)
        .unwrap_or_default();
    let needed = "\n[dev-dependencies]\nserde = \"1\"\nserde_json = \"1\"\n\n[features]";
    let manifest = manifest.replacen("\n[features]", needed, 1);
    write(&folder.join("Cargo.toml"), &manifest)?;
    let lock =
        std::fs::read_to_string(root.join("Cargo.lock")).map_err(|error| error.to_string())?;
    write(&folder.join("Cargo.lock"), &lock)?;
    let mut names: Vec<&str> = all.iter().map(|(name, _)| *name).collect();
    names.sort_unstable();
    names.dedup();
    write(&folder.join("examples/driver.rs"), &program(&names))?;
    let input = all.iter().map(|(name, json)| format!("{name}\t{json}\n"));
    drive(root, &folder, input.collect())
}

/// Runs the program in the crate's folder, and gives it its input.
fn drive(root: &Path, folder: &Path, input: String) -> Result<Vec<Outcome>, String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut driver = Command::new(cargo)
        .args([
            "run",
            "--quiet",
            "--offline",
            "--example",
            "driver",
            "--target-dir",
        ])
        .arg(root.join("target/round-trip/target"))
        .current_dir(folder)
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .env("CARGO_INCREMENTAL", "0")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| error.to_string())?;
    let stdin = driver.stdin.take();
    let writer = std::thread::spawn(move || {
        // A driver that did not start reads nothing; its end says so.
        stdin.map(|mut stdin| stdin.write_all(input.as_bytes()))
    });
    let output = driver
        .wait_with_output()
        .map_err(|error| error.to_string())?;
    let _ = writer.join();
    if !output.status.success() {
        return Err("the crate does not compile".to_owned());
    }
    let text = String::from_utf8_lossy(&output.stdout);
    Ok(text.lines().map(outcome).collect())
}

fn outcome(line: &str) -> Outcome {
    match line.split_once('\t') {
        Some(("ok", json)) => match serde_json::from_str(json) {
            Ok(value) => Outcome::Encoded(value),
            Err(error) => Outcome::Refused(error.to_string()),
        },
        _ => Outcome::Refused(line.trim_start_matches("no\t").to_owned()),
    }
}

/// The program: a table from names to what decodes and encodes.
fn program(names: &[&str]) -> String {
    let rows = names
        .iter()
        .map(|name| format!("        \"{name}\" => round::<types::{name}>(json),\n"));
    let rows: String = rows.collect();
    format!(
        r#"//! Decodes and encodes each line of standard input: a type, a tab, JSON.

#![allow(deprecated)]

use std::io::BufRead;

use round_trip_client::types;

fn round<T: serde::de::DeserializeOwned + serde::Serialize>(json: &str) -> Result<String, String> {{
    let value: T = serde_json::from_str(json).map_err(|error| error.to_string())?;
    serde_json::to_string(&value).map_err(|error| error.to_string())
}}

fn one(name: &str, json: &str) -> Result<String, String> {{
    match name {{
{rows}        _ => Err("no such type".to_owned()),
    }}
}}

fn main() {{
    for line in std::io::stdin().lock().lines().map_while(Result::ok) {{
        let (name, json) = line.split_once('\t').unwrap_or_default();
        match one(name, json) {{
            Ok(json) => println!("ok\t{{json}}"),
            Err(error) => println!("no\t{{}}", error.replace('\n', " ")),
        }}
    }}
}}
"#
    )
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    let folder = path.parent().unwrap_or(path);
    std::fs::create_dir_all(folder)
        .and_then(|()| std::fs::write(path, text))
        .map_err(|error| format!("{}: {error}", path.display()))
}
