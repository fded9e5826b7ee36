//! What became of one document.

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

use crate::client;
use crate::read::{self, Links};
use crate::shell::Shell;

/// What became of one document.
#[derive(Clone, Debug, Default)]
pub(crate) struct Record {
    pub(crate) document: String,
    /// How many operations it has.
    pub(crate) operations: u64,
    /// Those of which nothing is lost.
    pub(crate) full: u64,
    /// Those of which all that is valid is sent and read, and what is not is not refused.
    pub(crate) unchecked: u64,
    /// Those of which more is lost.
    pub(crate) degraded: u64,
    /// How many of both by each rule.
    pub(crate) losses: BTreeMap<String, u64>,
    /// Those that are refused, by the diagnostics' ids.
    pub(crate) refused: u64,
    pub(crate) diagnostics: BTreeMap<String, u64>,
    /// What each of these rules loses, and why each of these diagnostics is one.
    pub(crate) words: BTreeMap<String, String>,
    /// Those that a library, or this program, gave up on.
    pub(crate) crashed: u64,
    /// Whether the document as a whole becomes a crate.
    pub(crate) whole: bool,
    /// Lines of Rust per operation in that crate.
    pub(crate) lines: u64,
    /// Whether that crate compiles; nothing where it was not tried.
    pub(crate) compiles: Option<bool>,
    /// For the document as a whole.
    pub(crate) seconds: f64,
    /// The most memory that the process had, in MiB.
    pub(crate) memory: u64,
}

/// Diagnostics that are the program's fault.
const CRASHES: [&str; 2] = ["generator-panic", "generator-defect"];

/// Tries a document.
pub(crate) fn of(path: &Path, shell: &mut Shell) -> Record {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let mut record = Record {
        document: name.into_owned(),
        ..Record::default()
    };
    let shown = path.to_string_lossy();
    let source = match client::read(path, &shown, Input::Document) {
        Ok(source) => source,
        Err(unread) => {
            unread.shown(shell);
            record.refuse([&diagnostics::UNREADABLE]);
            return record;
        }
    };
    let started = Instant::now();
    let mut report = Report::default();
    let parsed = parse::document(&source, &mut report);
    let corrected = parsed.and_then(|parsed| overlay::apply(parsed, None, &mut report));
    let Ok(corrected) = corrected else {
        // It has no operation that could be counted.
        record.refuse(report.diagnostics.iter().map(|it| it.kind));
        return record;
    };
    let whole = one(&source, &corrected, &[]);
    record.seconds = started.elapsed().as_secs_f64();
    if let Some(made) = &whole.made {
        let rust = made.files.iter().filter(|(path, _)| path.ends_with(".rs"));
        let lines: usize = rust.map(|(_, text)| text.lines().count()).sum();
        let operations = made.operations.max(1);
        record.whole = true;
        record.lines = u64::try_from(lines / operations).unwrap_or(u64::MAX);
    }
    let operations = select::operations(&corrected);
    for (done, operation) in operations.iter().enumerate() {
        shell.progress("Trying", path, done, operations.len());
        record.operations += 1;
        record.count(&one(&source, &corrected, std::slice::from_ref(operation)));
    }
    shell.progress("Trying", path, operations.len(), operations.len());
    record.memory = peak();
    record
}

fn one(source: &Source, corrected: &Corrected, operations: &[String]) -> Output {
    generate_from(
        corrected,
        &Job {
            operations,
            ..Job::of(source)
        },
    )
}

impl Record {
    /// Notes why the whole document is refused.
    fn refuse(&mut self, kinds: impl IntoIterator<Item = &'static DiagnosticKind>) {
        for kind in kinds {
            *self.diagnostics.entry(kind.id.to_owned()).or_default() += 1;
            self.words.insert(kind.id.to_owned(), kind.why.to_owned());
        }
    }

    fn count(&mut self, output: &Output) {
        let ids: std::collections::BTreeSet<&str> = output
            .report
            .diagnostics
            .iter()
            .map(|diagnostic| diagnostic.kind.id)
            .collect();
        if output.made.is_none() {
            for id in &ids {
                *self.diagnostics.entry((*id).to_owned()).or_default() += 1;
            }
            for kind in output.report.diagnostics.iter().map(|it| it.kind) {
                self.words.insert(kind.id.to_owned(), kind.why.to_owned());
            }
            if ids.iter().any(|id| CRASHES.contains(id)) {
                self.crashed += 1
            } else {
                self.refused += 1
            }
            return;
        }
        let rules = output.report.log.iter().map(|applied| applied.rule);
        let lost: BTreeMap<&str, Loss> = rules.filter_map(|it| Some((it.id, it.loss?))).collect();
        for (id, loss) in &lost {
            *self.losses.entry((*id).to_owned()).or_default() += 1;
            self.words.insert((*id).to_owned(), loss.what().to_owned());
        }
        let unchecked = |loss: &Loss| matches!(loss, Loss::Unchecked(_));
        match (lost.is_empty(), lost.values().all(unchecked)) {
            (true, _) => self.full += 1,
            (false, true) => self.unchecked += 1,
            (false, false) => self.degraded += 1,
        }
    }

    /// The record of a process that died.
    pub(crate) fn died(document: &Path) -> Self {
        let name = document.file_name().unwrap_or_default().to_string_lossy();
        Self {
            document: name.into_owned(),
            crashed: 1,
            ..Self::default()
        }
    }

    pub(crate) fn summary(&self) -> String {
        format!(
            "{}: {} operations, {} full, {} unchecked, {} degraded, {} refused, {} crashed",
            self.document,
            self.operations,
            self.full,
            self.unchecked,
            self.degraded,
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
            "losses": self.losses,
            "refused": self.refused,
            "diagnostics": self.diagnostics,
            "words": self.words,
            "crashed": self.crashed,
            "whole": self.whole,
            "lines_per_operation": self.lines,
            "compiles": self.compiles,
            "seconds": self.seconds,
            "memory_mib": self.memory,
        })
    }

    /// Reads what [`Record::to_json`] writes.
    pub(crate) fn parse(text: &[u8]) -> Option<Self> {
        let value: Value = serde_json::from_slice(text).ok()?;
        let number = |name: &str| value.get(name)?.as_u64();
        let counts = |name: &str| {
            let members = value.get(name)?.as_object()?.iter();
            let counted = members.map(|(id, count)| Some((id.clone(), count.as_u64()?)));
            counted.collect::<Option<BTreeMap<String, u64>>>()
        };
        let words = value.get("words")?.as_object()?.iter();
        let words = words.map(|(id, text)| Some((id.clone(), text.as_str()?.to_owned())));
        Some(Self {
            document: value.get("document")?.as_str()?.to_owned(),
            operations: number("operations")?,
            full: number("full")?,
            unchecked: number("unchecked")?,
            degraded: number("degraded")?,
            losses: counts("losses")?,
            refused: number("refused")?,
            diagnostics: counts("diagnostics")?,
            words: words.collect::<Option<_>>()?,
            crashed: number("crashed")?,
            whole: value.get("whole")?.as_bool()?,
            lines: number("lines_per_operation")?,
            compiles: value.get("compiles")?.as_bool(),
            seconds: value.get("seconds")?.as_f64()?,
            memory: number("memory_mib")?,
        })
    }
}

/// The most memory that this process had, in MiB; 0 where the system does not tell.
fn peak() -> u64 {
    let status = read::file(Path::new("/proc/self/status"), 1 << 20, Links::Followed);
    let status = status.unwrap_or_default();
    let status = String::from_utf8_lossy(&status);
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    kib.unwrap_or(0) / 1024
}
