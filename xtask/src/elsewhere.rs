//! Commands that are programs of their own: servers and their clients are too heavy for this one.

use std::process::Command;

use clap::ArgMatches;

use crate::exit::{Code, FAILED, Failure};
use crate::workspace::Workspace;

/// The program of a command: its package, and its name in there.
const PROGRAMS: &[(&str, &str, &str)] = &[
    ("contract", "contract", "contract"),
    ("sandbox", "sandbox", "sandbox"),
    ("demo", "sandbox", "demo"),
];

/// The command that builds a program of this workspace, if need be, and runs it.
pub(crate) fn start(package: &str, program: &str) -> Command {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.args(["run", "--quiet", "--package", package]);
    command.args(["--bin", program, "--"]);
    command
}

/// Builds the program, if need be, and runs it in place of this one; its exit code is passed on.
pub(crate) fn run(name: &str, arguments: &ArgMatches) -> Result<Code, Failure> {
    let workspace = Workspace::find()?;
    let Some((_, package, program)) = PROGRAMS.iter().find(|(command, ..)| *command == name) else {
        return Ok(crate::exit::USAGE);
    };
    let passed = arguments
        .get_many::<String>("arguments")
        .unwrap_or_default();
    let status = start(package, program)
        .args(passed)
        .current_dir(workspace.path(""))
        .status();
    match status {
        Ok(status) => Ok(Code::from(status)),
        Err(error) => {
            let problem = format!("`{name}` cannot be started: {error}");
            Err(Failure::new(FAILED, problem, "check that cargo can be run"))
        }
    }
}
