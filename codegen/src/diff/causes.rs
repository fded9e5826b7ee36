//! The changes by what a reviewer decides about: one schema, one operation, one type that takes
//! another's place, one member that many types have. A page of a hundred rows is a dozen of these.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::row::Row;
use super::rules::{self, Level, Rule};
use crate::pointer::Pointer;

/// So many rows of one kind are shown together wherever they stand; fewer stay where they are.
const MANY: usize = 3;

/// What several changes have in common.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Cause {
    /// The gravest level of its changes.
    pub level: Level,
    /// What they are about; empty where the rule says it.
    pub about: String,
    /// In how many schemas and operations they are, where `about` names none of them.
    pub places: Option<usize>,
    /// What happened, by rule.
    pub parts: Vec<Part>,
}

/// The changes of one rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Part {
    /// The rule's stable name.
    pub rule: &'static str,
    /// What changed.
    pub says: &'static str,
    /// What each change is about, beyond what the cause is about.
    pub names: Vec<String>,
    /// The changes, by their fingerprints.
    pub changes: Vec<String>,
}

impl Cause {
    /// A single change, of a rule that says it all.
    pub(super) fn of_rule(rule: &'static Rule, name: String, fingerprint: String) -> Self {
        Self {
            level: rule.level,
            about: String::new(),
            places: None,
            parts: vec![Part {
                rule: rule.id,
                says: rule.says,
                names: vec![name],
                changes: vec![fingerprint],
            }],
        }
    }

    /// How many changes it has.
    pub(super) fn count(&self) -> usize {
        self.parts.iter().map(|part| part.changes.len()).sum()
    }
}

/// What rows can have in common, the strongest tie first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    /// One type takes another's place, by their names.
    Replaced(String, String),
    /// The same thing in many places.
    Same(String),
    /// A schema, an operation, or a part of the packaging.
    Holder(String),
    /// All that a rule is about.
    Rule(&'static str),
}

/// Rules whose rows are one decision, wherever they stand.
const TOGETHER: &[&Rule] = &[
    &rules::FEATURE_ADDED,
    &rules::FEATURE_FREED,
    &rules::FEATURE_NEEDED,
    &rules::FEATURE_REMOVED,
    &rules::OPERATION_ADDED,
    &rules::OPERATION_REMOVED,
];

/// Rules about a type as a whole: it goes with what it replaces, or stands in a list.
const WHOLE: &[&Rule] = &[
    &rules::TYPE_ADDED,
    &rules::TYPE_REMOVED,
    &rules::TYPE_RENAMED,
];

/// Groups rows, which are in order; the gravest first, then what has the most changes.
pub(super) fn causes(rows: &[Row]) -> Vec<Cause> {
    let mut grouping = Grouping::new(rows);
    grouping.together();
    grouping.replaced();
    grouping.largest();
    grouping.rest();
    let groups = grouping.groups.iter();
    let mut causes: Vec<Cause> = groups.map(|(key, rows)| cause(key, rows)).collect();
    causes.sort_by(|one, other| {
        let order = |it: &Cause| (it.level, it.count());
        let by_weight = order(other).cmp(&order(one));
        by_weight.then_with(|| one.about.cmp(&other.about))
    });
    causes
}

/// Rows of one key, by their places in the list.
type Group<'a> = BTreeMap<usize, &'a Row>;

/// Rows that wait for their group, and the groups.
struct Grouping<'a> {
    waiting: Group<'a>,
    /// Schemas by what they were called.
    renamed: BTreeMap<String, String>,
    groups: Vec<(Key, Group<'a>)>,
}

impl<'a> Grouping<'a> {
    fn new(rows: &'a [Row]) -> Self {
        let renames = rows.iter().filter(|it| it.rule == &rules::TYPE_RENAMED);
        let names = renames.flat_map(|row| {
            let now = holder(&row.at.pointer);
            let before = row.covers.iter().map(holder);
            before.map(move |before| (before, now.clone()))
        });
        Self {
            renamed: names.filter(|(before, now)| before != now).collect(),
            waiting: rows.iter().enumerate().collect(),
            groups: Vec::new(),
        }
    }

    /// Where a row stands, by today's name.
    fn holder(&self, row: &Row) -> String {
        let holder = holder(&row.at.pointer);
        self.renamed.get(&holder).cloned().unwrap_or(holder)
    }

