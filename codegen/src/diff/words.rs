//! What every form of the page says in the same words.

use std::collections::BTreeMap;

use super::causes::{Cause, Part};
use super::page::{Change, Page};
use super::rules::Level;

/// So many words tell what changed before all of it is listed; what is left is counted.
const WORDS: usize = 350;

/// So many names of one kind are shown in a line; the rest is counted.
const NAMES: usize = 4;

/// The answer to what a reviewer asks first.
pub(super) struct Verdict {
    pub(super) begin: String,
    /// The word that matters; empty where nothing is decided.
    pub(super) word: &'static str,
    pub(super) end: String,
}

/// Whether the version will do.
pub(super) fn verdict(page: &Page) -> Verdict {
    let (from, to) = (&page.from, &page.to);
    let versions = if from == to {
        format!("The version stays `{from}`")
    } else {
        format!("The version goes from `{from}` to `{to}`")
    };
    let (Some(level), Some(needs)) = (page.level, &page.needs) else {
        let rest = if page.sufficient {
            "Nothing here asks for another one."
        } else {
            "The crate gets no more versions."
        };
        return Verdict {
            begin: format!("{versions}. {rest}"),
            word: "",
            end: String::new(),
        };
    };
    let name = level.name();
    let convention = if from.starts_with("0.") && level == Level::Major {
        " (below 1.0.0 a minor bump is what a major bump is later)"
    } else {
        ""
    };
    let (word, end) = if page.sufficient {
        ("suffices", format!(" for a {name} change{convention}."))
    } else {
        let set = format!(
            "Set `package.version` in `openapi/{}/client.yaml`.",
            page.client
        );
        let end = format!(": a {name} change needs `{needs}` or above{convention}. {set}");
        ("does not suffice", end)
    };
    let begin = format!("{versions}, which ");
    Verdict { begin, word, end }
}

/// What a reviewer decides about, as far as the words go.
pub(super) struct Glance {
    pub(super) lines: Vec<(Level, String)>,
    /// How much more there is; empty where that was all.
    pub(super) left: String,
}

/// One line for each cause.
pub(super) fn glance(page: &Page) -> Glance {
    let mut words = 0;
    let mut lines: Vec<(Level, String)> = Vec::new();
    for cause in &page.causes {
        let line = cause_told(cause);
        // Its bullet and its level are words, too.
        words += line.split_whitespace().count() + 2;
        if words > WORDS && !lines.is_empty() {
            break;
        }
        lines.push((cause.level, line));
    }
    let left = page.causes.get(lines.len()..).unwrap_or_default();
    let levels = [Level::Major, Level::Minor, Level::Patch].map(|level| {
        let count = left.iter().filter(|cause| cause.level == level).count();
        (count > 0).then(|| format!("{count} {}", level.name()))
    });
    let levels: Vec<String> = levels.into_iter().flatten().collect();
    let left = if levels.is_empty() {
        String::new()
    } else {
        format!("and more, in the list of all: {}", levels.join(", "))
    };
    Glance { lines, left }
}

/// What changes have in common, and what happened.
fn cause_told(cause: &Cause) -> String {
    let parts = cause.parts.iter().map(|part| happened(cause, part));
    let parts = parts.collect::<Vec<_>>().join("; ");
    match about(cause).as_str() {
        "" => parts,
        what => format!("{what}: {parts}"),
    }
}

/// What changes have in common.
pub(super) fn about(cause: &Cause) -> String {
    match cause.places {
        Some(places) => format!("{} in {places} places", cause.about),
        None => cause.about.clone(),
    }
}

/// What happened by one rule, and to what.
fn happened(cause: &Cause, part: &Part) -> String {
    let (says, count) = (part.says, part.changes.len());
    let names: Vec<&str> = part.names.iter().take(NAMES).map(String::as_str).collect();
    let more = match part.names.len().checked_sub(NAMES) {
        None | Some(0) => String::new(),
        Some(more) => format!(" and {more} more"),
    };
    match (count, cause.places.is_none() && !names.is_empty()) {
        (_, true) => format!("{says}: {}{more}", names.join(", ")),
        (1, false) => says.to_owned(),
        (count, false) => format!("{says} ({count} times)"),
    }
}

/// The changes in the order of their causes.
pub(super) fn ordered(page: &Page) -> Vec<&Change> {
    let all = page.changes.iter();
    let by_fingerprint: BTreeMap<&str, &Change> =
        all.map(|it| (it.fingerprint.as_str(), it)).collect();
    let parts = page.causes.iter().flat_map(|cause| &cause.parts);
    let all = parts.flat_map(|part| &part.changes);
    all.filter_map(|it| by_fingerprint.get(it.as_str()).copied())
        .collect()
}

/// What changed, and what exactly.
pub(super) fn told(says: &str, detail: &str) -> String {
    match detail {
        "" => says.to_owned(),
        detail => format!("{says}: {detail}"),
    }
}

/// `openapi/pets/openapi.yaml:31 `, with a word where only the old side has it.
pub(super) fn place(file: Option<&str>, line: usize, old: bool) -> String {
    let Some(file) = file else {
        return String::new();
    };
    let before = if old { "before: " } else { "" };
    match line {
        0 => format!("{before}{file} "),
        _ => format!("{before}{file}:{line} "),
    }
}
