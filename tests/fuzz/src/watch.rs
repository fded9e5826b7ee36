//! Runs inputs in a process of its own, since a stack that overflows or memory that runs out takes
//! it down; the one that watches notes the seed and goes on behind it.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, ExitCode, Stdio};
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::{Duration, Instant};

use crate::random::Random;
use crate::seeds;
use crate::target::{DOCUMENTS, Target};

/// Longer than any sound input takes, also where others have the processors.
const HANG: Duration = Duration::from_secs(60);

/// A process that has used more for one small input has run away.
const MEMORY_MIB: u64 = 1024;

/// Runs inputs until it is ended; says which one before, and what is wrong after.
pub fn work(target: &Target, from: u64) -> ExitCode {
    std::panic::set_hook(Box::new(|_| {}));
    let mut out = std::io::stdout();
    for seed in from.. {
        let said = writeln!(out, "{seed}").and_then(|()| out.flush());
        let problem = (target.trial)(&mut Random::new(seed)).err();
        let problem = problem.or_else(|| {
            let peak = peak_mib();
            (peak > MEMORY_MIB).then(|| format!("{peak} MiB"))
        });
        let told = match problem.as_deref().map(first_line) {
            Some(problem) => writeln!(out, "{seed} {problem}"),
            None => Ok(()),
        };
        if said.and(told).is_err() || problem.is_some_and(|problem| problem.ends_with("MiB")) {
            break;
        }
    }
    ExitCode::FAILURE
}

/// Inputs may be large: `--seed` shows them.
fn first_line(problem: &str) -> &str {
    problem.lines().next().unwrap_or("without a word")
}

/// The most memory that this process had.
fn peak_mib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    kib.unwrap_or(0) / 1024
}

/// What a worker says.
enum Said {
    Begins(u64),
    Fails(u64, String),
}

/// Watches workers for a time, and tells what they found.
pub fn watch(target: &Target, from: u64, time: Duration) -> ExitCode {
    if target.name == DOCUMENTS {
        println!("{} seeds", seeds::all().len());
    }
    let end = Instant::now() + time;
    let (mut next, mut failures) = (from, Vec::new());
    while Instant::now() < end {
        let (last, died) = worker(target, next, end, &mut failures);
        if let Some(reason) = died {
            eprintln!("seed {last}: {reason}");
            failures.push(last);
        }
        next = last + 1;
    }
    println!(
        "{}: {} inputs, {} failures {failures:?}",
        target.name,
        next - from,
        failures.len()
    );
    if failures.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// One worker, until it dies, hangs, or the time is up: the last input, and how it ended if it was
/// not by us.
fn worker(
    target: &Target,
    from: u64,
    end: Instant,
    failures: &mut Vec<u64>,
) -> (u64, Option<&'static str>) {
    let Ok(mut child) = start(target, from) else {
        return (from, Some("cannot be started"));
    };
    let (sender, receiver) = mpsc::channel();
    let output = child.stdout.take();
    let reader = std::thread::spawn(move || {
        let lines = output
            .into_iter()
            .flat_map(|value| BufReader::new(value).lines());
        hear(lines.map_while(Result::ok), &sender);
    });
    let ended = follow(&receiver, from, end, failures);
    // It is ours, and may have ended already.
    let _ = child.kill();
    let _ = child.wait();
    let _ = reader.join();
    ended
}

fn start(target: &Target, from: u64) -> std::io::Result<Child> {
    Command::new(std::env::current_exe()?)
        .args(["--target", target.name, "--worker", &from.to_string()])
        .stdout(Stdio::piped())
        .spawn()
}

/// Passes on what a worker says, until it says what none would.
fn hear(lines: impl Iterator<Item = String>, sender: &Sender<Said>) {
    for line in lines {
        let said = match line.split_once(' ') {
            Some((seed, problem)) => seed
                .parse()
                .ok()
                .map(|seed| Said::Fails(seed, problem.to_owned())),
            None => line.parse().ok().map(Said::Begins),
        };
        if said.is_none_or(|said| sender.send(said).is_err()) {
            break;
        }
    }
}

/// Follows a worker to its end or ours.
fn follow(
    receiver: &Receiver<Said>,
    from: u64,
    end: Instant,
    failures: &mut Vec<u64>,
) -> (u64, Option<&'static str>) {
    let mut last = from;
    loop {
        // The first input waits for the seeds to be read.
        match receiver.recv_timeout(HANG) {
            Ok(Said::Begins(seed)) => last = seed,
            Ok(Said::Fails(seed, problem)) => {
                eprintln!("seed {seed}: {problem}");
                failures.push(seed);
            }
            Err(mpsc::RecvTimeoutError::Timeout) => return (last, Some("hangs")),
            Err(mpsc::RecvTimeoutError::Disconnected) => {
                let told = failures.contains(&last);
                return (last, (!told).then_some("takes the process down"));
            }
        }
        if Instant::now() > end {
            return (last, None);
        }
    }
}
