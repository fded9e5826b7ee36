//! Fetches one document to standard output. A program of its own, so that `xtask` links no HTTP.
//!
//! What is fetched is only ever read as a document. Still a server could keep this waiting, send
//! without end or lead it elsewhere: time, size, redirects and schemes are bounded.

mod get;
mod url;

use std::io::Write;
use std::process::ExitCode;
use std::time::Duration;

use clap::{Arg, ArgMatches, Command, value_parser};

use get::Bounds;

/// Why there is no document, and the way out.
struct Failure {
    code: u8,
    problem: String,
    fix: &'static str,
}

/// A person must decide.
const DECIDE: u8 = 100;
/// It could not be fetched this time.
const FAILED: u8 = 101;

impl Failure {
    fn new(code: u8, problem: impl Into<String>, fix: &'static str) -> Self {
        Self {
            code,
            problem: problem.into(),
            fix,
        }
    }
}

fn main() -> ExitCode {
    let arguments = command().get_matches();
    let fetched = run(&arguments).and_then(|document| {
        let written = std::io::stdout().write_all(&document);
        written.map_err(|error| {
            let problem = format!("the document cannot be handed on: {error}");
            Failure::new(FAILED, problem, "run it again")
        })
    });
    match fetched {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure { code, problem, fix }) => {
            // Nothing more can be done where standard error is closed.
            let mut stderr = std::io::stderr();
            let _ = writeln!(stderr, "{:>12} {problem}\n{:>12} {fix}", "problem:", "fix:");
            ExitCode::from(code)
        }
    }
}

fn command() -> Command {
    Command::new("fetch")
        .about("Fetches a document to standard output")
        .arg(Arg::new("url").value_name("URL").required(true))
        .arg(
            Arg::new("timeout")
                .long("timeout")
                .value_name("SECONDS")
                .value_parser(value_parser!(u64).range(1..))
                .default_value("60")
                .help("For all of it, redirects included"),
        )
        .arg(
            Arg::new("max-size")
                .long("max-size")
                .value_name("MIB")
                .value_parser(value_parser!(u64).range(1..=4096))
                .default_value("64")
                .help("The most that is read"),
        )
}

fn run(arguments: &ArgMatches) -> Result<Vec<u8>, Failure> {
    let number = |name: &str| arguments.get_one::<u64>(name).copied().unwrap_or(1);
    let bounds = Bounds {
        time: Duration::from_secs(number("timeout")),
        bytes: number("max-size") << 20,
    };
    let given = arguments.get_one::<String>("url");
    let url = url::parse(given.map(String::as_str).unwrap_or_default())?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::new(FAILED, format!("nothing can be run: {error}"), "retry"))?;
    runtime.block_on(get::document(url, bounds))
}
