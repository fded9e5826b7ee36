//! Renders reports as lines for terminals.

use std::collections::BTreeSet;

use super::super::report::{DiffReport, ReportedChange};
use super::wording::{Summary, in_group_order, location, summarize, verdict, with_detail};
use crate::inert::Inert;

/// Renders reports for a terminal.
pub fn human(reports: &[DiffReport], base: &str) -> Inert {
    let mut text = Inert::default();
    let changed: Vec<&DiffReport> = reports.iter().filter(|report| !report.is_empty()).collect();
    if changed.is_empty() {
        text.line(format!("nothing changed since {base}"));
    }
    for report in changed {
        add_report(report, &mut text);
    }
    text
}

fn add_report(report: &DiffReport, text: &mut Inert) {
    let verdict = verdict(report);
    let verdict = verdict.before + verdict.emphasis + &verdict.after;
    text.line(format!("{}: {verdict}", report.package));
    let Summary { lines, rest } = summarize(report);
    for (level, line) in lines {
        labelled(level.name(), &line, text);
    }
    if !rest.is_empty() {
        labelled("", &rest, text);
    }
    for change in &report.unexplained {
        add_summary(change, text);
    }
    add_changes(report, text);
    for change in &report.document_only {
        let location = location(change.file.as_deref(), change.line, change.old);
        let line = format!("{location}{}: {}", change.pointer, change.text);
        labelled("document", &line, text);
    }
    for input in &report.inputs {
        let value = |value: &Option<String>| value.clone().unwrap_or_else(|| "none".to_owned());
        let (before, after) = (value(&input.before), value(&input.after));
        let line = format!("{}: {before} → {after}", input.name);
        labelled("input", &line, text);
    }
    for operation in &report.notices.operations {
        labelled("upstream", operation, text);
    }
    for loss in &report.notices.losses {
        labelled("limitation", loss, text);
    }
}

fn add_changes(report: &DiffReport, text: &mut Inert) {
    let changes = in_group_order(report);
    if !changes.is_empty() {
        text.line("");
    }
    // The reason of a rule is shown once.
    let mut known = BTreeSet::new();
    for change in changes {
        add_summary(change, text);
        let location = location(change.file.as_deref(), change.line, change.old);
        let location = location.trim_end();
        labelled("at", &format!("{location} [{}]", change.fingerprint), text);
        let items = change.rust.join(", ");
        if !items.is_empty() {
            labelled("rust", &items, text);
        }
        if known.insert(change.rule) {
            labelled("why", change.reason, text);
        }
    }
}

fn add_summary(change: &ReportedChange, text: &mut Inert) {
    let line = with_detail(change.summary, &change.detail);
    labelled(change.level.name(), &line, text);
}

/// Adds a line behind a label that is aligned to the right.
fn labelled(label: &str, line: &str, text: &mut Inert) {
    text.line(format!("{label:>12} {line}"));
}
