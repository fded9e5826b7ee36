//! The page as Markdown, for pull requests.

use std::collections::BTreeSet;

use super::page::{Change, Page, Quiet};
use super::rules::Level;
use super::words::{Verdict, place, verdict};
use crate::inert::Markdown;

/// So many lines of a list are shown; the rest is counted.
const SHOWN: usize = 50;

/// Pages as Markdown; empty where nothing changed.
pub fn markdown(pages: &[Page], base: &str) -> Markdown {
    let changed = pages.iter().filter(|page| !page.is_empty());
    Markdown::join(changed.map(|page| page_markdown(page, base)), "\n")
}

fn page_markdown(page: &Page, base: &str) -> Markdown {
    let level = page.level.map_or("no new version needed", Level::name);
    let head = Markdown::from("## ") + Markdown::text(&page.package) + ": " + level + "\n\n";
    let Verdict { begin, word, end } = verdict(page);
    let word = match word {
        "" => Markdown::default(),
        word => Markdown::from("**") + word + "**",
    };
    let verdict = Markdown::message(&begin) + word + Markdown::message(&end) + "\n";
    let base = Markdown::from("\nCompared with ") + Markdown::code(base) + ".\n";
    let sections = [
        inputs(page),
        changes(page),
        unexplained(page),
        quiet(page, true),
        quiet(page, false),
        page.news.markdown(),
        upgrade(page),
    ];
    let sections = sections.into_iter().filter(|section| !section.is_empty());
    sections.fold(head + verdict + base, |page, section| page + "\n" + section)
}

fn inputs(page: &Page) -> Markdown {
    if page.inputs.is_empty() {
        return Markdown::default();
    }
    let mut table =
        Markdown::from("### Inputs that moved\n\n| input | before | now |\n| --- | --- | --- |\n");
    let shown = |value: &Option<String>| match value {
        Some(text) => Markdown::code(text),
        None => Markdown::from("none"),
    };
    for moved in &page.inputs {
        let what = Markdown::text(&moved.what);
        table += row([what, shown(&moved.before), shown(&moved.now)]);
    }
    table
}

/// A row of a table.
fn row(cells: impl IntoIterator<Item = Markdown>) -> Markdown {
    let cells = cells.into_iter().map(Markdown::cell);
    Markdown::from("| ") + Markdown::join(cells, " | ") + " |\n"
}

fn changes(page: &Page) -> Markdown {
    if page.changes.is_empty() {
        return Markdown::default();
    }
    let head = Markdown::from(
        "### Changes\n\n| spec change | Rust | level | why |\n| --- | --- | --- | --- |\n",
    );
    page.changes
        .iter()
        .fold(head, |table, change| table + change_row(change))
}

fn change_row(change: &Change) -> Markdown {
    let place = place(change.file.as_deref(), change.line, change.old);
    let spec = said(change) + "<br>" + Markdown::text(&place) + Markdown::code(&change.fingerprint);
    let why = Markdown::from(change.why) + " (" + change.clause + ")";
    row([spec, rust(change), shown_level(change.level), why])
}

/// The Rust items of a change; of many the first.
fn rust(change: &Change) -> Markdown {
    let shown = if change.rust.len() > 4 { 3 } else { 4 };
    let items = change
        .rust
        .iter()
        .take(shown)
        .map(|item| Markdown::code(item));
    let items = Markdown::join(items, "<br>");
    match change.rust.len() {
        0 => Markdown::from("none"),
        1..=4 => items,
        more => items + "<br>and " + (more - shown) + " more",
    }
}

/// What changed, and what exactly.
fn said(change: &Change) -> Markdown {
    let says = Markdown::from(change.says);
    match change.detail.is_empty() {
        true => says,
        false => says + ": " + Markdown::message(&change.detail),
    }
}

fn shown_level(level: Level) -> Markdown {
    match level {
        Level::Major => Markdown::from("**") + level.name() + "**",
        _ => Markdown::from(level.name()),
    }
}

fn unexplained(page: &Page) -> Markdown {
    if page.unexplained.is_empty() {
        return Markdown::default();
    }
    let head = Markdown::from(
        "### Changes in Rust that no change above explains\n\n\
        The generator, or what it was told, changed. A line that is gone counts as major, one that \
        is new as minor.\n\n",
    );
    let lines = page.unexplained.iter().take(SHOWN).map(|change| {
        let sign = match change.level {
            Level::Major => '-',
            Level::Minor | Level::Patch => '+',
        };
        format!("{sign} {}", change.detail)
    });
    head + Markdown::block("diff", lines) + and_more(page.unexplained.len())
}

fn and_more(count: usize) -> Markdown {
    match count.checked_sub(SHOWN) {
        None | Some(0) => Markdown::default(),
        Some(more) => Markdown::from("\nand ") + more + " more\n",
    }
}

fn quiet(page: &Page, prose: bool) -> Markdown {
    let all: Vec<&Quiet> = page.quiet.iter().filter(|it| it.prose == prose).collect();
    if all.is_empty() {
        return Markdown::default();
    }
    let mut text = Markdown::from(match prose {
        true => {
            "### Prose and examples\n\nNothing of this reaches a signature; descriptions are \
             the crate's documentation.\n\n"
        }
        false => "### Other changes of the document\n\nNo change above is about these.\n\n",
    });
    for quiet in all.iter().take(SHOWN) {
        let place = place(quiet.file.as_deref(), quiet.line, quiet.old);
        text += Markdown::from("- ") + Markdown::text(&place) + Markdown::code(&quiet.pointer);
        text += Markdown::from(": ") + Markdown::message(&quiet.what) + "\n";
    }
    text + and_more(all.len())
}

fn upgrade(page: &Page) -> Markdown {
    let mut text = Markdown::default();
    let mut known = BTreeSet::new();
    let grave = page.changes.iter().filter(|it| it.level == Level::Major);
    for change in grave {
        let Some(before) = &change.before else {
            continue;
        };
        if !known.insert((before, &change.after)) {
            continue;
        }
        let after = change.after.as_deref();
        let after = after.unwrap_or("// nothing takes its place");
        let lines = [format!("- {before}"), format!("+ {after}")];
        text += Markdown::from("\n") + said(change) + ":\n\n" + Markdown::block("diff", lines);
    }
    match text.is_empty() {
        true => text,
        false => Markdown::from("### Upgrade notes\n") + text,
    }
}

#[cfg(test)]
mod tests {
    use crate::diff::rules;

    #[test]
    fn what_a_rule_says_needs_no_more_than_words() {
        // It is taken over as markup.
        for rule in rules::ALL.iter().copied().flatten() {
            for text in [rule.says, rule.why, rule.clause] {
                assert!(!text.contains(['|', '<', '\n', '[']), "{text}");
            }
        }
    }
}
