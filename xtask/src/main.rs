//! The command line. `cargo xtask --help` lists the commands.
//!
//! This program does all IO; `codegen` decides what is generated.

mod check;
mod cli;
mod compare;
mod corpus;
mod count;
#[cfg(test)]
mod crash_tests;
mod diff;
mod exit;
mod external;
mod generate;
mod git;
mod input_file;
mod inputs;
mod plan;
mod read;
mod regenerate;
mod remote;
mod scan;
mod shell;
mod show;
mod slice;
mod transition;
mod upstream_operations;
mod workspace;
mod write;

use std::process::ExitCode;

use clap::ArgMatches;

use exit::{Code, Failure};
use shell::Shell;
use workspace::Workspace;

fn main() -> ExitCode {
    silence_library_panics();
    let matches = match cli::command().try_get_matches() {
        Ok(matches) => matches,
        Err(error) => {
            return cli::explain(&error).into();
        }
    };
    let mut shell = Shell::new(cli::color(&matches));
    let outcome = run(&matches, &mut shell);
    shell.print_records();
    match outcome {
        Ok(code) => code.into(),
        Err(failure) => {
            shell.problem(&failure.problem, &failure.fix);
            failure.code.into()
        }
    }
}

fn run(matches: &ArgMatches, shell: &mut Shell) -> Result<Code, Failure> {
    let fs = &write::RealFs;
    match matches.subcommand() {
        Some(("regenerate", arguments)) => {
            regenerate::run(&Workspace::find()?, arguments, fs, shell)
        }
        Some(("check", arguments)) => check::run(&Workspace::find()?, arguments, shell),
        Some(("slice", arguments)) => slice::run(arguments, fs, shell),
        Some(("diff", arguments)) => diff::run(&Workspace::find()?, arguments, shell),
        Some(("generate", arguments)) => generate::run(arguments, fs, shell),
        Some(("corpus", arguments)) => corpus::run(arguments, fs, shell),
        Some((name, arguments)) => external::run(name, arguments),
        None => Ok(exit::USAGE),
    }
}

/// Silences the panic messages of libraries, which the pipeline turns into diagnostics.
fn silence_library_panics() {
    let default_hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if std::thread::current().name() != Some(codegen::progenitor_adapter::THREAD) {
            default_hook(panic);
        }
    }));
}
