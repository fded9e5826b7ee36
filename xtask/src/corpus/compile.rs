//! Compiles the crates of whole documents, in one workspace, so that Cargo builds their dependencies
//! once.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use codegen::config::{Job, Layout};
use codegen::inert::Inert;
use codegen::pipeline::generate;
use codegen::runtime_sources;
use codegen::source::Input;
use serde_json::Value;

use super::record::Record;
use crate::exit::{FAILED, Failure};
use crate::input_file;
use crate::read::{self, Links, MAX_CRATE_BYTES, ReadError};
use crate::shell::Shell;
use crate::workspace::Workspace;
use crate::write::{FileSystem, write};

/// Folder of the crates in the workspace.
const BATCH: &str = "target/corpus";

/// Prefix of the crates' names, because documents may have any name.
const CRATE: &str = "document-";

/// A document that was generated as a whole, and its record.
pub(super) struct Candidate<'a> {
    pub(super) document: &'a Path,
    pub(super) record: &'a mut Record,
}

/// Checks the crates of documents, and records whether each compiles.
pub(super) fn check(
    workspace: &Workspace,
    candidates: &mut [Candidate<'_>],
    fs: &dyn FileSystem,
    shell: &mut Shell,
) -> Result<(), Failure> {
    let batch = workspace.path(BATCH);
    for (path, text) in runtime_sources::FILES {
        write(fs, &batch.join("codegen/runtime").join(path), text)?;
    }
    let mut names = Vec::new();
    for (index, candidate) in candidates.iter().enumerate() {
        shell.progress("Writing", candidate.document, index, candidates.len());
        let name = format!("{CRATE}{index}");
        for (path, text) in files(candidate.document, &name) {
            write(fs, &batch.join("generated").join(&name).join(path), &text)?;
        }
        names.push(name);
    }
    let members = names.iter().map(|name| format!("\"generated/{name}\", "));
    let members: String = members.collect();
    let manifest = format!("[workspace]\nresolver = \"3\"\nmembers = [{members}]\n");
    write(fs, &batch.join("Cargo.toml"), &manifest)?;
    // The workspace's lock file has versions that are already fetched, so no network is needed.
    let lock = workspace.path("Cargo.lock");
    let lock =
        read::file(&lock, MAX_CRATE_BYTES, Links::Followed).map_err(|error| match error {
            ReadError::Io(error) => failed(&error),
            ReadError::NotAFile(what) => failed(&format!("{}: {what}", lock.display())),
        })?;
    let lock = String::from_utf8_lossy(&lock);
    write(fs, &batch.join("Cargo.lock"), &lock)?;
    let compiled = compiled(&batch, names.len(), shell)?;
    for (candidate, name) in candidates.iter_mut().zip(&names) {
        candidate.record.compiles = Some(compiled.contains(name));
    }
    Ok(())
}

/// Returns the files of a crate, or none if the document can no longer be read.
fn files(document: &Path, name: &str) -> impl Iterator<Item = (String, String)> + use<> {
    let source = input_file::read(document, &document.to_string_lossy(), Input::Document).ok();
    let output = source.map(|source| {
        generate(&Job {
            name: Some(name),
            layout: Layout::Member,
            ..Job::of(&source)
        })
    });
    let generated = output.and_then(|output| output.made);
    generated.into_iter().flat_map(|generated| generated.files)
}

/// Returns the names of the crates that compile. Shows the first error of each other crate.
fn compiled(batch: &Path, all: usize, shell: &mut Shell) -> Result<BTreeSet<String>, Failure> {
    let mut cargo = start(batch)?;
    let mut compiled = BTreeSet::new();
    let mut shown = BTreeSet::new();
    let output = cargo.stdout.take().map(BufReader::new);
    for line in output.into_iter().flat_map(BufRead::lines) {
        match Message::parse(&line.map_err(|error| failed(&error))?) {
            Some(Message::Compiled(name)) => {
                compiled.insert(name);
                shell.progress("Checking", Path::new(BATCH), compiled.len(), all);
            }
            Some(Message::Error(name, text)) if shown.insert(name.clone()) => {
                shell.print(&Inert::lines(&text));
            }
            _ => {}
        }
    }
    // The messages already have the results, so the exit code is ignored.
    cargo.wait().map_err(|error| failed(&error))?;
    Ok(compiled)
}

/// A message of Cargo about a document's crate.
enum Message {
    Compiled(String),
    Error(String, String),
}

impl Message {
    fn parse(line: &str) -> Option<Self> {
        let message: Value = serde_json::from_str(line).ok()?;
        let text = |pointer: &str| message.pointer(pointer)?.as_str();
        let folder = Path::new(text("/manifest_path")?).parent()?;
        let name = folder.file_name()?.to_str()?;
        if !name.starts_with(CRATE) {
            return None;
        }
        let name = name.to_owned();
        match (text("/reason")?, text("/message/level")) {
            ("compiler-artifact", _) => Some(Self::Compiled(name)),
            ("compiler-message", Some("error")) => {
                let rendered = text("/message/rendered").unwrap_or_default();
                Some(Self::Error(name, rendered.to_owned()))
            }
            _ => None,
        }
    }
}

fn start(batch: &Path) -> Result<Child, Failure> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    Command::new(cargo)
        .args(["check", "--workspace", "--keep-going", "--offline"])
        .args(["--quiet", "--message-format", "json", "--target-dir"])
        .arg(batch.join("target"))
        .current_dir(batch)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| failed(&error))
}

fn failed(error: &dyn std::fmt::Display) -> Failure {
    Failure::new(
        FAILED,
        format!("the crates cannot be checked: {error}"),
        "check the free space and the permissions of the target folder, and that `cargo` runs",
    )
}
