//! `fetch URL BYTES MILLISECONDS`: prints the document at a URL, within a size and a time.
//!
//! `cargo xtask` starts this program, so that it needs no HTTP client itself. The document goes to
//! standard output; a failure is two lines on standard error, `problem: …` and `fix: …`, and an exit
//! code of xtask.

mod document;
mod failure;
mod gate;
mod redirect;
mod rule;
mod url;
mod zone;

use std::io::Write;
use std::process::ExitCode;
use std::time::Duration;

use document::Job;
use failure::{FAILED, Failure, USAGE};

#[expect(
    clippy::disallowed_methods,
    reason = "it prints one failure, whose text is escaped"
)]
fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let fetched = job(&arguments).and_then(|job| document::fetch(&job));
    match fetched.and_then(|bytes| print(&bytes)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            // If standard error is closed, the exit code still reports the failure.
            let _ = writeln!(std::io::stderr(), "{failure}");
            ExitCode::from(failure.code)
        }
    }
}

fn job(arguments: &[String]) -> Result<Job, Failure> {
    let [url, max_size, milliseconds] = arguments else {
        return Err(usage("three arguments are required"));
    };
    let number = |text: &str| {
        text.parse::<u64>()
            .map_err(|_| usage("the limits must be numbers"))
    };
    Ok(Job {
        url: redirect::read(url)?,
        max_size: number(max_size)?,
        timeout: Duration::from_millis(number(milliseconds)?),
    })
}

fn usage(problem: &str) -> Failure {
    Failure::new(USAGE, problem, "fetch URL BYTES MILLISECONDS")
}

#[expect(
    clippy::disallowed_methods,
    reason = "the caller reads the document from standard output"
)]
fn print(bytes: &[u8]) -> Result<(), Failure> {
    let mut stdout = std::io::stdout().lock();
    let written = stdout.write_all(bytes).and_then(|()| stdout.flush());
    written.map_err(|error| {
        let problem = format!("the document cannot be written to standard output: {error}");
        Failure::new(FAILED, problem, "run it again")
    })
}
