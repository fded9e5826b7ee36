//! `regenerate`: every crate in memory first, then what changed onto disk, the lock file last.

use clap::ArgMatches;
use codegen::lock::{Cause, FILE};

use crate::client::{Planned, plan};
use crate::compare::diff;
use crate::exit::{Code, DECIDE, DONE, Failure};
use crate::folder::Foreign;
use crate::place::{Change, Step};
use crate::shell::Shell;
use crate::workspace::Workspace;
use crate::write::Disk;

pub(crate) fn run(
    workspace: &Workspace,
    arguments: &ArgMatches,
    disk: &dyn Disk,
    shell: &mut Shell,
) -> Result<Code, Failure> {
    let planned = plan(workspace, arguments, shell)?;
    for plan in &planned {
        plan.found.refuse_foreign(Foreign::FIX)?;
    }
    if !arguments.get_flag("discard-edits") {
        for plan in &planned {
            refuse_edits(plan)?;
        }
    }
    for plan in &planned {
        apply(plan, workspace, arguments, disk, shell)?;
    }
    Ok(DONE)
}

/// What a person wrote is not overwritten unless that is asked for.
fn refuse_edits(plan: &Planned) -> Result<(), Failure> {
    for cause in plan.causes() {
        let (path, what) = match &cause {
            Cause::EditedByHand { path } => (path.as_str(), "was edited by hand"),
            Cause::Orphan { path } => (path.as_str(), "was made by no run"),
            Cause::LockDamaged { .. } => (FILE, "cannot be read"),
            _ => continue,
        };
        let name = &plan.made.name;
        return Err(Failure::new(
            DECIDE,
            format!("generated/{name}/{path} {what}; nothing was written"),
            "move the edit to the inputs, then `cargo xtask regenerate --discard-edits`",
        ));
    }
    Ok(())
}

fn apply(
    plan: &Planned,
    workspace: &Workspace,
    arguments: &ArgMatches,
    disk: &dyn Disk,
    shell: &mut Shell,
) -> Result<(), Failure> {
    let (name, made) = (&plan.made.name, &plan.made);
    let size = format!(
        "{}, {}, {} applied",
        count(made.operations, "operation"),
        count(made.files.len(), "file"),
        count(plan.rules, "rule"),
    );
    let change = Change {
        folder: &workspace.path(&plan.folder),
        before: &plan.found.files,
        after: &made.files,
    };
    let steps = change.steps(|_| true);
    if steps.is_empty() {
        shell.status("Fresh", &format!("{name} ({size})"));
        return Ok(());
    }
    let (dry, diff) = (arguments.get_flag("dry-run"), arguments.get_flag("diff"));
    let mut tell = |step: Step<'_>| say(step, plan, dry, diff, shell);
    if dry {
        steps.iter().for_each(|step| tell(*step))
    } else {
        change.take(&steps, disk, tell)?
    }
    let is_write = |step: &&Step<'_>| matches!(step, Step::Write { .. });
    let changed = steps.iter().filter(is_write).count();
    let unchanged = made.files.len() - changed;
    shell.status(
        "Finished",
        &format!("{name} ({size}): {changed} changed, {unchanged} unchanged"),
    );
    Ok(())
}

/// Tells of a step, and with `--diff` shows what it changes.
fn say(step: Step<'_>, plan: &Planned, dry: bool, with_diff: bool, shell: &mut Shell) {
    let shown = |path: &str| format!("{}/{path}", plan.folder);
    match step {
        Step::Remove(path) => {
            shell.status(if dry { "Would remove" } else { "Removing" }, &shown(path));
        }
        Step::Write { path, text } => {
            shell.status(if dry { "Would write" } else { "Writing" }, &shown(path));
            if with_diff {
                let old = plan.found.files.get(path);
                let old = old.map(|old| String::from_utf8_lossy(old));
                shell.document(diff(&shown(path), &old.unwrap_or_default(), text));
            }
        }
    }
}

/// A number with its noun.
pub(crate) fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}
