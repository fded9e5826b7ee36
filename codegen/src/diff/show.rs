//! The page as text: Markdown for pull requests, plain for terminals.

use super::page::{Change, Page, Quiet};
use super::rules::Level;

/// So many lines of a list are shown; the rest is counted.
const SHOWN: usize = 50;

/// Pages as Markdown; empty where nothing changed.
pub fn markdown(pages: &[Page], base: &str) -> String {
    let changed = pages.iter().filter(|page| !page.is_empty());
    let parts: Vec<String> = changed.map(|page| page_markdown(page, base)).collect();
    parts.join("\n")
}

fn page_markdown(page: &Page, base: &str) -> String {
    let level = page.level.map_or("no new version needed", Level::name);
    let mut text = format!("## {}: {level}\n\n{}\n", page.package, verdict(page));
    text.push_str(&format!("\nCompared with `{base}`.\n"));
    let sections = [
        inputs(page),
        changes(page),
        unexplained(page),
        quiet(page, true),
        quiet(page, false),
        upgrade(page),
    ];
    for section in sections.into_iter().filter(|it| !it.is_empty()) {
        text.push('\n');
        text.push_str(&section);
    }
    text
}

/// The answer to what a reviewer asks first.
fn verdict(page: &Page) -> String {
    let (from, to) = (&page.from, &page.to);
    let versions = match from == to {
        true => format!("The version stays `{from}`"),
        false => format!("The version goes from `{from}` to `{to}`"),
    };
    let (Some(level), Some(needs)) = (page.level, &page.needs) else {
        return match page.sufficient {
            true => format!("{versions}. Nothing here asks for another one."),
            false => format!("{versions}. The crate gets no more versions."),
        };
    };
    let name = level.name();
    let convention = match from.starts_with("0.") && level == Level::Major {
        true => " (below 1.0.0 a minor bump is what a major bump is later)",
        false => "",
    };
    match page.sufficient {
        true => format!("{versions}, which **suffices** for a {name} change{convention}."),
        false => format!(
            "{versions}, which **does not suffice**: a {name} change needs `{needs}` or \
             above{convention}. Set `package.version` in `openapi/{}/client.yaml`.",
            page.client
        ),
    }
}

fn inputs(page: &Page) -> String {
    if page.inputs.is_empty() {
        return String::new();
    }
    let mut text =
        "### Inputs that moved\n\n| input | before | now |\n| --- | --- | --- |\n".to_owned();
    for moved in &page.inputs {
        let shown = |it: &Option<String>| match it {
            Some(text) => format!("`{}`", cell(text)),
            None => "none".to_owned(),
        };
        let (before, now) = (shown(&moved.before), shown(&moved.now));
        text.push_str(&format!("| {} | {before} | {now} |\n", cell(&moved.what)));
    }
    text
}

/// Text inside a cell of a table.
fn cell(text: &str) -> String {
    text.replace('\n', " ").replace('|', "\\|")
}

fn changes(page: &Page) -> String {
    if page.changes.is_empty() {
        return String::new();
    }
    let head = "### Changes\n\n| spec change | Rust | level | why |\n| --- | --- | --- | --- |\n";
    let rows = page.changes.iter().map(|change| {
        let rust: Vec<String> = change.rust.iter().map(|it| format!("`{it}`")).collect();
        let rust = match rust.len() {
            0 => "none".to_owned(),
            1..=4 => rust.join("<br>"),
            more => {
                let first: Vec<String> = rust.into_iter().take(3).collect();
                format!("{}<br>and {} more", first.join("<br>"), more - 3)
            }
        };
        format!(
            "| {}<br>{}`{}` | {} | {} | {} ({}) |\n",
            cell(&told(change)),
            place(change.file.as_deref(), change.line, change.old),
            change.fingerprint,
            cell(&rust),
            shown_level(change.level),
            cell(change.why),
            cell(change.clause),
        )
    });
    std::iter::once(head.to_owned()).chain(rows).collect()
}

/// What changed, and what exactly.
fn told(change: &Change) -> String {
    match change.detail.is_empty() {
        true => change.says.to_owned(),
        false => format!("{}: {}", change.says, change.detail),
    }
}

fn shown_level(level: Level) -> String {
    match level {
        Level::Major => format!("**{}**", level.name()),
        _ => level.name().to_owned(),
    }
}

