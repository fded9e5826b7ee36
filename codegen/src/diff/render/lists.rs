//! Markdown building blocks of a report: levels, folded sections, shortened lists.

use super::super::rules::Level;
use crate::inert::Markdown;

/// The number of lines of a list that are shown; the rest is counted.
pub(super) const SHOWN: usize = 50;

/// Returns a level, major in bold.
pub(super) fn level(level: Level) -> Markdown {
    match level {
        Level::Major => Markdown::from("**") + level.name() + "**",
        Level::Minor | Level::Patch => Markdown::from(level.name()),
    }
}

/// Returns a section that readers can unfold; nothing if the body is empty.
pub(super) fn folded(title: Markdown, body: Markdown) -> Markdown {
    if body.is_empty() {
        body
    } else {
        Markdown::from("<details><summary>") + title + "</summary>\n\n" + body + "\n</details>\n"
    }
}

/// Returns a title with a count.
pub(super) fn counted(title: &'static str, count: usize) -> Markdown {
    Markdown::from(title) + " (" + count + ")"
}

/// Returns the line that counts what a list does not show.
pub(super) fn and_more(count: usize) -> Markdown {
    match count.checked_sub(SHOWN) {
        None | Some(0) => Markdown::default(),
        Some(more) => Markdown::from("\nand ") + more + " more\n",
    }
}
