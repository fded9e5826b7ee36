//! The page as Markdown, for pull requests: what a reviewer decides about, then all of it folded.

use super::fold;
use super::page::Page;
use super::rules::Level;
use super::words::{Glance, Verdict, glance, verdict};
use crate::inert::Markdown;

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
    let sections = [causes(page), unexplained(page)].into_iter();
    let sections = sections.chain(fold::sections(page));
    let sections = sections.filter(|section| !section.is_empty());
    sections.fold(head + verdict + base, |page, section| page + "\n" + section)
}

/// One line for each cause, as far as the words go.
fn causes(page: &Page) -> Markdown {
    let Glance { lines, left } = glance(page);
    let lines = lines.into_iter().map(|(level, told)| {
        Markdown::from("- ") + shown_level(level) + ": " + Markdown::message(&told) + "\n"
    });
    let left = if left.is_empty() {
        Markdown::default()
    } else {
        Markdown::from("- ") + Markdown::message(&left) + "\n"
    };
    Markdown::join(lines, "") + left
}

/// That lines of the crate's API differ for no reason that is known.
fn unexplained(page: &Page) -> Markdown {
    match page.unexplained.len() {
        0 => Markdown::default(),
        count => {
            Markdown::from("Lines of the crate's API that differ and that no change explains: ")
                + count
                + ". The generator changed, or one of its tools.\n"
        }
    }
}

/// A level, the gravest in bold.
pub(super) fn shown_level(level: Level) -> Markdown {
    match level {
        Level::Major => Markdown::from("**") + level.name() + "**",
        _ => Markdown::from(level.name()),
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
