//! The page of a change, read as GitHub reads it: its structure is that of the page, whatever the
//! document says.

use std::collections::BTreeSet;

use codegen::diff::{Level, Page};
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
pub(super) fn judge(page: &Page, markdown: &str) -> Result<(), String> {
    let acts = |problem: &str| Err(format!("page: {problem}:\n{markdown}"));
    if markdown.contains(super::acts) {
        return acts("something acts");
    }
    let mut found = Structure::default();
    let mut words = String::new();
    let (mut heading, mut in_block) = (None, false);
    for event in Parser::new_ext(markdown, Options::all()) {
        match event {
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::End(TagEnd::Heading(_)) => found.headings.extend(heading.take()),
            Event::Start(Tag::TableRow) => found.rows += 1,
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
            Event::InlineHtml(html) if &*html == "<br>" => {}
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
    let live = [
        "@",
        "://",
        "www.",
        "#",
        "<",
        "$",
        "GH-",
        "deadbeef1",
        ":octocat:",
    ];
    if let Some(sign) = live.iter().find(|sign| words.contains(**sign)) {
        return acts(&format!("`{sign}` outside of code in {words}"));
    }
    let expected = expected(page);
    match found == expected {
        true => Ok(()),
        false => acts(&format!("{found:?} is not {expected:?}")),
    }
}

/// The structure of a page by what it has to say.
fn expected(page: &Page) -> Structure {
    if page.is_empty() {
        return Structure::default();
    }
    let level = page.level.map_or("no new version needed", Level::name);
    let count = |prose: bool| page.quiet.iter().filter(|it| it.prose == prose).count();
    let grave = page.changes.iter().filter(|it| it.level == Level::Major);
    let notes = grave.filter_map(|it| Some((it.before.as_ref()?, &it.after)));
    let notes: BTreeSet<_> = notes.collect();
    let unexplained = !page.unexplained.is_empty();
    let sections = [
        (!page.inputs.is_empty(), "Inputs that moved"),
        (!page.changes.is_empty(), "Changes"),
        (unexplained, "Changes in Rust that no change above explains"),
        (count(true) > 0, "Prose and examples"),
        (count(false) > 0, "Other changes of the document"),
        (!page.news.operations.is_empty(), "New operations upstream"),
        (!page.news.losses.is_empty(), "New losses"),
        (!notes.is_empty(), "Upgrade notes"),
    ];
    let sections = sections.iter().filter(|(there, _)| *there);
    let mut headings = vec![format!("{}: {level}", page.package)];
    headings.extend(sections.map(|(_, heading)| (*heading).to_owned()));
    Structure {
        headings,
        rows: page.inputs.len() + page.changes.len(),
        items: [
            count(true),
            count(false),
            page.news.operations.len(),
            page.news.losses.len(),
        ]
        .map(|items| items.min(SHOWN))
        .iter()
        .sum(),
        blocks: notes.len() + usize::from(unexplained),
    }
}
