//! Mutated documents for the pipeline: no input may panic, hang or grow, and each must end in a
//! crate or in an error that says where.
//!
//! Inputs are made from numbers, so that each can be made again: `--seed N`. They run in a process
//! of their own, since a stack that overflows or memory that runs out takes it down; the one that
//! watches notes the number and goes on behind it.

mod mutate;
mod random;
mod seeds;
mod shrink;
#[cfg(test)]
mod sinks;
mod target;

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, ExitCode, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use clap::{Arg, ArgMatches, value_parser};
use target::Trial;

/// Longer than any sound input takes, also where others have the processors.
const HANG: Duration = Duration::from_secs(60);

/// A process that has used more for one small input has run away.
const MEMORY_MIB: u64 = 1024;

fn main() -> ExitCode {
    let number = |name: &'static str, help: &'static str| {
        Arg::new(name)
            .long(name)
            .value_name("N")
            .value_parser(value_parser!(u64))
            .help(help)
    };
    let arguments = clap::Command::new("fuzz")
        .about("Feeds the pipeline with mutated documents")
        .arg(number("from", "The first seed").default_value("0"))
        .arg(number("seconds", "How long").default_value("60"))
        .arg(number("seed", "Runs one seed, and shows it"))
        .arg(number(
            "shrink",
            "Makes the input of a seed that fails as small as it fails",
        ))
        .arg(number(
            "write",
            "Writes so many mutated documents that are generated, to --into",
        ))
        .arg(Arg::new("into").long("into").value_name("DIR"))
        .arg(number("worker", "Runs inputs from this one on").hide(true))
        .get_matches();
    let of = |name: &str| arguments.get_one::<u64>(name).copied();
    if let Some(seed) = of("worker") {
        return work(seed);
    }
    if let Some(seed) = of("seed") {
        return one(seed);
    }
    if let Some(seed) = of("shrink") {
        println!(
            "{:#}",
            shrink::smallest(Trial::new(seed, &seeds::all())).document
        );
        return ExitCode::SUCCESS;
    }
    if let Some(count) = of("write") {
        return write(count, of("from").unwrap_or(0), &arguments);
    }
    watch(
        of("from").unwrap_or(0),
        Duration::from_secs(of("seconds").unwrap_or(60)),
    )
}

fn one(seed: u64) -> ExitCode {
    let trial = Trial::new(seed, &seeds::all());
    println!("{:#}", trial.document);
    match trial.run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("seed {seed} ({}): {problem}", trial.target);
            ExitCode::FAILURE
        }
    }
}

/// Writes documents of which the pipeline makes a crate, so that they can be compiled.
fn write(count: u64, from: u64, arguments: &ArgMatches) -> ExitCode {
    let folder = arguments
        .get_one::<String>("into")
        .map_or("mutated", String::as_str);
    let seeds = seeds::all();
    let made = |seed: &u64| {
        let trial = Trial::new(*seed, &seeds);
        let fit = trial.target == "generate" && trial.makes_a_crate();
        fit.then_some((*seed, trial.document))
    };
    let written = std::fs::create_dir_all(folder).and_then(|()| {
        (from..)
            .filter_map(|seed| made(&seed))
            .take(count as usize)
            .try_for_each(|(seed, document)| {
                std::fs::write(format!("{folder}/{seed}.json"), document.to_string())
            })
    });
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{folder}: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Runs inputs until it is ended; says which one before, and what is wrong after.
fn work(from: u64) -> ExitCode {
    std::panic::set_hook(Box::new(|_| {}));
    let seeds = seeds::all();
    let mut out = std::io::stdout();
    for seed in from.. {
        let said = writeln!(out, "{seed}").and_then(|()| out.flush());
        let problem = Trial::new(seed, &seeds).run().err();
        let problem = problem.or_else(|| {
            let peak = peak_mib();
            (peak > MEMORY_MIB).then(|| format!("{peak} MiB"))
        });
        let told = match &problem {
            Some(problem) => writeln!(out, "{seed} {}", problem.replace('\n', " ")),
            None => Ok(()),
        };
        if said.and(told).is_err() || problem.is_some_and(|it| it.ends_with("MiB")) {
            break;
        }
    }
    ExitCode::FAILURE
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
fn watch(from: u64, time: Duration) -> ExitCode {
    println!("{} seeds", seeds::all().len());
    let end = Instant::now() + time;
    let (mut next, mut failures) = (from, Vec::new());
    while Instant::now() < end {
        let (last, died) = worker(next, end, &mut failures);
        if let Some(reason) = died {
            eprintln!("seed {last}: {reason}");
            failures.push(last);
        }
        next = last + 1;
    }
    println!(
        "{} inputs, {} failures {failures:?}",
        next - from,
        failures.len()
    );
    match failures.is_empty() {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    }
}

/// One worker, until it dies, hangs, or the time is up: the last input, and how it ended if it was
/// not by us.
fn worker(from: u64, end: Instant, failures: &mut Vec<u64>) -> (u64, Option<&'static str>) {
    let Ok(program) = std::env::current_exe() else {
        return (from, Some("cannot be started"));
    };
    let mut command = Command::new(program);
    command
        .args(["--worker", &from.to_string()])
        .stdout(Stdio::piped());
    let Ok(mut child) = command.spawn() else {
        return (from, Some("cannot be started"));
    };
    let (sender, receiver) = mpsc::channel();
    let output = child.stdout.take();
    let reader = std::thread::spawn(move || {
        for line in output
            .into_iter()
            .flat_map(|it| BufReader::new(it).lines())
            .map_while(Result::ok)
        {
            let said = match line.split_once(' ') {
                Some((seed, problem)) => seed
                    .parse()
                    .ok()
                    .map(|it| Said::Fails(it, problem.to_owned())),
                None => line.parse().ok().map(Said::Begins),
            };
            if said.is_none_or(|it| sender.send(it).is_err()) {
                break;
            }
        }
    });
    let mut last = from;
    let died = loop {
        // The first input waits for the seeds to be read.
        match receiver.recv_timeout(HANG) {
            Ok(Said::Begins(seed)) => last = seed,
            Ok(Said::Fails(seed, problem)) => {
                eprintln!("seed {seed}: {problem}");
                failures.push(seed);
            }
            Err(mpsc::RecvTimeoutError::Timeout) => break Some("hangs"),
            Err(mpsc::RecvTimeoutError::Disconnected) => {
                break (!failures.contains(&last)).then_some("takes the process down");
            }
        }
        if Instant::now() > end {
            break None;
        }
    };
    // It is ours, and may have ended already.
    let _ = child.kill();
    let _ = child.wait();
    let _ = reader.join();
    (last, died)
}