/// `openapi/pets/openapi.yaml:31`, with a word where only the old side has it.
fn place(file: Option<&str>, line: usize, old: bool) -> String {
    let Some(file) = file else {
        return String::new();
    };
    let before = if old { "before: " } else { "" };
    match line {
        0 => format!("{before}{file} "),
        _ => format!("{before}{file}:{line} "),
    }
}

fn unexplained(page: &Page) -> String {
    if page.unexplained.is_empty() {
        return String::new();
    }
    let mut text = "### Changes in Rust that no change above explains\n\n\
        The generator, or what it was told, changed. A line that is gone counts as major, one that \
        is new as minor.\n\n```diff\n"
        .to_owned();
    for change in page.unexplained.iter().take(SHOWN) {
        let sign = if change.level == Level::Major {
            '-'
        } else {
            '+'
        };
        text.push_str(&format!("{sign} {}\n", change.detail));
    }
    text.push_str("```\n");
    text.push_str(&and_more(page.unexplained.len()));
    text
}

fn and_more(count: usize) -> String {
    match count.checked_sub(SHOWN) {
        None | Some(0) => String::new(),
        Some(more) => format!("\nand {more} more\n"),
    }
}

fn quiet(page: &Page, prose: bool) -> String {
    let all: Vec<&Quiet> = page.quiet.iter().filter(|it| it.prose == prose).collect();
    if all.is_empty() {
        return String::new();
    }
    let mut text = match prose {
        true => "### Prose and examples\n\nNothing of this reaches a signature; descriptions are \
                 the crate's documentation.\n\n"
            .to_owned(),
        false => {
            "### Other changes of the document\n\nNo change above is about these.\n\n".to_owned()
        }
    };
    for quiet in all.iter().take(SHOWN) {
        let place = place(quiet.file.as_deref(), quiet.line, quiet.old);
        let (pointer, what) = (&quiet.pointer, &quiet.what);
        text.push_str(&format!("- {place}`{pointer}`: {what}\n"));
    }
    text.push_str(&and_more(all.len()));
    text
}

fn upgrade(page: &Page) -> String {
    let mut text = String::new();
    let mut said = std::collections::BTreeSet::new();
    let grave = page.changes.iter().filter(|it| it.level == Level::Major);
    for change in grave {
        let Some(before) = &change.before else {
            continue;
        };
        if !said.insert((before, &change.after)) {
            continue;
        }
        let after = match &change.after {
            Some(after) => format!("+ {after}\n"),
            None => "+ // nothing takes its place\n".to_owned(),
        };
        let told = told(change);
        text.push_str(&format!("\n{told}:\n\n```diff\n- {before}\n{after}```\n"));
    }
    match text.is_empty() {
        true => text,
        false => format!("### Upgrade notes\n{text}"),
    }
}

/// Pages for a terminal.
pub fn human(pages: &[Page], base: &str) -> String {
    let changed: Vec<&Page> = pages.iter().filter(|page| !page.is_empty()).collect();
    if changed.is_empty() {
        return format!("nothing changed since {base}\n");
    }
    changed.iter().map(|page| page_human(page)).collect()
}

fn page_human(page: &Page) -> String {
    let mut text = format!("{}: {}\n", page.package, verdict(page).replace("**", ""));
    for moved in &page.inputs {
        let shown = |it: &Option<String>| it.clone().unwrap_or_else(|| "none".to_owned());
        let (before, now) = (shown(&moved.before), shown(&moved.now));
        text.push_str(&format!("       moved {}: {before} → {now}\n", moved.what));
    }
    for change in &page.changes {
        let (level, told) = (change.level.name(), told(change));
        let place = place(change.file.as_deref(), change.line, change.old);
        text.push_str(&format!("{level:>12} {told}\n"));
        let place = place.trim_end();
        text.push_str(&format!("{:>12} {place} [{}]\n", "at", change.fingerprint));
        let touched = change.rust.join(", ");
        if !touched.is_empty() {
            text.push_str(&format!("{:>12} {touched}\n", "rust"));
        }
        text.push_str(&format!("{:>12} {}\n", "why", change.why));
    }
    for change in &page.unexplained {
        let level = change.level.name();
        text.push_str(&format!("{level:>12} {}\n", told(change)));
    }
    for quiet in &page.quiet {
        let place = place(quiet.file.as_deref(), quiet.line, quiet.old);
        let (pointer, what) = (&quiet.pointer, &quiet.what);
        text.push_str(&format!("{:>12} {place}{pointer}: {what}\n", "quiet"));
    }
    text
}
