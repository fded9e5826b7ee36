//! The folded sections of a report: every change, its reason, upgrade notes, and all other differences.

use std::collections::BTreeSet;

use super::super::groups::{ChangeGroup, RuleChanges};
use super::super::notices::Notices;
use super::super::report::{DiffReport, DocumentChange, ReportedChange};
use super::super::rules::Level;
use super::lists::{SHOWN, and_more, counted, folded, level};
use super::wording::{in_group_order, location, subject};
use crate::inert::Markdown;

/// The number of candidates that replace a removed item; the rest is counted.
const CANDIDATES: usize = 3;

/// Returns the sections in order, empty ones among them.
pub(super) fn sections(report: &DiffReport) -> [Markdown; 9] {
    let [operations, losses] = notices(&report.notices);
    [
        unexplained(report),
        upgrade_notes(report),
        changes(report),
        reasons(report),
        operations,
        losses,
        document_only(report, false),
        document_only(report, true),
        inputs(report),
    ]
}

fn notices(notices: &Notices) -> [Markdown; 2] {
    [
        notice(
            "New operations in the full document",
            "The client does not have them; `cargo xtask slice --operation` adds one.\n\n",
            &notices.operations,
        ),
        notice(
            "New limitations",
            "What the client does not support or check from now on, as `lowering.log` has it.\n\n",
            &notices.losses,
        ),
    ]
}

fn notice(title: &'static str, introduction: &'static str, lines: &[String]) -> Markdown {
    if lines.is_empty() {
        return Markdown::default();
    }
    let shown = lines.iter().take(SHOWN);
    let list = shown.fold(Markdown::from(introduction), |list, line| {
        list + "- " + Markdown::code(line) + "\n"
    });
    folded(counted(title, lines.len()), list + and_more(lines.len()))
}

fn inputs(report: &DiffReport) -> Markdown {
    let head = Markdown::from("| input | before | after |\n| --- | --- | --- |\n");
    let value = |value: &Option<String>| match value {
        Some(text) => Markdown::code(text),
        None => Markdown::from("none"),
    };
    let rows = report.inputs.iter().map(|input| {
        let cells = [
            Markdown::text(&input.name),
            value(&input.before),
            value(&input.after),
        ];
        let cells = cells.into_iter().map(Markdown::cell);
        Markdown::from("| ") + Markdown::join(cells, " | ") + " |\n"
    });
    let rows = Markdown::join(rows, "");
    let table = if rows.is_empty() { rows } else { head + rows };
    folded(counted("Changed inputs", report.inputs.len()), table)
}

fn changes(report: &DiffReport) -> Markdown {
    let mut changes = in_group_order(report).into_iter();
    let groups = report.groups.iter().map(|group| {
        let rules = group.rules.iter().map(|rule| {
            let of_rule = changes.by_ref().take(rule.changes.len());
            of_same_rule(rule, &of_rule.collect::<Vec<_>>())
        });
        heading(group) + Markdown::join(rules, "")
    });
    let text = Markdown::join(groups, "\n");
    folded(
        counted("All changes, by subject", report.changes.len()),
        text,
    )
}

fn heading(group: &ChangeGroup) -> Markdown {
    match subject(group).as_str() {
        "" => Markdown::default(),
        subject => Markdown::message(subject) + ":\n\n",
    }
}

/// Returns the changes of one rule: a single change on the same line, several as a list.
fn of_same_rule(rule: &RuleChanges, changes: &[&ReportedChange]) -> Markdown {
    let Some(severity) = changes.first().map(|change| change.level) else {
        return Markdown::default();
    };
    let head = Markdown::from("- ") + level(severity) + ": " + rule.summary;
    match changes {
        [change] => {
            let separator = if change.detail.is_empty() { "" } else { ": " };
            head + Markdown::from(separator) + described(change) + "\n"
        }
        all => {
            let lines = all
                .iter()
                .map(|change| Markdown::from("  - ") + described(change) + "\n");
            head + ":\n" + Markdown::join(lines, "")
        }
    }
}

/// Returns the detail of a change, its Rust items, its location and its fingerprint.
fn described(change: &ReportedChange) -> Markdown {
    let location = location(change.file.as_deref(), change.line, change.old);
    let items = items(change);
    let items = if items.is_empty() {
        items
    } else {
        Markdown::from("; Rust: ") + items
    };
    let fingerprint = Markdown::code(&change.fingerprint);
    let location = Markdown::from(" (") + Markdown::text(&location) + fingerprint + ")";
    Markdown::message(&change.detail) + items + location
}

