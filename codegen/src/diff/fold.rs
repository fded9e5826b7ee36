//! What a page folds: every change with its place, why it has its level, notes for an upgrade, and
//! what no change is about.

use std::collections::BTreeSet;

use super::causes::{Cause, Part};
use super::page::{Change, Page, Quiet};
use super::rules::Level;
use super::show::shown_level;
use super::words::{about, ordered, place};
use crate::inert::Markdown;

/// So many lines of a list are shown; the rest is counted.
const SHOWN: usize = 50;

/// So many new items are shown where one is gone.
const BESIDE: usize = 3;

/// The folded parts of a page, in order; empty ones among them.
pub(super) fn sections(page: &Page) -> [Markdown; 9] {
    let [operations, losses] = page.news.markdown();
    [
        unexplained(page),
        upgrade(page),
        changes(page),
        reasons(page),
        operations,
        losses,
        quiet(page, false),
        quiet(page, true),
        inputs(page),
    ]
}

/// A part that is opened by a click; nothing where there is nothing in it.
pub(super) fn folded(title: Markdown, body: Markdown) -> Markdown {
    if body.is_empty() {
        body
    } else {
        Markdown::from("<details><summary>") + title + "</summary>\n\n" + body + "\n</details>\n"
    }
}

/// A title with how many there are.
pub(super) fn counted(what: &'static str, count: usize) -> Markdown {
    Markdown::from(what) + " (" + count + ")"
}

fn inputs(page: &Page) -> Markdown {
    let head = Markdown::from("| input | before | now |\n| --- | --- | --- |\n");
    let shown = |value: &Option<String>| match value {
        Some(text) => Markdown::code(text),
        None => Markdown::from("none"),
    };
    let rows = page.inputs.iter().map(|moved| {
        let cells = [
            Markdown::text(&moved.what),
            shown(&moved.before),
            shown(&moved.now),
        ];
        let cells = cells.into_iter().map(Markdown::cell);
        Markdown::from("| ") + Markdown::join(cells, " | ") + " |\n"
    });
    let rows = Markdown::join(rows, "");
    let table = if rows.is_empty() { rows } else { head + rows };
    folded(counted("Inputs that moved", page.inputs.len()), table)
}

fn changes(page: &Page) -> Markdown {
    let mut all = ordered(page).into_iter();
    let causes = page.causes.iter().map(|cause| {
        let parts = cause.parts.iter().map(|part| {
            let changes: Vec<&Change> = all.by_ref().take(part.changes.len()).collect();
            listed(part, &changes)
        });
        headed(cause) + Markdown::join(parts, "")
    });
    let text = Markdown::join(causes, "\n");
    let title = counted("Every change, by what it is about", page.changes.len());
    folded(title, text)
}

fn headed(cause: &Cause) -> Markdown {
    match about(cause).as_str() {
        "" => Markdown::default(),
        about => Markdown::message(about) + ":\n\n",
    }
}

/// The changes of one rule: in one line if there is one.
fn listed(part: &Part, changes: &[&Change]) -> Markdown {
    let Some(level) = changes.first().map(|change| change.level) else {
        return Markdown::default();
    };
    let head = Markdown::from("- ") + shown_level(level) + ": " + part.says;
    match changes {
        [only] => {
            head + Markdown::from(if only.detail.is_empty() { "" } else { ": " }) + one(only) + "\n"
        }
        all => {
            let lines = all
                .iter()
                .map(|change| Markdown::from("  - ") + one(change) + "\n");
            head + ":\n" + Markdown::join(lines, "")
        }
    }
}

/// What exactly, where, and in which Rust items.
fn one(change: &Change) -> Markdown {
    let place = place(change.file.as_deref(), change.line, change.old);
    let detail = Markdown::message(&change.detail);
    let rust = rust(change);
    let rust = if rust.is_empty() {
        rust
    } else {
        Markdown::from("; Rust: ") + rust
    };
    detail + rust + " (" + Markdown::text(&place) + Markdown::code(&change.fingerprint) + ")"
}

