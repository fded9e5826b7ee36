//! Runs commands that are separate programs, because their dependencies are too heavy for xtask.

use std::process::Command;

use clap::ArgMatches;

use crate::exit::{Code, FAILED, Failure};
use crate::workspace::Workspace;

/// The programs: command, package, and binary of the package.
const PROGRAMS: &[(&str, &str, &str)] = &[
    ("contract", "contract", "contract"),
    ("sandbox", "sandbox", "sandbox"),
    ("demo", "sandbox", "demo"),
];

/// Returns the command that builds, if needed, and runs a program of this workspace.
pub(crate) fn cargo_run(package: &str, program: &str) -> Command {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.args(["run", "--quiet", "--package", package]);
    command.args(["--bin", program, "--"]);
    command
}

/// Builds, if needed, and runs a program. Returns its exit code.
pub(crate) fn run(name: &str, arguments: &ArgMatches) -> Result<Code, Failure> {
    let workspace = Workspace::find()?;
    let Some((_, package, program)) = PROGRAMS.iter().find(|(command, ..)| *command == name) else {
        return Ok(crate::exit::USAGE);
    };
    let passed = arguments
        .get_many::<String>("arguments")
        .unwrap_or_default();
    let status = cargo_run(package, program)
        .args(passed)
        .current_dir(workspace.path(""))
        .status();
    match status {
        Ok(status) => Ok(Code::from(status)),
        Err(error) => {
            let problem = format!("`{name}` cannot be started: {error}");
            Err(Failure::new(FAILED, problem, "check that cargo runs"))
        }
    }
}
