//! `regenerate`: every crate in memory first, then what changed onto disk, the lock file last.

use clap::ArgMatches;
use codegen::lock::{Cause, FILE};

use crate::client::{Planned, plan};
use crate::compare::diff;
use crate::exit::{Code, DECIDE, DONE, Failure};
use crate::shell::Shell;
use crate::workspace::Workspace;
use crate::write::{remove, write};

pub(crate) fn run(arguments: &ArgMatches, shell: &mut Shell) -> Result<Code, Failure> {
    let workspace = Workspace::find()?;
    let planned = plan(&workspace, arguments, shell)?;
    if !arguments.get_flag("discard-edits") {
        for plan in &planned {
            refuse_edits(plan)?;
        }
    }
    for plan in &planned {
        apply(plan, &workspace, arguments, shell)?;
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
    shell: &mut Shell,
) -> Result<(), Failure> {
    let (name, made) = (&plan.made.name, &plan.made);
    let size = format!(
        "{}, {}, {} applied",
        count(made.operations, "operation"),
        count(made.files.len(), "file"),
        count(plan.rules, "rule"),
    );
    let (changed, gone) = plan.changes();
    if changed.is_empty() && gone.is_empty() {
        shell.status("Fresh", &format!("{name} ({size})"));
        return Ok(());
    }
    let dry = arguments.get_flag("dry-run");
    let folder = &plan.folder;
    for path in gone {
        let shown = format!("{folder}/{path}");
        shell.status(if dry { "Would remove" } else { "Removing" }, &shown);
        if !dry {
            remove(&workspace.path(&shown))?;
        }
    }
    for path in &changed {
        let shown = format!("{folder}/{path}");
        let text = made
            .files
            .get(*path)
            .map(String::as_str)
            .unwrap_or_default();
        shell.status(if dry { "Would write" } else { "Writing" }, &shown);
        if arguments.get_flag("diff") {
            let old = plan
                .on_disk
                .get(*path)
                .map(|old| String::from_utf8_lossy(old));
            shell.document(&diff(&shown, &old.unwrap_or_default(), text));
        }
        if !dry {
            write(&workspace.path(&shown), text)?;
        }
    }
    let unchanged = made.files.len() - changed.len();
    let changed = changed.len();
    shell.status(
        "Finished",
        &format!("{name} ({size}): {changed} changed, {unchanged} unchanged"),
    );
    Ok(())
}

impl Planned {
    /// The files to write, the lock file last since it says that all the others are there; and
    /// the files to remove.
    fn changes(&self) -> (Vec<&String>, Vec<&String>) {
        let differs = |(path, text): &(&String, &String)| {
            self.on_disk
                .get(*path)
                .is_none_or(|old| old != text.as_bytes())
        };
        let mut changed: Vec<&String> = self
            .made
            .files
            .iter()
            .filter(differs)
            .map(|(path, _)| path)
            .collect();
        changed.sort_by_key(|path| path.as_str() == FILE);
        let gone = self
            .on_disk
            .keys()
            .filter(|path| !self.made.files.contains_key(*path));
        (changed, gone.collect())
    }
}

/// A number with its noun.
pub(crate) fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}