/// The Rust items of a change; of many the first.
fn rust(change: &Change) -> Markdown {
    let shown = if change.rust.len() > 4 { 3 } else { 4 };
    let items = change.rust.iter().take(shown);
    let items = Markdown::join(items.map(|item| Markdown::code(item)), ", ");
    match change.rust.len() {
        0..=4 => items,
        more => items + " and " + (more - shown) + " more",
    }
}

/// Why changes have their levels, once for each rule.
fn reasons(page: &Page) -> Markdown {
    let mut known = BTreeSet::new();
    let lines = page
        .changes
        .iter()
        .filter(|change| known.insert(change.rule));
    let lines = lines.map(|change| {
        let level = Markdown::from(" (") + change.level.name() + "): ";
        let why = Markdown::from(change.why) + " (" + change.clause + ")\n";
        Markdown::from("- ") + change.says + level + why
    });
    folded(
        Markdown::from("Why these levels"),
        Markdown::join(lines, ""),
    )
}

fn unexplained(page: &Page) -> Markdown {
    let lines = page.unexplained.iter().take(SHOWN).map(|change| {
        let sign = match change.level {
            Level::Major => '-',
            Level::Minor | Level::Patch => '+',
        };
        format!("{sign} {}", change.detail)
    });
    let body = match page.unexplained.len() {
        0 => Markdown::default(),
        count => {
            Markdown::from("A line that is gone counts as major, one that is new as minor.\n\n")
                + Markdown::block("diff", lines)
                + and_more(count)
        }
    };
    let title = counted(
        "Changes in Rust that no change explains",
        page.unexplained.len(),
    );
    folded(title, body)
}

fn and_more(count: usize) -> Markdown {
    match count.checked_sub(SHOWN) {
        None | Some(0) => Markdown::default(),
        Some(more) => Markdown::from("\nand ") + more + " more\n",
    }
}

fn quiet(page: &Page, prose: bool) -> Markdown {
    let all: Vec<&Quiet> = page.quiet.iter().filter(|it| it.prose == prose).collect();
    let title = if prose {
        "Prose and examples, which reach no signature"
    } else {
        "Changes of the document that no change above is about"
    };
    let mut text = Markdown::default();
    for quiet in all.iter().take(SHOWN) {
        let place = place(quiet.file.as_deref(), quiet.line, quiet.old);
        text += Markdown::from("- ") + Markdown::text(&place) + Markdown::code(&quiet.pointer);
        text += Markdown::from(": ") + Markdown::message(&quiet.what) + "\n";
    }
    folded(counted(title, all.len()), text + and_more(all.len()))
}

/// A caller's lines before and after: in one block for each rule.
fn upgrade(page: &Page) -> Markdown {
    let mut known = BTreeSet::new();
    let mut notes: Vec<(&'static str, Vec<String>)> = Vec::new();
    let grave = page.changes.iter().filter(|it| it.level == Level::Major);
    for change in grave {
        let Some(before) = &change.before else {
            continue;
        };
        if !known.insert((before, &change.after)) {
            continue;
        }
        let after = change.after.clone().unwrap_or_else(|| gone(change));
        let lines = [format!("- {before}"), format!("+ {after}")];
        match notes.iter_mut().find(|(says, _)| *says == change.says) {
            Some((_, all)) => all.extend(lines),
            None => notes.push((change.says, lines.into())),
        }
    }
    let count = known.len();
    let notes = notes
        .into_iter()
        .map(|(says, lines)| Markdown::from(says) + ":\n\n" + Markdown::block("diff", lines));
    let text = Markdown::join(notes, "\n");
    folded(counted("Upgrade notes", count), text)
}

/// What stands for a line that no other one is known to take the place of.
fn gone(change: &Change) -> String {
    let shown: Vec<&str> = change
        .beside
        .iter()
        .take(BESIDE)
        .map(String::as_str)
        .collect();
    let more = match change.beside.len().checked_sub(BESIDE) {
        None | Some(0) => String::new(),
        Some(more) => format!(" and {more} more"),
    };
    if shown.is_empty() {
        "// nothing takes its place".to_owned()
    } else {
        format!("// it is gone; new there: {}{more}", shown.join(", "))
    }
}
