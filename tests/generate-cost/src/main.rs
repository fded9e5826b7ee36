//! What `xtask generate` costs in time and memory, against progenitor alone, as Markdown:
//! `cargo run --release -p generate-cost -- DOC…`.
//!
//! Both sides are whole processes, from reading a file to the last file written. Our side reads
//! the document, checks, selects, lowers and names it, runs progenitor for the types, and writes a crate
//! with requests, responses and the runtime. The other side is progenitor and prettyplease alone, given
//! the same document as our stage `progenitor_adapter` gives it: all types of the client, and no
//! operation. Times depend on the machine, so no test depends on them.

mod growth;
mod measure;
mod raw;
mod table;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use codegen::config::Job;
use codegen::pipeline;
use codegen::progenitor_adapter;
use codegen::source::{Input, Source};

use measure::{Cost, median};
use table::Row;

/// How often each side is run; the median counts.
const RUNS: usize = 5;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let result = match *arguments.as_slice() {
        // How this program starts itself.
        ["measure", program, ref rest @ ..] => measure::print(program, rest),
        ["measure-any", program, ref rest @ ..] => measure::print_any(program, rest),
        ["read", answer, size] => size
            .parse()
            .map_err(|_| format!("{size} is no size"))
            .and_then(|size| growth::read(answer, size)),
        ["growth"] => grow(None, ""),
        ["growth", page] => grow(Some(page), ""),
        ["growth", page, word] => grow(Some(page), word),
        ["raw", document, out] => raw::generate(Path::new(document), Path::new(out)),
        [] => Err("name the documents to measure".to_owned()),
        ref documents => compare(documents),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("error: {problem}");
            ExitCode::FAILURE
        }
    }
}

fn grow(page: Option<&str>, word: &str) -> Result<(), String> {
    if cfg!(debug_assertions) {
        return Err(
            "build it optimised: cargo run --release -p generate-cost -- growth".to_owned(),
        );
    }
    growth::prove(&xtask()?, page, word)
}

fn compare(documents: &[&str]) -> Result<(), String> {
    if cfg!(debug_assertions) {
        return Err("build it optimised: cargo run --release -p generate-cost -- DOC…".to_owned());
    }
    let xtask = xtask()?;
    let mut rows = Vec::new();
    for document in documents {
        rows.push(row(&xtask, Path::new(document))?);
    }
    print!("{}", table::of(&rows));
    Ok(())
}

/// The command that is measured, built as this program is.
fn xtask() -> Result<PathBuf, String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let build = ["build", "--quiet", "--release", "--package", "xtask"];
    let status = Command::new(cargo).args(build).status();
    match status.map_err(|error| error.to_string())?.success() {
        true => Ok(this()?.with_file_name(format!("xtask{}", std::env::consts::EXE_SUFFIX))),
        false => Err("xtask cannot be built".to_owned()),
    }
}

fn this() -> Result<PathBuf, String> {
    std::env::current_exe().map_err(|error| error.to_string())
}

/// Both sides in turn, so that what else the machine does meets both.
fn row(xtask: &Path, document: &Path) -> Result<Row, String> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let middle = folder.path().join("upstream.json");
    fs::write(&middle, handed_to_progenitor(document)?).map_err(|error| error.to_string())?;
    let out = folder.path().join("out");
    let (mut ours, mut raw): (Vec<Cost>, Vec<Cost>) = (Vec::new(), Vec::new());
    for _ in 0..RUNS {
        let generate = ["generate".as_ref(), "--from".as_ref(), document.as_os_str()];
        let to = ["--out".as_ref(), out.as_os_str()];
        ours.push(measure::of(xtask, &[&generate[..], &to].concat(), &out)?);
        let alone = ["raw".as_ref(), middle.as_os_str(), out.as_os_str()];
        raw.push(measure::of(&this()?, &alone, &out)?);
    }
    let alone = ["raw".as_ref(), document.as_os_str(), out.as_os_str()];
    let name = document.file_name().unwrap_or_default().to_string_lossy();
    Ok(Row {
        document: name.into_owned(),
        ours: median(&ours),
        raw: median(&raw),
        refused: measure::of(&this()?, &alone, &out).err(),
    })
}

/// The document in the middle of our run.
fn handed_to_progenitor(document: &Path) -> Result<String, String> {
    let bytes = fs::read(document).map_err(|error| format!("{}: {error}", document.display()))?;
    let source = Source::new(Input::Document, document.to_string_lossy(), bytes);
    let (modelled, _) = pipeline::model(&Job::of(&source));
    let modelled = modelled.ok_or_else(|| format!("{} has errors", document.display()))?;
    Ok(progenitor_adapter::document_of(&modelled.model).to_string())
}
