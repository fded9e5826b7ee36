//! The results of one document.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

use codegen::config::Job;
use codegen::diagnostic::DiagnosticKind;
use codegen::diagnostics;
use codegen::overlay::{self, Corrected};
use codegen::parse;
use codegen::pipeline::{Output, generate_from};
use codegen::report::{Loss, Report};
use codegen::select;
use codegen::source::{Input, Source};
use serde_json::{Value, json};

use crate::input_file;
use crate::read::{self, Links};
use crate::shell::Shell;

/// The results of one document.
#[derive(Clone, Debug, Default)]
pub(crate) struct Record {
    pub(crate) document: String,
    /// Number of operations.
    pub(crate) operations: u64,
    /// Operations without a loss.
    pub(crate) full: u64,
    /// Operations that handle all valid values but do not reject all invalid ones.
    pub(crate) unchecked: u64,
    /// Operations that lose more.
    pub(crate) degraded: u64,
    /// Operations among them that a fault of the document touched.
    pub(crate) touched: u64,
    /// Operations that a fault of the document cost.
    pub(crate) left_out: u64,
    /// Number of operations with a loss, by rule.
    pub(crate) losses: BTreeMap<String, u64>,
    /// Operations that were refused.
    pub(crate) refused: u64,
    /// Number of refused operations, by diagnostic.
    pub(crate) diagnostics: BTreeMap<String, u64>,
    /// Explanation of each of these rules and diagnostics.
    pub(crate) explanations: BTreeMap<String, String>,
    /// Operations on which a library or this program crashed.
    pub(crate) crashed: u64,
    /// Whether the whole document can be generated.
    pub(crate) whole: bool,
    /// Lines of Rust per operation in that crate.
    pub(crate) lines: u64,
    /// Whether that crate compiles; `None` if it was not compiled.
    pub(crate) compiles: Option<bool>,
    /// Time for the whole document.
    pub(crate) seconds: f64,
    /// Peak memory of the process in MiB.
    pub(crate) memory: u64,
}

/// Diagnostics about defects of the program.
const CRASHES: [&str; 2] = ["generator-panic", "generator-defect"];

/// Generates a document as a whole and each of its operations.
pub(crate) fn of(path: &Path, shell: &mut Shell) -> Record {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let mut record = Record {
        document: name.into_owned(),
        ..Record::default()
    };
    let shown = path.to_string_lossy();
    let source = match input_file::read(path, &shown, Input::Document) {
        Ok(source) => source,
        Err(unreadable) => {
            unreadable.report(shell);
            record.refuse([&diagnostics::UNREADABLE]);
            return record;
        }
    };
    let started = Instant::now();
    let mut report = Report::default();
    let parsed = parse::document(&source, &mut report);
    let corrected = parsed.and_then(|parsed| overlay::apply(parsed, None, &mut report));
    let Ok(corrected) = corrected else {
        // The document has no operations to count.
        record.refuse(report.diagnostics.iter().map(|diagnostic| diagnostic.kind));
        return record;
    };
    let whole = generate_operations(&source, &corrected, &[]);
    record.seconds = started.elapsed().as_secs_f64();
    if let Some(generated) = &whole.made {
        let rust = generated
            .files
            .iter()
            .filter(|(path, _)| path.ends_with(".rs"));
        let lines: usize = rust.map(|(_, text)| text.lines().count()).sum();
        let operations = generated.operations.max(1);
        record.whole = true;
        record.lines = u64::try_from(lines / operations).unwrap_or(u64::MAX);
    }
    let operations = select::operations(&corrected);
    for (done, operation) in operations.iter().enumerate() {
        shell.progress("Trying", path, done, operations.len());
        record.operations += 1;
        record.count(&generate_operations(
            &source,
            &corrected,
            std::slice::from_ref(operation),
        ));
    }
    shell.progress("Trying", path, operations.len(), operations.len());
    record.memory = peak_memory();
    record
}

fn generate_operations(source: &Source, corrected: &Corrected, operations: &[String]) -> Output {
    generate_from(
        corrected,
        &Job {
            operations,
            ..Job::of(source)
        },
    )
}

impl Record {
    /// Records why the whole document is refused.
    fn refuse(&mut self, kinds: impl IntoIterator<Item = &'static DiagnosticKind>) {
        for kind in kinds {
            *self.diagnostics.entry(kind.id.to_owned()).or_default() += 1;
            self.explanations
                .insert(kind.id.to_owned(), kind.why.to_owned());
        }
    }

