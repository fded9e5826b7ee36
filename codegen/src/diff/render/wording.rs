//! Texts that every format of a report shares.

use std::collections::BTreeMap;

use super::super::groups::{ChangeGroup, RuleChanges};
use super::super::report::{DiffReport, ReportedChange};
use super::super::rules::Level;

/// The number of words that the summary may have; groups beyond it are counted.
const WORDS: usize = 350;

/// The number of names that a line shows; the rest is counted.
const NAMES: usize = 4;

/// Whether the new version suffices, as a sentence.
pub(super) struct Verdict {
    pub(super) before: String,
    /// The word to emphasise; empty if no version is required.
    pub(super) emphasis: &'static str,
    pub(super) after: String,
}

/// Returns whether the new version suffices.
pub(super) fn verdict(report: &DiffReport) -> Verdict {
    let (from, to) = (&report.from, &report.to);
    let versions = if from == to {
        format!("The version stays `{from}`")
    } else {
        format!("The version goes from `{from}` to `{to}`")
    };
    let (Some(level), Some(requirement)) = (report.level, report.requirement_in("`")) else {
        let reason = if report.sufficient {
            "No change requires a new version."
        } else {
            "The crate gets no further versions."
        };
        return Verdict {
            before: format!("{versions}. {reason}"),
            emphasis: "",
            after: String::new(),
        };
    };
    let name = level.name();
    let convention = convention(from, level);
    let (emphasis, after) = if report.sufficient {
        ("suffices", format!(" for a {name} change{convention}."))
    } else {
        let client = &report.client;
        let after = format!(
            ": a {name} change requires {requirement}{convention}. \
             Set `package.version` in `openapi/{client}/client.yaml`."
        );
        ("does not suffice", after)
    };
    Verdict {
        before: format!("{versions}, which "),
        emphasis,
        after,
    }
}

/// Returns the convention of Cargo for versions below 1.0.0, where it matters.
fn convention(from: &str, level: Level) -> &'static str {
    if from.starts_with("0.0.") {
        " (below 0.1.0 every release is breaking)"
    } else if from.starts_with("0.") && level == Level::Major {
        " (below 1.0.0 a new minor number marks a breaking change)"
    } else {
        ""
    }
}

/// The groups of changes, one line each, as far as the limit of words allows.
pub(super) struct Summary {
    pub(super) lines: Vec<(Level, String)>,
    /// What the lines leave out; empty if they are complete.
    pub(super) rest: String,
}

/// Returns one line per group.
pub(super) fn summarize(report: &DiffReport) -> Summary {
    let mut words = 0;
    let mut lines: Vec<(Level, String)> = Vec::new();
    for group in &report.groups {
        let line = group_line(group);
        // The bullet and the level count as words, too.
        words += line.split_whitespace().count() + 2;
        if words > WORDS && !lines.is_empty() {
            break;
        }
        lines.push((group.level, line));
    }
    let rest = report.groups.get(lines.len()..).unwrap_or_default();
    let counts = [Level::Major, Level::Minor, Level::Patch].into_iter();
    let counts = counts.filter_map(|level| {
        let count = rest.iter().filter(|group| group.level == level).count();
        (count > 0).then(|| format!("{count} {}", level.name()))
    });
    let counts: Vec<String> = counts.collect();
    let rest = if counts.is_empty() {
        String::new()
    } else {
        format!("and more, under all changes: {}", counts.join(", "))
    };
    Summary { lines, rest }
}

fn group_line(group: &ChangeGroup) -> String {
    let rules = group.rules.iter().map(|rule| rule_text(group, rule));
    let rules = rules.collect::<Vec<_>>().join("; ");
    match subject(group).as_str() {
        "" => rules,
        subject => format!("{subject}: {rules}"),
    }
}

/// Returns what the changes of a group have in common.
pub(super) fn subject(group: &ChangeGroup) -> String {
    match group.places {
        Some(places) => format!("{} in {places} places", group.subject),
        None => group.subject.clone(),
    }
}

/// Returns what changed by one rule, and the names that it affects.
fn rule_text(group: &ChangeGroup, rule: &RuleChanges) -> String {
    let (summary, count) = (rule.summary, rule.changes.len());
    let names: Vec<&str> = rule.names.iter().take(NAMES).map(String::as_str).collect();
    let more = match rule.names.len().checked_sub(NAMES) {
        None | Some(0) => String::new(),
        Some(more) => format!(" and {more} more"),
    };
    if group.places.is_none() && !names.is_empty() {
        format!("{summary}: {}{more}", names.join(", "))
    } else if count == 1 {
        summary.to_owned()
    } else {
        format!("{summary} ({count} times)")
    }
}

/// Returns the changes in the order of their groups.
pub(super) fn in_group_order(report: &DiffReport) -> Vec<&ReportedChange> {
    let changes = report.changes.iter();
    let by_fingerprint: BTreeMap<&str, &ReportedChange> = changes
        .map(|change| (change.fingerprint.as_str(), change))
        .collect();
    let rules = report.groups.iter().flat_map(|group| &group.rules);
    let fingerprints = rules.flat_map(|rule| &rule.changes);
    fingerprints
        .filter_map(|fingerprint| by_fingerprint.get(fingerprint.as_str()).copied())
        .collect()
}

/// Returns the summary of a change with its detail.
pub(super) fn with_detail(summary: &str, detail: &str) -> String {
    match detail {
        "" => summary.to_owned(),
        detail => format!("{summary}: {detail}"),
    }
}

/// Returns `openapi/pets/openapi.yaml:31 `, marked if the location is on the old side.
pub(super) fn location(file: Option<&str>, line: usize, old: bool) -> String {
    let Some(file) = file else {
        return String::new();
    };
    let before = if old { "before: " } else { "" };
    match line {
        0 => format!("{before}{file} "),
        _ => format!("{before}{file}:{line} "),
    }
}
