//! `fetch URL BYTES MILLISECONDS`: prints what is at the URL, if it is no larger than that and all
//! there within that time.
//!
//! Started by `cargo xtask`, which so links no HTTP client. The document goes to standard output;
//! a failure is two lines on standard error, `problem: …` and `fix: …`, and an exit code of xtask.

mod address;
mod document;
mod failure;
mod gate;
mod zone;

use std::io::Write;
use std::process::ExitCode;
use std::time::Duration;

use document::Job;
use failure::{FAILED, Failure, USAGE};

#[expect(
    clippy::disallowed_methods,
    reason = "it says one thing, and that in `Failure`"
)]
fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let fetched = job(&arguments).and_then(|job| document::fetch(&job));
    match fetched.and_then(|bytes| print(&bytes)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            // If nobody listens, the exit code still says it.
            let _ = writeln!(std::io::stderr(), "{failure}");
            ExitCode::from(failure.code)
        }
    }
}

fn job(arguments: &[String]) -> Result<Job, Failure> {
    let [url, most, milliseconds] = arguments else {
        return Err(usage("there are not three arguments"));
    };
    let number = |text: &str| text.parse::<u64>().map_err(|_| usage("it is not a number"));
    Ok(Job {
        url: address::read(url)?,
        most: number(most)?,
        timeout: Duration::from_millis(number(milliseconds)?),
    })
}

fn usage(problem: &str) -> Failure {
    Failure::new(USAGE, problem, "fetch URL BYTES MILLISECONDS")
}

#[expect(
    clippy::disallowed_methods,
    reason = "the document is for the program that asks"
)]
fn print(bytes: &[u8]) -> Result<(), Failure> {
    let mut stdout = std::io::stdout().lock();
    let written = stdout.write_all(bytes).and_then(|()| stdout.flush());
    written.map_err(|error| {
        let problem = format!("the document cannot be handed on: {error}");
        Failure::new(FAILED, problem, "run it again")
    })
}
