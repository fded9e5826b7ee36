//! Mutated documents for the pipeline, and what must be true of what comes back: no input may
//! panic, hang or grow, and each must end in a crate or in an error that says where.

use std::collections::BTreeMap;

use codegen::config::{Job, Part};
use codegen::diff::{Side, compare, human, markdown};
use codegen::pipeline::{self, ModelWithDocument, generate};
use codegen::render_diagnostics::{Style, records, render};
use codegen::report::Report;
use codegen::source::{Input, Source};
use codegen::{overlay, parse, slice};
use serde_json::{Value, json};

use crate::mutate::mutate;
use crate::random::Random;
use crate::seeds;

/// One input, from making it to judging what came of it.
pub fn trial(random: &mut Random) -> Result<(), String> {
    Trial::new(random).run()
}

/// Writes documents of which the pipeline makes a crate, so that they can be compiled.
pub fn write(folder: &str, seeds: impl Iterator<Item = u64>, count: usize) -> std::io::Result<()> {
    let made = |seed: u64| {
        let trial = Trial::new(&mut Random::new(seed));
        let fit = trial.stage == "generate" && trial.makes_a_crate();
        fit.then_some((seed, trial.document))
    };
    std::fs::create_dir_all(folder)?;
    let mut fit = seeds.filter_map(made).take(count);
    fit.try_for_each(|(seed, document)| {
        std::fs::write(format!("{folder}/{seed}.json"), document.to_string())
    })
}

/// One input: what it is made from, and for what.
pub struct Trial {
    /// The stage, or the command.
    pub stage: &'static str,
    /// The document.
    pub document: Value,
    /// Its text, where it is not just the document's.
    text: Option<Vec<u8>>,
    other: Value,
}

/// Which stages there are; one that is named twice is taken twice as often.
const STAGES: &[&str] = &[
    "generate", "generate", "generate", "generate", "generate", "generate", "parse", "overlay",
    "slice", "diff",
];

impl Trial {
    /// The next input.
    pub fn new(random: &mut Random) -> Self {
        let seeds = seeds::all();
        let stage = *random.of(STAGES);
        let base = random.of(seeds);
        let other = random.of(seeds);
        let document = mutate(random, base, other);
        let text = (stage == "parse").then(|| bytes(random, &document));
        Self {
            stage,
            document,
            text,
            other: other.clone(),
        }
    }

    /// Runs it; an error says what is not as it must be.
    pub fn run(&self) -> Result<(), String> {
        let text = self.text.clone();
        let text = text.unwrap_or_else(|| self.document.to_string().into_bytes());
        let source = Source::new(Input::Document, "input", text);
        match self.stage {
            "parse" | "generate" => sound(&source, None),
            "overlay" => {
                let overlay = self.overlay();
                let overlay = Source::new(Input::Overlay, "overlay", overlay.to_string());
                sound(&source, Some(&overlay))
            }
            "slice" => cut(&source),
            _ => self.diff(&source),
        }
    }

    /// Whether the document becomes a crate.
    pub fn makes_a_crate(&self) -> bool {
        let source = Source::new(Input::Document, "input", self.document.to_string());
        generate(&job(&source, None)).made.is_some()
    }

    /// Actions whose updates are parts of another document.
    fn overlay(&self) -> Value {
        let targets = [
            "$",
            "$..schema",
            "$.paths.*.*",
            "$.components.schemas.*",
            "$..[?@.type]",
            "$.[",
        ];
        let seed = self.document.to_string().len() as u64;
        let mut random = Random::new(seed);
        let actions: Vec<Value> = (0..1 + random.below(3))
            .map(|_| match random.below(3) {
                0 => json!({"target": random.of(&targets), "remove": true}),
                _ => json!({"target": random.of(&targets), "update": self.other["components"]}),
            })
            .collect();
        json!({"overlay": "1.0.0", "info": {"title": "a", "version": "1"}, "actions": actions})
    }

    fn diff(&self, source: &Source) -> Result<(), String> {
        let other = Source::new(Input::Document, "other", self.other.to_string());
        let modelled = |source: &Source| pipeline::model(&job(source, None)).0;
        if let (Some(old), Some(new)) = (modelled(&other), modelled(source)) {
            let page = compare("a", &side(&old, &other), &side(&new, source));
            let _ = markdown(std::slice::from_ref(&page), "a");
            let _ = human(&[page], "a");
        }
        Ok(())
    }
}

fn side<'a>(modelled: &'a ModelWithDocument, source: &'a Source) -> Side<'a> {
    Side {
        modelled,
        sources: vec![source],
        api: Vec::new(),
        today: None,
        tools: BTreeMap::new(),
        offered: None,
        log: String::new(),
    }
}

