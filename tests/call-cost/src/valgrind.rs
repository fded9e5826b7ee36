//! This program under Valgrind: Callgrind counts instructions, DHAT allocations. Both count what
//! happens, not how long it takes, so that a busy machine gives the same numbers.

use std::process::{Command, Stdio};

#[derive(Clone, Copy)]
pub(crate) enum Tool {
    Callgrind,
    Dhat,
}

/// What a run printed, and what Valgrind said about it.
pub(crate) struct Output {
    pub(crate) answer: String,
    pub(crate) report: String,
}

/// What was allocated, from the start to the end.
pub(crate) struct Allocations {
    pub(crate) count: u64,
    pub(crate) bytes: u64,
}

/// Whether Valgrind can be run.
pub(crate) fn available() -> Result<(), String> {
    let mut command = Command::new("valgrind");
    let status = command.arg("--version").stdout(Stdio::null()).status();
    match status {
        Ok(status) if status.success() => Ok(()),
        _ => Err("valgrind is missing; install it, for example: apt-get install valgrind".into()),
    }
}

/// Runs this program with these arguments under a tool.
pub(crate) fn run(tool: Tool, arguments: &[&str]) -> Result<Output, String> {
    let program = std::env::current_exe().map_err(|error| error.to_string())?;
    // Only the totals are used, and they are on standard error.
    let tool: &[&str] = match tool {
        Tool::Callgrind => &["--tool=callgrind", "--callgrind-out-file=/dev/null"],
        Tool::Dhat => &["--tool=dhat", "--dhat-out-file=/dev/null"],
    };
    let mut command = Command::new("valgrind");
    command.args(tool).arg(program).args(arguments);
    let output = command.output().map_err(|error| error.to_string())?;
    let report = String::from_utf8_lossy(&output.stderr).into_owned();
    if !output.status.success() {
        return Err(format!("valgrind: {}\n{report}", output.status));
    }
    Ok(Output {
        answer: String::from_utf8_lossy(&output.stdout).into_owned(),
        report,
    })
}

/// `==1== Collected : 123456`
pub(crate) fn instructions(report: &str) -> Option<u64> {
    let mut lines = report.lines();
    let total = lines.find_map(|line| line.split_once("Collected :"))?.1;
    total.trim().parse().ok()
}

/// `==1== Total:     1,234 bytes in 56 blocks`
pub(crate) fn allocations(report: &str) -> Option<Allocations> {
    let mut lines = report.lines();
    let total = lines.find_map(|line| line.split_once("Total:"))?.1;
    let (bytes, count) = total.split_once(" bytes in ")?;
    let number = |text: &str| text.replace(',', "").trim().parse().ok();
    Some(Allocations {
        count: number(count.split(' ').next()?)?,
        bytes: number(bytes)?,
    })
}

#[cfg(test)]
mod tests {
    use super::{allocations, instructions};

    #[test]
    fn totals_are_read() {
        let report = "==7== Events    : Ir\n==7== Collected : 1234\n";
        assert_eq!(instructions(report), Some(1234));
        let report = "==7== Total:     1,234,567 bytes in 8,901 blocks\n==7== At t-gmax: 1 bytes";
        let read = allocations(report).map(|value| (value.count, value.bytes));
        assert_eq!(read, Some((8901, 1_234_567)));
        assert_eq!(instructions(""), None);
    }
}
