//! The command line: `cargo xtask regenerate`, `check`, `diff`, `generate`, `sandbox`, `demo`.
//!
//! This program owns all IO; what is generated is decided in `codegen`.

mod check;
mod cli;
mod client;
mod compare;
mod diff;
mod elsewhere;
mod exit;
mod generate;
mod git;
mod regenerate;
mod shell;
mod workspace;
mod write;

use std::process::ExitCode;

use shell::Shell;

fn main() -> ExitCode {
    quiet_panics();
    let matches = match cli::command().try_get_matches() {
        Ok(matches) => matches,
        Err(error) => {
            let asked = !error.use_stderr();
            // Help goes to stdout, complaints to stderr; neither can be helped if it is closed.
            let _ = error.print();
            return if asked { exit::DONE } else { exit::USAGE }.into();
        }
    };
    let mut shell = Shell::new(cli::color(&matches));
    let result = match matches.subcommand() {
        Some(("regenerate", arguments)) => regenerate::run(arguments, &mut shell),
        Some(("check", arguments)) => check::run(arguments, &mut shell),
        Some(("diff", arguments)) => diff::run(arguments, &mut shell),
        Some(("generate", arguments)) => generate::run(arguments, &mut shell),
        Some((name, arguments)) => elsewhere::run(name, arguments),
        None => Ok(exit::USAGE),
    };
    match result {
        Ok(code) => code.into(),
        Err(failure) => {
            shell.problem(&failure.problem, &failure.fix);
            failure.code.into()
        }
    }
}

/// The pipeline turns panics of its libraries into findings; their usual text would only repeat it.
fn quiet_panics() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if std::thread::current().name() != Some(codegen::upstream::THREAD) {
            usual(panic);
        }
    }));
}