    fn count(&mut self, output: &Output) {
        let ids: std::collections::BTreeSet<&str> = output
            .report
            .diagnostics
            .iter()
            .map(|diagnostic| diagnostic.kind.id)
            .collect();
        let Some(made) = &output.made else {
            for id in &ids {
                *self.diagnostics.entry((*id).to_owned()).or_default() += 1;
            }
            for kind in output
                .report
                .diagnostics
                .iter()
                .map(|diagnostic| diagnostic.kind)
            {
                self.explanations
                    .insert(kind.id.to_owned(), kind.why.to_owned());
            }
            if ids.iter().any(|id| CRASHES.contains(id)) {
                self.crashed += 1;
            } else if ids.contains(diagnostics::NO_OPERATION_LEFT.id) {
                self.left_out += 1;
            } else {
                self.refused += 1;
            }
            return;
        };
        if !made.coverage.touched.is_empty() {
            self.touched += 1;
        }
        let rules = output.report.log.iter().map(|applied| applied.rule);
        let lost: BTreeMap<&str, Loss> = rules
            .filter_map(|rule| Some((rule.id, rule.loss?)))
            .collect();
        for (id, loss) in &lost {
            *self.losses.entry((*id).to_owned()).or_default() += 1;
            self.explanations
                .insert((*id).to_owned(), loss.what().to_owned());
        }
        let unchecked = |loss: &Loss| matches!(loss, Loss::Unchecked(_));
        match (lost.is_empty(), lost.values().all(unchecked)) {
            (true, _) => self.full += 1,
            (false, true) => self.unchecked += 1,
            (false, false) => self.degraded += 1,
        }
    }

    /// Creates the record of a process that died.
    pub(crate) fn crashed(document: &Path) -> Self {
        let name = document.file_name().unwrap_or_default().to_string_lossy();
        Self {
            document: name.into_owned(),
            crashed: 1,
            ..Self::default()
        }
    }

    pub(crate) fn summary(&self) -> String {
        format!(
            "{}: {} operations, {} full, {} unchecked, {} degraded, {} touched, {} left out, {} refused, {} crashed",
            self.document,
            self.operations,
            self.full,
            self.unchecked,
            self.degraded,
            self.touched,
            self.left_out,
            self.refused,
            self.crashed
        )
    }

    pub(crate) fn to_json(&self) -> Value {
        json!({
            "document": self.document,
            "operations": self.operations,
            "full": self.full,
            "unchecked": self.unchecked,
            "degraded": self.degraded,
            "touched": self.touched,
            "left_out": self.left_out,
            "losses": self.losses,
            "refused": self.refused,
            "diagnostics": self.diagnostics,
            "words": self.explanations,
            "crashed": self.crashed,
            "whole": self.whole,
            "lines_per_operation": self.lines,
            "compiles": self.compiles,
            "seconds": self.seconds,
            "memory_mib": self.memory,
        })
    }

    /// Reads the output of [`Record::to_json`].
    pub(crate) fn parse(text: &[u8]) -> Option<Self> {
        let value: Value = serde_json::from_slice(text).ok()?;
        let number = |name: &str| value.get(name)?.as_u64();
        let counts = |name: &str| {
            let members = value.get(name)?.as_object()?.iter();
            let counted = members.map(|(id, count)| Some((id.clone(), count.as_u64()?)));
            counted.collect::<Option<BTreeMap<String, u64>>>()
        };
        let explanations = value.get("words")?.as_object()?.iter();
        let explanations =
            explanations.map(|(id, text)| Some((id.clone(), text.as_str()?.to_owned())));
        Some(Self {
            document: value.get("document")?.as_str()?.to_owned(),
            operations: number("operations")?,
            full: number("full")?,
            unchecked: number("unchecked")?,
            degraded: number("degraded")?,
            touched: number("touched")?,
            left_out: number("left_out")?,
            losses: counts("losses")?,
            refused: number("refused")?,
            diagnostics: counts("diagnostics")?,
            explanations: explanations.collect::<Option<_>>()?,
            crashed: number("crashed")?,
            whole: value.get("whole")?.as_bool()?,
            lines: number("lines_per_operation")?,
            compiles: value.get("compiles")?.as_bool(),
            seconds: value.get("seconds")?.as_f64()?,
            memory: number("memory_mib")?,
        })
    }
}

/// Returns the peak memory of this process in MiB, or 0 if it is unknown.
fn peak_memory() -> u64 {
    let status = read::file(Path::new("/proc/self/status"), 1 << 20, Links::Followed);
    let status = status.unwrap_or_default();
    let status = String::from_utf8_lossy(&status);
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    kib.unwrap_or(0) / 1024
}
