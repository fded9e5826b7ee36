//! `cargo xtask contract`: the client and the sandbox before judges that this project did not
//! write.
//!
//! Prism serves the stored document and judges the client's requests; schemathesis makes requests
//! out of the same document and judges the sandbox's answers. Both are pinned, run on loopback,
//! and end with this program.

mod bad;
mod calls;
mod declared;
mod fuzz;
mod install;
mod mock;
mod peer;
mod verdict;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Arg, ArgAction, Command};

/// Why a run did not end well.
enum Failure {
    /// Something is missing here; and how to get it.
    Missing(String, String),
    /// A judge could not do its work.
    Broken(String),
    /// A judge found something.
    Found(Vec<String>),
}

/// A status line in the manner of Cargo.
fn say(verb: &str, text: &str) {
    eprintln!("{verb:>12} {text}");
}

/// Where the judges are installed. The path is absolute: they run in folders of their own.
fn folder() -> Result<PathBuf, Failure> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2);
    let target = match (std::env::var_os("CARGO_TARGET_DIR"), root) {
        (Some(target), _) => PathBuf::from(target),
        (None, root) => root.unwrap_or(Path::new("")).join("target"),
    };
    let folder = std::path::absolute(target.join("contract"));
    folder.map_err(|error| Failure::Broken(format!("the target folder: {error}")))
}

/// Runs one thing to its end.
fn block_on<F: Future>(future: F) -> Result<F::Output, Failure> {
    let mut builder = tokio::runtime::Builder::new_current_thread();
    let runtime = builder.enable_all().build();
    let runtime = runtime.map_err(|error| Failure::Broken(error.to_string()))?;
    Ok(runtime.block_on(future))
}

fn main() -> ExitCode {
    let arguments = Command::new("contract")
        .bin_name("cargo xtask contract")
        .about("Has Prism judge the client's requests, and schemathesis the sandbox's answers")
        .arg(
            Arg::new("install")
                .long("install")
                .action(ArgAction::SetTrue)
                .help("Installs the two judges first, in the target folder"),
        )
        .get_matches();
    match run(arguments.get_flag("install")) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Found(problems)) => {
            for problem in &problems {
                say("problem:", problem);
            }
            say("Failed", &format!("problems: {}", problems.len()));
            ExitCode::from(100)
        }
        Err(Failure::Missing(what, how)) => {
            say("problem:", &what);
            say("fix:", &how);
            ExitCode::from(101)
        }
        Err(Failure::Broken(what)) => {
            say("problem:", &what);
            say("fix:", "look at what is printed above");
            ExitCode::from(101)
        }
    }
}

fn run(install: bool) -> Result<(), Failure> {
    let folder = folder()?;
    if install {
        install::install(&folder)?;
    }
    let tools = install::tools(&folder)?;
    let broken = |error: std::io::Error| Failure::Broken(format!("a temporary folder: {error}"));
    let given = tempfile::tempdir().map_err(broken)?;
    let path = given.path().join("openapi.json");
    let document = sandbox::corrected();
    std::fs::write(&path, document.to_string()).map_err(broken)?;
    let judged = mock::run(&tools, &path, &document)?;
    say("Judged", &judged);
    let judged = fuzz::run(&tools, &path, &document)?;
    say("Judged", &judged);
    Ok(())
}
