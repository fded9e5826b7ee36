//! The command line. `cargo xtask --help` lists the commands.
//!
//! This program owns all IO; what is generated is decided in `codegen`.

mod check;
mod cli;
mod client;
mod compare;
mod corpus;
#[cfg(test)]
mod crash_tests;
mod diff;
mod elsewhere;
mod exit;
mod folder;
mod generate;
mod git;
mod offer;
mod place;
mod read;
mod regenerate;
mod remote;
mod shell;
mod slice;
mod workspace;
mod write;

use std::process::ExitCode;

use clap::ArgMatches;

use exit::{Code, Failure};
use shell::Shell;
use workspace::Workspace;

fn main() -> ExitCode {
    quiet_panics();
    let matches = match cli::command().try_get_matches() {
        Ok(matches) => matches,
        Err(error) => {
            return cli::explain(&error).into();
        }
    };
    let mut shell = Shell::new(cli::color(&matches));
    match run(&matches, &mut shell) {
        Ok(code) => code.into(),
        Err(failure) => {
            shell.problem(&failure.problem, &failure.fix);
            failure.code.into()
        }
    }
}

fn run(matches: &ArgMatches, shell: &mut Shell) -> Result<Code, Failure> {
    let disk = &write::Real;
    match matches.subcommand() {
        Some(("regenerate", arguments)) => {
            regenerate::run(&Workspace::find()?, arguments, disk, shell)
        }
        Some(("check", arguments)) => check::run(&Workspace::find()?, arguments, shell),
        Some(("slice", arguments)) => slice::run(arguments, disk, shell),
        Some(("diff", arguments)) => diff::run(&Workspace::find()?, arguments, shell),
        Some(("generate", arguments)) => generate::run(arguments, disk, shell),
        Some(("corpus", arguments)) => corpus::run(arguments, disk, shell),
        Some((name, arguments)) => elsewhere::run(name, arguments),
        None => Ok(exit::USAGE),
    }
}

/// The pipeline turns panics of its libraries into diagnostics; their usual text would only repeat it.
fn quiet_panics() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if std::thread::current().name() != Some(codegen::progenitor_adapter::THREAD) {
            usual(panic);
        }
    }));
}
