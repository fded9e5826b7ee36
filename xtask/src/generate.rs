//! `generate`: a self-contained crate from any document, the runtime beside it.

use std::collections::BTreeMap;
use std::path::Path;

use clap::ArgMatches;
use codegen::config::Layout;
use codegen::lock::{FILE, Lock, sha256};
use codegen::report::Report;
use codegen::runtime_sources;
use codegen::source::Input;

use crate::client::{Inputs, Make, files, read};
use crate::exit::{Code, DECIDE, DONE, Failure};
use crate::regenerate::count;
use crate::shell::Shell;
use crate::write::{remove, write};

pub(crate) fn run(arguments: &ArgMatches, shell: &mut Shell) -> Result<Code, Failure> {
    let text = |name: &str| arguments.get_one::<String>(name).map(String::as_str);
    let source = |name: &str, input| {
        text(name)
            .map(|shown| read(Path::new(shown), &shown.replace('\\', "/"), input))
            .transpose()
    };
    let document = text("from").unwrap_or_default();
    let document = read(
        Path::new(document),
        &document.replace('\\', "/"),
        Input::Document,
    );
    let inputs = Inputs::all(document, source("overlay", Input::Overlay), Ok(None), shell)?;
    let operations: Vec<String> = arguments
        .get_many("operation")
        .unwrap_or_default()
        .cloned()
        .collect();
    let make = Make {
        name: text("name"),
        operations: &operations,
        layout: Layout::Standalone,
    };
    let (made, report) = inputs.make(make, shell)?;

    let out = text("out").unwrap_or_default();
    let folder = Path::new(out);
    let before = files(folder)?;
    let recorded = recorded(out, &before)?;
    let mut all: BTreeMap<String, &str> = made
        .files
        .iter()
        .map(|(path, text)| (path.clone(), text.as_str()))
        .collect();
    for (path, text) in runtime_sources::FILES {
        all.insert(format!("runtime/{path}"), text);
    }
    place(folder, &before, &recorded, &all)?;
    losses(&report, shell);
    let size = format!(
        "{}, {}, {} applied",
        count(made.operations, "operation"),
        count(all.len(), "file"),
        count(report.log.len(), "rule"),
    );
    shell.status("Generated", &format!("{} in {out} ({size})", made.name));
    Ok(DONE)
}

/// What the client does not express, by rule; each single place is in the crate's `lowering.log`.
fn losses(report: &Report, shell: &mut Shell) {
    let mut by_rule: BTreeMap<&str, (&str, usize, String)> = BTreeMap::new();
    for applied in &report.log {
        if let Some(loss) = applied.rule.loss {
            let place = applied.pointer.to_string();
            by_rule.entry(applied.rule.id).or_insert((loss, 0, place)).1 += 1;
        }
    }
    for (id, (loss, times, place)) in by_rule {
        let times = count(times, "time");
        shell.status("Lost", &format!("{loss}: {times} ({id}, first at {place})"));
    }
}

/// What an earlier run recorded of its files. Nothing is overwritten that is not as it was made.
fn recorded(
    out: &str,
    before: &BTreeMap<String, Vec<u8>>,
) -> Result<BTreeMap<String, String>, Failure> {
    const ELSEWHERE: &str = "name another folder with --out, or move what is in it";
    let refuse = |problem: String| Failure::new(DECIDE, problem, ELSEWHERE);
    if before.is_empty() {
        return Ok(BTreeMap::new());
    }
    let Some(lock) = before.get(FILE) else {
        return Err(refuse(format!(
            "`{out}` is not empty, and was not made by this command"
        )));
    };
    let lock = Lock::parse(lock)
        .map_err(|reason| refuse(format!("`{out}/{FILE}` cannot be read: {reason}")))?;
    for (path, bytes) in before {
        if lock
            .files
            .get(path)
            .is_some_and(|hash| *hash != sha256(bytes))
        {
            return Err(refuse(format!("`{out}/{path}` was edited by hand")));
        }
    }
    Ok(lock.files)
}

/// Writes what changed, the lock file last, and removes what an earlier run made and this one
/// does not. Other files in the folder are the user's.
fn place(
    folder: &Path,
    before: &BTreeMap<String, Vec<u8>>,
    recorded: &BTreeMap<String, String>,
    all: &BTreeMap<String, &str>,
) -> Result<(), Failure> {
    for path in before.keys().filter(|path| recorded.contains_key(*path)) {
        if !all.contains_key(path) {
            remove(&folder.join(path))?;
        }
    }
    let changed =
        |path: &String, text: &str| before.get(path).is_none_or(|old| old != text.as_bytes());
    for (path, text) in all.iter().filter(|(path, _)| *path != FILE) {
        if changed(path, text) {
            write(&folder.join(path), text)?;
        }
    }
    match all.get(FILE) {
        Some(text) => write(&folder.join(FILE), text),
        None => Ok(()),
    }
}