/// Returns the Rust items of a change, the first few of many.
fn items(change: &ReportedChange) -> Markdown {
    let shown = if change.rust.len() > 4 { 3 } else { 4 };
    let items = change.rust.iter().take(shown);
    let items = Markdown::join(items.map(|item| Markdown::code(item)), ", ");
    match change.rust.len() {
        0..=4 => items,
        count => items + " and " + (count - shown) + " more",
    }
}

/// Returns the reason of each rule once.
fn reasons(report: &DiffReport) -> Markdown {
    let mut known = BTreeSet::new();
    let changes = report.changes.iter();
    let first_of_rule = changes.filter(|change| known.insert(change.rule));
    let lines = first_of_rule.map(|change| {
        let level = Markdown::from(" (") + change.level.name() + "): ";
        let reason = Markdown::from(change.reason) + " (" + change.reference + ")\n";
        Markdown::from("- ") + change.summary + level + reason
    });
    folded(
        Markdown::from("Why these levels"),
        Markdown::join(lines, ""),
    )
}

fn unexplained(report: &DiffReport) -> Markdown {
    let count = report.unexplained.len();
    let lines = report.unexplained.iter().take(SHOWN).map(|change| {
        let sign = match change.level {
            Level::Major => '-',
            Level::Minor | Level::Patch => '+',
        };
        format!("{sign} {}", change.detail)
    });
    let body = if count == 0 {
        Markdown::default()
    } else {
        Markdown::from("A removed line counts as major, an added line as minor.\n\n")
            + Markdown::block("diff", lines)
            + and_more(count)
    };
    folded(counted("Unexplained differences of the API", count), body)
}

fn document_only(report: &DiffReport, prose: bool) -> Markdown {
    let changes = report.document_only.iter();
    let changes: Vec<&DocumentChange> = changes.filter(|change| change.prose == prose).collect();
    let title = if prose {
        "Changed descriptions and examples"
    } else {
        "Other changes of the document, without effect on Rust"
    };
    let mut text = Markdown::default();
    for change in changes.iter().take(SHOWN) {
        let location = location(change.file.as_deref(), change.line, change.old);
        text += Markdown::from("- ") + Markdown::text(&location) + Markdown::code(&change.pointer);
        text += Markdown::from(": ") + Markdown::message(&change.text) + "\n";
    }
    folded(
        counted(title, changes.len()),
        text + and_more(changes.len()),
    )
}

/// Returns lines of caller code before and after, in one block per rule.
fn upgrade_notes(report: &DiffReport) -> Markdown {
    let mut known = BTreeSet::new();
    let mut notes: Vec<(&'static str, Vec<String>)> = Vec::new();
    let changes = report.changes.iter();
    for change in changes.filter(|change| change.level == Level::Major) {
        let Some(before) = &change.before else {
            continue;
        };
        if !known.insert((before, &change.after)) {
            continue;
        }
        let after = change.after.clone();
        let after = after.unwrap_or_else(|| without_replacement(change));
        let lines = [format!("- {before}"), format!("+ {after}")];
        let known_rule = notes.iter_mut();
        let mut same_rule = known_rule.filter(|(summary, _)| *summary == change.summary);
        match same_rule.next() {
            Some((_, all)) => all.extend(lines),
            None => notes.push((change.summary, lines.into())),
        }
    }
    let notes = notes
        .into_iter()
        .map(|(summary, lines)| Markdown::from(summary) + ":\n\n" + Markdown::block("diff", lines));
    let text = Markdown::join(notes, "\n");
    folded(counted("Upgrade notes", known.len()), text)
}

/// Returns the comment in place of a line that has no known replacement.
fn without_replacement(change: &ReportedChange) -> String {
    let shown = change.candidates.iter().take(CANDIDATES);
    let shown: Vec<&str> = shown.map(String::as_str).collect();
    let more = match change.candidates.len().checked_sub(CANDIDATES) {
        None | Some(0) => String::new(),
        Some(more) => format!(" and {more} more"),
    };
    if shown.is_empty() {
        "// removed without replacement".to_owned()
    } else {
        format!("// removed; new items: {}{more}", shown.join(", "))
    }
}
