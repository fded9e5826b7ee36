//! One run of the command, on inputs that are written for it.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::Path;
use std::process::Command;

use super::Measured;
use super::families::{Inputs, Subcommand};
use crate::measure;

/// Runs the command on these inputs, and tells what it took and how it ended.
pub(super) fn measured(xtask: &Path, name: &str, inputs: &Inputs) -> Result<Measured, String> {
    let run = Run::of(inputs)?;
    let (cost, outcome) = measure::any(xtask, &run.arguments(), run.folder.path())?;
    Ok(Measured {
        name: name.to_owned(),
        bytes: run.bytes,
        user: cost.user,
        instructions: None,
        memory: cost.memory * f64::from(1 << 20),
        outcome,
    })
}

/// Runs the command on these inputs under Valgrind, and tells how many instructions it took.
pub(super) fn instructions(xtask: &Path, inputs: &Inputs) -> Result<f64, String> {
    let run = Run::of(inputs)?;
    measure::instructions(xtask, &run.arguments(), run.folder.path())
}

/// Inputs in a folder of their own, and the command line for them.
struct Run {
    folder: tempfile::TempDir,
    bytes: usize,
    arguments: Vec<OsString>,
}

impl Run {
    fn of(inputs: &Inputs) -> Result<Self, String> {
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        let at = |name: &str| folder.path().join(name);
        let extension = if inputs.document.starts_with('{') {
            "json"
        } else {
            "yaml"
        };
        let document = at(&format!("document.{extension}"));
        write(&document, &inputs.document)?;
        let mut bytes = inputs.document.len();
        let mut arguments: Vec<OsString> = Vec::new();
        let mut add = |name: &str, path: &Path| {
            arguments.extend([OsString::from(name), path.into()]);
        };
        match inputs.command {
            Subcommand::Generate => {
                add("--from", &document);
                add("--out", &at("out"));
                if let Some(text) = &inputs.overlay {
                    let overlay = at("overlay.json");
                    write(&overlay, text)?;
                    bytes += text.len();
                    add("--overlay", &overlay);
                }
                arguments.insert(0, "generate".into());
            }
            Subcommand::Slice => {
                add("--from", &document);
                add("--into", &at("out"));
                arguments.insert(0, "slice".into());
            }
            Subcommand::Diff => {
                committed(folder.path(), &inputs.document)?;
                bytes *= 2;
                arguments.extend(["diff".into(), "HEAD".into()]);
            }
        }
        for operation in selected(inputs) {
            arguments.extend(["--operation".into(), operation.into()]);
        }
        Ok(Self {
            folder,
            bytes,
            arguments,
        })
    }

    fn arguments(&self) -> Vec<&OsStr> {
        self.arguments.iter().map(OsString::as_os_str).collect()
    }
}

/// The operations of a slice: enough of them to be much, and no more than a command line holds.
fn selected(inputs: &Inputs) -> Vec<String> {
    match inputs.command {
        Subcommand::Slice => (0..1000)
            .map(|value| format!("get_thing_{value}"))
            .collect(),
        _ => Vec::new(),
    }
}

/// A workspace whose document was committed, and has changed since.
fn committed(folder: &Path, document: &str) -> Result<(), String> {
    write(&folder.join("Cargo.toml"), "[workspace]\n")?;
    let path = folder.join("openapi/things/openapi.json");
    write(&path, document)?;
    let who = ["-c", "user.name=A", "-c", "user.email=a@b.example"];
    for command in [
        &["init", "--quiet"][..],
        &["add", "openapi"],
        &["commit", "--quiet", "-m", "A"],
    ] {
        let status = Command::new("git")
            .current_dir(folder)
            .args(who)
            .args(command)
            .status();
        if !status.map_err(|error| error.to_string())?.success() {
            return Err(format!("git {command:?} failed"));
        }
    }
    let changed = document
        .replace("\"kind\"", "\"sort\"")
        .replace("What is expanded", "What else");
    write(&path, &changed)
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| error.to_string())?;
    }
    fs::write(path, text).map_err(|error| error.to_string())
}
