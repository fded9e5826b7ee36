//! The page of a change, read as GitHub reads it: its structure is that of the page, whatever the
//! document says.

use std::collections::BTreeSet;

use codegen::diff::{DiffReport, Level};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// So many lines of a list are shown.
const SHOWN: usize = 50;

/// What a page is made of.
#[derive(Debug, Default, PartialEq, Eq)]
struct Structure {
    headings: Vec<String>,
    rows: usize,
    items: usize,
    blocks: usize,
}

/// Whether Markdown has the structure of the page that it shows, and nothing else that is live.
pub(super) fn judge(page: &DiffReport, markdown: &str) -> Result<(), String> {
    let acts = |problem: &str| Err(format!("page: {problem}:\n{markdown}"));
    if markdown.contains(super::acts) {
        return acts("something acts");
    }
    let mut found = Structure::default();
    let mut words = String::new();
    let (mut heading, mut in_block, mut folds) = (None, false, 0);
    for event in Parser::new_ext(markdown, Options::all()) {
        match event {
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::End(TagEnd::Heading(_)) => found.headings.extend(heading.take()),
            Event::Start(Tag::TableRow) => found.rows += 1,
            // How many lines come before the fold depends on their words.
            Event::Start(Tag::Item) if folds == 0 => {}
            Event::Start(Tag::Item) => found.items += 1,
            Event::Start(Tag::CodeBlock(_)) => (found.blocks, in_block) = (found.blocks + 1, true),
            Event::End(TagEnd::CodeBlock) => in_block = false,
            Event::Start(
                Tag::Paragraph | Tag::Table(_) | Tag::TableHead | Tag::TableCell | Tag::List(None),
            )
            | Event::Start(Tag::Strong)
            | Event::End(_)
            | Event::Code(_)
            | Event::SoftBreak => {}
            Event::Start(Tag::HtmlBlock) => {}
            Event::Html(html) if html.trim_end() == "</details>" => {}
            Event::Html(html) => match folded(&html) {
                Some(title) => {
                    folds += 1;
                    found.headings.push(title.to_owned());
                }
                None => return acts(&format!("{html:?} is live")),
            },
            Event::Text(_) if in_block => {}
            Event::Text(text) => {
                heading
                    .iter_mut()
                    .for_each(|heading| heading.push_str(&text));
                words.push_str(&text);
                words.push(' ');
            }
            other => return acts(&format!("{other:?} is live")),
        }
    }
    let live = ["@", "://", "www.", "#", "<", "$", "GH-", ":octocat:"];
    let mut signs = live.iter().filter(|sign| words.contains(**sign));
    let commit = names_commit(&words).then_some(&COMMIT);
    if let Some(sign) = signs.next().or(commit) {
        return acts(&format!("`{sign}` outside of code in {words}"));
    }
    let expected = expected(page);
    if found == expected {
        Ok(())
    } else {
        acts(&format!("{found:?} is not {expected:?}"))
    }
}

/// What is a link to a commit where it is a word.
const COMMIT: &str = "deadbeef1";

fn names_commit(words: &str) -> bool {
    let is_part = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_');
    words.match_indices(COMMIT).any(|(at, found)| {
        let (before, after) = (&words[..at], &words[at + found.len()..]);
        !is_part(before.chars().next_back()) && !is_part(after.chars().next())
    })
}

/// The title of a folded part, without its count.
fn folded(html: &str) -> Option<&str> {
    let title = html.trim_end().strip_prefix("<details><summary>")?;
    let title = title.strip_suffix("</summary>")?;
    let (name, count) = title.split_once(" (").unwrap_or((title, "0)"));
    let count = count.strip_suffix(')')?;
    count.parse::<usize>().ok().map(|_| name)
}

/// The structure of a page by what it has to say.
fn expected(page: &DiffReport) -> Structure {
    if page.is_empty() {
        return Structure::default();
    }
    let level = page.level.map_or("no new version needed", Level::name);
    let count = |prose: bool| {
        page.document_only
            .iter()
            .filter(|change| change.prose == prose)
            .count()
    };
    let grave = page
        .changes
        .iter()
        .filter(|change| change.level == Level::Major);
    let mut known = BTreeSet::new();
    let notes = grave.filter(|change| {
        let before = change.before.as_ref();
        before.is_some_and(|before| known.insert((before, &change.after)))
    });
    let notes: BTreeSet<&str> = notes.map(|change| change.summary).collect();
    let rules: BTreeSet<&str> = page.changes.iter().map(|change| change.rule).collect();
    // A rule of a group is one line, or a line with one for each change below it.
    let parts = page.groups.iter().flat_map(|group| &group.rules);
    let listed = parts.map(|part| match part.changes.len() {
        1 => 1,
        several => several + 1,
    });
    let listed: usize = listed.sum();
    let unexplained = !page.unexplained.is_empty();
    let sections = [
        (unexplained, "Unexplained differences of the API"),
        (!notes.is_empty(), "Upgrade notes"),
        (listed > 0, "All changes, by subject"),
        (listed > 0, "Why these levels"),
        (
            !page.notices.operations.is_empty(),
            "New operations in the full document",
        ),
        (!page.notices.losses.is_empty(), "New limitations"),
        (
            count(false) > 0,
            "Other changes of the document, without effect on Rust",
        ),
        (count(true) > 0, "Changed descriptions and examples"),
        (!page.inputs.is_empty(), "Changed inputs"),
    ];
    let lists = [
        count(true),
        count(false),
        page.notices.operations.len(),
        page.notices.losses.len(),
    ];
    let sections = sections.iter().filter(|(there, _)| *there);
    let mut headings = vec![format!("{}: {level}", page.package)];
    headings.extend(sections.map(|(_, heading)| (*heading).to_owned()));
    Structure {
        headings,
        rows: page.inputs.len(),
        items: listed + rules.len() + lists.map(|items| items.min(SHOWN)).iter().sum::<usize>(),
        blocks: notes.len() + usize::from(unexplained),
    }
}
