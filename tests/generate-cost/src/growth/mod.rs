//! How time and memory of `xtask` grow with its inputs, over documents that were made to take more
//! than their share: `cargo run --release -p generate-cost -- growth [PAGE [FAMILY]]`.

mod answers;
mod ceilings;
mod document;
mod families;
mod fit;
mod page;
mod run;

use std::path::Path;

pub(crate) use answers::read;
use families::Family;

/// The largest exponent of time that is borne.
const STEEPEST: f64 = 1.2;

/// How much memory may be taken for each byte of the inputs, and beside that.
const PER_BYTE: usize = 40;
const CONSTANT: usize = 2560 << 20;

/// What takes less is mostly the start of a process.
const LEAST_SECONDS: f64 = 0.03;

/// How many sizes of a family are measured.
const SIZES: u32 = 4;

/// What a run took.
pub(super) struct Measured {
    name: String,
    bytes: usize,
    user: f64,
    /// Counted where the time alone says that it grows too fast.
    instructions: Option<f64>,
    memory: f64,
    /// `crate`, or the ids of the diagnostics.
    outcome: String,
}

/// The most memory for so many bytes.
fn most_memory(bytes: usize) -> f64 {
    (PER_BYTE * bytes + CONSTANT) as f64
}

/// Measures every family, or those with a word in their name, and writes the page.
pub(crate) fn prove(xtask: &Path, page: Option<&str>, word: &str) -> Result<(), String> {
    let mut measured = Vec::new();
    for family in families::ALL
        .iter()
        .filter(|family| family.name.contains(word))
    {
        measured.push((family.name, measure(xtask, family)?));
    }
    let ceilings = match word {
        "" | "ceiling" => ceilings::measure(xtask)?,
        _ => Vec::new(),
    };
    let answers = match word {
        "" | "answers" => answers::measure()?,
        _ => Vec::new(),
    };
    let text = page::of(&measured, &ceilings, &answers);
    match page {
        Some(page) if word.is_empty() => {
            std::fs::write(page, &text).map_err(|error| error.to_string())?
        }
        _ => print!("{text}"),
    }
    measured.extend(answers);
    judge(&measured, &ceilings)
}

fn measure(xtask: &Path, family: &Family) -> Result<Vec<Measured>, String> {
    let inputs = |doubled| (family.make)(family.least << doubled);
    sizes(
        &|doubled| run::measured(xtask, family.name, &inputs(doubled)),
        &|doubled| run::instructions(xtask, &inputs(doubled)),
    )
}

/// Measures the sizes, which are told by how often the least is doubled: `run` measures one, `count`
/// counts its instructions.
fn sizes(
    run: &dyn Fn(u32) -> Result<Measured, String>,
    count: &dyn Fn(u32) -> Result<f64, String>,
) -> Result<Vec<Measured>, String> {
    // Valgrind takes some fifty times as long.
    const LONGEST_SECONDS: f64 = 5.0;
    let mut all = Vec::new();
    for doubled in 0..SIZES {
        let measured = best(|| run(doubled))?;
        eprintln!(
            "{}: {} bytes, {:.2} s, {:.0} MiB, {}",
            measured.name,
            measured.bytes,
            measured.user,
            measured.memory / f64::from(1 << 20),
            measured.outcome
        );
        all.push(measured);
    }
    // What outgrows the caches of a processor takes more time for each of its instructions, and what
    // else the machine does takes its share; an algorithm that is too slow takes more of them.
    if time_exponent(&all).is_some_and(|exponent| exponent > STEEPEST) {
        for (doubled, size) in (0..).zip(&mut all) {
            if size.user <= LONGEST_SECONDS {
                size.instructions = Some(count(doubled)?);
            }
        }
    }
    Ok(all)
}

/// The shortest of some runs: what else the machine does only adds to the time of each.
fn best(run: impl Fn() -> Result<Measured, String>) -> Result<Measured, String> {
    const RUNS: usize = 3;
    const LONG_SECONDS: f64 = 2.0;
    let mut best = run()?;
    for _ in 1..RUNS {
        if best.user > LONG_SECONDS {
            break;
        }
        let again = run()?;
        if again.user < best.user {
            best = again;
        }
    }
    Ok(best)
}

/// The exponent of time, over what ended as the largest did.
fn time_exponent(measured: &[Measured]) -> Option<f64> {
    exponent(measured, |measurement| measurement.user)
}

/// The exponent of the instructions, where they were counted.
fn instructions_exponent(measured: &[Measured]) -> Option<f64> {
    let counted = measured
        .iter()
        .filter(|measurement| measurement.user >= LEAST_SECONDS);
    let point =
        |measurement: &Measured| Some((measurement.bytes as f64, measurement.instructions?));
    let points: Vec<(f64, f64)> = counted.filter_map(point).collect();
    fit::exponent(&points)
}

/// What is judged: instructions where they were counted, else time.
fn work_exponent(measured: &[Measured]) -> Option<f64> {
    instructions_exponent(measured).or_else(|| time_exponent(measured))
}

fn memory_exponent(measured: &[Measured]) -> Option<f64> {
    exponent(measured, |measurement| measurement.memory)
}

fn exponent(measured: &[Measured], measure: fn(&Measured) -> f64) -> Option<f64> {
    let last = measured.last()?;
    let alike = measured
        .iter()
        .filter(|measurement| measurement.outcome == last.outcome);
    let long = alike.filter(|measurement| measurement.user >= LEAST_SECONDS);
    let points: Vec<(f64, f64)> = long
        .map(|measurement| (measurement.bytes as f64, measure(measurement)))
        .collect();
    fit::exponent(&points)
}

fn judge(families: &[(&'static str, Vec<Measured>)], ceilings: &[Measured]) -> Result<(), String> {
    let mut broken = Vec::new();
    for (name, measured) in families {
        for exponent in [work_exponent(measured), memory_exponent(measured)] {
            if exponent.is_some_and(|exponent| exponent > STEEPEST) {
                broken.push(format!(
                    "{name}: exponent {:.2}",
                    exponent.unwrap_or_default()
                ));
            }
        }
    }
    let all = families.iter().flat_map(|(_, measured)| measured);
    for it in all.chain(ceilings) {
        if it.memory > most_memory(it.bytes) {
            broken.push(format!(
                "{}: {:.0} bytes of memory for {}",
                it.name, it.memory, it.bytes
            ));
        }
    }
    match broken.is_empty() {
        true => Ok(()),
        false => Err(broken.join("\n")),
    }
}
