//! `corpus`: generates every operation of every document in a folder, and prints the results.
//!
//! Each document has its own process, which measures its memory and confines its crashes.

use std::path::{Path, PathBuf};
use std::process::Command;

use clap::ArgMatches;
use codegen::inert::Inert;

use super::compile::{self, Candidate};
use super::record::{self, Record};
use super::{chart, table};
use crate::exit::{Code, DECIDE, DONE, FAILED, Failure};
use crate::shell::Shell;
use crate::workspace::Workspace;
use crate::write::{FileSystem, write};

pub(crate) fn run(
    arguments: &ArgMatches,
    fs: &dyn FileSystem,
    shell: &mut Shell,
) -> Result<Code, Failure> {
    let given = arguments.get_one::<String>("dir").map(String::as_str);
    let given = Path::new(given.unwrap_or_default());
    if arguments.get_flag("record") {
        let record = record::of(given, shell);
        shell.document(Inert::json(&record.to_json()));
        return Ok(DONE);
    }
    let documents = documents(given)?;
    let mut records = Vec::new();
    for document in &documents {
        let record = try_document(document)?;
        shell.status("Tried", &record.summary());
        records.push(record);
    }
    if arguments.get_flag("compile") {
        let all = documents.iter().zip(&mut records);
        let whole = all.filter(|(_, record)| record.whole);
        let whole = whole.map(|(document, record)| Candidate { document, record });
        let mut whole: Vec<Candidate<'_>> = whole.collect();
        compile::check(&Workspace::find()?, &mut whole, fs, shell)?;
    }
    if let Some(path) = arguments.get_one::<String>("chart") {
        write(fs, Path::new(path), &chart::svg(&records))?;
        shell.status("Drawing", path);
    }
    let format = arguments.get_one::<String>("format").map(String::as_str);
    shell.document(match format {
        Some("json") => table::json(&records),
        Some("markdown") => table::markdown(&records).into(),
        _ => table::human(&records),
    });
    let crashed = records.iter().any(|record| record.crashed > 0);
    let fails = records.iter().any(|record| record.compiles == Some(false));
    Ok(if crashed || fails { DECIDE } else { DONE })
}

/// Returns the documents of a folder by name, or the given document.
fn documents(given: &Path) -> Result<Vec<PathBuf>, Failure> {
    if given.is_file() {
        return Ok(vec![given.to_owned()]);
    }
    let failed = |error: std::io::Error| {
        let problem = format!("`{}` cannot be listed: {error}", given.display());
        Failure::new(FAILED, problem, "name a folder of documents")
    };
    let mut documents = Vec::new();
    for entry in std::fs::read_dir(given).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let known = ["json", "yaml", "yml"];
        let extension = path.extension().and_then(|extension| extension.to_str());
        if extension.is_some_and(|extension| known.contains(&extension)) {
            documents.push(path);
        }
    }
    documents.sort();
    if documents.is_empty() {
        let problem = format!("`{}` has no JSON or YAML file", given.display());
        return Err(Failure::new(DECIDE, problem, "name a folder of documents"));
    }
    Ok(documents)
}

/// Generates a document in its own process. A process that dies counts as a crash.
fn try_document(document: &Path) -> Result<Record, Failure> {
    let failed = |error: String| {
        let problem = format!("`{}` cannot be generated: {error}", document.display());
        Failure::new(
            FAILED,
            problem,
            "run it again; if it fails again, please report it",
        )
    };
    let program = std::env::current_exe().map_err(|error| failed(error.to_string()))?;
    let output = Command::new(program)
        .args(["corpus", "--record"])
        .arg(document)
        .stderr(std::process::Stdio::inherit())
        .output()
        .map_err(|error| failed(error.to_string()))?;
    match Record::parse(&output.stdout) {
        Some(record) => Ok(record),
        None => Ok(Record::crashed(document)),
    }
}
