//! What a process costs. Each is started by a process of its own, whose children it is the only
//! one of: the system tells what all children of a process took, and the most memory of any.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

/// What a process took.
#[derive(Clone, Copy)]
pub(crate) struct Cost {
    /// Seconds of processors, all threads together, outside the kernel.
    pub(crate) user: f64,
    /// Seconds on the clock.
    pub(crate) wall: f64,
    /// The most memory that it had, in MiB.
    pub(crate) memory: f64,
}

/// Of each measure the one in the middle.
pub(crate) fn median(costs: &[Cost]) -> Cost {
    let middle = |measure: fn(&Cost) -> f64| {
        let mut all: Vec<f64> = costs.iter().map(measure).collect();
        all.sort_by(f64::total_cmp);
        all[all.len() / 2]
    };
    Cost {
        user: middle(|cost| cost.user),
        wall: middle(|cost| cost.wall),
        memory: middle(|cost| cost.memory),
    }
}

/// Measures a program that makes the folder `out`, which is empty before.
///
/// # Errors
///
/// The last words of the program, if it fails.
pub(crate) fn of(program: &Path, arguments: &[&OsStr], out: &Path) -> Result<Cost, String> {
    if out.exists() {
        fs::remove_dir_all(out).map_err(|error| error.to_string())?;
    }
    let mut command = Command::new(crate::this()?);
    command.arg("measure").arg(program).args(arguments);
    let output = command.output().map_err(|error| error.to_string())?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    match output.status.success() {
        true => parse(&said).ok_or(said),
        false => Err(String::from_utf8_lossy(&output.stderr).trim().to_owned()),
    }
}

/// Measures a program in a folder, however it ends: with `crate`, or with the ids of what it found.
///
/// # Errors
///
/// The last words of the program, if it crashes.
pub(crate) fn any(
    program: &Path,
    arguments: &[&OsStr],
    folder: &Path,
) -> Result<(Cost, String), String> {
    let mut command = Command::new(crate::this()?);
    command.arg("measure-any").arg(program).args(arguments);
    let output = command.current_dir(folder).output();
    let output = output.map_err(|error| error.to_string())?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let (cost, outcome) = said.split_once('\n').unwrap_or_default();
    match (output.status.success(), parse(cost)) {
        (true, Some(cost)) => Ok((cost, outcome.trim().to_owned())),
        _ => Err(String::from_utf8_lossy(&output.stderr).trim().to_owned()),
    }
}

/// The instructions of a program in a folder, however it ends, counted by Valgrind: unlike time,
/// they do not depend on caches and on what else the machine does.
///
/// # Errors
///
/// The last words of Valgrind, or that it is missing.
pub(crate) fn instructions(
    program: &Path,
    arguments: &[&OsStr],
    folder: &Path,
) -> Result<f64, String> {
    let mut command = Command::new("valgrind");
    command.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]);
    command.arg(program).args(arguments).stdout(Stdio::null());
    let output = command.current_dir(folder).output();
    let output = output.map_err(|error| format!("valgrind: {error}"))?;
    let said = String::from_utf8_lossy(&output.stderr);
    collected(&said).ok_or_else(|| reason(&said))
}

/// `==1== Collected : 123456`
fn collected(said: &str) -> Option<f64> {
    let line = said.lines().find(|line| line.contains("Collected :"))?;
    line.rsplit_once(':')?.1.trim().parse().ok()
}

/// Runs a program, and prints what it took and how it ended.
pub(crate) fn print_any(program: &str, arguments: &[&str]) -> Result<(), String> {
    let started = Instant::now();
    let output = Command::new(program).args(arguments).output();
    let output = output.map_err(|error| error.to_string())?;
    let wall = started.elapsed().as_secs_f64();
    let said = String::from_utf8_lossy(&output.stderr);
    let outcome = match output.status.code() {
        Some(0) => "crate".to_owned(),
        Some(100) => found(&said),
        _ => return Err(format!("{}: {}", output.status, reason(&said))),
    };
    let (user, memory) = children()?;
    println!("{user} {wall} {memory}\n{outcome}");
    Ok(())
}

/// The ids of the errors in what a program says.
fn found(said: &str) -> String {
    let ids = said.lines().filter_map(|line| {
        let (id, _) = line.strip_prefix("error[")?.split_once(']')?;
        Some(format!("`{id}`"))
    });
    let ids: BTreeSet<String> = ids.collect();
    ids.into_iter().collect::<Vec<_>>().join(", ")
}

/// Runs a program and prints what it took.
pub(crate) fn print(program: &str, arguments: &[&str]) -> Result<(), String> {
    let mut command = Command::new(program);
    command.args(arguments).stdout(Stdio::null());
    let started = Instant::now();
    let output = command.output().map_err(|error| error.to_string())?;
    let wall = started.elapsed().as_secs_f64();
    if !output.status.success() {
        return Err(reason(&String::from_utf8_lossy(&output.stderr)));
    }
    let (user, memory) = children()?;
    println!("{user} {wall} {memory}");
    Ok(())
}

fn parse(said: &str) -> Option<Cost> {
    let mut numbers = said.split_whitespace().map(str::parse);
    let mut next = || numbers.next()?.ok();
    Some(Cost {
        user: next()?,
        wall: next()?,
        memory: next()?,
    })
}

/// Why a program failed: what it says of a panic, else all.
fn reason(said: &str) -> String {
    let mut lines = said
        .lines()
        .skip_while(|line| !line.contains("panicked at"));
    match lines.next() {
        Some(_) => format!("panic: {}", lines.next().unwrap_or_default()),
        None => said.trim().trim_start_matches("error: ").to_owned(),
    }
}

/// The user time of all children in seconds, and the most memory of one in MiB.
#[cfg(unix)]
fn children() -> Result<(f64, f64), String> {
    use nix::sys::resource::{UsageWho, getrusage};
    use nix::sys::time::TimeValLike as _;

    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).map_err(|error| error.to_string())?;
    let user = usage.user_time().num_microseconds() as f64 / 1e6;
    // In bytes there, in KiB elsewhere.
    let unit = if cfg!(target_vendor = "apple") {
        1.0
    } else {
        1024.0
    };
    Ok((user, usage.max_rss() as f64 * unit / f64::from(1 << 20)))
}

#[cfg(not(unix))]
fn children() -> Result<(f64, f64), String> {
    Err("this system does not tell what a child took".to_owned())
}

#[cfg(test)]
mod tests {
    use super::{Cost, collected, median, parse, reason};

    #[test]
    fn each_measure_has_its_own_middle() {
        let cost = |user, wall, memory| Cost { user, wall, memory };
        let middle = median(&[
            cost(1.0, 9.0, 5.0),
            cost(3.0, 7.0, 5.0),
            cost(2.0, 8.0, 6.0),
        ]);
        assert_eq!((middle.user, middle.wall, middle.memory), (2.0, 8.0, 5.0));
    }

    #[test]
    fn what_a_measured_process_says_is_read() {
        let cost = parse("0.5 0.25 12\n");
        assert!(cost.is_some_and(|measurement| (
            measurement.user,
            measurement.wall,
            measurement.memory
        ) == (0.5, 0.25, 12.0)));
        assert!(parse("0.5").is_none());
        let panic = "\nthread 'main' (7) panicked at a.rs:1:2:\nnot done\nnote: run with";
        assert_eq!(reason(panic), "panic: not done");
        assert_eq!(reason("error: no such file\n"), "no such file");
        let counted = "==7== Events    : Ir\n==7== Collected : 1234\n";
        assert_eq!(collected(counted), Some(1234.0));
        assert_eq!(collected(panic), None);
    }
}
