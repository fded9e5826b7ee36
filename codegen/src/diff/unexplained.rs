//! What the crates' public APIs show and no row explains.
//!
//! A row names the items that it is about. What follows from it in the same type or operation (a
//! setter for `null`, a `Default`, what `send` gives) is explained by it as well, if the generator
//! makes it of the inputs: a line that it makes of the old inputs today, and not of the new ones,
//! is gone because of the inputs alone.

use std::collections::BTreeSet;

use super::Side;
use super::pair::Pair;
use super::row::Rows;
use super::rules::{self, Level, Rule};
use crate::model::{Model, Operation};
use crate::name::companion;

/// The lines of the API that only one side has and that no row is about.
pub(super) fn lines(
    old: &Side<'_>,
    new: &Side<'_>,
    pair: &Pair<'_>,
    rows: &Rows,
) -> Vec<(&'static Rule, String)> {
    let set = |lines: &[String]| -> BTreeSet<String> { lines.iter().cloned().collect() };
    let (before, after) = (set(&old.api), set(&new.api));
    let today = old.today.as_deref().map(set);
    let known = Explained::new(rows, pair);
    // Whether today's generator makes it of the old inputs.
    let made = |line: &String| today.as_ref().is_some_and(|today| today.contains(line));
    let known_here = |line: &String| known.names(line) || known.items(line);
    let gone = before.difference(&after).filter(|line| {
        let by_inputs = made(line) && known.owners(line);
        !(known_here(line) || by_inputs)
    });
    let fresh = after.difference(&before).filter(|line| {
        let by_inputs = today.is_some() && !made(line) && known.owners(line);
        !(known_here(line) || by_inputs)
    });
    let gone = gone.map(|line| (&rules::API_REMOVED, line.clone()));
    let fresh = fresh.map(|line| (&rules::API_ADDED, line.clone()));
    gone.chain(fresh).collect()
}

/// The items and names that rows are about.
struct Explained {
    items: BTreeSet<String>,
    names: BTreeSet<String>,
    /// The types and operations that those items are parts of, with all that belongs to them.
    owners: BTreeSet<String>,
}

impl Explained {
    fn new(rows: &Rows, pair: &Pair<'_>) -> Self {
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
        let telling = |rule: &Rule| rule.level >= Level::Patch && !SILENT.contains(&rule);
        let mut explained = Self {
            items: BTreeSet::new(),
            names: BTreeSet::new(),
            owners: BTreeSet::new(),
        };
        for row in rows.iter().filter(|row| telling(row.rule)) {
            explained.items.extend(row.items.iter().cloned());
            explained.names.extend(row.names.iter().cloned());
        }
        let touched: BTreeSet<&str> = explained.items.iter().map(|it| owner(it)).collect();
        let mut owners = BTreeSet::new();
        for model in [pair.old, pair.new] {
            let operations = model.operations.iter().map(of_operation);
            let types = model.types.keys().map(|name| of_type(name, model));
            for family in operations.chain(types) {
                if family.iter().any(|it| touched.contains(it.as_str())) {
                    owners.extend(family);
                }
            }
        }
        explained.owners = owners;
        explained
    }

    /// Whether a line is about an item, or about something in it.
    fn items(&self, line: &str) -> bool {
        prefixes(line).any(|prefix| self.items.contains(prefix))
    }

    /// Whether a line is about a type or an operation that an item is a part of.
    fn owners(&self, line: &str) -> bool {
        self.owners.contains(owner(line))
    }

    /// Whether a line has a name in it that is another one on the other side.
    fn names(&self, line: &str) -> bool {
        let mut words = line.split(|c: char| !is_word(c));
        words.any(|word| self.names.contains(word))
    }
}

/// The items that a line is about: all that it begins with.
pub(super) fn prefixes(line: &str) -> impl Iterator<Item = &str> {
    let ends = line.char_indices().filter(|(_, c)| !is_word(*c));
    let prefixes = ends.filter_map(|(end, _)| line.get(..end));
    prefixes.chain([line])
}

/// What an item or a line is a part of: `types::Pet` of `types::Pet.name: String`.
fn owner(line: &str) -> &str {
    let word = |from: usize| {
        let rest = line.get(from..).unwrap_or_default();
        from + rest.find(|c: char| !is_word(c)).unwrap_or(rest.len())
    };
    let first = word(0);
    let inside = line.get(first..).is_some_and(|rest| rest.starts_with("::"));
    let end = if inside { word(first + 2) } else { first };
    line.get(..end).unwrap_or(line)
}

/// What is emitted for an operation.
fn of_operation(operation: &Operation) -> Vec<String> {
    let names = [
        &operation.type_name,
        &operation.error_type,
        &operation.success_type,
    ];
    let types = names.map(|name| format!("{}::{name}", operation.module));
    let method = format!("Client::{}", operation.rust);
    types.into_iter().chain([method]).collect()
}

/// What is emitted for a type.
fn of_type(name: &str, model: &Model) -> Vec<String> {
    let names = [name.to_owned(), companion(name, model)];
    names.map(|it| format!("types::{it}")).into()
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests {
    use super::owner;

    #[test]
    fn a_line_is_about_a_type_or_an_operation() {
        for (line, expected) in [
            ("types::Pet.name: String", "types::Pet"),
            ("types::Pet::with_age: fn(mut self) -> Self", "types::Pet"),
            ("types::Pet: struct deriving Clone", "types::Pet"),
            ("types::Pet", "types::Pet"),
            ("Client::get_pet: fn(&self)", "Client::get_pet"),
            ("Client", "Client"),
            ("Environment: enum", "Environment"),
        ] {
            assert_eq!(owner(line), expected);
        }
    }
}