    /// Makes groups of the rows that a key is given for, where they are better told together.
    fn take(&mut self, key: impl Fn(&Self, &Row) -> Option<Key>) {
        let mut found: BTreeMap<Key, Group<'a>> = BTreeMap::new();
        for (index, row) in &self.waiting {
            if let Some(key) = key(self, row) {
                found.entry(key).or_default().insert(*index, *row);
            }
        }
        for (key, rows) in found {
            if self.is_enough(&key, &rows) {
                self.settle(key, rows);
            }
        }
    }

    fn settle(&mut self, key: Key, rows: Group<'a>) {
        for index in rows.keys() {
            self.waiting.remove(index);
        }
        self.groups.push((key, rows));
    }

    fn together(&mut self) {
        self.take(|_, row| {
            let is_one = TOGETHER.contains(&row.rule);
            is_one.then_some(Key::Rule(row.rule.id))
        });
        // What is documented and not checked is one decision, too.
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for row in self.waiting.values() {
            *counts.entry(row.rule.id).or_default() += 1;
        }
        self.take(|_, row| {
            let many = counts.get(row.rule.id).is_some_and(|count| *count >= MANY);
            let is_quiet = row.rule.level == Level::Patch && many;
            is_quiet.then_some(Key::Rule(row.rule.id))
        });
    }

    /// A type in the place of another, with its being renamed, added or removed.
    fn replaced(&mut self) {
        let waiting = self.waiting.values();
        let pairs: BTreeSet<(String, String)> =
            waiting.filter_map(|row| row.types.clone()).collect();
        let by_old: BTreeMap<&str, &(String, String)> =
            pairs.iter().map(|pair| (pair.0.as_str(), pair)).collect();
        let by_new: BTreeMap<&str, &(String, String)> =
            pairs.iter().map(|pair| (pair.1.as_str(), pair)).collect();
        let whole = |row: &Row| {
            let name = row.items.first()?.strip_prefix("types::")?;
            if row.rule == &rules::TYPE_ADDED {
                by_new.get(name).copied().cloned()
            } else {
                by_old.get(name).copied().cloned()
            }
        };
        self.take(|_, row| {
            let own = row.types.clone();
            let of_type = || whole(row).filter(|_| WHOLE.contains(&row.rule));
            let (old, new) = own.or_else(of_type)?;
            Some(Key::Replaced(old, new))
        });
    }

    /// One after another, what most rows have in common: a holder, or a name in many holders.
    fn largest(&mut self) {
        let mut found: BTreeMap<Key, Group<'a>> = BTreeMap::new();
        for (index, row) in &self.waiting {
            let same = Key::Same(short(&row.detail));
            let same = (!WHOLE.contains(&row.rule)).then_some(same);
            for key in same.into_iter().chain([Key::Holder(self.holder(row))]) {
                found.entry(key).or_default().insert(*index, *row);
            }
        }
        let sizes = found
            .iter()
            .map(|(key, rows)| (Reverse(rows.len()), key.clone()));
        let mut queue: BTreeSet<(Reverse<usize>, Key)> = sizes.collect();
        while let Some((Reverse(size), key)) = queue.pop_first() {
            let mut rows = found.remove(&key).unwrap_or_default();
            rows.retain(|index, _| self.waiting.contains_key(index));
            match rows.len() {
                now if now < size => {
                    queue.insert((Reverse(now), key.clone()));
                    found.insert(key, rows);
                }
                _ if self.is_enough(&key, &rows) => self.settle(key, rows),
                _ => {}
            }
        }
    }

    /// Whether rows are better told together.
    fn is_enough(&self, key: &Key, rows: &Group<'a>) -> bool {
        let is_whole = |row: &&Row| WHOLE.contains(&row.rule);
        let holders = || rows.values().map(|row| self.holder(row));
        match key {
            Key::Same(_) => holders().collect::<BTreeSet<_>>().len() >= MANY,
            // Within one schema it is that schema's change.
            Key::Replaced(..) => holders().collect::<BTreeSet<_>>().len() > 1,
            Key::Holder(_) => rows.len() > 1 && !rows.values().all(is_whole),
            Key::Rule(_) => true,
        }
    }

