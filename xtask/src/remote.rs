//! Documents that are named by a URL. A program of its own fetches them, so that this one links no
//! HTTP client; they are held in memory and written nowhere.

use std::process::Output;
use std::time::Duration;

use clap::ArgMatches;
use codegen::config::check_source;
use codegen::inert::Inert;
use codegen::source::{Input, Source};

use crate::elsewhere::start;
use crate::exit::{Code, DONE, FAILED, Failure, USAGE};
use crate::shell::Shell;

/// How much of a document is taken, and how long it may take.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    most: u64,
    timeout: Duration,
}

impl Limits {
    /// Those of the command line; what is not said there has a default.
    pub(crate) fn of(arguments: &ArgMatches) -> Self {
        Self {
            most: arguments.get_one("max-size").copied().unwrap_or_default(),
            timeout: arguments.get_one("timeout").copied().unwrap_or_default(),
        }
    }
}

/// Whether `--from` names a URL, and not a file.
pub(crate) fn is_url(from: &str) -> bool {
    from.contains("://")
}

/// Fetches the document. Its name is the URL.
pub(crate) fn document(url: &str, limits: Limits, shell: &mut Shell) -> Result<Source, Failure> {
    if let Err(problem) = check_source(url) {
        let fix = "name the document by an https URL without userinfo and fragment, or by a file";
        return Err(Failure::new(USAGE, problem, fix));
    }
    shell.status("Fetching", url);
    let most = limits.most.to_string();
    let milliseconds = limits.timeout.as_millis().to_string();
    // Where this program's source is, so is the other's; the current folder may be anywhere.
    let output = start("fetch", "fetch")
        .args([url, &most, &milliseconds])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output();
    match output {
        Ok(output) if Code::from(output.status) == DONE => {
            Ok(Source::new(Input::Document, url, output.stdout))
        }
        Ok(output) => Err(failure(&output, shell)),
        Err(error) => {
            let problem = format!("the program that fetches cannot be started: {error}");
            let fix = "check that cargo can be run, or download the document and name the file";
            Err(Failure::new(FAILED, problem, fix))
        }
    }
}

/// What the program said; or, if it did not come to that, what cargo said.
fn failure(output: &Output, shell: &mut Shell) -> Failure {
    let said = String::from_utf8_lossy(&output.stderr);
    let after = |sign: &str| said.lines().find_map(|line| line.strip_prefix(sign));
    match (after("problem: "), after("fix: ")) {
        (Some(problem), Some(fix)) => Failure::new(Code::from(output.status), problem, fix),
        _ => {
            shell.print(&Inert::lines(&said));
            let fix = "see above; or download the document and name the file";
            Failure::new(FAILED, "the program that fetches did not finish", fix)
        }
    }
}

/// A size of the command line: bytes, KiB or MiB.
pub(crate) fn size(text: &str) -> Result<u64, String> {
    let units = [("KiB", 1 << 10), ("MiB", 1 << 20)];
    let unit = units
        .iter()
        .find_map(|(unit, bytes)| Some((text.strip_suffix(unit)?, *bytes)));
    let (number, bytes): (&str, u64) = unit.unwrap_or((text, 1));
    let number: Option<u64> = number.trim().parse().ok();
    let size = number.and_then(|number| number.checked_mul(bytes));
    let most = Source::MAX_BYTES as u64;
    let size = size.filter(|size| (1..=most).contains(size));
    size.ok_or_else(|| "it is no size up to 64 MiB: write it like `16MiB`".to_owned())
}

/// A time of the command line, in seconds.
pub(crate) fn seconds(text: &str) -> Result<Duration, String> {
    let seconds = text.parse().ok();
    let time = seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    let time = time.filter(|time| time.as_millis() > 0 && time.as_secs() <= 24 * 60 * 60);
    time.ok_or_else(|| "it is no time in seconds up to a day: write it like `60`".to_owned())
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