/// The document as text, with bytes of it changed: for the parsers.
fn bytes(random: &mut Random, document: &Value) -> Vec<u8> {
    let mut text = match random.below(2) {
        0 => document.to_string().into_bytes(),
        _ => serde_yaml::to_string(document)
            .unwrap_or_default()
            .into_bytes(),
    };
    const INSERTED: &[&[u8]] = &[
        b"{",
        b"}",
        b"[",
        b"]",
        b":",
        b"- ",
        b"\n",
        b"\t",
        b"\"",
        b"'",
        b"&a ",
        b"*a",
        b"!x ",
        b"<<: ",
        b"? ",
        b"---\n",
        b"#",
        b"|",
        b">",
        b"\xff",
        b"\xef\xbb\xbf",
        b"\\u0000",
        b"\\ud800",
        b"1e999",
        b"0x1",
        b"null",
        b"~",
        b"\0",
        b"\r",
    ];
    for _ in 0..=random.below(5) {
        let place = random.below(text.len());
        match random.below(3) {
            0 => {
                let end = (place + random.below(20)).min(text.len());
                text.drain(place..end);
            }
            1 => {
                text.splice(place..place, random.of(INSERTED).iter().copied());
            }
            _ => text.truncate(place),
        }
    }
    text
}

fn job<'a>(document: &'a Source, overlay: Option<&'a Source>) -> Job<'a> {
    Job {
        overlay,
        ..Job::of(document)
    }
}

/// A crate, or an error that says where and why; never a panic that was only caught.
fn sound(source: &Source, overlay: Option<&Source>) -> Result<(), String> {
    let output = generate(&job(source, overlay));
    let sources: Vec<&Source> = [source].into_iter().chain(overlay).collect();
    told(&output.report, &sources, output.made.is_none())
}

/// Whether the diagnostics are fit to be told.
fn told(report: &Report, sources: &[&Source], refused: bool) -> Result<(), String> {
    let errors = report
        .diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.is_error());
    if refused && errors.clone().count() == 0 {
        return Err("neither a result nor an error".to_owned());
    }
    for diagnostic in errors {
        if ["generator-panic", "generator-defect"].contains(&diagnostic.kind.id) {
            return Err(format!("{}: {}", diagnostic.kind.id, diagnostic.message));
        }
    }
    // Drawing looks up places, and what it draws is bounded.
    let few = &report.diagnostics[..report.diagnostics.len().min(20)];
    let _ = render(few, sources, Style { color: false });
    for record in records(few, sources) {
        let source = sources.iter().find(|value| value.name == record.file);
        let lines = source.map(|value| value.bytes.split(|byte| *byte == b'\n').count());
        if record.line > lines.unwrap_or(0) + 1 {
            return Err(format!("{} is told at line {}", record.id, record.line));
        }
    }
    Ok(())
}

fn cut(source: &Source) -> Result<(), String> {
    let mut report = Report::default();
    let Ok(parsed) = parse::document(source, &mut report) else {
        return told(&report, &[source], true);
    };
    let operations = slice::operations(&parsed);
    let Some(first) = operations.first().map(ToString::to_string) else {
        return Ok(());
    };
    for leave_out in [&[][..], &[Part::Prose, Part::Examples]] {
        let job = slice::Job {
            from: &parsed,
            stored: None,
            overlay: None,
            leave_out,
            file: "openapi.yaml",
            operations: std::slice::from_ref(&first),
        };
        let mut report = Report::default();
        match slice::cut(&job, &mut report) {
            Ok(cut) => is_its_own_slice(&cut, &job)?,
            Err(_) => told(&report, &[source], true)?,
        }
    }
    Ok(())
}

/// A slice of a slice is the slice, also where nothing is left out of it again.
fn is_its_own_slice(cut: &slice::Slice, job: &slice::Job<'_>) -> Result<(), String> {
    let _ = slice::explain(&cut.root);
    let again = Source::new(Input::Document, "slice", cut.text.clone());
    let mut report = Report::default();
    let parsed = parse::document(&again, &mut report).map_err(|_| "the slice cannot be read")?;
    for leave_out in [&[][..], job.leave_out] {
        let job = slice::Job {
            from: &parsed,
            leave_out,
            ..*job
        };
        let same = slice::cut(&job, &mut report).map_err(|_| "the slice cannot be cut again")?;
        if same.text != cut.text {
            return Err("a slice of the slice is another".to_owned());
        }
    }
    let _ = overlay::apply(parsed, None, &mut report);
    Ok(())
}
