//! What every form of the page says in the same words.

use super::page::Page;
use super::rules::Level;

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
    let versions = match from == to {
        true => format!("The version stays `{from}`"),
        false => format!("The version goes from `{from}` to `{to}`"),
    };
    let (Some(level), Some(needs)) = (page.level, &page.needs) else {
        let rest = match page.sufficient {
            true => "Nothing here asks for another one.",
            false => "The crate gets no more versions.",
        };
        return Verdict {
            begin: format!("{versions}. {rest}"),
            word: "",
            end: String::new(),
        };
    };
    let name = level.name();
    let convention = match from.starts_with("0.") && level == Level::Major {
        true => " (below 1.0.0 a minor bump is what a major bump is later)",
        false => "",
    };
    let (word, end) = match page.sufficient {
        true => ("suffices", format!(" for a {name} change{convention}.")),
        false => {
            let set = format!(
                "Set `package.version` in `openapi/{}/client.yaml`.",
                page.client
            );
            let end = format!(": a {name} change needs `{needs}` or above{convention}. {set}");
            ("does not suffice", end)
        }
    };
    let begin = format!("{versions}, which ");
    Verdict { begin, word, end }
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
