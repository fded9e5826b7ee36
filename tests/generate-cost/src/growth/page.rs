//! The page of what was measured.

use std::fmt::Write as _;

use super::{CONSTANT, Measured, PER_BYTE, STEEPEST, most_memory};

/// What was measured of a kind of inputs, at each size.
type Family = (&'static str, Vec<Measured>);

/// The page, in Markdown.
pub(super) fn of(families: &[Family], ceilings: &[Measured], answers: &[Family]) -> String {
    let mut text = format!(
        "# Growth\n\nHow time and memory of `xtask` grow with the size of its inputs. `cargo run \
         --release -p generate-cost --\ngrowth docs/growth.md` writes this page and fails if a limit is \
         exceeded:\n\n\
         - User CPU time grows at most with the power {STEEPEST} of the bytes of the inputs. If the \
         exponent is larger, the\n  exponent of the instructions (counted by Valgrind) must not be: \
         time grows faster than work when a document\n  outgrows the caches of the processor.\n\
         - Peak memory is at most {PER_BYTE} bytes per byte of the inputs, plus {} MiB.\n\n\
         A document beyond a ceiling (`codegen/src/bounds/ceilings.rs`) ends with a diagnostic before \
         it takes the\nmemory; the column *outcome* names it. Each family of documents is measured at \
         four sizes, each twice the one\nbefore. The exponent is fitted to the sizes that take at \
         least {} ms and have the same outcome as the largest.\n\n\
         | family | KiB | user CPU, s | exponent | peak, MiB | peak exponent | outcome |\n\
         | --- | ---: | ---: | ---: | ---: | ---: | --- |\n",
        CONSTANT >> 20,
        super::LEAST_SECONDS * 1000.0,
    );
    families.iter().for_each(|family| row(&mut text, family));
    text.push_str(
        "\nAt the ceilings:\n\n| document | MiB | user CPU, s | peak, MiB | of the bound | outcome |\n\
         | --- | ---: | ---: | ---: | ---: | --- |\n",
    );
    for it in ceilings {
        let _ = writeln!(
            text,
            "| {} | {:.1} | {:.1} | {:.0} | {:.0} % | {} |",
            it.name,
            it.bytes as f64 / f64::from(1 << 20),
            it.user,
            it.memory / f64::from(1 << 20),
            100.0 * it.memory / most_memory(it.bytes),
            it.outcome,
        );
    }
    text.push_str(
        "\nAnswers, as a client reads them. The time includes creating the text:\n\n\
         | answer | KiB | user CPU, s | exponent | peak, MiB | peak exponent | outcome |\n\
         | --- | ---: | ---: | ---: | ---: | ---: | --- |\n",
    );
    answers.iter().for_each(|family| row(&mut text, family));
    text
}

/// The sizes of a family, in a row.
fn row(text: &mut String, (name, measured): &Family) {
    let list = |cell: &dyn Fn(&Measured) -> String| {
        let cells: Vec<String> = measured.iter().map(cell).collect();
        cells.join(" · ")
    };
    // Writing to a string cannot fail.
    let _ = writeln!(
        text,
        "| {name} | {} | {} | {} | {} | {} | {} |",
        list(&|measurement| format!("{:.0}", measurement.bytes as f64 / 1024.0)),
        list(&|measurement| format!("{:.2}", measurement.user)),
        match super::instructions_exponent(measured) {
            Some(counted) => format!(
                "{}; instructions {counted:.2}",
                shown(super::time_exponent(measured))
            ),
            None => shown(super::time_exponent(measured)),
        },
        list(&|measurement| format!("{:.0}", measurement.memory / f64::from(1 << 20))),
        shown(super::memory_exponent(measured)),
        measured
            .last()
            .map(|measurement| measurement.outcome.as_str())
            .unwrap_or_default(),
    );
}

fn shown(exponent: Option<f64>) -> String {
    exponent.map_or("–".to_owned(), |value| format!("{value:.2}"))
}
