//! `regenerate`: generates every crate in memory, then writes what changed, the lock file last.

use clap::ArgMatches;
use codegen::lock::{Cause, FILE};

use crate::compare::diff;
use crate::count::{count, operations_made};
use crate::exit::{Code, DECIDE, DONE, Failure};
use crate::plan::{PlannedClient, plan};
use crate::scan::UnexpectedEntry;
use crate::shell::Shell;
use crate::transition::{Step, Transition};
use crate::workspace::Workspace;
use crate::write::FileSystem;

pub(crate) fn run(
    workspace: &Workspace,
    arguments: &ArgMatches,
    fs: &dyn FileSystem,
    shell: &mut Shell,
) -> Result<Code, Failure> {
    let planned = plan(workspace, arguments, shell)?;
    for client in &planned {
        client.on_disk.refuse_unexpected(UnexpectedEntry::FIX)?;
    }
    if !arguments.get_flag("discard-edits") {
        for client in &planned {
            refuse_edits(client)?;
        }
    }
    for client in &planned {
        apply(client, workspace, arguments, fs, shell)?;
    }
    Ok(DONE)
}

/// Refuses to overwrite what a person wrote, unless `--discard-edits` is given.
fn refuse_edits(client: &PlannedClient) -> Result<(), Failure> {
    for cause in client.causes() {
        let (path, what) = match &cause {
            Cause::EditedByHand { path } => (path.as_str(), "was edited by hand"),
            Cause::Orphan { path } => (path.as_str(), "is not a generated file"),
            Cause::LockDamaged { .. } => (FILE, "cannot be read"),
            _ => continue,
        };
        let name = &client.generated.name;
        return Err(Failure::new(
            DECIDE,
            format!("generated/{name}/{path} {what}; nothing was written"),
            "move the edit to the inputs, then `cargo xtask regenerate --discard-edits`",
        ));
    }
    Ok(())
}

fn apply(
    client: &PlannedClient,
    workspace: &Workspace,
    arguments: &ArgMatches,
    fs: &dyn FileSystem,
    shell: &mut Shell,
) -> Result<(), Failure> {
    let (name, generated) = (&client.generated.name, &client.generated);
    let size = format!(
        "{}, {}, {} applied",
        operations_made(generated),
        count(generated.files.len(), "file"),
        count(client.rules, "rule"),
    );
    let transition = Transition {
        folder: &workspace.path(&client.folder),
        before: &client.on_disk.files,
        after: &generated.files,
    };
    let steps = transition.steps(|_| true);
    if steps.is_empty() {
        shell.status("Fresh", &format!("{name} ({size})"));
        return Ok(());
    }
    let (dry, diff) = (arguments.get_flag("dry-run"), arguments.get_flag("diff"));
    let mut report = |step: Step<'_>| report_step(step, client, dry, diff, shell);
    if dry {
        steps.iter().for_each(|step| report(*step));
    } else {
        transition.apply(&steps, fs, report)?;
    }
    let is_write = |step: &&Step<'_>| matches!(step, Step::Write { .. });
    let changed = steps.iter().filter(is_write).count();
    let unchanged = generated.files.len() - changed;
    shell.status(
        "Finished",
        &format!("{name} ({size}): {changed} changed, {unchanged} unchanged"),
    );
    Ok(())
}

/// Reports a step, and with `--diff` shows what it changes.
fn report_step(
    step: Step<'_>,
    client: &PlannedClient,
    dry: bool,
    with_diff: bool,
    shell: &mut Shell,
) {
    let display = |path: &str| format!("{}/{path}", client.folder);
    match step {
        Step::Remove(path) => {
            shell.status(
                if dry { "Would remove" } else { "Removing" },
                &display(path),
            );
        }
        Step::Write { path, text } => {
            shell.status(if dry { "Would write" } else { "Writing" }, &display(path));
            if with_diff {
                let old = client.on_disk.files.get(path);
                let old = old.map(|old| String::from_utf8_lossy(old));
                shell.document(diff(&display(path), &old.unwrap_or_default(), text));
            }
        }
    }
}
