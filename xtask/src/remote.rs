//! Fetches documents from URLs with a separate program, so that xtask needs no HTTP client. The
//! documents stay in memory.

use std::process::Output;
use std::time::Duration;

use clap::ArgMatches;
use codegen::config::check_source;
use codegen::inert::Inert;
use codegen::source::{Input, Source};

use crate::exit::{Code, DONE, FAILED, Failure, USAGE};
use crate::external::cargo_run;
use crate::shell::Shell;

/// The limits of fetching: size and time.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    max_size: u64,
    timeout: Duration,
}

impl Limits {
    /// Returns the limits of the command line, which have defaults.
    pub(crate) fn of(arguments: &ArgMatches) -> Self {
        Self {
            max_size: arguments.get_one("max-size").copied().unwrap_or_default(),
            timeout: arguments.get_one("timeout").copied().unwrap_or_default(),
        }
    }
}

/// Whether `--from` names a URL instead of a file.
pub(crate) fn is_url(from: &str) -> bool {
    from.contains("://")
}

/// Fetches a document. Its display name is the URL.
pub(crate) fn document(url: &str, limits: Limits, shell: &mut Shell) -> Result<Source, Failure> {
    if let Err(problem) = check_source(url) {
        let fix = "use an https URL without userinfo and fragment, or a file";
        return Err(Failure::new(USAGE, problem, fix));
    }
    shell.status("Fetching", url);
    let max_size = limits.max_size.to_string();
    let milliseconds = limits.timeout.as_millis().to_string();
    // Cargo finds the other program beside the source of this one; the current folder may be anywhere.
    let output = cargo_run("fetch", "fetch")
        .args([url, &max_size, &milliseconds])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output();
    match output {
        Ok(output) if Code::from(output.status) == DONE => {
            Ok(Source::new(Input::Document, url, output.stdout))
        }
        Ok(output) => Err(failure(&output, shell)),
        Err(error) => {
            let problem = format!("the fetch program cannot be started: {error}");
            let fix = "check that cargo runs, or download the document and use the file";
            Err(Failure::new(FAILED, problem, fix))
        }
    }
}

/// Returns the program's own failure, or shows the output of cargo if the program did not start.
fn failure(output: &Output, shell: &mut Shell) -> Failure {
    let output_text = String::from_utf8_lossy(&output.stderr);
    let after = |sign: &str| output_text.lines().find_map(|line| line.strip_prefix(sign));
    match (after("problem: "), after("fix: ")) {
        (Some(problem), Some(fix)) => Failure::new(Code::from(output.status), problem, fix),
        _ => {
            shell.print(&Inert::lines(&output_text));
            let fix = "see the output above, or download the document and use the file";
            Failure::new(FAILED, "the fetch program did not finish", fix)
        }
    }
}

/// Parses a size of the command line: bytes, KiB or MiB.
pub(crate) fn size(text: &str) -> Result<u64, String> {
    let units = [("KiB", 1 << 10), ("MiB", 1 << 20)];
    let unit = units
        .iter()
        .find_map(|(unit, bytes)| Some((text.strip_suffix(unit)?, *bytes)));
    let (number, bytes): (&str, u64) = unit.unwrap_or((text, 1));
    let number: Option<u64> = number.trim().parse().ok();
    let size = number.and_then(|number| number.checked_mul(bytes));
    let max_size = Source::MAX_BYTES as u64;
    let size = size.filter(|size| (1..=max_size).contains(size));
    size.ok_or_else(|| "not a size up to 64 MiB; write it like `16MiB`".to_owned())
}

/// Parses a time of the command line, in seconds.
pub(crate) fn seconds(text: &str) -> Result<Duration, String> {
    let seconds = text.parse().ok();
    let time = seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    let time = time.filter(|time| time.as_millis() > 0 && time.as_secs() <= 24 * 60 * 60);
    time.ok_or_else(|| "not a time in seconds up to one day; write it like `60`".to_owned())
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{seconds, size};

    #[test]
    fn sizes_and_times_are_read_strictly() {
        assert_eq!(size("64MiB"), Ok(64 << 20));
        assert_eq!(size("2 KiB"), Ok(2048));
        assert_eq!(size("7"), Ok(7));
        assert_eq!(seconds("0.25"), Ok(Duration::from_millis(250)));
        for bad in [
            "",
            "0",
            "-1",
            "MiB",
            "1MB",
            "99999999999GiB",
            "1.5MiB",
            "1GiB",
        ] {
            assert!(size(bad).is_err(), "{bad}");
        }
        for bad in ["", "0", "-1", "inf", "NaN", "1s", "1e9"] {
            assert!(seconds(bad).is_err(), "{bad}");
        }
    }
}