    /// What is alone: types by what happened to them, all else by where it stands.
    fn rest(&mut self) {
        self.take(|_, row| {
            let is_whole = WHOLE.contains(&row.rule);
            is_whole.then_some(Key::Rule(row.rule.id))
        });
        for (index, row) in std::mem::take(&mut self.waiting) {
            let key = Key::Holder(self.holder(row));
            self.groups.push((key, Group::from([(index, row)])));
        }
    }
}

fn cause(key: &Key, rows: &Group<'_>) -> Cause {
    let about = match key {
        Key::Replaced(old, new) => format!("`{old}` → `{new}`"),
        Key::Same(what) => what.clone(),
        Key::Holder(holder) => holder.clone(),
        Key::Rule(_) => String::new(),
    };
    // Of a list the first names are seen: what reaches most comes first.
    let mut rows: Vec<&Row> = rows.values().copied().collect();
    if matches!(key, Key::Rule(_)) {
        rows.sort_by_key(|row| Reverse(row.uses));
    }
    let holders: BTreeSet<String> = rows.iter().map(|row| holder(&row.at.pointer)).collect();
    let mut parts: BTreeMap<(Reverse<Level>, &str), Part> = BTreeMap::new();
    for row in &rows {
        let place = (Reverse(row.rule.level), row.rule.id);
        let part = parts.entry(place).or_insert_with(|| Part {
            rule: row.rule.id,
            says: row.rule.says,
            names: Vec::new(),
            changes: Vec::new(),
        });
        part.changes.push(row.fingerprint());
        let name = match key {
            Key::Rule(_) => row.detail.clone(),
            Key::Holder(_) => short(&row.detail),
            Key::Replaced(..) | Key::Same(_) => holder(&row.at.pointer),
        };
        if name != about && !name.is_empty() && !part.names.contains(&name) {
            part.names.push(name);
        }
    }
    Cause {
        level: rows
            .iter()
            .map(|row| row.rule.level)
            .max()
            .unwrap_or(Level::Patch),
        about,
        places: matches!(key, Key::Same(_)).then_some(holders.len()),
        parts: parts.into_values().collect(),
    }
}

/// The schema or the operation that a node is a part of, or else what it is a part of.
pub(super) fn holder(pointer: &Pointer) -> String {
    match pointer.tokens() {
        [components, schemas, name, ..] if components == "components" && schemas == "schemas" => {
            format!("`{name}`")
        }
        [paths, path, method, ..] if paths == "paths" => {
            format!("`{} {path}`", method.to_uppercase())
        }
        [components, kind, name, ..] if components == "components" => format!("{kind} `{name}`"),
        [part, ..] => format!("`{part}`"),
        [] => String::new(),
    }
}

/// A row's detail without where it stands and without its two types: the name of a member, a
/// parameter, a status.
fn short(detail: &str) -> String {
    // `Type`: `member`: `before` → `after`
    let own = match split(detail, ": ") {
        Some((head, rest)) if is_code(head) => rest,
        _ => detail,
    };
    let own = split(own, ": ").map_or(own, |(name, _)| name);
    let own = split(own, " of `").map_or(own, |(name, _)| name);
    own.to_owned()
}

/// The parts before and behind a mark, which does not count inside of code.
fn split<'a>(text: &'a str, mark: &str) -> Option<(&'a str, &'a str)> {
    let mut in_code = false;
    for (at, c) in text.char_indices() {
        let (before, after) = text.split_at_checked(at)?;
        match after.strip_prefix(mark) {
            Some(after) if !in_code => return Some((before, after)),
            _ => in_code ^= c == '`',
        }
    }
    None
}

/// Whether a text is one code span alone.
fn is_code(text: &str) -> bool {
    let inner = text.strip_prefix('`').and_then(|it| it.strip_suffix('`'));
    inner.is_some_and(|it| !it.contains('`'))
}

#[cfg(test)]
mod tests {
    use super::short;

    #[test]
    fn a_detail_is_named_by_what_is_its_own() {
        for (detail, expected) in [
            ("`Pet`: `age`: `i64` → `String`", "`age`"),
            ("`Pet`: `a: b of `", "`a: b of `"),
            ("`x: y`: `age`", "`age`"),
            ("`age`", "`age`"),
            ("status 404 of `GET /pets`", "status 404"),
            (
                "query parameter `a` of `GET /pets`: `x` → `y`",
                "query parameter `a`",
            ),
            ("`é`: `ü`: 1", "`ü`"),
        ] {
            assert_eq!(short(detail), expected, "{detail}");
        }
    }
}
