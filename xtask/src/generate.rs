//! `generate`: a self-contained crate from any document, the runtime beside it.

use std::collections::BTreeMap;
use std::path::Path;

use clap::ArgMatches;
use codegen::config::Layout;
use codegen::lock::{Cause, FILE, Lock, STAGED, causes};
use codegen::report::Report;
use codegen::runtime_sources;
use codegen::source::Input;

use crate::client::{Inputs, Make, named};
use crate::exit::{Code, DECIDE, DONE, Failure};
use crate::folder::Found;
use crate::place::Change;
use crate::regenerate::count;
use crate::remote::{self, Limits};
use crate::shell::Shell;
use crate::write::Disk;

pub(crate) fn run(
    arguments: &ArgMatches,
    disk: &dyn Disk,
    shell: &mut Shell,
) -> Result<Code, Failure> {
    let text = |name: &str| arguments.get_one::<String>(name).map(String::as_str);
    let from = text("from").unwrap_or_default();
    let document = if remote::is_url(from) {
        Ok(remote::document(from, Limits::of(arguments), shell)?)
    } else {
        named(from, Input::Document)
    };
    let overlay = text("overlay").map(|overlay| named(overlay, Input::Overlay));
    let inputs = Inputs::all(document, overlay.transpose(), Ok(None), shell)?;
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
    let (mut made, report) = inputs.make(make, shell)?;

    let out = text("out").unwrap_or_default();
    let folder = Path::new(out);
    let all = with_runtime(std::mem::take(&mut made.files));
    let found = Found::named(folder, out)?;
    found.refuse_foreign("move it away, or name another folder with --out")?;
    refuse_others(out, &found.files, &all)?;
    place(folder, &found.files, &all, disk)?;
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
            by_rule
                .entry(applied.rule.id)
                .or_insert((loss.what(), 0, place))
                .1 += 1;
        }
    }
    for (id, (loss, times, place)) in by_rule {
        let times = count(times, "time");
        shell.status("Lost", &format!("{loss}: {times} ({id}, first at {place})"));
    }
}

/// The crate's files and the runtime's, all of them recorded in the lock file.
fn with_runtime(mut files: BTreeMap<String, String>) -> BTreeMap<String, String> {
    let runtime = runtime_sources::FILES.iter();
    let runtime = runtime.map(|(path, text)| (format!("runtime/{path}"), (*text).to_owned()));
    let runtime: BTreeMap<String, String> = runtime.collect();
    if let Some(Ok(mut lock)) = files.get(FILE).map(|it| Lock::parse(it.as_bytes())) {
        lock.record(
            runtime
                .iter()
                .map(|(path, text)| (path.as_str(), text.as_str())),
        );
        files.insert(FILE.to_owned(), lock.to_text());
    }
    for (path, text) in runtime {
        files.insert(path, text);
    }
    files
}

/// Nothing is overwritten that is not as a run made it. A folder of other things is left alone;
/// what stands beside the files of an earlier run is the user's, and stays.
fn refuse_others(
    out: &str,
    before: &BTreeMap<String, Vec<u8>>,
    all: &BTreeMap<String, String>,
) -> Result<(), Failure> {
    const ELSEWHERE: &str = "name another folder with --out, or move what is in it";
    let refuse = |problem: String| Err(Failure::new(DECIDE, problem, ELSEWHERE));
    let causes = causes(before, all);
    if !before.contains_key(FILE) && causes.iter().any(Cause::needs_a_person) {
        return refuse(format!(
            "`{out}` is not empty, and was not made by this command"
        ));
    }
    for cause in causes {
        match cause {
            Cause::EditedByHand { path } => {
                let problem = format!("`{out}/{path}` is not as this command made it");
                return refuse(problem);
            }
            Cause::LockDamaged { reason } => {
                return refuse(format!("`{out}/{FILE}` cannot be read: {reason}"));
            }
            _ => {}
        }
    }
    Ok(())
}

/// Writes what changed, and removes what an earlier run made and this one does not, and what it
/// was writing when it was stopped.
fn place(
    folder: &Path,
    before: &BTreeMap<String, Vec<u8>>,
    after: &BTreeMap<String, String>,
    disk: &dyn Disk,
) -> Result<(), Failure> {
    let recorded = before.get(FILE).and_then(|text| Lock::parse(text).ok());
    let ours = |path: &str| {
        path.ends_with(STAGED) || recorded.as_ref().is_some_and(|lock| lock.knows(path))
    };
    let change = Change {
        folder,
        before,
        after,
    };
    change.take(&change.steps(ours), disk, |_| {})
}
