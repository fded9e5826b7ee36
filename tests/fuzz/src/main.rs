//! Feeds the promises of the workspace with inputs of chance: `--target NAME` says which promise.
//!
//! Inputs are made from numbers, so that each can be made again: `--seed N`.

mod docs;
mod documents;
mod mutate;
mod names;
mod random;
mod seeds;
mod shrink;
mod sinks;
mod target;
mod unions;
mod watch;

use std::process::ExitCode;
use std::time::Duration;

use clap::{Arg, ArgMatches, Command, value_parser};
use documents::Trial;
use random::Random;
use target::{DOCUMENTS, TARGETS, Target};

fn main() -> ExitCode {
    let arguments = command().get_matches();
    let of = |name: &str| arguments.get_one::<u64>(name).copied();
    let from = of("from").unwrap_or(0);
    let name = arguments.get_one::<String>("target");
    let Some(target) = target::named(name.map_or(DOCUMENTS, String::as_str)) else {
        return ExitCode::FAILURE;
    };
    if let Some(seed) = of("worker") {
        return watch::work(target, seed);
    }
    if let Some(seed) = of("seed") {
        return one(target, seed);
    }
    if let Some(seed) = of("shrink") {
        let smallest = shrink::smallest(Trial::new(&mut Random::new(seed)));
        println!("{:#}", smallest.document);
        return ExitCode::SUCCESS;
    }
    if let Some(count) = of("write") {
        return write(from, count, &arguments);
    }
    let seconds = Duration::from_secs(of("seconds").unwrap_or(60));
    watch::watch(target, from, seconds)
}

fn command() -> Command {
    let number = |name: &'static str, help: &'static str| {
        Arg::new(name)
            .long(name)
            .value_name("N")
            .value_parser(value_parser!(u64))
            .help(help)
    };
    let names = TARGETS.iter().map(|target| target.name);
    Command::new("fuzz")
        .about("Feeds promises with inputs of chance")
        .after_help(target::listed())
        .arg(
            Arg::new("target")
                .long("target")
                .value_name("NAME")
                .value_parser(names.collect::<Vec<_>>())
                .default_value(DOCUMENTS)
                .help("What is fed"),
        )
        .arg(number("from", "The first seed").default_value("0"))
        .arg(number("seconds", "How long").default_value("60"))
        .arg(number("seed", "Runs one seed, and shows it"))
        .arg(number(
            "shrink",
            "Makes the document of a seed that fails as small as it fails",
        ))
        .arg(number(
            "write",
            "Writes so many mutated documents that are generated, to --into",
        ))
        .arg(Arg::new("into").long("into").value_name("DIR"))
        .arg(number("worker", "Runs inputs from this one on").hide(true))
}

fn one(target: &Target, seed: u64) -> ExitCode {
    if target.name == DOCUMENTS {
        // Shown first, since it may take the process down.
        let trial = Trial::new(&mut Random::new(seed));
        println!("{:#}\n{}", trial.document, trial.stage);
    }
    match (target.trial)(&mut Random::new(seed)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("seed {seed} ({}): {problem}", target.name);
            ExitCode::FAILURE
        }
    }
}

fn write(from: u64, count: u64, arguments: &ArgMatches) -> ExitCode {
    let folder = arguments.get_one::<String>("into");
    let folder = folder.map_or("mutated", String::as_str);
    match documents::write(folder, from.., count as usize) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{folder}: {error}");
            ExitCode::FAILURE
        }
    }
}
