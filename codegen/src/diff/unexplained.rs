//! What the crates' public APIs show and no row explains.

use std::collections::BTreeSet;

use super::row::Rows;
use super::rules::{self, Level, Rule};

/// The lines of the API that only one side has and that no row is about.
pub(super) fn lines(old: &[String], new: &[String], rows: &Rows) -> Vec<(&'static Rule, String)> {
    let (before, after): (BTreeSet<&String>, BTreeSet<&String>) =
        (old.iter().collect(), new.iter().collect());
    let known = Explained::new(rows);
    let unexplained = |line: &&&String| !known.by_name(line) && !known.by_item(line);
    let gone = before.difference(&after).filter(unexplained);
    let fresh = after.difference(&before).filter(unexplained);
    let gone = gone.map(|line| (&rules::API_REMOVED, (**line).clone()));
    let fresh = fresh.map(|line| (&rules::API_ADDED, (**line).clone()));
    gone.chain(fresh).collect()
}

/// The items and names that rows are about.
struct Explained<'a> {
    items: BTreeSet<&'a str>,
    names: BTreeSet<&'a str>,
}

impl<'a> Explained<'a> {
    fn new(rows: &'a Rows) -> Self {
        // What is documented and not checked is no reason for another signature.
        const SILENT: &[&Rule] = &[
            &rules::ACCESS_CHANGED,
            &rules::ARGUMENT_DEPRECATED,
            &rules::BOUND_CHANGED,
            &rules::CLOSED_CHANGED,
            &rules::FEATURE_FREED,
            &rules::FEATURE_NEEDED,
            &rules::MEMBER_ENCODING,
            &rules::UNEXPRESSED_CHANGED,
            &rules::DEFAULT_CHANGED,
            &rules::FORMAT_DOCUMENTED,
            &rules::DEPRECATED,
            &rules::UNDEPRECATED,
        ];
        let telling = || {
            let telling = |rule: &Rule| rule.level >= Level::Patch && !SILENT.contains(&rule);
            rows.iter().filter(move |row| telling(row.rule))
        };
        Self {
            items: telling()
                .flat_map(|row| row.items.iter().map(String::as_str))
                .collect(),
            names: telling()
                .flat_map(|row| row.names.iter().map(String::as_str))
                .collect(),
        }
    }

    /// Whether a line is about an item, or about something in it.
    fn by_item(&self, line: &str) -> bool {
        let ends = line.char_indices().filter(|(_, c)| !is_word(*c));
        let mut prefixes = ends.filter_map(|(end, _)| line.get(..end));
        prefixes.any(|prefix| self.items.contains(prefix)) || self.items.contains(line)
    }

    /// Whether a line has a name in it that is another one on the other side.
    fn by_name(&self, line: &str) -> bool {
        let mut words = line.split(|c: char| !is_word(c));
        words.any(|word| self.names.contains(word))
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}
