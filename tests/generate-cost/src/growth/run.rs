//! One run of the command, on inputs that are written for it.

use std::ffi::OsStr;
use std::fs;
use std::path::Path;
use std::process::Command;

use super::Measured;
use super::families::{Inputs, Subcommand};
use crate::measure;

/// Runs the command on these inputs, and tells what it took and how it ended.
pub(super) fn measured(xtask: &Path, name: &str, inputs: &Inputs) -> Result<Measured, String> {
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
    let (out, overlay) = (at("out"), at("overlay.json"));
    let mut arguments: Vec<&OsStr> = Vec::new();
    match inputs.command {
        Subcommand::Generate => {
            arguments.extend(["generate".as_ref(), "--from".as_ref(), document.as_os_str()]);
            arguments.extend(["--out".as_ref(), out.as_os_str()]);
            if let Some(text) = &inputs.overlay {
                write(&overlay, text)?;
                bytes += text.len();
                arguments.extend(["--overlay".as_ref(), overlay.as_os_str()]);
            }
        }
        Subcommand::Slice => {
            arguments.extend(["slice".as_ref(), "--from".as_ref(), document.as_os_str()]);
            arguments.extend(["--into".as_ref(), out.as_os_str()]);
        }
        Subcommand::Diff => {
            committed(folder.path(), &inputs.document)?;
            bytes *= 2;
            arguments.extend([OsStr::new("diff"), OsStr::new("HEAD")]);
        }
    }
    let selected = selected(inputs);
    for operation in &selected {
        arguments.extend(["--operation".as_ref(), OsStr::new(operation)]);
    }
    let (cost, outcome) = measure::any(xtask, &arguments, folder.path())?;
    Ok(Measured {
        name: name.to_owned(),
        bytes,
        user: cost.user,
        memory: cost.memory * f64::from(1 << 20),
        outcome,
    })
}

/// The operations of a slice: enough of them to be much, and no more than a command line holds.
fn selected(inputs: &Inputs) -> Vec<String> {
    match inputs.command {
        Subcommand::Slice => (0..1000).map(|it| format!("get_thing_{it}")).collect(),
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
