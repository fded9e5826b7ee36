//! The page as lines, for terminals.

use std::collections::BTreeSet;

use super::page::Page;
use super::words::{Glance, glance, ordered, place, told, verdict};
use crate::inert::Inert;

/// Pages for a terminal.
pub fn human(pages: &[Page], base: &str) -> Inert {
    let mut text = Inert::default();
    let changed: Vec<&Page> = pages.iter().filter(|page| !page.is_empty()).collect();
    if changed.is_empty() {
        text.line(format!("nothing changed since {base}"));
    }
    changed.iter().for_each(|page| add(page, &mut text));
    text
}

fn add(page: &Page, text: &mut Inert) {
    let verdict = verdict(page);
    let verdict = verdict.begin + verdict.word + &verdict.end;
    text.line(format!("{}: {verdict}", page.package));
    let Glance { lines, left } = glance(page);
    for (level, told) in lines {
        text.line(format!("{:>12} {told}", level.name()));
    }
    if !left.is_empty() {
        text.line(format!("{:>12} {left}", ""));
    }
    for change in &page.unexplained {
        let (level, told) = (change.level.name(), told(change.says, &change.detail));
        text.line(format!("{level:>12} {told}"));
    }
    let changes = ordered(page);
    if !changes.is_empty() {
        text.line("");
    }
    // Why a rule has its level is read once.
    let mut known = BTreeSet::new();
    for change in changes {
        let (level, told) = (change.level.name(), told(change.says, &change.detail));
        let place = place(change.file.as_deref(), change.line, change.old);
        text.line(format!("{level:>12} {told}"));
        let place = place.trim_end();
        text.line(format!("{:>12} {place} [{}]", "at", change.fingerprint));
        let touched = change.rust.join(", ");
        if !touched.is_empty() {
            text.line(format!("{:>12} {touched}", "rust"));
        }
        if known.insert(change.rule) {
            text.line(format!("{:>12} {}", "why", change.why));
        }
    }
    for quiet in &page.quiet {
        let place = place(quiet.file.as_deref(), quiet.line, quiet.old);
        let (pointer, what) = (&quiet.pointer, &quiet.what);
        text.line(format!("{:>12} {place}{pointer}: {what}", "quiet"));
    }
    for moved in &page.inputs {
        let shown = |value: &Option<String>| value.clone().unwrap_or_else(|| "none".to_owned());
        let (before, now) = (shown(&moved.before), shown(&moved.now));
        text.line(format!("       moved {}: {before} → {now}", moved.what));
    }
    page.news.human(text);
}
